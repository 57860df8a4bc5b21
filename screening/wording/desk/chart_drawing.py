"""Drawings of numbers as shapes of SVG: widths in percent, heights in pixels, so that letters keep their size.

Nothing is said by a colour alone: what a drawing shows stands in its description and in the table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEIGHT = 204
TOP, BOTTOM = 24.0, 178.0
"""Between these the numbers are drawn, in pixels from above."""
LEFT, RIGHT = 10.0, 99.0
"""In percent of the width."""
MOST_LABELS = 5
"""Labels below a drawing, so that they do not meet on a telephone."""
MOST_NUMBERED = 12
"""Columns above which their sum is written."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of SVG with its attributes, and the letters in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, and what it shows in words."""

    title: str
    description: str
    shapes: tuple[Shape, ...]
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands below it, and the numbers of its parts from below, by how they look."""

    label: str
    parts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All parts together."""
        return sum(number for _, number in self.parts)


def stacked_bar(parts: Sequence[tuple[str, int]]) -> tuple[Shape, ...]:
    """One bar of several parts, with the number in each that has room for it."""
    total, start, shapes = sum(number for _, number in parts) or 1, 0, list[Shape]()
    for kind, number in parts:
        if number:
            width = 100 * number / total
            shapes.append(_rect(100 * start / total, 0, width, 44, kind))
            if width >= 12:
                middle = 100 * start / total + width / 2
                shapes.append(Shape("rect", {**_box(middle), "class": "label-ground"}))
                shapes.append(_text(middle, 27, str(number), "label", "middle"))
        start += number
    return tuple(shapes)


def stacked_columns(columns: Sequence[Column], line: Sequence[int] = ()) -> tuple[Shape, ...]:
    """Columns side by side, and a line of other numbers over them in the same scale."""
    most = max([*(column.total for column in columns), *line, 1])
    return (*_scale(most), *_columns(columns, most), *_steps(line, most))


def curve(shares: Sequence[float | None]) -> tuple[Shape, ...]:
    """A line of shares from 0 to 1, one a day from day 0 on, as far as they are known."""
    known = [share for share in shares if share is not None]
    labels = [
        _text(_place(day, len(shares)), BOTTOM + 20, str(day), "t-soft", "middle") for day in _labelled(len(shares))
    ]
    return (*_scale(100), *labels, *_steps([100 * share for share in known], 100, len(shares)))


def _columns(columns: Sequence[Column], most: int) -> Iterator[Shape]:
    step = (RIGHT - LEFT) / max(len(columns), 1)
    labelled = set(_labelled(len(columns)))
    for number, column in enumerate(columns):
        left, height = LEFT + (number + 0.2) * step, 0
        for kind, part in column.parts:
            if part:
                top = _height(height + part, most)
                yield _rect(left, top, 0.6 * step, _height(height, most) - top, kind)
                height += part
        middle = left + 0.3 * step
        if column.total and len(columns) <= MOST_NUMBERED:
            yield _text(middle, _height(height, most) - 5, str(column.total), "label", "middle")
        if number in labelled:
            yield _text(middle, BOTTOM + 20, column.label, "t-soft", "middle")


def _steps(line: Sequence[float], most: int, places: int = 0) -> Iterator[Shape]:
    """A line in steps, which stays at each number until the next."""
    places = places or len(line)
    for number, value in enumerate(line):
        start, end, height = _place(number, places), _place(number + 1, places), _height(value, most)
        yield _line(start, height, end, height, "stroke")
        if number:
            yield _line(start, _height(line[number - 1], most), start, height, "stroke")


def _scale(most: int) -> Iterator[Shape]:
    """Lines at round numbers, with the numbers at their left."""
    step = next(size for size in _round_numbers() if most / size <= 4)
    for number in range(0, most + 1, step):
        height = _height(number, most)
        yield _line(LEFT, height, RIGHT, height, "grid" if number else "axis")
        yield _text(LEFT - 1.5, height + 4, str(number), "t-soft", "end")


def _round_numbers() -> Iterator[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _labelled(number: int) -> range:
    """Which of so many places have a label."""
    return range(0, number, -(-number // MOST_LABELS) or 1)


def _place(number: int, places: int) -> float:
    return LEFT + (RIGHT - LEFT) * number / max(places, 1)


def _height(number: float, most: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * number / most


def _box(middle: float) -> dict[str, str]:
    return {"x": f"{middle:.2f}%", "y": "11", "width": "36", "height": "22", "rx": "4", "transform": "translate(-18 0)"}


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Shape:
    box = {"x": f"{x:.2f}%", "y": f"{y:.1f}", "width": f"{width:.2f}%", "height": f"{height:.1f}"}
    return Shape("rect", {**box, "class": kind})


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Shape:
    return Shape("line", {"x1": f"{x1:.2f}%", "y1": f"{y1:.1f}", "x2": f"{x2:.2f}%", "y2": f"{y2:.1f}", "class": kind})


def _text(x: float, y: float, text: str, kind: str, anchor: str) -> Shape:
    return Shape("text", {"x": f"{x:.2f}%", "y": f"{y:.1f}", "class": kind, "text-anchor": anchor}, text)
