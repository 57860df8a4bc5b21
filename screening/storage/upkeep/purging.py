"""Forgetting: what nobody opened or what was closed is erased after its days; spent sessions and throttles go too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import ClockError, check_not_before, now
from screening.storage.database.schema import audit, key_state, staff_session, submission, throttle
from screening.storage.database.tidying import tidy
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.erasing import erase
from screening.storage.submissions.records import State

LEAP = timedelta(days=35)
"""A clock this far after the last entry of the audit may be wrong: the daily job writes one every day."""
SPENT = timedelta(days=2)
"""A session or throttle that was not used for this long holds nothing back any more."""
BATCH = 50
"""Submissions erased in one transaction."""


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """How long submissions are kept."""

    unopened_days: int
    """After they arrived, where nobody at the clinic opened them."""
    closed_days: int
    """After they were closed."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """How many submissions were erased, by the reason."""

    unopened: int
    closed: int


def purge(store: Store, retention: RetentionPeriods, *, clock_is_right: bool = False) -> PurgeReport:
    """Erase what has been kept for long enough; `ClockError` where the clock may be wrong.

    `clock_is_right`: somebody has looked at the clock after a long time without any entry.
    """
    with store.reading() as transaction:
        _check_clock(transaction, clock_is_right=clock_is_right)
    moment = now()
    purged = PurgeReport(
        _erase_all(store, _unopened_since(moment - timedelta(days=retention.unopened_days)), "unopened"),
        _erase_all(store, _closed_since(moment - timedelta(days=retention.closed_days)), "closed"),
    )
    store.write(lambda transaction: _forget_spent(transaction, moment - SPENT))
    store.write(lambda transaction: add_entry(transaction, SERVICE, "purged"))
    store.note_deletions()
    tidy(store.database)
    return purged


def _check_clock(transaction: StoreTransaction, *, clock_is_right: bool) -> None:
    key_changed_at = transaction.connection.execute(select(key_state.c.changed_at)).scalar_one()
    check_not_before(key_changed_at, "the master key was changed")
    last = transaction.connection.execute(select(func.max(audit.c.at))).scalar_one()
    if last and now() > last + LEAP and not clock_is_right:
        raise ClockError(
            f"the clock says {now().isoformat()}, but the last entry of the audit is of {last.isoformat()}; nothing is "
            "deleted. If the clock is right, run: screening purge --clock-is-right"
        )


def _unopened_since(before: datetime) -> ColumnElement[bool]:
    return submission.c.opened_at.is_(None) & (submission.c.received_at < before)


def _closed_since(before: datetime) -> ColumnElement[bool]:
    return (submission.c.state == State.CLOSED) & (submission.c.ended_at < before)


def _erase_all(store: Store, condition: ColumnElement[bool], reason: str) -> int:
    """Erase every living submission that meets a condition still when its turn comes; how many."""
    overdue = select(submission.c.id).where(condition, submission.c.data_key_wrapped.is_not(None)).limit(BATCH)

    def erase_some(transaction: StoreTransaction) -> int:
        ids = transaction.connection.execute(overdue.with_for_update()).scalars().all()
        return sum(erase(transaction, submission_id, (State.ERASED, reason)) for submission_id in ids)

    erased = 0
    while some := store.write(erase_some):
        erased += some
    return erased


def _forget_spent(transaction: StoreTransaction, before: datetime) -> None:
    transaction.connection.execute(delete(staff_session).where(staff_session.c.seen_at < before))
    unblocked = or_(throttle.c.blocked_until.is_(None), throttle.c.blocked_until < before)
    transaction.connection.execute(delete(throttle).where(throttle.c.failed_at < before, unblocked))
