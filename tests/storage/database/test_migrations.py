"""From whatever version a database is, it comes to today's tables, and keeps what was in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert

import screening.storage.migrations
from screening.storage.database.connections import Database
from screening.storage.database.schema import metadata
from tests.support.stores import Place

SCRIPTS = ScriptDirectory(str(Path(screening.storage.migrations.__file__).parent))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


def differences(database: Database) -> list[Any]:
    """How the tables differ from those that the service expects."""
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
    return found


def test_there_is_one_way_up() -> None:
    assert REVISIONS[0] == "0001"
    assert len(SCRIPTS.get_heads()) == 1


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_version_comes_to_todays_tables_with_what_is_in_it(place: Place, revision: str) -> None:
    database = Database(place.url)
    database.migrate(revision)
    tables = MetaData()
    with database.reading() as connection:
        tables.reflect(connection)
    tally = {"day": "2026-11-22", "name": "result", "key": "fibrosis", "count": 3}
    database.write(lambda connection: connection.execute(insert(tables.tables["tally"]).values(tally)))
    database.migrate()
    database.migrate()
    assert differences(database) == []
    with database.reading() as connection:
        (row,) = connection.execute(metadata.tables["tally"].select()).all()
    assert row.count is not None
    assert row._mapping["count"] == 3
    database.engine.dispose()


def test_a_difference_would_be_noticed(place: Place) -> None:
    database = Database(place.url)
    database.migrate()
    database.write(lambda connection: connection.exec_driver_sql("DROP INDEX ix_submission_ended_at"))
    assert differences(database)
    database.engine.dispose()
