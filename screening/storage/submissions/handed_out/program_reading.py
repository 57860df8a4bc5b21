"""Submissions as a program reads them: recorded before anything leaves, and nobody at the clinic has opened one by it.

Nothing of the row is written, so the time until what nobody opened is deleted goes on, and no idle time begins. What is
erased, withdrawn or restricted is not there, nor what was sent by somebody who read nothing of programs before they
agreed. How to reach a person is never handed out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import ProgramReadingRow, SubmissionRow, fetch_all
from screening.storage.database.schema import program_reading, submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import OPEN, State, Submission, find_by_code, unseal

_READABLE = [*OPEN, State.CLOSED]
AGREED = "programs"
"""The member of a consent that is there and true where its text says that programs read, too."""
_AT_ONCE = 50
"""Rows that are fetched together: who has agreed stands in what is sealed."""
_c = submission.c


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A submission as a program sees it in a list."""

    code: str
    row: SubmissionRow
    """The plain columns."""


@dataclass(frozen=True, slots=True)
class ProgramReading:
    """One submission as a program reads it."""

    code: str
    row: SubmissionRow
    versions: tuple[Version, ...]


def list_for_program(transaction: StoreTransaction, actor: str, after: str, most: int) -> list[ProgramRow] | None:
    """So many submissions at most, the oldest first, behind the one with the code `after`; None: there is none such.

    Recorded in the audit, with how many; and with each of them, since a list tells of each.
    """
    last = find_by_code(transaction, after) if after else None
    if after and last is None:
        return None
    listed = list(islice(_agreed(transaction, last), most))
    add_entry(transaction, actor, "program_listed", str(len(listed)))
    _count_reading(transaction, actor, [opened.row.id for opened in listed])
    return [ProgramRow(opened.code, opened.row) for opened in listed]


def read_for_program(transaction: StoreTransaction, actor: str, code: str) -> ProgramReading | None:
    """The submission with a code and all its assessments, recorded in the audit; None where there is none to read."""
    row = find_by_code(transaction, code)
    if row is None or row.state not in _READABLE or row.data_key_wrapped is None:
        return None
    try:
        opened = unseal(transaction.keys, row)
    except GoneError:
        return None
    if not _has_agreed(opened):
        return None
    add_entry(transaction, actor, "program_read", row.id)
    _count_reading(transaction, actor, [row.id])
    return ProgramReading(opened.code, row, tuple(versions(transaction, opened)))


def program_readings(transaction: StoreTransaction, submission_id: str) -> list[ProgramReadingRow]:
    """Which programs read a submission, the latest first."""
    query = select(program_reading).where(program_reading.c.submission_id == submission_id)
    return fetch_all(transaction.connection, ProgramReadingRow, query.order_by(program_reading.c.last_at.desc()))


def _agreed(transaction: StoreTransaction, last: SubmissionRow | None) -> Iterator[Submission]:
    """What may be read, the oldest first, behind a row."""
    query = select(submission).where(_c.state.in_(_READABLE), _c.data_key_wrapped.is_not(None))
    query = query.order_by(_c.received_at, _c.id).limit(_AT_ONCE)
    rows = None
    while rows is None or len(rows) == _AT_ONCE:
        behind = query.where(tuple_(_c.received_at, _c.id) > tuple_(last.received_at, last.id)) if last else query
        rows = fetch_all(transaction.connection, SubmissionRow, behind)
        yield from (opened for row in rows if _has_agreed(opened := unseal(transaction.keys, row)))
        last = rows[-1] if rows else last


def _has_agreed(opened: Submission) -> bool:
    """Whether the person was told of programs, and agreed."""
    return any(consent.get(AGREED) is True for consent in opened.contact.get("consents", ()))


def _count_reading(transaction: StoreTransaction, actor: str, ids: list[str]) -> None:
    """Count a reading of each."""
    if not ids:
        return
    moment: datetime = now()
    insert = postgresql.insert if transaction.connection.dialect.name == "postgresql" else sqlite.insert
    values = [
        {"submission_id": submission_id, "actor": actor, "first_at": moment, "last_at": moment, "times": 1}
        for submission_id in ids
    ]
    table = program_reading.c
    statement = insert(program_reading).on_conflict_do_update(
        index_elements=[table.submission_id, table.actor], set_={"last_at": moment, "times": table.times + 1}
    )
    transaction.connection.execute(statement, values)
