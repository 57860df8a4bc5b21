"""A table of people opened in the embedded database: a Parquet file or a folder of them, CSV, or a table of its own."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import ibis
from ibis.backends.sql.datatypes import DuckDBType

from screening.cohort.table import PARQUET, TableError, check_columns

VIEW = "cohort_rows"
ROW = "cohort_row"
"""Counts the rows of the table, from 0."""
DATABASES = (".duckdb", ".ddb")


class Source:
    """One table, with the columns that are read."""

    def __init__(self, path: Path, columns: Sequence[str], table: str = "") -> None:
        """`table` names one in a database; raises `TableError`."""
        self.names = {name: f"raw_{number}" for number, name in enumerate(columns)}
        """How each column is called here, whatever its own name is."""
        self.connection = duckdb.connect()
        self.connection.execute("SET enable_progress_bar = false")
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
