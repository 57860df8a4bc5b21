"""Ranges of numbers, and arithmetic on them: bounds are rounded outward, so that a range never loses a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from enum import Enum

from screening.ruleset.language.powers import DIGITS, decimal_power


class Vary(Enum):
    """What is not the same, or not certain to be the same, at all points of a range."""

    VARIES = "varies"


VARIES = Vary.VARIES


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers from one to another; the ends are among them unless they are open.

    What arithmetic makes of a span counts its ends as reached: it may be too wide, never too narrow.
    """

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False


Amount = Span | Vary | None
"""None: unknown at every point."""

_DOWN = Context(prec=34, rounding=ROUND_FLOOR, traps=[])
_UP = Context(prec=34, rounding=ROUND_CEILING, traps=[])
_WHOLE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
_SHORT = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def surely(left: Span, operator: str, right: Span) -> bool:
    """Whether every number of one range stands in this relation to every number of the other."""
    match operator:
        case "<":
            return _is_below(left, right)
        case "<=":
            return left.high <= right.low
        case ">":
            return _is_below(right, left)
        case ">=":
            return left.low >= right.high
        case "==":
            return left.low == left.high == right.low == right.high
        case _:
            return _is_below(left, right) or _is_below(right, left)


def _is_below(one: Span, other: Span) -> bool:
    """Whether every number of one range is less than every number of the other."""
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


def combine(left: Amount, operator: str, right: Amount) -> Amount:
    """Two ranges joined by one of `+ - * /`; a divisor of zero makes it unknown."""
    if left is None or right is None:
        return None
    if isinstance(left, Vary) or isinstance(right, Vary):
        return VARIES
    match operator:
        case "+":
            return _between([_DOWN.add(left.low, right.low)], [_UP.add(left.high, right.high)])
        case "-":
            return _between([_DOWN.subtract(left.low, right.high)], [_UP.subtract(left.high, right.low)])
        case "*":
            return _corners(_DOWN.multiply, _UP.multiply, left, right)
        case _:
            if right.low <= 0 <= right.high:
                return None if right.low == right.high else VARIES
            return _corners(_DOWN.divide, _UP.divide, left, right)


def _corners(down: Callable[..., Decimal], up: Callable[..., Decimal], left: Span, right: Span) -> Amount:
    pairs = [(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return _between([down(*pair) for pair in pairs], [up(*pair) for pair in pairs])


def _between(lows: list[Decimal], highs: list[Decimal]) -> Amount:
    """From the least to the greatest; of infinities, which stand for all that is too large, some have no result."""
    if any(number.is_nan() for number in (*lows, *highs)):
        return VARIES
    return Span(min(lows), max(highs))


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


def extreme(which: str, numbers: Iterable[Amount]) -> Amount:
    """The least ("min") or the greatest ("max") of ranges."""
    spans: list[Span] = []
    varies = False
    for number in numbers:
        if number is None:
            return None
        if isinstance(number, Vary):
            varies = True
        else:
            spans.append(number)
    choose = min if which == "min" else max
    return VARIES if varies else Span(choose(span.low for span in spans), choose(span.high for span in spans))


def rounded(number: Amount, digits: int) -> Amount:
    """A range rounded to so many digits after the point, a half away from zero."""
    if not isinstance(number, Span):
        return number
    return Span(rounded_decimal(number.low, digits), rounded_decimal(number.high, digits))


def rounded_decimal(number: Decimal, digits: int) -> Decimal:
    """A decimal rounded so; one without bound stays."""
    if not number.is_finite():
        return number
    short = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _WHOLE)
    return _WHOLE.add(short if digits >= 0 else short.quantize(Decimal(1), context=_WHOLE), Decimal(0))


def power(base: Amount, exponent: Amount) -> Amount:
    """A range to the power of another, of which one is a constant; unknown as `expression.Power` says."""
    if base is None or exponent is None:
        return None
    if isinstance(base, Vary) or isinstance(exponent, Vary):
        return VARIES
    if exponent.low != exponent.high:
        ends = [_exponential(base.low, end) for end in (exponent.low, exponent.high)]
        return Span(min(low for low, _ in ends), max(high for _, high in ends))
    constant = exponent.low
    if constant == constant.to_integral_value():
        return _whole_power(base, int(constant))
    if base.high < 0 or (base.high == 0 and constant < 0):
        return None
    if base.low < 0 or (base.low == 0 and constant < 0):
        return VARIES
    powers = decimal_power(base.low, constant), decimal_power(base.high, constant)
    return Span(min(powers), max(powers))


def _exponential(base: Decimal, exponent: Decimal) -> tuple[Decimal, Decimal]:
    """What encloses a power, whether it is cut to twenty digits or exact, as it is where the exponent is whole."""
    short = decimal_power(base, exponent)
    return _SHORT.next_minus(short), _SHORT.next_plus(short)


def _whole_power(base: Span, exponent: int) -> Amount:
    if exponent < 0:
        return combine(Span(Decimal(1), Decimal(1)), "/", _whole_power(base, -exponent))
    ends = [_times_itself(end, exponent) for end in (base.low, base.high)]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return Span(Decimal(0) if exponent % 2 == 0 and exponent and base.low < 0 < base.high else low, high)


def _times_itself(number: Decimal, exponent: int) -> tuple[Decimal, Decimal]:
    low = high = Decimal(1)
    for digit in f"{exponent:b}":  # squared from the first digit on, so that a high power takes few steps
        low, high = _DOWN.multiply(low, low), _UP.multiply(high, high)
        if digit == "1":
            low, high = _DOWN.multiply(low, number.copy_abs()), _UP.multiply(high, number.copy_abs())
    return (high.copy_negate(), low.copy_negate()) if number < 0 and exponent % 2 else (low, high)
