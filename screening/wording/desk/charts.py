"""A chart of the desk: a drawing, and a table of the same numbers, which a file holds as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from screening.storage.statistics.small_counts import percent
from screening.wording.desk.chart_drawing import Drawing
from screening.wording.desk.spreadsheet import csv_line
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent; None: of too few to be told."""

    percent: int | None


Cell = int | str | Share
Line = tuple[str, tuple[Cell, ...], tuple[tuple[str, int], ...]]
"""A label, the cells, and the numbers that its bar is made of, by how they look."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar beside a line of the table."""

    kind: str
    """As the stylesheet calls it."""
    start: float
    """In percent of the drawing, as the length."""
    length: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    label: str
    cells: tuple[Cell, ...]
    segments: tuple[Segment, ...] = ()
    kind: str = ""
    """How its part of the drawing above looks."""
    day: date | None = None
    """The day that the label names, which a file says in full."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A title, a drawing, and the table below it."""

    id: str
    title: str
    columns: tuple[str, ...]
    """The head of the lines first."""
    rows: tuple[Row, ...]
    lead: str = ""
    drawing: Drawing | None = None
    folded: str = ""
    """Where the table is folded: what opens it."""
    is_wide: bool = False


def with_bars(lines: Iterable[Line]) -> tuple[Row, ...]:
    """Lines with bars, of which the longest fills its place."""
    known = list(lines)
    most = max((sum(number for _, number in parts) for _, _, parts in known), default=0) or 1
    return tuple(Row(label, cells, tuple(_segments(parts, most))) for label, cells, parts in known)


def _segments(parts: Iterable[tuple[str, int]], most: int) -> Iterator[Segment]:
    start = 0
    for kind, number in parts:
        if number:
            yield Segment(kind, round(100 * start / most, 2), round(100 * number / most, 2))
        start += number


def share_of(number: int, total: int) -> Share:
    """The share of a whole; of fewer than ten none."""
    return Share(percent(number, total))


def cell_text(cell: Cell, language: Language) -> str:
    """What stands in a cell of the page."""
    match cell:
        case Share(percent=None):
            return language.gettext("too few")
        case Share(percent=number):
            return language.gettext("%(share)s %%", share=number)
        case int():
            return language.number(cell)
        case _:
            return cell


def chart_file(chart: Chart) -> str:
    """The table of a chart as CSV."""
    lines = [csv_line(chart.columns)]
    lines += [csv_line([row.day or row.label, *map(_file_cell, row.cells)]) for row in chart.rows]
    return "".join(lines)


def charts_file(charts: Iterable[Chart], heads: tuple[str, str, str, str]) -> str:
    """The tables of several charts as one CSV file, a line a number: chart, line, column and number."""
    lines = [csv_line(heads)]
    for chart in charts:
        for row in chart.rows:
            cells = zip(chart.columns[1:], row.cells, strict=True)
            lines += [csv_line([chart.title, row.day or row.label, column, _file_cell(cell)]) for column, cell in cells]
    return "".join(lines)


def _file_cell(cell: Cell) -> str | Decimal:
    match cell:
        case Share(percent=number):
            return "" if number is None else Decimal(number)
        case int():
            return Decimal(cell)
        case _:
            return cell
