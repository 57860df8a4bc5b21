"""Whether something can be *committed*: on a full disk SQLite lets a write pass and refuses the commit alone."""

from __future__ import annotations

from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.schema import heartbeat

LOCK_WAIT = 1.0
"""Seconds for which another's lock is waited for."""


def beat(database: Database) -> None:
    """Commit one row; raises `DatabaseUnavailableError` where that does not work within a second or so."""
    database.write(_beat, patience=LOCK_WAIT)


def _beat(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {1000 * LOCK_WAIT:.0f}"))
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    moment = now()
    statement = insert(heartbeat).values(id=1, at=moment, beats=1)
    # SQLite writes no page that would hold the same as before, so each beat must differ from the last.
    changed = {"at": moment, "beats": heartbeat.c.beats + 1}
    connection.execute(statement.on_conflict_do_update(index_elements=[heartbeat.c.id], set_=changed))
