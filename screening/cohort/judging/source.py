"""A table of people where it is judged: files and DuckDB's own tables in the embedded database; others see `Source`."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from screening.cohort.judging.columns import BATCH, ROW, VIEW
from screening.cohort.judging.spans import Span, spans_of
from screening.cohort.table import PARQUET, TableError, check_columns

FETCHED = 10_000
"""Rows that are handed on one by one, fetched at a time."""
DATABASES = (".duckdb", ".ddb")


class Source(Protocol):
    """One table, with the columns that are read, in a database that works out queries over it."""

    names: Mapping[str, str]
    """How each column is called here, whatever its own name is."""
    table: ir.Table
    """Its columns, and `ROW`."""

    @property
    def spans(self) -> Mapping[str, Span]:
        """Between which numbers some columns lie, by their own names, where that is known without reading them."""

    def sql(self, asked: ir.Table) -> str:
        """A query in the language of this database."""

    def as_number(self, condition: ir.BooleanValue) -> ir.Value:
        """One where a condition holds, else zero, in single precision: as this database works it out soonest."""

    def count(self) -> int:
        """How many rows the table has."""

    def batches(self, asked: ir.Table) -> Iterator[pa.RecordBatch]:
        """What a query finds, as it finds it; an empty batch first, which says what the columns are.

        Raises `TableError`.
        """

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The same as rows."""

    def fingerprint(self) -> str:
        """A hash of all that the table holds."""


def columns_called(columns: Sequence[str]) -> dict[str, str]:
    """How columns are called in queries."""
    return {name: f"raw_{number}" for number, name in enumerate(columns)}


def staged_sql(asked: ir.Table, dialect: str) -> str:
    """A query whose stages stay apart: merged, what they share would be written out again and again."""
    ibis.options.sql.fuse_selects = False
    return str(ibis.to_sql(asked, dialect=dialect))


class EmbeddedSource:
    """A Parquet file or a folder of them, a CSV file, or a table in a DuckDB file."""

    def __init__(self, path: Path, columns: Sequence[str], table: str = "") -> None:
        """`table` names one in a database; raises `TableError`."""
        self.path = path
        self.names: Mapping[str, str] = columns_called(columns)
        self.connection = duckdb.connect()
        self.connection.execute("SET enable_progress_bar = false")
        # The least and greatest number that a Parquet file tells leave out NaN: DuckDB would think that none is there.
        self.connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        try:
            relation = self._relation(path, table)
            check_columns(self._header(path, relation), tuple(columns))
            listed = [f"{quoted(name)} AS {self.names[name]}" for name in columns]
            listed.append(f"row_number() OVER () - 1 AS {ROW}")
            self.connection.execute(f"CREATE VIEW {VIEW} AS SELECT {', '.join(listed)} FROM {relation}")  # noqa: S608 - names are quoted
            described = self.connection.execute(f"DESCRIBE {VIEW}").fetchall()
        except (duckdb.Error, OSError, UnicodeDecodeError) as error:
            raise _table_error(error, path) from None
        types = {name: DuckDBType.from_string(kind) for name, kind, *_ in described}
        self.table = ibis.table(types, name=VIEW)

    @cached_property
    def spans(self) -> Mapping[str, Span]:
        """What Parquet files tell of their columns."""
        return spans_of(_files(self.path), [*self.names]) if _is_parquet(self.path) else {}

    def sql(self, asked: ir.Table) -> str:
        """A query for DuckDB."""
        return staged_sql(asked, "duckdb")

    def as_number(self, condition: ir.BooleanValue) -> ir.Value:
        """One where a condition holds."""
        return cast_to_number(condition)

    def batches(self, asked: ir.Table) -> Iterator[pa.RecordBatch]:
        """What a query finds, as it finds it, after an empty batch."""
        try:
            reader = self.connection.sql(self.sql(asked)).to_arrow_reader(BATCH)
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)
            yield from reader
        except (duckdb.Error, OSError) as error:
            raise _table_error(error, self.path) from None

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """The same as rows."""
        try:
            found = self.connection.execute(sql)
            while some := found.fetchmany(FETCHED):
                yield from some
        except (duckdb.Error, OSError) as error:
            raise _table_error(error, self.path) from None

    def fingerprint(self) -> str:
        """The hash of the file, or of all files of a folder."""
        return fingerprint(self.path)

    def count(self) -> int:
        """How many rows the table has."""
        ((count,),) = self.connection.execute(f"SELECT count(*) FROM {VIEW}").fetchall()  # noqa: S608 - our own text
        return int(count)

    def _relation(self, path: Path, table: str) -> str:
        if path.suffix.lower() in DATABASES:
            self.connection.execute(f"ATTACH {literal(str(path))} AS people (READ_ONLY)")
            return f"people.{quoted(table)}"
        if path.is_dir():
            return f"read_parquet({literal(str(path / '*.parquet'))})"
        if path.suffix.lower() in PARQUET:
            return f"read_parquet({literal(str(path))})"
        shape = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
        return f"read_csv({literal(str(path))}, {shape}, strict_mode = true, null_padding = false)"

    def _header(self, path: Path, relation: str) -> list[str]:
        """The names of the columns as the file has them."""
        if relation.startswith("read_csv"):
            with path.open(encoding="utf-8-sig", newline="") as file:
                return next(csv.reader(file), [])
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()  # noqa: S608 - the same
        return [name for name, *_ in described]


def cast_to_number(condition: ir.BooleanValue) -> ir.Value:
    """One where a condition holds: to DuckDB, a third of what a choice of two numbers costs."""
    return condition.cast("float32")


def fingerprint(path: Path) -> str:
    """The hash of a file, or of all Parquet files of a folder with their names."""
    whole = sha256()
    for file in _files(path):
        whole.update(file.name.encode())
        with file.open("rb") as opened:
            while block := opened.read(1 << 20):
                whole.update(block)
    return whole.hexdigest()


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _is_parquet(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in PARQUET


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def _table_error(error: Exception, path: Path) -> TableError:
    if isinstance(error, UnicodeDecodeError):
        return TableError("not_text")
    if isinstance(error, FileNotFoundError) or not path.exists():
        return TableError("missing")
    return TableError("unreadable", reason=str(error).splitlines()[0])
