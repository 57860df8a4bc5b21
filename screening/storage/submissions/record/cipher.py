"""The sealed columns of a submission: each under a data key of its own, which a master key wraps."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Protocol

from screening.crypto.columns import new_data_key, open_column, seal_column
from screening.crypto.keys import Key
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Members, StoreTransaction


class GoneError(Exception):
    """The submission was withdrawn or erased: there is nothing left to read."""


class RestrictedError(GoneError):
    """Its deletion was asked for: until that is lifted or it is erased, nobody reads it."""


RESTRICTED = "restricted"
"""The state in which nobody reads a submission."""


@dataclass(frozen=True, slots=True)
class SubmissionCipher:
    """The data key of one submission, and so all that is sealed under it."""

    key: bytes

    def seal(self, members: Members, table: str, row: str, column: str) -> bytes:
        """JSON members sealed for their place."""
        content = json.dumps(members, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return seal_column(content.encode(), self.key, f"{table}/{row}/{column}")

    def open(self, sealed: bytes | None, table: str, row: str, column: str) -> dict[str, Any]:
        """The members that were sealed for this place; `GoneError` where the column was emptied."""
        if sealed is None:
            raise GoneError
        members: dict[str, Any] = json.loads(open_column(sealed, self.key, f"{table}/{row}/{column}"))
        return members


def wrapped_place(submission_id: str) -> str:
    """The place to which the wrapped key of a submission is bound."""
    return f"submission/{submission_id}/data_key_wrapped"


class KeyColumns(Protocol):
    """The columns of a row by which what is sealed in it is opened."""

    @property
    def id(self) -> str:
        """Of the submission."""

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def data_key_wrapped(self) -> bytes | None:
        """None: a tombstone."""

    @property
    def master_key_id(self) -> bytes | None:
        """Of the key that wraps it."""


def submission_cipher(keys: KeyStore, row: KeyColumns, *, for_upkeep: bool = False) -> SubmissionCipher:
    """What opens the sealed columns of a submission; `GoneError` where its row is a tombstone.

    `RestrictedError` where its deletion was asked for: whoever reads gets the key here and nowhere else. `for_upkeep`
    is for what shows nobody anything: wrapping keys anew, and bringing a lifted request's row back.
    """
    if row.data_key_wrapped is None or row.master_key_id is None:
        raise GoneError
    if row.state == RESTRICTED and not for_upkeep:
        raise RestrictedError
    return SubmissionCipher(keys.unwrap(row.data_key_wrapped, wrapped_place(row.id), row.master_key_id))


def new_submission_cipher(
    transaction: StoreTransaction, submission_id: str, master: Key
) -> tuple[SubmissionCipher, dict[str, bytes]]:
    """A new data key for a submission, and the columns that keep it, wrapped by the current master key."""
    key = new_data_key()
    wrapped = transaction.keys.wrap(key, wrapped_place(submission_id), master)
    return SubmissionCipher(key), {"data_key_wrapped": wrapped, "master_key_id": master.id}
