"""Reading the audit: whether it is whole, and what it says."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from screening.storage.audit.log import BEGINNING, Entry, entry_hash, head_hash
from screening.storage.database.rows import AuditHeadRow, AuditRow, fetch_all, fetch_one, stream
from screening.storage.database.schema import audit, audit_head
from screening.storage.store import StoreTransaction


class Fault(StrEnum):
    """What can be wrong with the audit."""

    MISSING = "missing"
    """An entry is not there, or stands in another's place."""
    CHANGED = "changed"
    """An entry is not what was written."""
    CUT_OFF = "cut off"
    """Entries are missing at the end, or the seal over the last one is."""
    NOT_EXPECTED = "not expected"
    """The entry that was noted elsewhere is not the one that stands here."""


class AuditError(Exception):
    """The audit is not whole."""

    def __init__(self, fault: Fault, number: int) -> None:
        super().__init__(f"{fault} at {number}")
        self.fault = fault
        self.number = number
        """The first entry that is concerned."""


@dataclass(frozen=True, slots=True)
class HighestEntry:
    """The last entry of an audit that is whole: to be noted where nobody who can change the audit can change it."""

    number: int
    chained: bytes

    @property
    def text(self) -> str:
        """As it is printed and given again."""
        return f"{self.number}:{self.chained.hex()}"


def parse_highest_entry(text: str) -> HighestEntry:
    """The last entry that was noted; `ValueError` where the text is none."""
    number, _, chained = text.strip().partition(":")
    noted = HighestEntry(int(number), bytes.fromhex(chained))
    if len(noted.chained) != len(BEGINNING) or noted.number < 0:
        raise ValueError(text)
    return noted


def verify(transaction: StoreTransaction, expected: HighestEntry | None = None) -> HighestEntry:
    """The last entry, or `AuditError` with the first one that was changed, removed, moved or cut off.

    `expected`: a last entry of earlier; it must still be there as it was.
    """
    key = transaction.lookup_key()
    last = HighestEntry(0, BEGINNING)
    for row in stream(transaction.connection, AuditRow, select(audit).order_by(audit.c.number)):
        last = _next(key, last, row)
        if expected and expected.number == last.number and expected != last:
            raise AuditError(Fault.NOT_EXPECTED, last.number)
    _check_end(transaction, key, last)
    if expected and expected.number > last.number:
        raise AuditError(Fault.CUT_OFF, last.number + 1)
    return last


def _next(key: bytes, last: HighestEntry, row: AuditRow) -> HighestEntry:
    """The entry after `last`, if it is the one that was written."""
    if row.number != last.number + 1:
        raise AuditError(Fault.MISSING, last.number + 1)
    entry = _entry(row)
    if not hmac.compare_digest(entry_hash(key, last.chained, entry), row.chained):
        raise AuditError(Fault.CHANGED, row.number)
    return HighestEntry(row.number, row.chained)


def _entry(row: AuditRow) -> Entry:
    return Entry(row.number, row.at, row.actor, row.action, row.subject)


def _check_end(transaction: StoreTransaction, key: bytes, last: HighestEntry) -> None:
    """See that the sealed head says the same."""
    head = fetch_one(transaction.connection, AuditHeadRow, select(audit_head))
    if head is None:
        if last.number:
            raise AuditError(Fault.CUT_OFF, last.number + 1)
        return
    sealed = head_hash(key, head.number, head.chained)
    if not hmac.compare_digest(sealed, head.sealed) or (head.number, head.chained) != (last.number, last.chained):
        raise AuditError(Fault.CUT_OFF, min(head.number, last.number) + 1)


def entries(transaction: StoreTransaction, *, newest: int, subject: str = "") -> Iterator[Entry]:
    """The newest entries, the latest first; only those about one id where one is given."""
    query = select(audit).order_by(audit.c.number.desc()).limit(newest)
    if subject:
        query = query.where(audit.c.subject == subject)
    for row in fetch_all(transaction.connection, AuditRow, query):
        yield _entry(row)
