"""What an operator does once the clock is right again after a leap: what it wrote of the future is mended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, select, update

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import TOLERANCE, ClockError
from screening.storage.database.clock_agreement import DISAGREEMENT, database_time
from screening.storage.database.schema import (
    daily_run,
    deletion_request,
    event,
    key_state,
    outbox,
    program_reading,
    retention,
    submission,
    told_limit,
    version,
)
from screening.storage.store import StoreTransaction
from screening.storage.upkeep.daily_runs import ClockReading, restart_from

MENDED: tuple[Column[Any], ...] = (
    key_state.c.changed_at,
    daily_run.c.wall,
    daily_run.c.database_wall,
    submission.c.received_at,
    submission.c.changed_at,
    submission.c.opened_at,
    submission.c.contacted_at,
    submission.c.ended_at,
    submission.c.news_at,
    version.c.made_at,
    event.c.at,
    program_reading.c.first_at,
    program_reading.c.last_at,
    outbox.c.made_at,
    outbox.c.tried_at,
    deletion_request.c.asked_at,
    deletion_request.c.agreed_at,
    deletion_request.c.restricted_at,
    deletion_request.c.seen_at,
    retention.c.began_at,
    told_limit.c.since,
)
"""What has happened, so that it cannot be of a time to come."""
AHEAD: tuple[tuple[Column[Any], Column[Any]], ...] = (
    (submission.c.promised_at, submission.c.received_at),
    (submission.c.due_at, submission.c.received_at),
    (submission.c.promised_at, submission.c.changed_at),
    (submission.c.due_at, submission.c.changed_at),
    (deletion_request.c.agree_by, deletion_request.c.asked_at),
)
"""What lay ahead when something happened, with when that was: it lies as far ahead of the present afterwards. Otherwise
nobody would be called for as long as the leap was."""


def accept_clock(transaction: StoreTransaction, reading: ClockReading) -> int:
    """Count days from this reading on; how many times of the future were mended. No key is changed."""
    database_wall = reading.database_wall or database_time(transaction.connection, reading.wall)
    if abs(database_wall - reading.wall) > DISAGREEMENT:
        raise ClockError(
            f"this machine's clock says {reading.wall.isoformat()}, the database's {database_wall.isoformat()}: "
            "set the one that is wrong first"
        )
    mended = sum(_bring_near(transaction, ahead, since, reading.wall) for ahead, since in AHEAD)
    for column in MENDED:
        future = update(column.table).where(column > reading.wall + TOLERANCE)
        mended += transaction.connection.execute(future.values({column.name: reading.wall})).rowcount
    restart_from(transaction, reading)
    add_entry(transaction, SERVICE, "clock_accepted")
    return mended


def _bring_near(transaction: StoreTransaction, ahead: Column[Any], since: Column[Any], wall: datetime) -> int:
    """Set what lay ahead of something of the future as far ahead of the present; how many rows."""
    (key,) = ahead.table.primary_key
    query = select(key, ahead, since).where(since > wall + TOLERANCE, ahead >= since)
    rows = transaction.connection.execute(query).all()
    for identity, moment, happened in rows:
        near = update(ahead.table).where(key == identity).values({ahead.name: wall + (moment - happened)})
        transaction.connection.execute(near)
    return len(rows)
