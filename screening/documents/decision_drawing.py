"""The drawing of a decision: boxes, arrows and lines of text at their places, in as many drawings as pages need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from screening.documents.text_width import wrap_text
from screening.wording.document.blocks import Decision, DecisionStep

WIDTH = 500.0
"""Points; fits between the margins of A4."""
MOST = 680.0
"""The height in points of the tallest drawing; fits a page below its heading."""
SIZE = 8.0
"""Points; nothing is drawn smaller."""
_TITLE = 10.0
_LEADING = 1.35
_PAD = 6.0
_GROUNDS = 270.0
_GAP = 60.0
"""Between the grounds and the category."""
_LAST = 60.0
"""Room for what stands at the end."""
_DOWN = 20.0
"""Between a rule and the next."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; a strong one holds a category."""

    x: float
    y: float
    width: float
    height: float
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line with a head at its end; it runs down or to the right."""

    x: float
    y: float
    to_x: float
    to_y: float

    @property
    def head(self) -> str:
        """The path of the head."""
        x, y = self.to_x, self.to_y
        return f"M {x} {y} l -3 -6 l 6 0 z" if self.x == self.to_x else f"M {x} {y} l -6 -3 l 0 6 z"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text."""

    x: float
    y: float
    text: str
    size: float = SIZE
    bold: bool = False


@dataclass
class Drawing:
    """What one drawing holds."""

    title: str
    width: float = WIDTH
    height: float = 2.0
    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    lines: list[TextLine] = field(default_factory=list)

    def text(self, x: float, y: float, words: list[str], size: float = SIZE, *, bold: bool = False) -> float:
        """Lines below each other from the top `y`; gives the place below them."""
        for word in words:
            y += size * _LEADING
            self.lines.append(TextLine(x, round(y, 2), word, size, bold))
        return y


def decision_drawings(decision: Decision) -> list[Drawing]:
    """The drawings of a decision from top to bottom."""
    pages = [Drawing(decision.title)]
    for step in _of_one_page(decision.steps):
        rows = _rows(step, decision)
        if pages[-1].height + _height(rows) + _DOWN > MOST:
            pages.append(Drawing(decision.title))
        _draw_step(pages[-1], step, rows, decision)
    if pages[-1].height + _LAST > MOST:
        pages.append(Drawing(decision.title))
    _draw_last(pages[-1], decision.last)
    return pages


_MOST_GROUNDS = 30
"""Grounds in one box; a rule with more has several boxes."""


def _of_one_page(steps: tuple[DecisionStep, ...]) -> Iterator[DecisionStep]:
    for step in steps:
        for start in range(0, max(len(step.grounds), 1), _MOST_GROUNDS):
            yield DecisionStep(step.title, step.marks, step.grounds[start : start + _MOST_GROUNDS])


def _rows(step: DecisionStep, decision: Decision) -> list[str]:
    """The lines of the box with the grounds."""
    grounds = [line for ground in step.grounds for line in wrap_text(f"• {ground}", _GROUNDS - 2 * _PAD, SIZE)]
    return [*wrap_text(decision.question, _GROUNDS - 2 * _PAD, SIZE), *grounds]


def _height(lines: list[str]) -> float:
    return len(lines) * SIZE * _LEADING + 2 * _PAD


def _draw_step(drawing: Drawing, step: DecisionStep, rows: list[str], decision: Decision) -> None:
    """The grounds at the left, the category at the right, and the arrows between and down."""
    top = drawing.height
    below = drawing.text(_PAD, top + _PAD - 2, rows) + _PAD
    beside = _draw_category(drawing, step, _GROUNDS + _GAP, top)
    bottom = round(max(below, beside), 2)
    drawing.boxes.append(Box(0.8, top, _GROUNDS - 0.8, round(bottom - top, 2)))
    middle = round(top + 16, 2)
    drawing.arrows.append(Arrow(_GROUNDS, middle, _GROUNDS + _GAP, middle))
    drawing.lines.append(TextLine(_GROUNDS + 18, middle - 3, decision.yes))
    drawing.arrows.append(Arrow(40, bottom, 40, bottom + _DOWN))
    drawing.lines.append(TextLine(48, bottom + 13, decision.otherwise))
    drawing.height = bottom + _DOWN


def _draw_category(drawing: Drawing, step: DecisionStep, left: float, top: float) -> float:
    width = WIDTH - _GROUNDS - _GAP - 2 * _PAD
    y = drawing.text(
        left + _PAD, top + _PAD - 2, list(wrap_text(step.title, width, _TITLE, bold=True)), _TITLE, bold=True
    )
    for mark in step.marks:
        y = drawing.text(left + _PAD, y, list(wrap_text(mark, width, SIZE)))
    bottom = y + _PAD
    drawing.boxes.append(Box(left, top, WIDTH - left - 0.8, round(bottom - top, 2), strong=True))
    return bottom


def _draw_last(drawing: Drawing, step: DecisionStep) -> None:
    """What is given where nothing holds."""
    drawing.height = round(_draw_category(drawing, step, 0.8, drawing.height) + 2, 2)
