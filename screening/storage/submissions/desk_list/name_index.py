"""Names looked for in the memory of a process: opened once from the sealed rows, so that nothing of them is stored.

Keyed hashes of names, or of what they begin with, would tell them: the same few names are most of all names. So each
process that somebody searches with keeps the words of the names, and no more of any row. What it holds is compared with
the revision of every row at each search, and all of it is dropped where another master key wraps what is stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from heapq import nlargest
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from screening.crypto.box import SealError
from screening.storage.database.rows import fetch_all
from screening.storage.database.schema import submission
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.name_words import Beginning, listed_words
from screening.storage.submissions.record.cipher import submission_cipher
from screening.storage.submissions.record.records import State

MOST = 200_000
"""Submissions whose names a process keeps: some 40 MB. Of more, those that came last."""
_AT_ONCE = 500
"""Rows that are opened in one go."""
_c = submission.c
READABLE = (_c.data_key_wrapped.is_not(None), _c.state != State.RESTRICTED)
"""What a submission must be to be found by anything that it holds."""


@dataclass(frozen=True, slots=True)
class _NamedRow:
    """What is read of a submission to open its names."""

    id: str
    state: str
    revision: int
    received_at: datetime
    ended_at: datetime | None
    for_other: bool | None
    data_key_wrapped: bytes | None
    master_key_id: bytes | None
    row_sealed: bytes | None
    contact_sealed: bytes | None


_NAMED = [_c[field.name] for field in fields(_NamedRow)]


class _Entry(NamedTuple):
    """What is kept of one submission."""

    revision: int
    words: str
    is_open: bool
    received: float
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class NameMatches:
    """The submissions whose names fit: open ones first, then the newest."""

    ids: tuple[str, ...]
    is_whole: bool
    """Whether all names were looked through; False where there are more than a process keeps."""


NO_MATCHES = NameMatches((), is_whole=True)


class NameIndex:
    """The names of one database, as one process knows them."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._key = b""
        self._entries: dict[str, _Entry] = {}
        self._is_whole = True

    def __repr__(self) -> str:
        """Nothing of what it holds: it may come into a message."""
        return f"<NameIndex of {len(self._entries)}>"

    def find(self, transaction: StoreTransaction, pattern: Sequence[Beginning], most: int) -> NameMatches:
        """At most so many submissions whose names fit, as they stand in this very transaction."""
        with self._lock:
            self._renew(transaction)
            entries = self._entries
            fitting = list(entries)
            for beginning in pattern:
                fitting = [identity for identity in fitting if beginning.is_in(entries[identity].words)]
            best = nlargest(most, fitting, key=lambda identity: (*entries[identity][2:], identity))
            return NameMatches(tuple(best), self._is_whole)

    def _renew(self, transaction: StoreTransaction) -> None:
        """Open what is new or changed, and forget what is gone; all of it anew under another master key."""
        key = transaction.keys.current_id(transaction.connection)
        if key != self._key:
            self._entries.clear()
            self._key = key
        revisions = self._revisions(transaction)
        for identity in self._entries.keys() - revisions.keys():
            del self._entries[identity]
        old = [identity for identity, revision in revisions.items() if self._revision(identity) != revision]
        for start in range(0, len(old), _AT_ONCE):
            query = select(*_NAMED).where(_c.id.in_(old[start : start + _AT_ONCE]), *READABLE)
            for row in fetch_all(transaction.connection, _NamedRow, query):
                self._entries[row.id] = _entry(transaction.keys, row)

    def _revision(self, identity: str) -> int:
        entry = self._entries.get(identity)
        return -1 if entry is None else entry.revision

    def _revisions(self, transaction: StoreTransaction) -> Mapping[str, int]:
        query: Select[Any] = select(_c.id, _c.revision).where(*READABLE)
        revisions = _by_id(transaction, query.limit(self._most + 1))
        self._is_whole = len(revisions) <= self._most
        if self._is_whole:
            return revisions
        return _by_id(transaction, query.order_by(_c.received_at.desc(), _c.id).limit(self._most))


def _by_id(transaction: StoreTransaction, query: Select[Any]) -> Mapping[str, int]:
    return {row[0]: row[1] for row in transaction.connection.execute(query).all()}


def _entry(keys: KeyStore, row: _NamedRow) -> _Entry:
    try:
        words = listed_words(*_names(keys, row))
    except SealError:  # altered: it is found by its code, and its page says what is wrong with it
        words = ""
    return _Entry(row.revision, words, row.ended_at is None, row.received_at.timestamp())


def _names(keys: KeyStore, row: _NamedRow) -> Iterator[str]:
    """What the person is called, and whoever sent it for them: they may be the one who calls."""
    cipher = submission_cipher(keys, row)
    yield str(cipher.open(row.row_sealed, "submission", row.id, "row").get("name", ""))
    if row.for_other:
        contact = cipher.open(row.contact_sealed, "submission", row.id, "contact")
        yield str((contact.get("helper") or {}).get("name", ""))
