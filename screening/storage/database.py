"""One database, SQLite or PostgreSQL: connections, migrations, transactions that are tried again after another's."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

PATIENCE = 10.0
"""Seconds for which a writer tries again before it says that the database cannot be used."""
_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITING = "writing"
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's codes of a serialization failure, a deadlock and a lock that is not to be had."""
Result = TypeVar("Result")


class DatabaseUnavailableError(Exception):
    """The database cannot be read or written now; the message says why, for the operator."""


class Database:
    """Where everything is stored; one for a process."""

    def __init__(self, url: str) -> None:
        """`url`: as SQLAlchemy reads it; `postgresql://` means psycopg."""
        address = make_url(url)
        if address.drivername in ("postgres", "postgresql"):
            address = address.set(drivername="postgresql+psycopg")
        self.is_sqlite = address.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": 8, "max_overflow": 8, "pool_timeout": PATIENCE}
        if not self.is_sqlite:
            options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}
        self.url = address
        self.engine: Engine = create_engine(address, **options)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except (OperationalError, InterfaceError) as error:
            raise DatabaseUnavailableError(_reason(error)) from error

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do `work` in one transaction, whole or not at all; it is called again where another writer was first."""
        deadline = time.monotonic() + PATIENCE
        pause = 0.002
        while True:
            try:
                with self.engine.connect().execution_options(**{_WRITING: True}) as connection, connection.begin():
                    return work(connection)
            except (OperationalError, InterfaceError) as error:
                if not _is_conflict(error) or time.monotonic() > deadline:
                    raise DatabaseUnavailableError(_reason(error)) from error
            time.sleep(random.uniform(0, pause))  # noqa: S311 - spreads writers, hides nothing
            pause = min(pause * 2, 0.05)

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision, the newest unless told; several processes may do so at once."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))

        def upgrade(connection: Connection) -> None:
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7236172)")
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

        self.write(upgrade)

    def dispose(self) -> None:
        """Close every connection: a process that was forked needs its own."""
        self.engine.dispose(close=False)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" begins; see `_begin_sqlite`
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "busy_timeout = 0",  # its own waiting starves writers; `Database.write` waits with jitter
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(_WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _is_conflict(error: DBAPIError) -> bool:
    """Whether another writer was first, so that trying again may work."""
    if isinstance(error.orig, sqlite3.OperationalError):
        return (error.orig.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _reason(error: DBAPIError) -> str:
    """What the driver says, without the statement and its values."""
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
