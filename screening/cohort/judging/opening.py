"""Opens a table of people where it is: a file or a folder in the embedded database, a URL in its own database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from screening.cohort.judging.source import EmbeddedSource, Source
from screening.cohort.table import TableError

URLS = ("postgresql://", "postgres://")


def open_source(path: Path | str, columns: Sequence[str], table: str = "") -> Source:
    """The table with these columns; `table` names one in a database. Raises `TableError`."""
    if isinstance(path, Path) or not path.startswith(URLS):
        return EmbeddedSource(Path(path), columns, table)
    if not table:
        raise TableError("no_name")
    try:
        from screening.cohort.judging.postgresql import PostgresSource  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise TableError("no_postgresql") from None
    return PostgresSource(path, columns, table)
