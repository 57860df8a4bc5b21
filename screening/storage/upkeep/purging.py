"""Forgetting: what nobody opened, what was closed, and what was opened and then lay idle is erased after its days.

What else is spent goes too.

Age alone erases nothing: half the days must also have been counted by daily runs, and it must have been announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, func, or_, select

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.account_tables import staff_session, throttle
from screening.storage.database.rows import SubmissionRow
from screening.storage.database.schema import pace, submission
from screening.storage.database.tidying import tidy
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.deletion.idle import IDLE, LISTED, deletion_time
from screening.storage.submissions.deletion.told_limits import ToldLimit, count_told_limits, told_limits
from screening.storage.submissions.record.records import State
from screening.storage.upkeep.daily_runs import ClockReading, believed_moment, count_run, read_clocks
from screening.storage.upkeep.requested_deletions import forget_phrases
from screening.storage.upkeep.retention import (
    CLOSED,
    UNOPENED,
    Limit,
    announce,
    due_for_deletion,
    follow,
    still_waiting,
    waits_since,
)

SPENT = timedelta(days=2)
"""A session, throttle or turn that was not used for this long holds nothing back any more."""
BATCH = 50
"""Submissions erased in one transaction."""
EARLY = timedelta(days=1)
"""So long before its limit something is announced: then it is erased within a week after it, and a clock that leapt by
less than is noticed while the machine was off (`daily_runs.UNEXPLAINED`) is still outlived by the announcement."""
ANNOUNCED_RUNS = 7
"""For so many counted runs a submission is announced before it is erased."""
LISTED_RUNS = 21
"""The same of what is idle, which is listed for 30 days: most of them must have been counted."""
FEW = 5
"""So many may be erased without anybody's word, however few live."""


class TooManyError(Exception):
    """More is due than is erased without somebody's word; the message lists it and says how to confirm."""


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """How long submissions are kept."""

    unopened_days: int
    """After they arrived, where nobody at the clinic opened them."""
    closed_days: int
    """After they were closed."""
    idle_days: int
    """After the last thing that happened to one that was opened and not closed. Erasing itself goes by what people were
    told (`submissions.deletion.told_limits`), which a setting changes only once the service was started with it."""

    def limits(self, told: tuple[ToldLimit, ...]) -> list[Limit]:
        """Every limit by which something may be erased."""
        return [
            Limit(UNOPENED, self.unopened_days, EARLY, ANNOUNCED_RUNS),
            Limit(CLOSED, self.closed_days, EARLY, ANNOUNCED_RUNS),
            *(Limit(IDLE, limit.days, LISTED, LISTED_RUNS, limit) for limit in told),
        ]


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """How many submissions were erased, by the reason."""

    unopened: int
    closed: int
    idle: int
    announced: int = 0
    """How many that nobody opened or that were closed will be erased within the next week or so."""


def purge(
    store: Store, retention: RetentionPeriods, reading: ClockReading | None = None, *, confirmed: int | None = None
) -> PurgeReport:
    """Erase what has been kept for long enough.

    `confirmed`: how many somebody has seen to be due, and wants erased however many that are.
    `ClockError` where the clock may be wrong, `TooManyError` where too much is due; neither erases anything.
    """
    reading = reading or read_clocks()
    due, announced = store.write(lambda transaction: _count_day(transaction, retention, reading))
    with store.reading() as transaction:
        _check_number(transaction, due, confirmed)
    erased = {reason: _erase_all(store, ids, reason) for reason, ids in due.items()}
    purged = PurgeReport(erased[UNOPENED], erased[CLOSED], erased[IDLE], announced)
    store.write(lambda transaction: _forget_spent(transaction, reading.wall - SPENT))
    store.write(lambda transaction: add_entry(transaction, SERVICE, "purged"))
    store.note_deletions()
    tidy(store.database)
    return purged


def _count_day(
    transaction: StoreTransaction, retention: RetentionPeriods, reading: ClockReading
) -> tuple[dict[str, list[str]], int]:
    """Count this run; the ids that are due by reason, and how many others are announced but for those that are idle."""
    run = count_run(transaction, reading)
    follow(transaction, run)
    count_told_limits(transaction, run)
    forget_phrases(transaction, believed_moment(transaction, run, reading))
    due: dict[str, list[str]] = {UNOPENED: [], CLOSED: [], IDLE: []}
    announced = 0
    for limit in retention.limits(told_limits(transaction)):
        soon = announce(transaction, run, limit, reading.wall)
        moment = believed_moment(transaction, run, reading) if limit.told else reading.wall
        over = due_for_deletion(transaction, run, limit, moment)
        due[limit.reason] = list(dict.fromkeys([*due[limit.reason], *over]))
        announced += len(soon - set(over)) if limit.told is None else 0
    return due, announced


def is_over(row: SubmissionRow, retention: RetentionPeriods, told: tuple[ToldLimit, ...], moment: datetime) -> bool:
    """Whether its time is over by the clock alone."""
    waits = waits_since(row)
    if waits is None:
        return False
    reason, began = waits
    if reason == IDLE:
        end = deletion_time(row, told or (ToldLimit(retention.idle_days, began),))
        return end is not None and end <= moment
    days = {UNOPENED: retention.unopened_days, CLOSED: retention.closed_days}[reason]
    return began + timedelta(days=days) <= moment


def _check_number(transaction: StoreTransaction, due: dict[str, list[str]], confirmed: int | None) -> None:
    number = sum(map(len, due.values()))
    if confirmed is not None and confirmed != number:
        raise TooManyError(f"{number} submissions are due to be deleted, not {confirmed}; nothing is deleted")
    living = select(func.count()).select_from(submission).where(submission.c.data_key_wrapped.is_not(None))
    if confirmed is None and number > FEW and number * 3 > transaction.connection.execute(living).scalar_one():
        lines = "\n".join(f"  {submission_id} {reason}" for reason, ids in due.items() for submission_id in ids)
        raise TooManyError(
            f"{number} submissions are due to be deleted, more than a third of all; nothing is deleted:\n{lines}\n"
            f"If that is right, run: screening daily --delete {number}"
        )


def _erase_all(store: Store, ids: list[str], reason: str) -> int:
    """Erase those that still wait for it when their turn comes; how many."""

    def erase_some(transaction: StoreTransaction, some: list[str]) -> int:
        waiting = still_waiting(transaction, some, reason)
        return sum(erase(transaction, submission_id, (State.ERASED, reason)) for submission_id in waiting)

    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    return sum(store.write(partial(erase_some, some=batch)) for batch in batches)


def _forget_spent(transaction: StoreTransaction, before: datetime) -> None:
    transaction.connection.execute(delete(staff_session).where(staff_session.c.seen_at < before))
    unblocked = or_(throttle.c.blocked_until.is_(None), throttle.c.blocked_until < before)
    transaction.connection.execute(delete(throttle).where(throttle.c.failed_at < before, unblocked))
    transaction.connection.execute(delete(pace).where(pace.c.at < before))
