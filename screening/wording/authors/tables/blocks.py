"""What a report on a table of people is made of: texts, tables of numbers, and drawings that say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    kind: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts."""

    kind: ClassVar[str] = "points"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows of numbers: the first cells of a row say of what, so many of them as `heads`."""

    kind: ClassVar[str] = "figures"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    marked: int | None = None
    """The row that stands out."""
    folded: bool = False
    """Closed at first where the medium can fold."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a number, from zero; to be drawn."""

    kind: ClassVar[str] = "bars"
    description: str
    """What is drawn, in words, for who cannot see it."""
    labels: tuple[str, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One line of a curve; to be drawn."""

    title: str
    description: str
    """What is drawn, in words, for who cannot see it."""
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """How many rows are where as a cut-off moves: a panel for each set of categories that gains or loses some."""

    kind: ClassVar[str] = "curve"
    axis: str
    """What moves, with its unit."""
    places: tuple[float, ...]
    now: float
    """The place of the cut-off itself."""
    panels: tuple[Panel, ...]


TableBlock = Text | Points | Figures | Bars | CurveDrawing


@dataclass(frozen=True, slots=True)
class TablePart:
    """A titled part, with titled ones within it."""

    id: str
    title: str
    blocks: tuple[TableBlock, ...]
    parts: tuple[TablePart, ...] = ()


@dataclass(frozen=True, slots=True)
class TableReport:
    """A whole report."""

    title: str
    about: str
    stamp: str
    """Rules, mapping and table in one line, for every page."""
    state: tuple[tuple[str, str], ...]
    """What was read: a label and a text each."""
    parts: tuple[TablePart, ...]
