"""The drawing of a scale: a line with cut-offs below it and the person's number above; told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass

from screening.documents.text_width import text_width
from screening.wording.document.blocks import Scale

WIDTH = 236.0
"""Points; two fit beside each other between the margins of A4."""
SIZE = 7.0
"""Points; nothing is drawn smaller."""
_LEFT = 6.0
_LENGTH = 218.0
_LINE = 15.0
"""How far down the line is drawn."""
_ROW = 8.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at its place; `row` is the line of text below the scale, 0 the upper one."""

    x: float
    text_x: float
    text: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class ScaleDrawing:
    """What is drawn."""

    number: Mark
    cut_offs: tuple[Mark, ...]
    beyond: bool
    start: float = _LEFT
    end: float = _LEFT + _LENGTH
    line: float = _LINE

    @property
    def height(self) -> float:
        """In points."""
        return _LINE + 6 + _ROW * (1 + max(cut_off.row for cut_off in self.cut_offs))

    def text_y(self, mark: Mark) -> float:
        """Where the text of a cut-off stands."""
        return _LINE + 5 + _ROW * (mark.row + 1) - 1.5


def scale_drawing(scale: Scale) -> ScaleDrawing:
    """The drawing; numbers that would touch each other stand in rows."""
    ends: list[float] = []
    marks = []
    for place, text in scale.cut_offs:
        width = text_width(text, SIZE)
        x = _x(place)
        left = x - width / 2
        row = next((row for row, end in enumerate(ends) if left > end + 2), len(ends))
        ends[row : row + 1] = [left + width]
        marks.append(Mark(x, round(left, 2), text, row))
    return ScaleDrawing(_number(scale), tuple(marks), scale.beyond)


def _number(scale: Scale) -> Mark:
    width = text_width(scale.number, SIZE + 1, bold=True)
    x = _x(scale.place)
    return Mark(x, round(min(max(x - width / 2, 0.0), WIDTH - width), 2), scale.number)


def _x(place: float) -> float:
    return round(_LEFT + place * _LENGTH, 2)
