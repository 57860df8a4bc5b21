"""Where a value lies on the line of its zones: which of them are drawn, and where its range begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from screening.ruleset.compiler.numbers.exact_spans import is_infinite
from screening.ruleset.compiler.numbers.reals import exact_order, nearest
from screening.ruleset.compiler.numbers.surds import Real, sign
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.model.papers import Zone

DRAWN = 3
"""So many zones have room beside each other on a phone; a range has all of those in which it may lie."""


@dataclass(frozen=True, slots=True)
class ValueLine:
    """Neighbouring zones, each as wide as the others, and the range on them."""

    zones: tuple[Zone, ...]
    first: int
    """The zone of its least number."""
    last: int
    """The zone of its greatest; the same where it is certain."""
    start: float
    """Where the range begins between the ends of the line, from 0 to 1."""
    end: float
    """Where it ends; where it begins, if it is one number."""

    @property
    def held(self) -> tuple[Zone, ...]:
        """The zones in which the value lies or may lie."""
        return self.zones[self.first : self.last + 1]


def value_line(zones: Sequence[Zone], value_range: ValueRange, most: int = DRAWN) -> ValueLine:
    """The line of a range on some zones: those in which it lies and, up to so many, the ones beside these."""
    first, last = _first_zone(value_range, zones), _last_zone(value_range, zones)
    begin, end = first, last + 1
    while end - begin < min(most, len(zones)):
        begin, end = (
            (begin - 1, end) if end == len(zones) or (begin and end - last > first - begin) else (begin, end + 1)
        )
    ends = ((value_range.low, first), (value_range.high, last))
    places = [_place(number, index, zones, begin, end) for number, index in ends]
    return ValueLine(tuple(zones[begin:end]), first - begin, last - begin, *places)


def _first_zone(value_range: ValueRange, zones: Sequence[Zone]) -> int:
    """Which of the zones holds the least numbers of a range."""
    index = _zone_of(value_range.low, zones)
    bound = zones[index].bound
    return index + (value_range.low_open and bound is not None and exact_order(value_range.low, bound) == 0)


def _last_zone(value_range: ValueRange, zones: Sequence[Zone]) -> int:
    """Which of the zones holds the greatest numbers of a range."""
    index = _zone_of(value_range.high, zones)
    bound = zones[index - 1].bound if index else None
    return index - (value_range.high_open and bound is not None and exact_order(value_range.high, bound) == 0)


def _zone_of(number: Real, zones: Sequence[Zone]) -> int:
    """Which of the zones holds a number."""
    for index, zone in enumerate(zones):
        if zone.bound is None:
            return index
        side = exact_order(number, zone.bound)
        if side < 0 or (side == 0 and zone.below is None):
            return index
    raise ValueError(zones)


def _place(number: Real, index: int, zones: Sequence[Zone], begin: int, end: int) -> float:
    """Where a number of a zone stands between the ends of the line on which these zones are drawn."""
    low, high = _ends(index, zones)
    if is_infinite(number):
        return float(sign(number) > 0)
    within = (_as_float(number) - low) / (high - low)
    return (index - begin + min(max(within, 0.04), 0.96)) / (end - begin)


def _as_float(number: Real) -> float:
    near = number if isinstance(number, Decimal) else nearest(number)
    return float(near or 0)


def _ends(index: int, zones: Sequence[Zone]) -> tuple[float, float]:
    """Between which numbers a zone is drawn; one that is open at its end is as wide as its neighbour, or from 0."""
    bounds = [float(zone.bound) for zone in zones if zone.bound is not None]
    widths = [high - low for low, high in pairwise(bounds)] or [abs(bounds[0]) or 1.0]
    lowest = 0.0 if bounds[0] > 0 else bounds[0] - widths[0]
    ends = [lowest, *bounds, bounds[-1] + widths[-1]]
    return ends[index], ends[index + 1]
