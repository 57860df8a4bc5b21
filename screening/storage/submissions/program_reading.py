"""Submissions as a program reads them: recorded before anything leaves, and nobody at the clinic has opened one by it.

Nothing of the row is written, so the time until what nobody opened is deleted goes on, and no idle time begins. What is
erased, withdrawn or restricted is not there. How to reach a person is never handed out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, tuple_

from screening.storage.audit.log import add_entry
from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments import Version, versions
from screening.storage.submissions.cipher import GoneError
from screening.storage.submissions.records import OPEN, State, find_by_code, unseal

_READABLE = [*OPEN, State.CLOSED]
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

    Recorded in the audit, with how many.
    """
    query = select(submission).where(_c.state.in_(_READABLE), _c.data_key_wrapped.is_not(None))
    if after:
        last = find_by_code(transaction, after)
        if last is None:
            return None
        query = query.where(tuple_(_c.received_at, _c.id) > tuple_(last.received_at, last.id))
    rows = fetch_all(transaction.connection, SubmissionRow, query.order_by(_c.received_at, _c.id).limit(most))
    listed = [ProgramRow(unseal(transaction.keys, row).code, row) for row in rows]
    add_entry(transaction, actor, "program_listed", str(len(listed)))
    return listed


def read_for_program(transaction: StoreTransaction, actor: str, code: str) -> ProgramReading | None:
    """The submission with a code and all its assessments, recorded in the audit; None where there is none to read."""
    row = find_by_code(transaction, code)
    if row is None or row.state not in _READABLE or row.data_key_wrapped is None:
        return None
    try:
        opened = unseal(transaction.keys, row)
    except GoneError:
        return None
    add_entry(transaction, actor, "program_read", row.id)
    return ProgramReading(opened.code, row, tuple(versions(transaction, opened)))
