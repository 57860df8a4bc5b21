"""Roots, powers and products, enclosed between straight lines over pieces of a range, for a linear solver.

The number of which a power is taken lies in one of the pieces of its range. There the power lies on one side of the
chord of its piece, and on the other side of the chords of both neighbours drawn on, as its graph bends one way alone.
What a chord is made from is rounded so that nothing is lost, and leaves room for the twenty digits of a power.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from screening.ruleset.formulas.terms import Shape, Term
from screening.ruleset.language.powers import DIGITS, worked_out

COUNTS = (8, 64, 512, 4096)
"""In how many pieces a range is cut: few at first, more where that is not enough."""
ROOM = Fraction(1, 10 ** (DIGITS - 1))
"""By what part of itself a power of twenty digits may be off, and more."""
_POINT = Context(prec=9, rounding=ROUND_HALF_EVEN)
_DOWN = Context(prec=14, rounding=ROUND_FLOOR)
_UP = Context(prec=14, rounding=ROUND_CEILING)
_NARROWEST = Decimal("1E-6")
"""From what part of the greatest number on powers are enclosed, where the least is zero or below."""


class Line(NamedTuple):
    """`start + slope * (x - point)`."""

    point: Fraction
    start: Fraction
    slope: Fraction


class Piece(NamedTuple):
    """Between two numbers, the lines that a power does not lie below, and those that it does not lie above."""

    low: Fraction
    high: Fraction
    below: tuple[Line, ...]
    above: tuple[Line, ...]


class Steps:
    """A range cut into pieces at numbers of few digits: spread as powers are where it is above zero, else evenly."""

    def __init__(self, low: Decimal, high: Decimal, count: int, *, spread: bool) -> None:
        self._low, self._high = low, high
        self._count = count
        self._ratio = (high / low) ** (Decimal(1) / count) if spread else None

    def point(self, index: int) -> Decimal:
        """Where a piece begins; the first and the last point lie at the ends of the range or outside."""
        if index in (0, self._count):
            end, way = (self._low, ROUND_FLOOR) if index == 0 else (self._high, ROUND_CEILING)
            return Context(prec=9, rounding=way).plus(end)
        if self._ratio is None:
            return _POINT.plus(self._low + (self._high - self._low) * index / self._count)
        return _POINT.plus(self._low * self._ratio**index)

    def around(self, number: Fraction) -> int | None:
        """The piece in which a number lies; None where it is in none."""
        least, most = 0, self._count
        if not Fraction(self.point(least)) <= number <= Fraction(self.point(most)):
            return None
        while most - least > 1:
            middle = (least + most) // 2
            least, most = (middle, most) if Fraction(self.point(middle)) <= number else (least, middle)
        return least

    def ends(self, index: int) -> list[Decimal]:
        """The points of a piece, in between those of its neighbours where it has any."""
        near = (self.point(place) for place in range(max(index - 1, 0), min(index + 2, self._count) + 1))
        return list(dict.fromkeys(near))  # of a narrow range some may be the same


def power_piece(term: Term, low: Decimal, high: Decimal, count: int, number: Fraction) -> Piece | None:
    """Between what a power lies in the piece around a number; the range is that of what the power is taken of."""
    is_power = term.shape is not Shape.EXPONENTIAL
    if is_power and high > 0:
        low = max(low, high * _NARROWEST)
    if low >= high or (is_power and high <= 0):
        return None
    steps = Steps(low, high, count, spread=is_power)
    index = steps.around(number)
    if index is None:
        return None
    start, end = Fraction(steps.point(index)), Fraction(steps.point(index + 1))
    if start >= end:
        return None  # too narrow for so many pieces
    ends = [(Fraction(point), _power(term, point)) for point in steps.ends(index)]
    here = [point for point, _ in ends].index(start)
    chords = [_Chord(one, other) for one, other in pairwise(ends)]
    beside = [chord for place, chord in enumerate(chords) if place != here]
    bends_down = is_power and 0 < constant_of(term) < 1
    under, over = ([chords[here]], beside) if bends_down else (beside, [chords[here]])
    below = tuple(chord.line(start, end, _DOWN) for chord in under)
    return Piece(start, end, below, tuple(chord.line(start, end, _UP) for chord in over))


class _Chord:
    """The line through two points of a graph."""

    def __init__(self, one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> None:
        (self._start, self._first), (end, second) = one, other
        self._slope = (second - self._first) / (end - self._start)

    def _at(self, point: Fraction) -> Fraction:
        return self._first + self._slope * (point - self._start)

    def line(self, start: Fraction, end: Fraction, way: Context) -> Line:
        """A line with few digits that lies below (or above) the chord, with some room, from start to end."""
        sign = -1 if way is _DOWN else 1
        first, last = (self._at(point) + sign * abs(self._at(point)) * ROOM * 4 for point in (start, end))
        # the chords of points are off by what the points themselves are, drawn on over pieces of about the same width
        room = sign * (abs(self._first) + abs(self._slope) * (end - start)) * ROOM * 16
        slope = _rounded(self._slope, _POINT)
        outer = min if way is _DOWN else max
        return Line(start, _rounded(outer(first, last - slope * (end - start)) + room, way), slope)


def _rounded(number: Fraction, way: Context) -> Fraction:
    return Fraction(way.divide(Decimal(number.numerator), Decimal(number.denominator)))


def constant_of(term: Term) -> Decimal:
    """The exponent, or the base; a root is a power too."""
    if term.shape is Shape.ROOT:
        return Decimal("0.5")
    return Decimal(term.value.numerator) / Decimal(term.value.denominator)


def _power(term: Term, point: Decimal) -> Fraction:
    """The power of a number, to more than thirty digits."""
    constant = constant_of(term)
    ends = (constant, point) if term.shape is Shape.EXPONENTIAL else (point, constant)
    return Fraction(worked_out(*ends))
