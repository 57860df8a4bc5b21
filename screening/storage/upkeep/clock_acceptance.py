"""What an operator does once the clock is right again after a leap: what it wrote of the future is mended."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, update

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import TOLERANCE, ClockError
from screening.storage.database.clock_agreement import DISAGREEMENT, database_time
from screening.storage.database.schema import daily_run, key_state, retention, submission, told_limit
from screening.storage.store import StoreTransaction
from screening.storage.upkeep.daily_runs import ClockReading, restart_from

_MENDED: tuple[Column[Any], ...] = (
    key_state.c.changed_at,
    daily_run.c.wall,
    daily_run.c.database_wall,
    submission.c.received_at,
    submission.c.changed_at,
    submission.c.opened_at,
    submission.c.contacted_at,
    submission.c.ended_at,
    retention.c.began_at,
    told_limit.c.since,
)


def accept_clock(transaction: StoreTransaction, reading: ClockReading) -> int:
    """Count days from this reading on; how many times of the future were set to it. No key is changed."""
    database_wall = reading.database_wall or database_time(transaction.connection, reading.wall)
    if abs(database_wall - reading.wall) > DISAGREEMENT:
        raise ClockError(
            f"this machine's clock says {reading.wall.isoformat()}, the database's {database_wall.isoformat()}: "
            "set the one that is wrong first"
        )
    mended = 0
    for column in _MENDED:
        future = update(column.table).where(column > reading.wall + TOLERANCE)
        mended += transaction.connection.execute(future.values({column.name: reading.wall})).rowcount
    restart_from(transaction, reading)
    add_entry(transaction, SERVICE, "clock_accepted")
    return mended
