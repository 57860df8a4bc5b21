"""Numbers of which it is known from where to where they lie: compared, and joined by arithmetic.

What comes out may be too wide, never too narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import inf
from typing import NamedTuple

from screening.ruleset.model import expression as ex

Truths = frozenset[bool | None]
"""Which of true, false and unknown (None) a condition may be."""


class Interval(NamedTuple):
    """Numbers from one to another; whether the ends themselves are among them."""

    low: Fraction | float
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False


ANY = Interval(-inf, inf, low_open=True, high_open=True)


class Numbers(NamedTuple):
    """Where a number may lie, None: nowhere; and whether it may be unknown."""

    known: Interval | None
    unknown: bool = False


def hull(intervals: Iterable[Interval]) -> Interval | None:
    """The smallest interval around others; None around none."""
    return reduce(_around, intervals, None)


def _around(one: Interval | None, other: Interval) -> Interval:
    if one is None:
        return other
    low, low_open = min((one.low, one.low_open), (other.low, other.low_open))
    high, high_closed = max((one.high, not one.high_open), (other.high, not other.high_open))
    return Interval(low, high, low_open, not high_closed)


def compare(left: Numbers, operator: str, right: Numbers) -> Truths:
    """What a comparison of two numbers may be."""
    truths: Truths = frozenset({None} if left.unknown or right.unknown else ())
    if left.known and right.known:
        holds = _can_hold(left.known, operator, right.known)
        fails = _can_hold(left.known, ex.OPPOSITE[operator], right.known)
        truths |= frozenset(truth for truth, possible in ((True, holds), (False, fails)) if possible)
    return truths or frozenset({None})


def _can_hold(left: Interval, operator: str, right: Interval) -> bool:
    """Whether two numbers of these intervals can stand in a relation."""
    match operator:
        case "<":
            return left.low < right.high
        case ">":
            return left.high > right.low
        case "<=":
            return left.low < right.high or (left.low == right.high and not (left.low_open or right.high_open))
        case ">=":
            return left.high > right.low or (left.high == right.low and not (left.high_open or right.low_open))
        case "==":
            return _can_hold(left, "<=", right) and _can_hold(left, ">=", right)
        case _:
            return not (left.low == left.high == right.low == right.high)


def compute(left: Numbers, operator: str, right: Numbers) -> Numbers:
    """Two numbers joined by arithmetic; the ends of the result count as reached."""
    one, other = left.known, right.known
    unknown = left.unknown or right.unknown
    if one is None or other is None:
        return Numbers(None, unknown=True)
    if operator == "/" and other.low <= 0 <= other.high:
        return Numbers(ANY, unknown=True)
    if any(abs(bound) == inf for bound in (one.low, one.high, other.low, other.high)):
        return Numbers(ANY, unknown)
    ends = [_OPERATIONS[operator](Fraction(a), Fraction(b)) for a in one[:2] for b in other[:2]]
    return Numbers(Interval(min(ends), max(ends)), unknown)


def extreme(which: str, numbers: list[Numbers]) -> Numbers:
    """The least or the greatest of numbers; its ends count as reached."""
    known = [number.known for number in numbers if number.known is not None]
    if len(known) < len(numbers):
        return Numbers(None, unknown=True)
    choose = min if which == "min" else max
    ends = choose(interval.low for interval in known), choose(interval.high for interval in known)
    return Numbers(Interval(*ends), any(number.unknown for number in numbers))


_OPERATIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
}
