"""Intervals of exact numbers: what an answer that is a bound is to generated code, and how two of them compare.

The ends are exact, so a comparison that reads one such number is true just where it holds at all its points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from typing import TypeAlias

from screening.ruleset.compiler.numbers.reals import enclosure, exact_order, nearest
from screening.ruleset.compiler.numbers.surds import Real, sign
from screening.ruleset.model.answers import Bound


def is_infinite(number: Real) -> bool:
    """Whether what stands for the end of an interval is no number."""
    return isinstance(number, Decimal) and number.is_infinite()


@dataclass(frozen=True, slots=True)
class End:
    """Where an interval ends: a number, or infinity; and whether that is one of its numbers."""

    number: Real
    is_open: bool = False

    @property
    def is_infinite(self) -> bool:
        """Whether nothing bounds the interval there."""
        return is_infinite(self.number)


@dataclass(frozen=True, slots=True)
class ExactSpan:
    """All numbers from one to another."""

    low: End
    high: End

    @property
    def is_point(self) -> bool:
        """Whether it is one number."""
        return not self.low.is_infinite and not self.high.is_infinite and _order(self.low, self.high) == 0

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends."""
        return self.low, self.high


Spanned: TypeAlias = ExactSpan | None


def as_span(answer: Decimal | Bound | ExactSpan | None) -> Spanned:
    """An answer, a constant or a score as the interval that it is."""
    if isinstance(answer, Decimal):
        return ExactSpan(End(answer), End(answer))
    if isinstance(answer, Bound):
        return ExactSpan(End(answer.low, answer.low_open), End(answer.high, answer.high_open))
    return answer


def point(number: Real | Bound | None) -> Spanned:
    """One number as an interval; a bound as the one that it is."""
    if number is None or isinstance(number, Bound):
        return as_span(number)
    return ExactSpan(End(number), End(number))


def told_span(span: Spanned) -> Decimal | Bound | None:
    """An interval as an outcome holds it: one number, or between which others it lies, rounded outward."""
    if span is None:
        return None
    if span.is_point:
        return nearest(span.low.number)
    low, high = _decimals(span.low)[0], _decimals(span.high)[1]
    return Bound(low, high, span.low.is_open and low == span.low.number, span.high.is_open and high == span.high.number)


def _decimals(end: End) -> tuple[Decimal, Decimal]:
    number = end.number
    return (number, number) if isinstance(number, Decimal) else enclosure(number)


def around(one: ExactSpan, other: ExactSpan) -> ExactSpan:
    """The smallest interval that holds two."""
    return ExactSpan(least_end((one.low, other.low)), greatest_end((one.high, other.high)))


# --- compared ---


def surely(left: Spanned, operator: str, right: Spanned) -> bool:
    """Whether every number of one interval stands in this relation to every number of the other; both are known."""
    if left is None or right is None:
        return False
    match operator:
        case "<":
            return _is_below(left, right)
        case "<=":
            return _order(left.high, right.low) <= 0
        case ">":
            return _is_below(right, left)
        case ">=":
            return _order(left.low, right.high) >= 0
        case "==":
            return left.is_point and right.is_point and _order(left.low, right.low) == 0
        case _:
            return _is_below(left, right) or _is_below(right, left)


def _is_below(one: ExactSpan, other: ExactSpan) -> bool:
    side = _order(one.high, other.low)
    return side < 0 or (side == 0 and (one.high.is_open or other.low.is_open))


def _order(one: End, other: End) -> int:
    if one.is_infinite or other.is_infinite:
        left, right = _side_of_infinity(one), _side_of_infinity(other)
        return (left > right) - (left < right)
    return exact_order(one.number, other.number)


def _side_of_infinity(end: End) -> int:
    return sign(end.number) if end.is_infinite else 0


# --- the outermost of several ends ---


def least_end(ends: Iterable[End], *, all_reached: bool = False) -> End:
    """The lowest of some ends; reached where one of the lowest is, or with `all_reached` only where all of them are."""
    return reduce(_outermost(-1, all_reached=all_reached), ends)


def greatest_end(ends: Iterable[End], *, all_reached: bool = False) -> End:
    """The highest of some ends; reached as in `least_end`."""
    return reduce(_outermost(1, all_reached=all_reached), ends)


def _outermost(side: int, *, all_reached: bool) -> Callable[[End, End], End]:
    """Of two ends the one on a side; where they are equal it is reached where one is, or only where both are."""

    def choose(one: End, other: End) -> End:
        order = _order(one, other)
        if order:
            return one if order == side else other
        either = one.is_open or other.is_open
        return End(one.number, either if all_reached else one.is_open and other.is_open)

    return choose


def known(number: Real | None) -> Real:
    """A number of which it is sure that there is one; `TypeError` where there is none."""
    if number is None:
        raise TypeError(number)
    return number
