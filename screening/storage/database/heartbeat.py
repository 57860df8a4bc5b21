"""Whether something can be *committed*, and more than what needs no new page.

On a full disk SQLite lets a write pass and refuses the commit alone; PostgreSQL commits what fits into the pages that
it has, and refuses what somebody sends.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.schema import heartbeat

LOCK_WAIT = 1.0
"""Seconds for which another's lock is waited for."""

PIECE, PIECES = 8_000, 2_500
"""Bytes and how many of them PostgreSQL must find room for, 20 MB in all: beyond the 16 MB that it needs whenever a new
file of its log begins, without which it would stop altogether. It takes about 20 ms."""


def beat(database: Database) -> None:
    """Commit one row; raises `DatabaseUnavailableError` where that does not work within a second or so."""
    database.write(_beat, patience=LOCK_WAIT)


def _beat(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = {1000 * LOCK_WAIT:.0f}"))
        _fill_temporary_file(connection)
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    moment = now()
    statement = insert(heartbeat).values(id=1, at=moment, beats=1)
    # SQLite writes no page that would hold the same as before, so each beat must differ from the last.
    changed = {"at": moment, "beats": heartbeat.c.beats + 1}
    connection.execute(statement.on_conflict_do_update(index_elements=[heartbeat.c.id], set_=changed))


def _fill_temporary_file(connection: Connection) -> None:
    """Have PostgreSQL write a file where the database stands, which it removes at once: no function tells what is free.

    Rows of a function that do not fit into `work_mem` are written down; nothing is stored, and no log is written.
    """
    for setting in ("work_mem = '64kB'", "temp_tablespaces = ''"):
        connection.execute(text(f"SET LOCAL {setting}"))
    pieces = func.unnest(func.array_fill(func.repeat("x", PIECE), postgresql.array([PIECES])))
    connection.execute(select(func.count()).select_from(pieces))
