"""A report as titled parts with lines below lines, for commands: `documents.outline` makes text or Markdown of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line; those of a deeper level belong to the one above."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A titled part; a loud one must not be overlooked."""

    title: str
    lines: tuple[Line, ...]
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report."""

    title: str
    parts: tuple[OutlinePart, ...]
