"""Rows of the table of turns: until when those of somebody are taken, by keyed hash of who it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.clock_agreement import DISAGREEMENT
from screening.storage.database.rows import PaceRow, fetch_one
from screening.storage.database.schema import pace


def pace_row(connection: Connection, hashed: bytes) -> PaceRow | None:
    """The row of somebody; None: there is none."""
    return fetch_one(connection, PaceRow, select(pace).where(pace.c.hash == hashed))


def write_pace_row(connection: Connection, hashed: bytes, at: datetime, moment: datetime, number: int = 0) -> None:
    """Keep a row, in place of the one before."""
    values = {"at": at, "changed_at": moment, "number": number}
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(pace).values(hash=hashed, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[pace.c.hash], set_=values))


def is_of_the_future(row: PaceRow, moment: datetime) -> bool:
    """Whether the clock was set back since a row was written: then nobody waits for what it says."""
    return row.changed_at > moment + DISAGREEMENT
