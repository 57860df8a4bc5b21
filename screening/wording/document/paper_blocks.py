"""The blocks of a Document that stand on the doctor's paper alone: statements, and numbers beside named cut-offs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of a paragraph; `strong` where it must not be overlooked."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Statements:
    """One paragraph of statements, in the telegraphic style in which doctors write to each other."""

    kind: ClassVar[str] = "statements"
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class LineZone:
    """A zone of a number's line: what stands in it, and the number with which it ends (empty for the last one)."""

    text: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class NumberTableRow:
    """A number in the unit in which it was given, in the other one, and on a line of zones that are equally wide."""

    label: str
    number: str
    other: str
    """In the other unit; empty where there is none."""
    zones: tuple[LineZone, ...]
    """Empty where no cut-off counts for it."""
    zone: int
    """In which of them it lies; it may be at the very end of that one."""
    place: float
    """Where it stands between the ends of the line, from 0 to 1; of a range, where that begins."""
    pin: str
    """The number at its place, without a unit."""
    description: str
    """The line in words, for who cannot see the drawing."""
    named: str
    """Whose cut-offs these are; or why there are none."""
    sources: tuple[int, ...] = ()
    zone_to: int | None = None
    """In which zone a range ends; None for one number."""
    place_to: float | None = None
    """Where it ends."""


@dataclass(frozen=True, slots=True)
class NumberTable:
    """Numbers beside named cut-offs: one table that is also the scales."""

    kind: ClassVar[str] = "number_table"
    caption: str
    columns: tuple[str, ...]
    rows: tuple[NumberTableRow, ...]
