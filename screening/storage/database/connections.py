"""One database, SQLite or PostgreSQL: connections, migrations, transactions that are tried again after another's."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from screening.storage.database.locking import take_turns

PATIENCE = 10.0
"""Seconds for which a writer tries again before it says that the database cannot be used."""
_MIGRATIONS = Path(__file__).parent.parent / "migrations"
_WRITING = "writing"
_REBUILDING = "rebuilding"
_AFTER = "after"
_FILE = "file"
_POSTGRESQL = ("postgres", "postgresql")
_CONFLICTS = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's codes of a serialization failure, a deadlock and a lock that is not to be had."""
Result = TypeVar("Result")


class DatabaseUnavailableError(Exception):
    """The database cannot be read or written now; the message says why, for the operator."""


class Database:
    """Where everything is stored; one for a process."""

    def __init__(self, url: str) -> None:
        """`url`: as SQLAlchemy reads it; `postgresql://` means psycopg."""
        address = _address(url)
        self.url = address
        self.is_sqlite = address.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": 8, "max_overflow": 8, "pool_timeout": PATIENCE}
        if self.is_sqlite:
            self.engine: Engine = create_engine(_existing(address), **options)
            event.listen(self.engine, "connect", self._prepare_sqlite)
            event.listen(self.engine, "begin", self._begin_sqlite)
        else:
            # a lock that somebody holds is told, not waited for
            waiting = f"-c lock_timeout={1000 * PATIENCE:.0f} {address.query.get('options', '')}"
            options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": 5, "options": waiting}}
            self.engine = _postgresql(address, **options)

    @property
    def file(self) -> Path:
        """The file of an SQLite database."""
        return Path(str(self.url.database))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except (DBAPIError, NoConnectionError) as error:
            raise_unavailable(error)

    def write(self, work: Callable[[Connection], Result], *, patience: float = PATIENCE, **options: bool) -> Result:
        """Do `work` in one transaction, whole or not at all; it is called again where another writer was first.

        `patience`: seconds after which it is not called again.
        """
        deadline = time.monotonic() + patience
        pause = 0.002
        while True:
            after: list[Callable[[], None]] = []
            chosen: dict[str, Any] = {_WRITING: True, _AFTER: after, **options}
            try:
                with self.engine.connect().execution_options(**chosen) as connection, connection.begin():
                    result = work(connection)
            except (DBAPIError, NoConnectionError) as error:
                if not _is_conflict(error) or time.monotonic() > deadline:
                    raise_unavailable(error)
            else:
                for callback in after:
                    callback()
                return result
            time.sleep(random.uniform(0, pause))  # noqa: S311 - spreads writers, hides nothing
            pause = min(pause * 2, 0.05)

    def migrate(self, revision: str = "head") -> None:
        """Bring the tables to a revision, the newest unless told; several processes may do so at once."""
        self.write_rebuilding(lambda connection: self.upgrade(connection, revision))

    def write_rebuilding(self, work: Callable[[Connection], Result]) -> Result:
        """The same as `write`, where tables themselves are made anew; a new file is made for SQLite."""
        if self.is_sqlite and not self.file.exists():
            make_private(self.file)
        return self.write(work, **{_REBUILDING: True})

    def upgrade(self, connection: Connection, revision: str) -> None:
        """Bring the tables to a revision within a transaction."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        take_turns(connection, b"migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)

    def dispose(self) -> None:
        """Close every connection: a process that was forked needs its own."""
        self.engine.dispose(close=False)

    def _prepare_sqlite(self, connection: sqlite3.Connection, record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's "begin" begins; see `_begin_sqlite`
        for pragma in (
            f"busy_timeout = {1000 * PATIENCE:.0f}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
            "cache_size = -32000",  # KiB: the index that lists 50,000 submissions fits, the usual 2,000 do not hold it
        ):
            connection.execute(f"PRAGMA {pragma}")
        record.info[_FILE] = _identity(self.file)

    def _begin_sqlite(self, connection: Connection) -> None:
        if connection.info[_FILE] != _identity(self.file):
            connection.invalidate()  # what is written into a file that nobody finds any more would be lost
            raise DatabaseUnavailableError(f"{self.file} was moved or deleted while it was in use")
        options = connection.get_execution_options()
        if options.get("isolation_level") == "AUTOCOMMIT":
            return
        # Migrations rebuild tables, and a table that is dropped for that must not take others' rows with it.
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {'OFF' if options.get(_REBUILDING) else 'ON'}")
        if options.get(_WRITING):
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")  # its own waiting starves writers; `write` waits
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {1000 * PATIENCE:.0f}")
        else:
            connection.exec_driver_sql("BEGIN")


def after_commit(connection: Connection, work: Callable[[], None]) -> None:
    """Have something done once a transaction of `Database.write` is kept, and never where it is not."""
    connection.get_execution_options()[_AFTER].append(work)


def make_private(path: Path) -> None:
    """A new, empty file that only its owner may read; nothing where there is one."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise DatabaseUnavailableError(f"{path} cannot be made: {error.strerror}") from None


def raise_unavailable(error: DBAPIError | NoConnectionError) -> NoReturn:
    """Raise `DatabaseUnavailableError` where the database is to blame, else the error itself."""
    if isinstance(error, DBAPIError):
        to_blame = isinstance(error, (OperationalError, InterfaceError, InternalError)) or type(error) is DatabaseError
        if not to_blame:
            raise error
        raise DatabaseUnavailableError(_reason(error)) from error
    raise DatabaseUnavailableError("every connection is in use") from error


def _address(url: str) -> URL:
    """The address of a database; what is said of one that is none may not hold the password in it."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUnavailableError("DATABASE_URL cannot be read as an address") from None
    return address.set(drivername="postgresql+psycopg") if address.drivername in _POSTGRESQL else address


def _postgresql(address: URL, **options: Any) -> Engine:
    try:
        return create_engine(address, **options)
    except ModuleNotFoundError:
        reason = "PostgreSQL needs the extra `postgres`: pip install 'screening[postgres]'"
        raise DatabaseUnavailableError(reason) from None


def _existing(address: URL) -> URL:
    """An address of SQLite that never makes a new, empty file where the database has gone."""
    return address.set(database=f"file:{quote(str(address.database))}", query={"mode": "rw", "uri": "true"})


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands there."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def _is_conflict(error: DBAPIError | NoConnectionError) -> bool:
    """Whether another writer was first, so that trying again may work."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.OperationalError):
        return (error.orig.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) in _CONFLICTS


def _reason(error: DBAPIError) -> str:
    """What the driver says, without the statement and its values."""
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
