"""Counting days by runs, not by the wall clock alone: a clock that leaps adds no run, so it makes nothing old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Select, func, insert, select, update

from screening.storage.database.clock import TOLERANCE, ClockError
from screening.storage.database.clock_agreement import check_agreement, database_time
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import DailyRunRow, fetch_one
from screening.storage.database.running_time import instant
from screening.storage.database.schema import audit, daily_run, deletion_request, key_state, submission, told_limit
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.idle import IS_THERE

BETWEEN_RUNS = timedelta(hours=20)
"""How long after the last counted run the next one counts: a timer may be late one day and early the next."""
RUNS_TO_BELIEVE = 6
"""For so many counted runs the wall clock must have been as far ahead as it is: a shorter leap ages nothing."""
UNEVEN = timedelta(hours=4)
"""How much longer than their days counted runs may take: a timer may be early one day and late the next."""
DRIFT = timedelta(hours=1)
"""How far the wall clock may move against the time since the machine started, from one counted run to the next."""
UNEXPLAINED = timedelta(days=4)
"""How long the wall clock may have gone on while the machine was off: longer may have been a leap."""
ACCEPT = "nothing is closed or deleted. Look at the clock; if it is right now, run: screening clock accept"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What every clock of this machine says at one moment."""

    wall: datetime
    boot_id: str
    """Another one each time the machine starts."""
    uptime: int
    """Seconds since the machine started; setting the wall clock does not change it."""
    database_wall: datetime | None = None
    """What the database's clock says; None: to be asked."""


def read_clocks() -> ClockReading:
    """The clocks of this machine now."""
    present = instant()
    if not present.boot:
        raise ClockError("how long this machine has been running cannot be read under /proc, so days cannot be counted")
    return ClockReading(present.wall, present.boot, present.uptime)


def count_run(transaction: StoreTransaction, reading: ClockReading) -> int:
    """Count this run where a day has passed since the last one; the number of the last counted run.

    `ClockError` where the clock leapt, or what is stored is of a time to come.
    """
    take_turns(transaction.connection, b"daily_run")
    check_believed(transaction, reading)
    last = _last_run(transaction)
    if last and not _is_a_day_later(transaction, reading, last):
        return last.number
    return record_run(transaction, reading)


def check_believed(transaction: StoreTransaction, reading: ClockReading) -> None:
    """Raise `ClockError` where the clock leapt, or what is stored is of a time to come: nothing is over by it then."""
    reason = reason_to_hold(transaction, reading)
    if reason:
        raise ClockError(f"{reason}; {ACCEPT}")


def believed_moment(transaction: StoreTransaction, run: int, reading: ClockReading) -> datetime:
    """The present, never later than each of the last runs and a day for every run since.

    A short leap that nobody can tell from a time off makes nothing old then, however often it comes; and after a time
    off what is old waits for some runs more.
    """
    earlier = (daily_run.c.number < run, daily_run.c.number >= run - RUNS_TO_BELIEVE)
    walls = transaction.connection.execute(select(daily_run.c.number, daily_run.c.wall).where(*earlier))
    latest: list[datetime] = [wall + timedelta(days=run - number) + UNEVEN for number, wall in walls]
    return min([reading.wall, *latest])


def record_run(transaction: StoreTransaction, reading: ClockReading) -> int:
    """Add a counted run; its number."""
    last = _last_run(transaction)
    number = last.number + 1 if last else 1
    values = {"number": number, "wall": reading.wall, "boot_id": reading.boot_id, "uptime": reading.uptime}
    transaction.connection.execute(
        insert(daily_run).values(**values, database_wall=_database_wall(transaction, reading))
    )
    return number


def restart_from(transaction: StoreTransaction, reading: ClockReading) -> None:
    """Compare every later run with this reading; it counts as no day of its own, however often it is done.

    What other hosts measured since they started is forgotten, since it may belong to the wrong time.
    """
    last = _last_run(transaction)
    if not last:
        record_run(transaction, reading)
        return
    transaction.connection.execute(update(daily_run).values(boot_id=""))
    values = {"wall": reading.wall, "boot_id": reading.boot_id, "uptime": reading.uptime}
    values["database_wall"] = _database_wall(transaction, reading)
    transaction.connection.execute(update(daily_run).where(daily_run.c.number == last.number).values(values))


def reason_to_hold(transaction: StoreTransaction, reading: ClockReading) -> str:
    """Why the wall clock cannot be believed, or what is stored was written by one that could not; else empty."""
    if not reading.database_wall:
        try:
            check_agreement(transaction.connection, reading.wall)
        except ClockError as error:
            return str(error)
    for what, moment in future_moments(transaction, reading.wall).items():
        return f"the clock says {reading.wall.isoformat()}, but {what} is of {moment.isoformat()}"
    last = _last_run(transaction)
    return _leap(transaction, reading, last) if last else _silence(transaction, reading)


def future_moments(transaction: StoreTransaction, wall: datetime) -> dict[str, datetime]:
    """What stands in the database with a time that is still to come."""
    queries = {
        "the change of the master key": _latest(key_state.c.changed_at),
        "the last daily run": _latest(daily_run.c.wall),
        "a submission's arrival": _latest(submission.c.received_at).where(IS_THERE),
        "a submission's end": _latest(submission.c.ended_at).where(IS_THERE),
        "a submission's last change": _latest(submission.c.changed_at).where(IS_THERE),
        "a request for deletion": _latest(deletion_request.c.restricted_at),
        "the start with another idle limit": _latest(told_limit.c.since),
    }
    latest = {what: transaction.connection.execute(query).scalar() for what, query in queries.items()}
    return {what: moment for what, moment in latest.items() if moment and moment > wall + TOLERANCE}


def _latest(column: Column[Any]) -> Select[Any]:
    return select(func.max(column))


def _silence(transaction: StoreTransaction, reading: ClockReading) -> str:
    """Before any run was counted the last entry of the audit is all there is to compare with."""
    last: datetime | None = transaction.connection.execute(select(func.max(audit.c.at))).scalar()
    if last and abs(reading.wall - last) > UNEXPLAINED:
        return f"the clock says {reading.wall.isoformat()}, but the last entry of the audit is of {last.isoformat()}"
    return ""


def _leap(transaction: StoreTransaction, reading: ClockReading, last: DailyRunRow) -> str:
    """How the wall clock moved otherwise than time did since the last run of this start of the machine, or any."""
    same_boot = _last_run(transaction, reading.boot_id)
    if same_boot:
        drift = (reading.wall - same_boot.wall) - timedelta(seconds=reading.uptime - same_boot.uptime)
        if abs(drift) > DRIFT:
            return f"the clock leapt by {drift} since {same_boot.wall.isoformat()}: it says {reading.wall.isoformat()}"
        return ""
    if reading.wall - last.wall > UNEXPLAINED:
        return f"the clock says {reading.wall.isoformat()}, but the last daily run was at {last.wall.isoformat()}"
    return ""


def _is_a_day_later(transaction: StoreTransaction, reading: ClockReading, last: DailyRunRow) -> bool:
    same_boot = _last_run(transaction, reading.boot_id)
    return (
        reading.wall - last.wall >= BETWEEN_RUNS
        and _database_wall(transaction, reading) - last.database_wall >= BETWEEN_RUNS
        and (not same_boot or timedelta(seconds=reading.uptime - same_boot.uptime) >= BETWEEN_RUNS)
    )


def _last_run(transaction: StoreTransaction, boot_id: str = "") -> DailyRunRow | None:
    query = select(daily_run).order_by(daily_run.c.number.desc()).limit(1)
    if boot_id:
        query = query.where(daily_run.c.boot_id == boot_id)
    return fetch_one(transaction.connection, DailyRunRow, query)


def _database_wall(transaction: StoreTransaction, reading: ClockReading) -> datetime:
    return reading.database_wall or database_time(transaction.connection, reading.wall)
