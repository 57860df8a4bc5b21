"""The drawing of a number's line: zones of equal width with words in them, cut-offs below, a mark at its place.

It is told apart without colour.
"""

from __future__ import annotations

from dataclasses import dataclass

from screening.documents.text_width import text_width
from screening.wording.document.paper_blocks import NumberTableRow

WIDTH = 168.0
"""Points."""
HEIGHT = 26.0
SIZE = 8.5
"""Points of the words in a zone, where they fit."""
LEAST_SIZE = 6.5
CUT_OFF_SIZE = 8.0
_MARGIN = 1.0
_ROOM = 4.0
"""Left free beside the words in a zone."""
BAR = 5.0
"""How far down the line is drawn."""
BAR_HEIGHT = 12.0


@dataclass(frozen=True, slots=True)
class ZoneDrawing:
    """A zone, its words (empty where they have no room), and the cut-off at its end (empty at the end of the line)."""

    x: float
    width: float
    text: str
    text_x: float
    size: float
    end: str
    end_x: float
    holds: bool
    """Whether the number lies, or may lie, in it."""


@dataclass(frozen=True, slots=True)
class NumberDrawing:
    """What is drawn."""

    zones: tuple[ZoneDrawing, ...]
    place: float
    """Where the mark stands, or a range begins."""
    place_to: float
    """Where the range ends; the same for one number."""


def number_drawing(row: NumberTableRow) -> NumberDrawing:
    """The drawing of a row with zones."""
    width = (WIDTH - 2 * _MARGIN) / len(row.zones)
    zones = []
    for index, zone in enumerate(row.zones):
        x = _MARGIN + index * width
        size = _size(zone.text, width)
        text = zone.text if word_fits(zone.text, width, size) else ""
        zones.append(
            ZoneDrawing(
                x=round(x, 2),
                width=round(width, 2),
                text=text,
                text_x=round(x + (width - text_width(zone.text, size)) / 2, 2),
                size=size,
                end=zone.end,
                end_x=round(x + width - text_width(zone.end, CUT_OFF_SIZE) / 2, 2),
                holds=row.zone <= index <= (row.zone if row.zone_to is None else row.zone_to),
            )
        )
    places = (row.place, row.place if row.place_to is None else row.place_to)
    return NumberDrawing(tuple(zones), *(round(_MARGIN + place * (WIDTH - 2 * _MARGIN), 2) for place in places))


def word_fits(word: str, width: float, size: float) -> bool:
    """Whether a word stands in a zone without reaching over its ends; what does not is told beside the line."""
    return text_width(word, size) <= width


def _size(text: str, width: float) -> float:
    """The size in which words fit their zone."""
    needed = text_width(text, 1.0)
    return round(max(min(SIZE, (width - _ROOM) / needed), LEAST_SIZE), 2)
