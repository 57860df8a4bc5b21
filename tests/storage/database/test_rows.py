"""Records and tables agree, so that what mypy knows of a record is what the database holds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, get_type_hints

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select

from screening.storage.database import rows
from screening.storage.database.columns import Moment
from screening.storage.database.rows import StaffSessionRow, fetch_all, fetch_one, fetch_only, stream
from screening.storage.database.schema import metadata

RECORDS: list[type[Any]] = sorted(
    (value for name, value in vars(rows).items() if name.endswith("Row")), key=lambda record: record.__name__
)
UNREAD = {"rule_text", "recovery_code", "tally", "heartbeat", "retention", "told_promise", "last_backup"}
"""Tables that are never read row by row: of these a query names the columns that it wants."""
AT = datetime.fromisoformat("2026-11-22T08:00:00+00:00")


def table_name(record: type[Any]) -> str:
    words = record.__name__.removesuffix("Row")
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in words).lstrip("_")


def hint_of(column: Column[Any]) -> Any:
    """What the field of a column must be."""
    kind: Any = datetime if isinstance(column.type, Moment) else column.type.python_type
    return kind | None if column.nullable else kind


def disagreements(record: type[Any], table: Table) -> dict[str, tuple[object, object]]:
    """Columns whose field is missing, of another type, or in another place; by name what is and what should be."""
    actual, wanted = get_type_hints(record), {column.name: hint_of(column) for column in table.columns}
    names = [field.name for field in fields(record)]
    differing = {
        name: (actual.get(name), wanted.get(name))
        for name in {*actual, *wanted}
        if actual.get(name) != wanted.get(name)
    }
    return differing or ({} if names == list(wanted) else {"order": (names, list(wanted))})


def test_every_table_that_is_read_row_by_row_has_a_record() -> None:
    assert {table_name(record) for record in RECORDS} == set(metadata.tables) - UNREAD


@pytest.mark.parametrize("record", RECORDS, ids=table_name)
def test_a_record_has_a_field_for_each_column_of_its_type_and_optional_where_it_may_be_null(record: type[Any]) -> None:
    assert disagreements(record, metadata.tables[table_name(record)]) == {}


def test_a_disagreement_would_be_noticed() -> None:
    @dataclass
    class Wrong:
        number: int
        text: str

    table = Table("wrong", MetaData(), Column("number", Integer, nullable=True), Column("texts", String))
    assert set(disagreements(Wrong, table)) == {"number", "text", "texts"}


def test_rows_come_as_records_and_a_query_of_other_columns_is_refused() -> None:
    engine = create_engine("sqlite://")
    table = metadata.tables["staff_session"]
    sessions = [StaffSessionRow(bytes([number]), "a", "password", AT, AT) for number in range(3)]
    with engine.begin() as connection:
        metadata.create_all(connection, tables=[metadata.tables["staff"], table])
        assert fetch_one(connection, StaffSessionRow, select(table)) is None
        values = {"staff_id": "a", "stage": "password", "began_at": AT, "seen_at": AT}
        connection.execute(insert(table), [{"hash": session.hash, **values} for session in sessions])
        assert fetch_all(connection, StaffSessionRow, select(table).order_by(table.c.hash)) == sessions
        assert list(stream(connection, StaffSessionRow, select(table).order_by(table.c.hash))) == sessions
        assert fetch_only(connection, StaffSessionRow, select(table).where(table.c.hash == b"\x01")) == sessions[1]
        with pytest.raises(TypeError, match="seen_at"):
            fetch_all(
                connection, StaffSessionRow, select(table.c.hash, table.c.staff_id, table.c.stage, table.c.began_at)
            )
    engine.dispose()
