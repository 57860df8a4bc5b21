"""The store: a database and its keys, together; opened by `opening`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from screening.config.notifications import NOBODY, NoticePlan
from screening.crypto.hashing import keyed_hash
from screening.storage.database.clock import ClockError
from screening.storage.database.connections import Database, DatabaseUnavailableError, Result
from screening.storage.database.deletion_list import append_deletions, tombstones
from screening.storage.keys.audit_mark import MarkError
from screening.storage.keys.key_store import KeyMissingError, KeyStore

Members = Mapping[str, Any]
"""What is sealed: the members of a JSON object."""


NOT_USABLE = (DatabaseUnavailableError, KeyMissingError, MarkError, ClockError)
"""Why a store cannot be used for a while: nothing was changed, and the same works once an operator has mended it."""


@dataclass(frozen=True, slots=True)
class StoreTransaction:
    """One transaction on the database, with the keys of what stands in it: what every room above takes."""

    connection: Connection
    keys: KeyStore
    notices: NoticePlan = NOBODY
    """Who is told of what happens in it; see `submissions.notices.outbox.queue`."""

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
    notices: NoticePlan = NOBODY
    """Who is told of what happens to submissions."""

    @contextmanager
    def reading(self) -> Iterator[StoreTransaction]:
        """A transaction that only reads."""
        with self.database.reading() as connection:
            yield StoreTransaction(connection, self.keys, self.notices)

    def write(self, work: Callable[[StoreTransaction], Result], **options: bool) -> Result:
        """What `work` gives, written whole or not at all; it may be called again where another one was first."""
        return self.database.write(
            lambda connection: work(StoreTransaction(connection, self.keys, self.notices)), **options
        )

    def note_deletions(self) -> None:
        """Add to the list of deletions what this or another host deleted."""
        with self.database.reading() as connection:
            deletions = tombstones(connection)
        if deletions:
            append_deletions(self.keys.deletions, deletions)


def new_id() -> str:
    """A new id; random, so that nothing can be told from it."""
    return secrets.token_hex(8)
