"""Reading the audit: whether it is whole, and what it says."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

from sqlalchemy import exists, or_, select

from screening.storage.audit.head import has_seal, head_row
from screening.storage.audit.log import BROKEN, VERSIONS, Entry, entry_hash
from screening.storage.database.account_tables import staff
from screening.storage.database.rows import AuditRow, fetch_all, stream
from screening.storage.database.schema import audit, submission
from screening.storage.keys.audit_mark import BEGINNING, HighestEntry, read_mark
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
    BROKEN = "broken"
    """The service itself found, and wrote down here, that its end was not what it had written."""


class AuditError(Exception):
    """The audit is not whole."""

    def __init__(self, fault: Fault, number: int) -> None:
        super().__init__(f"{fault} at {number}")
        self.fault = fault
        self.number = number
        """The first entry that is concerned."""


def verify(transaction: StoreTransaction, expected: HighestEntry | None = None) -> HighestEntry:
    """The last entry, or `AuditError` with the first one that was changed, removed, moved or cut off.

    `expected`: a last entry of earlier; it must still be there as it was, and so must the one marked beside the keys.
    """
    key = transaction.lookup_key()
    noted = [entry for entry in (expected, read_mark(transaction.keys.mark)) if entry]
    last, versions = HighestEntry(0, BEGINNING), dict[str, int]()
    for row in stream(transaction.connection, AuditRow, select(audit).order_by(audit.c.number)):
        last = _next(key, last, row)
        if row.action == BROKEN:
            raise AuditError(Fault.BROKEN, row.number)
        if row.action in VERSIONS:
            versions[row.subject] = row.number
        if any(entry.number == last.number and entry != last for entry in noted):
            raise AuditError(Fault.NOT_EXPECTED, last.number)
    _check_end(transaction, last, versions)
    if any(entry.number > last.number for entry in noted):
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


def _check_end(transaction: StoreTransaction, last: HighestEntry, versions: Mapping[str, int]) -> None:
    """See that the sealed head says the same, and that an empty audit belongs to a database that is new."""
    head = head_row(transaction)
    if head is None:
        if last.number or _holds_what_was_written_down(transaction):
            raise AuditError(Fault.CUT_OFF, last.number + 1)
        return
    same = (head.number, head.chained) == (last.number, last.chained)
    if not has_seal(transaction.lookup_key(), head) or not same:
        raise AuditError(Fault.CUT_OFF, min(head.number, last.number) + 1)
    if json.loads(head.accounts or "{}") != versions:
        raise AuditError(Fault.CHANGED, last.number)


def _holds_what_was_written_down(transaction: StoreTransaction) -> bool:
    """Whether there is anything that cannot have come without an entry."""
    query = select(exists(select(staff.c.id)) | exists(select(submission.c.id)))
    return bool(transaction.connection.execute(query).scalar_one())


def entries(
    transaction: StoreTransaction, *, newest: int, subject: str = "", colleague: str = "", before: int | None = None
) -> Iterator[Entry]:
    """The newest entries, the latest first.

    `subject`: only those about one id; `colleague`: only what somebody did, or what was done to their account;
    `before`: only those with a lower number.
    """
    query = select(audit).order_by(audit.c.number.desc()).limit(newest)
    if subject:
        query = query.where(audit.c.subject == subject)
    if colleague:
        query = query.where(or_(audit.c.actor == colleague, audit.c.subject == colleague))
    if before is not None:
        query = query.where(audit.c.number < before)
    for row in fetch_all(transaction.connection, AuditRow, query):
        yield _entry(row)
