"""Opens a table of people where it is: a file or a folder in the embedded database, a URL in its database, or Spark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from screening.cohort.judging.source import EmbeddedSource, Source
from screening.cohort.table import TableError

URLS = ("postgresql://", "postgres://")


@dataclass(frozen=True, slots=True)
class OnSpark:
    """A table that Spark reads."""

    where: str
    """A path, or a name in its catalogue."""
    master: str = ""
    """Where Spark runs; empty: as its own settings say."""


Place: TypeAlias = Path | str | OnSpark


def open_source(place: Place, columns: Sequence[str], table: str = "") -> Source:
    """The table with these columns; `table` names one in a database. Raises `TableError`."""
    if isinstance(place, OnSpark):
        return _on_spark(place, columns)
    if isinstance(place, Path) or not place.startswith(URLS):
        return EmbeddedSource(Path(place), columns, table)
    if not table:
        raise TableError("no_name")
    try:
        from screening.cohort.judging.postgresql import PostgresSource  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise TableError("no_postgresql") from None
    return PostgresSource(place, columns, table)


def _on_spark(place: OnSpark, columns: Sequence[str]) -> Source:
    try:
        from screening.cohort.spark.source import SparkSource  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise TableError("no_spark") from None
    return SparkSource(place.where, columns, place.master)
