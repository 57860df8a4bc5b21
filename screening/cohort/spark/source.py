"""A table of people in Spark, which has each executor work queries out over its share of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from screening.cohort.judging.columns import BATCH, ROW, VIEW
from screening.cohort.judging.source import cast_to_number, columns_called, staged_sql
from screening.cohort.judging.spans import Span
from screening.cohort.spark.executors import Ask, Batches
from screening.cohort.spark.session import open_session, told_errors
from screening.cohort.spark.tables import hash_of, read_table


class SparkSource:
    """Parquet (a file or a folder), a CSV file, or a table in Spark's catalogue."""

    def __init__(self, where: str, columns: Sequence[str], master: str = "") -> None:
        """Raises `TableError`."""
        self.names: Mapping[str, str] = columns_called(columns)
        with told_errors():
            self.session = open_session(master)
            self.frame = read_table(self.session, where, self.names)
            # An empty table like those that executors are given: it says of what type the columns are, here and there.
            self._empty = to_arrow_schema(self.frame.schema).empty_table()
        with self._like_executors() as connection:
            described = connection.execute(f"DESCRIBE {VIEW}").fetchall()
        self.table = ibis.table({name: DuckDBType.from_string(kind) for name, kind, *_ in described}, name=VIEW)

    def _like_executors(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect().register(VIEW, self._empty)

    @property
    def spans(self) -> Mapping[str, Span]:
        """Nothing is known before rows are read."""
        return {}

    def sql(self, asked: ir.Table) -> str:
        """A query for DuckDB, which each executor has."""
        return staged_sql(asked, "duckdb")

    def as_number(self, condition: ir.BooleanValue) -> ir.Value:
        """One where a condition holds."""
        return cast_to_number(condition)

    def count(self) -> int:
        """How many rows the table has."""
        with told_errors():
            return int(self.frame.count())

    def shared_out(self, what: Callable[[Batches], Batches], schema: pa.Schema) -> DataFrame:
        """What executors make of their shares."""
        return self.frame.mapInArrow(lambda batches: what(batches), from_arrow_schema(schema))  # noqa: PLW0108 - Spark wants a function

    def _asked(self, sql: str) -> tuple[DataFrame, pa.Schema]:
        with self._like_executors() as connection:
            schema = connection.sql(sql).to_arrow_reader().schema
        return self.shared_out(Ask(sql), schema), schema

    def batches(self, asked: ir.Table) -> Iterator[pa.RecordBatch]:
        """What a query finds, in the order of the rows, after an empty batch."""
        with told_errors():
            found, schema = self._asked(self.sql(asked))
            yield pa.RecordBatch.from_pylist([], schema)
            rows = found.orderBy(ROW).toLocalIterator()
            while some := list(islice(rows, BATCH)):
                yield pa.RecordBatch.from_pylist([row.asDict() for row in some], schema)

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The same as rows: of a query that groups them, the groups of each executor."""
        with told_errors():
            yield from self._asked(sql)[0].toLocalIterator()

    def fingerprint(self) -> str:
        """A hash of the columns that are read."""
        with told_errors():
            return hash_of(self.frame, self.frame.columns)
