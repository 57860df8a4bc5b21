"""Whether this machine's clock agrees now with what else tells the time: the database, and the last counted run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from screening.storage.database.clock import TOLERANCE, ClockError
from screening.storage.database.schema import daily_run

DISAGREEMENT = timedelta(minutes=5)
"""How far this machine's clock and the database's may lie apart."""


def database_time(connection: Connection, wall: datetime) -> datetime:
    """What the clock of the database server says; SQLite has none of its own, so there it is this machine's."""
    if connection.dialect.name == "sqlite":
        return wall
    database_wall: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return database_wall.astimezone(UTC)


def check_agreement(connection: Connection, wall: datetime) -> None:
    """Raise `ClockError` where this machine's clock is wrong or nobody can tell which of two is.

    What is written by a clock that was set back looks old, and would be deleted too early.
    """
    database_wall = database_time(connection, wall)
    if abs(database_wall - wall) > DISAGREEMENT:
        raise ClockError(f"this machine's clock says {wall.isoformat()}, the database's {database_wall.isoformat()}")
    last = connection.execute(select(daily_run.c.wall).order_by(daily_run.c.number.desc()).limit(1)).scalar()
    if last and wall < last - TOLERANCE:
        raise ClockError(
            f"the clock says {wall.isoformat()}, which is before the last daily run at {last.isoformat()}; "
            "if the clock is right now, run: screening clock accept"
        )
