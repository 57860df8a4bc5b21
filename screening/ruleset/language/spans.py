"""Ranges of numbers, and arithmetic on them: bounds are rounded outward, so that a range never loses a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import Enum


class Vary(Enum):
    """What is not the same, or not certain to be the same, at all points of a range."""

    VARIES = "varies"


VARIES = Vary.VARIES


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers from one to another, both included."""

    low: Decimal
    high: Decimal


Amount = Span | Vary | None
"""None: unknown at every point."""

_DOWN = Context(prec=34, rounding=ROUND_FLOOR, traps=[])
_UP = Context(prec=34, rounding=ROUND_CEILING, traps=[])


def surely(left: Span, operator: str, right: Span) -> bool:
    """Whether every number of one range stands in this relation to every number of the other."""
    match operator:
        case "<":
            return left.high < right.low
        case "<=":
            return left.high <= right.low
        case ">":
            return left.low > right.high
        case ">=":
            return left.low >= right.high
        case "==":
            return left.low == left.high == right.low == right.high
        case _:
            return left.high < right.low or left.low > right.high


def combine(left: Amount, operator: str, right: Amount) -> Amount:
    """Two ranges joined by one of `+ - * /`; a divisor of zero makes it unknown."""
    if left is None or right is None:
        return None
    if isinstance(left, Vary) or isinstance(right, Vary):
        return VARIES
    match operator:
        case "+":
            return Span(_DOWN.add(left.low, right.low), _UP.add(left.high, right.high))
        case "-":
            return Span(_DOWN.subtract(left.low, right.high), _UP.subtract(left.high, right.low))
        case "*":
            return _corners(_DOWN.multiply, _UP.multiply, left, right)
        case _:
            if right.low <= 0 <= right.high:
                return None if right.low == right.high else VARIES
            return _corners(_DOWN.divide, _UP.divide, left, right)


def _corners(down: Callable[..., Decimal], up: Callable[..., Decimal], left: Span, right: Span) -> Span:
    pairs = [(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return Span(min(down(*pair) for pair in pairs), max(up(*pair) for pair in pairs))


def root(number: Amount) -> Amount:
    """The root of a range; unknown below zero."""
    if not isinstance(number, Span):
        return number
    if number.high < 0:
        return None
    if number.low < 0:
        return VARIES
    low, high = _DOWN.sqrt(number.low), _UP.sqrt(number.high)  # to the nearest, whatever the context says
    return Span(max(_DOWN.next_minus(low), Decimal(0)), _UP.next_plus(high))
