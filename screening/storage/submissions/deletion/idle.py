"""What was opened and never closed, and to which nothing happens any more: listed at the desk, then deleted.

Whatever happens to a submission changes its row, so its last change is where its idle time begins. Looking at it
changes nothing. Erasing is `upkeep.purging`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import event, submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.told_limits import ToldLimit, told_limits
from screening.storage.submissions.record.events import Event, add_event, events
from screening.storage.submissions.record.records import (
    LIVING,
    ChangedMeanwhileError,
    State,
    change,
    open_submission,
    row_of,
    unseal,
)

IDLE = "idle"
"""The reason on the tombstone."""
LISTED = timedelta(days=30)
"""So long before it is deleted it is listed at the desk; and so long after a promise that passed it stays."""
POSTPONED = "deletion_postponed"
"""The kind of event by which a manager puts the deletion off: it happens to the submission, so its time begins anew."""
_STATES = LIVING - {State.CLOSED, State.RESTRICTED}
_c = submission.c

IS_THERE = _c.data_key_wrapped.is_not(None)
"""A tombstone waits for nothing, so that its times do not matter."""
IS_IDLE = and_(IS_THERE, _c.opened_at.is_not(None), _c.state.in_(_STATES))
"""Opened, neither closed nor restricted."""


@dataclass(frozen=True, slots=True)
class ListedIdle:
    """A submission that will be deleted soon, unless something happens to it."""

    id: str
    revision: int
    idle_since: datetime
    deleted_at: datetime
    """The earliest moment at which it is deleted."""


@dataclass(frozen=True, slots=True)
class ShownIdle:
    """The same with what the desk shows of it: nothing of the person, nor of their answers."""

    listed: ListedIdle
    code: str
    postponed: tuple[Event, ...]
    """How often, by whom and why its deletion was put off, the latest first."""


def deletion_time(row: SubmissionRow, limits: Iterable[ToldLimit]) -> datetime | None:
    """The earliest moment at which it is deleted for being idle; None where it is not, or nobody could read of it."""
    if row.data_key_wrapped is None or row.opened_at is None or row.state not in _STATES:
        return None
    ends = [max(row.changed_at, limit.since) + limit.period for limit in limits if limit.was_told(row.received_at)]
    ahead = max(row.promised_at, row.due_at or row.promised_at)
    return max(min(ends), ahead + LISTED) if ends else None


def was_idle(limit: ToldLimit, moment: datetime) -> ColumnElement[bool]:
    """What this limit's time had passed for by a moment, as a condition on rows that are idle."""
    before = moment - limit.period
    if limit.since > before:
        return false()
    told = [_c.received_at < limit.until] if limit.until else []
    return and_(_c.changed_at <= before, _lies_behind(moment), *told)


def _lies_behind(moment: datetime) -> ColumnElement[bool]:
    """That nothing which the clinic said it would do lies ahead, as in `deletion_time`."""
    return and_(_c.promised_at <= moment - LISTED, or_(_c.due_at.is_(None), _c.due_at <= moment - LISTED))


def listed_idle(transaction: StoreTransaction, at: datetime) -> tuple[ListedIdle, ...]:
    """What will be deleted within the time for which it is listed, the first one first."""
    return tuple(listed for _, listed in _listed(transaction, at))


def shown_idle(transaction: StoreTransaction, at: datetime, most: int) -> tuple[ShownIdle, ...]:
    """The first of them with their codes, and with who put them off before."""
    return tuple(_shown(transaction, row, listed) for row, listed in _listed(transaction, at)[:most])


def _listed(transaction: StoreTransaction, at: datetime) -> list[tuple[SubmissionRow, ListedIdle]]:
    limits = told_limits(transaction)
    old = or_(false(), *(was_idle(limit, at + LISTED) for limit in limits))
    rows = fetch_all(transaction.connection, SubmissionRow, select(submission).where(IS_IDLE, old))
    pairs = [(row, listed) for row in rows if (listed := _listed_one(row, limits, at))]
    return sorted(pairs, key=lambda pair: (pair[1].deleted_at, pair[1].id))


def _listed_one(row: SubmissionRow, limits: Iterable[ToldLimit], at: datetime) -> ListedIdle | None:
    end = deletion_time(row, limits)
    return ListedIdle(row.id, row.revision, row.changed_at, end) if end and end - LISTED <= at else None


def _shown(transaction: StoreTransaction, row: SubmissionRow, listed: ListedIdle) -> ShownIdle:
    opened = unseal(transaction.keys, row)
    postponed = tuple(happened for happened in events(transaction, opened) if happened.kind == POSTPONED)
    return ShownIdle(listed, opened.code, postponed)


def find_listed(transaction: StoreTransaction, submission_id: str, at: datetime) -> ShownIdle | None:
    """One of those that are listed; None where it is not, or not any more."""
    row = row_of(transaction, submission_id)
    listed = _listed_one(row, told_limits(transaction), at) if row else None
    return _shown(transaction, row, listed) if row and listed else None


def postpone(
    transaction: StoreTransaction, shown: ListedIdle, by: str, reason: str, at: datetime | None = None
) -> None:
    """Put the deletion of something that is listed off, with the reason: its whole time begins anew, then it is listed
    again.

    `ChangedMeanwhileError` where it is another than what was shown, or is listed no more.
    """
    opened = open_submission(transaction, shown.id)
    listed = _listed_one(opened.row, told_limits(transaction), at or now())
    if listed is None or listed.revision != shown.revision:
        raise ChangedMeanwhileError
    change(transaction, opened)
    add_event(transaction, opened, POSTPONED, {"text": reason}, by)
    add_entry(transaction, by, POSTPONED, opened.id)


def last_postponed(transaction: StoreTransaction, submission_id: str) -> datetime | None:
    """When its deletion was put off last; None where it never was."""
    query = select(func.max(event.c.at)).where(event.c.submission_id == submission_id, event.c.kind == POSTPONED)
    moment: datetime | None = transaction.connection.execute(query).scalar()
    return moment
