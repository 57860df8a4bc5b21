"""Free pages and old row versions emptied, so that what was deleted or wrapped anew lies nowhere in the database."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from screening.storage.database.connections import PATIENCE, Database, raise_unavailable
from screening.storage.database.schema import metadata


def cut_log(database: Database) -> bool:
    """Carry SQLite's write-ahead log into the database and empty it; False where a reader or writer is in the way.

    Until then the log holds pages as they were: the wrapped key of what was deleted. PostgreSQL has no such file.
    """
    if not database.is_sqlite:
        return True
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")  # whoever is in the way is not kept waiting
            try:
                busy, _in_log, _carried = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {1000 * PATIENCE:.0f}")
    except DBAPIError as error:
        raise_unavailable(error)
    return not busy


def tidy(database: Database) -> None:
    """Empty what the database no longer needs. Readers and writers go on meanwhile."""
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if database.is_sqlite:
                # Deleted bytes are overwritten in their pages (secure_delete); the log still has them until it is cut.
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                names = ", ".join(table.name for table in metadata.sorted_tables)
                connection.exec_driver_sql(f"VACUUM (ANALYZE) {names}")
    except DBAPIError as error:
        raise_unavailable(error)
