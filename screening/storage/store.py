"""The store: a database and its keys, opened together."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from screening.crypto.columns import new_data_key, open_column, seal_column
from screening.crypto.hashing import keyed_hash
from screening.storage.database.clock import ClockError
from screening.storage.database.connections import Database, DatabaseUnavailableError, Result
from screening.storage.database.deletion_list import append_deletions, tombstones
from screening.storage.keys.key_store import KeyMissingError, KeyStore

Members = Mapping[str, Any]
"""What is sealed: the members of a JSON object."""


NOT_USABLE = (DatabaseUnavailableError, KeyMissingError, ClockError)
"""Why a store cannot be used for a while: nothing was changed, and the same works once an operator has mended it."""


@dataclass(frozen=True, slots=True)
class StoreTransaction:
    """One transaction on the database, with the keys of what stands in it: what every room above takes."""

    connection: Connection
    keys: KeyStore

    def lookup_key(self) -> bytes:
        """The key of the keyed hashes by which things are found again."""
        return self.keys.lookup_key(self.connection)

    def keyed_hash(self, purpose: str, content: bytes) -> bytes:
        """A keyed hash by which something is found again; rotating the master key does not change it."""
        return keyed_hash(self.lookup_key(), purpose, content)


@dataclass(frozen=True)
class Store:
    """Where submissions and staff are kept."""

    database: Database
    keys: KeyStore

    @contextmanager
    def reading(self) -> Iterator[StoreTransaction]:
        """A transaction that only reads."""
        with self.database.reading() as connection:
            yield StoreTransaction(connection, self.keys)

    def write(self, work: Callable[[StoreTransaction], Result], **options: bool) -> Result:
        """What `work` gives, written whole or not at all; it may be called again where another one was first."""
        return self.database.write(lambda connection: work(StoreTransaction(connection, self.keys)), **options)

    def prepare(self) -> None:
        """Bring tables and keys of the database, and the list of what was deleted, up to date."""
        self.database.migrate()
        self.database.write(self.keys.prepare)
        self.note_deletions()

    def note_deletions(self) -> None:
        """Add to the list of deletions what this or another host deleted."""
        with self.database.reading() as connection:
            found = tombstones(connection)
        if found:
            append_deletions(self.keys.deletions, found)


def open_store(url: str, master_keys: Path, deletions: Path | None = None) -> Store:
    """The store at this address of a database, ready to be used."""
    store = Store(Database(url), KeyStore(master_keys, deletions))
    store.prepare()
    return store


def new_id() -> str:
    """A new id; random, so that nothing can be told from it."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class SubmissionCipher:
    """The data key of one submission, and so all that is sealed under it."""

    key: bytes

    def seal(self, members: Members, table: str, row: str, column: str) -> bytes:
        """JSON members sealed for their place."""
        content = json.dumps(members, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return seal_column(content.encode(), self.key, f"{table}/{row}/{column}")

    def open(self, sealed: bytes, table: str, row: str, column: str) -> dict[str, Any]:
        """The members that were sealed for this place."""
        members: dict[str, Any] = json.loads(open_column(sealed, self.key, f"{table}/{row}/{column}"))
        return members


def wrapped_place(submission_id: str) -> str:
    """The place to which the wrapped key of a submission is bound."""
    return f"submission/{submission_id}/data_key_wrapped"


def submission_cipher(keys: KeyStore, row: Any) -> SubmissionCipher:
    """What opens the sealed columns of a submission's row; the row must not be a tombstone."""
    return SubmissionCipher(keys.unwrap(row.data_key_wrapped, wrapped_place(row.id), row.master_key_id))


def new_submission_cipher(
    transaction: StoreTransaction, submission_id: str
) -> tuple[SubmissionCipher, dict[str, bytes]]:
    """A new data key for a submission, and the columns that keep it."""
    key, master = new_data_key(), transaction.keys.current(transaction.connection)
    wrapped = transaction.keys.wrap(key, wrapped_place(submission_id), master)
    return SubmissionCipher(key), {"data_key_wrapped": wrapped, "master_key_id": master.id}
