"""Neighbouring numbers of one unit: what lies at constants, and between each two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.language.spans import Span
from screening.ruleset.model.questions import Unit

FINER = 2
"""How many more digits than a report prints are told apart where rules compute with a number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The numbers of one unit between two constants, or one of these: neighbouring steps of so many digits."""

    unit: Unit
    digits: int
    first: int
    last: int

    def number(self, step: int) -> Decimal:
        """The number at a step, in the stored unit."""
        return EXACT.multiply(Decimal(step).scaleb(-self.digits), self.unit.factor)

    answer = number

    def span(self, first: int, last: int) -> Span:
        """The numbers from one step to another as a range of answers."""
        return Span(self.number(first), self.number(last))

    def roundest(self, first: int, last: int) -> Decimal:
        """A number with few digits in the middle of those from one step to another."""
        size = 1
        while size * 10 <= last - first:
            size *= 10
        middle = self.number(round(Fraction(first + last, 2 * size)) * size)
        return Decimal(f"{middle.normalize(EXACT):f}")


def cells_of(unit: Unit, limits: Iterable[Decimal], finer: int) -> Iterator[Cell]:
    """What a unit lets be typed, at and between constants that are in the stored unit."""
    factor, least, most = Fraction(unit.factor), Fraction(unit.minimum), Fraction(unit.maximum)
    places = sorted({place for limit in limits if least <= (place := Fraction(limit) / factor) <= most})
    for place in places:
        yield from _point(unit, place)
    ends = [(least, least not in places), *((place, False) for place in places), (most, most not in places)]
    for (low, with_low), (high, with_high) in pairwise(ends):
        yield from _between(unit, (low, with_low), (high, with_high), finer)


def _point(unit: Unit, place: Fraction) -> Iterator[Cell]:
    """One number, where it can be typed."""
    digits = 0
    while (place * 10**digits).denominator % 2 == 0 or (place * 10**digits).denominator % 5 == 0:
        digits += 1
    if (place * 10**digits).denominator == 1 and not (unit.whole and digits):
        step = int(place * 10**digits)
        yield Cell(unit, digits, step, step)


def _between(unit: Unit, low: tuple[Fraction, bool], high: tuple[Fraction, bool], finer: int) -> Iterator[Cell]:
    """The numbers between two others, each with whether it is one of them."""
    if low[0] == high[0]:
        if low[1] and high[1]:
            yield from _point(unit, low[0])
        return
    digits = digits_of(unit, finer)
    while True:
        size = Fraction(1, 10**digits)
        first, last = ceil(low[0] / size), floor(high[0] / size)
        first += first * size == low[0] and not low[1]
        last -= last * size == high[0] and not high[1]
        if first <= last:
            yield Cell(unit, digits, first, last)
            return
        if unit.whole:
            return
        digits += 1


def digits_of(unit: Unit, finer: int) -> int:
    """With how many digits a unit's numbers are told apart."""
    return 0 if unit.whole else unit.decimals + finer
