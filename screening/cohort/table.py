"""The rows of a CSV or Parquet file, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from screening.cohort.cells import Cell, cell

Row = Mapping[str, Cell]
PARQUET = (".parquet", ".pq")


class TableError(Exception):
    """A table cannot be read; `code` and `values` say why, `wording` says it in words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def rows(path: Path, columns: Iterable[str]) -> Iterator[Row]:
    """Every row of a file, with these columns; raises `TableError`."""
    wanted = tuple(columns)
    reader = _parquet(path, wanted) if path.suffix.lower() in PARQUET else _csv(path, wanted)
    try:
        yield from reader
    except FileNotFoundError:
        raise TableError("missing") from None
    except UnicodeDecodeError:
        raise TableError("not_text") from None
    except OSError as error:
        raise TableError("unreadable", reason=error.strerror or str(error)) from None


def _csv(path: Path, wanted: tuple[str, ...]) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header = next(reader, [])
            check_columns(header, wanted)
            places = {name: header.index(name) for name in wanted}
            for cells in reader:
                if cells and len(cells) != len(header):
                    raise TableError("ragged", line=reader.line_num, found=len(cells), wanted=len(header))
                if cells:
                    yield {name: cell(cells[place]) for name, place in places.items()}
        except csv.Error as error:
            raise TableError("not_csv", line=reader.line_num, reason=str(error)) from None


def _parquet(path: Path, wanted: tuple[str, ...]) -> Iterator[Row]:
    try:
        from pyarrow import ArrowInvalid, parquet  # noqa: PLC0415 - an extra, and slow to load
    except ModuleNotFoundError:
        raise TableError("no_parquet") from None
    try:
        with parquet.ParquetFile(path) as file:
            check_columns(file.schema_arrow.names, wanted)
            for batch in file.iter_batches(columns=list(wanted)):
                for row in batch.to_pylist():
                    yield {name: cell(row[name]) for name in wanted}
    except ArrowInvalid as error:
        raise TableError("unreadable", reason=str(error)) from None


def check_columns(header: list[str], wanted: tuple[str, ...]) -> None:
    """Raise `TableError` where a table lacks a column, or has it twice."""
    for name in wanted:
        if name not in header:
            raise TableError("no_column", name=name, known=header)
        if header.count(name) > 1:
            raise TableError("column_twice", name=name)
