"""Free pages and old row versions emptied, so that what was deleted or wrapped anew lies nowhere in the database."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from screening.storage.database.connections import Database, raise_unavailable
from screening.storage.database.schema import metadata


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
