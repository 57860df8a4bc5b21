"""A table of people in PostgreSQL, which works out the queries itself: only what comes of them leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count, islice
from typing import Any
from weakref import finalize

import ibis
import ibis.expr.types as ir
import psycopg
import pyarrow as pa
import sqlglot
from ibis.backends.sql.datatypes import PostgresType
from psycopg import sql as text
from sqlglot import exp

from screening.cohort.judging.columns import BATCH, ROW, VIEW
from screening.cohort.judging.source import FETCHED, columns_called, staged_sql
from screening.cohort.judging.spans import Span
from screening.cohort.table import TableError, check_columns

_OTHER_TYPES = "time"
"""Stands for types that Ibis has no name for: cells of this one, too, are read row by row, as texts."""

_ANY_DECIMAL = "decimal(38, 20)"
"""Stands for decimals of which the table does not say how many digits they have."""


class PostgresSource:
    """One table in PostgreSQL. Its rows are counted in the order in which they are stored."""

    def __init__(self, url: str, columns: Sequence[str], table: str) -> None:
        """`table` may name its schema before a point; raises `TableError`."""
        self.names: Mapping[str, str] = columns_called(columns)
        self._cursors = count()
        self._name = text.Identifier(*table.split(".", 1))
        with _told_errors():
            self.connection = psycopg.connect(url)
            finalize(self, self.connection.close)
            # One picture of the table from beginning to end; and nothing is changed but a view of this connection.
            self.connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            kinds = dict(self._described(self._name))
            check_columns([*kinds], tuple(columns))
            listed = [
                _read_as(kinds[name]).format(text.Identifier(name), text.Identifier(called))
                for name, called in self.names.items()
            ]
            made = text.SQL("CREATE TEMP VIEW {} AS SELECT {}, row_number() OVER (ORDER BY ctid) - 1 AS {} FROM {}")
            view, row = text.Identifier(VIEW), text.Identifier(ROW)
            self.connection.execute(made.format(view, text.SQL(", ").join(listed), row, self._name))
            types = {name: _type(kind) for name, kind in self._described(view)}
        self.table = ibis.table(types, name=VIEW)

    def _described(self, name: text.Identifier) -> list[tuple[str, str]]:
        found = self.connection.execute(text.SQL("SELECT * FROM {} LIMIT 0").format(name)).description or ()
        kinds = text.SQL("SELECT format_type(%s::oid, %s)")
        listed = []
        for column in found:
            size = [column.precision, column.scale] if column.precision is not None else []
            kind = self.connection.execute(kinds, (column.type_code, None)).fetchone()
            listed.append((column.name, f"{kind[0] if kind else ''}{tuple(size) if len(size) == 2 else ''}"))
        return listed

    @property
    def spans(self) -> Mapping[str, Span]:
        """Nothing is known before rows are read."""
        return {}

    def sql(self, asked: ir.Table) -> str:
        """A query for PostgreSQL; `OFFSET 0` keeps it from writing each stage into the next, as often as it is read."""
        query = sqlglot.parse_one(staged_sql(asked, "postgres"), read="postgres")
        for stage in query.find_all(exp.Select):
            if stage is not query:
                stage.set("offset", exp.Offset(expression=exp.Literal.number(0)))
        return query.sql(dialect="postgres")

    def as_number(self, condition: ir.BooleanValue) -> ir.Value:
        """One where a condition holds; PostgreSQL makes no such number of a condition but by way of a whole one."""
        return condition.cast("int32").cast("float32")

    def count(self) -> int:
        """How many rows the table has."""
        ((count,),) = self.rows(f"SELECT count(*) FROM {VIEW}")  # noqa: S608 - our own text
        return int(count)

    def batches(self, asked: ir.Table) -> Iterator[pa.RecordBatch]:
        """What a query finds, as it finds it, after an empty batch."""
        schema = pa.schema([(name, _arrow_type(asked[name])) for name in asked.columns])
        yield pa.RecordBatch.from_pylist([], schema=schema)
        found = self.rows(self.sql(asked))
        while some := list(islice(found, BATCH)):
            columns = zip(schema, zip(*some, strict=True), strict=True)
            yield pa.record_batch([_array(values, field.type) for field, values in columns], schema)

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The same as rows; the server keeps those that were not asked for yet."""
        with _told_errors(), self.connection.cursor(f"rows_{next(self._cursors)}") as cursor:
            cursor.itersize = FETCHED
            cursor.execute(sql.encode())
            yield from cursor

    def fingerprint(self) -> str:
        """A hash of all that the table holds, in whatever order, worked out there."""
        asked = text.SQL("SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {} AS t").format(self._name)
        with _told_errors():
            row = self.connection.execute(asked).fetchone()
        return " ".join(map(str, row or ()))


@contextmanager
def _told_errors() -> Iterator[None]:
    """Raise `TableError` instead of the errors of the driver, whose first line says what is wrong."""
    try:
        yield
    except psycopg.Error as error:
        raise TableError("unreadable", reason=(str(error).splitlines() or [""])[0]) from None


def _read_as(kind: str) -> text.SQL:
    """A column as it is read: no product may overflow, and to `cohort.cells` a number as large is none, as infinity."""
    if kind != "double precision":
        return text.SQL("{} AS {}")
    return text.SQL("CASE WHEN {0} <> 'NaN' AND abs({0}) >= 1e100 THEN 'Infinity' ELSE {0} END AS {1}")


def _type(kind: str) -> Any:
    if kind == "numeric":
        return _ANY_DECIMAL
    try:  # whatever the library says of a type that it does not know
        return PostgresType.from_string(kind)
    except Exception:
        return _OTHER_TYPES


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """The values of one column; a constant is a decimal to PostgreSQL, though a binary number was asked for."""
    if pa.types.is_floating(kind):
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, kind)


def _arrow_type(column: ir.Value) -> pa.DataType:
    kind = column.type()
    if kind.is_array():
        return pa.list_(pa.string())
    if kind.is_boolean():
        return pa.bool_()
    return pa.int64() if kind.is_integer() else pa.float64()
