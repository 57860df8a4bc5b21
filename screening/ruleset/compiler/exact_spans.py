"""Intervals of exact numbers, and arithmetic on them: what generated code makes of answers that are bounds.

The ends are exact, so a comparison that reads one such number is true just where it holds at all its points. Where some
point has no result (a divisor of zero, the root of a negative), it is unknown: None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import reduce
from typing import TypeAlias

from screening.ruleset.compiler.number_functions import exact_power, rounded
from screening.ruleset.compiler.reals import (
    enclosure,
    exact_add,
    exact_divide,
    exact_multiply,
    exact_order,
    exact_root,
    nearest,
)
from screening.ruleset.compiler.surds import Real, sign
from screening.ruleset.language.powers import DIGITS
from screening.ruleset.model.answers import INFINITY, Bound

_ZERO, _ONE, _MINUS_ONE = Decimal(0), Decimal(1), Decimal(-1)
_NEARLY = Decimal("1e-15")
_SHORT = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


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
    return ExactSpan(_least((one.low, other.low)), _greatest((one.high, other.high)))


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


# --- joined ---


def span_total(*spans: Spanned) -> Spanned:
    """The sum."""
    total: Spanned = ExactSpan(End(_ZERO), End(_ZERO))
    for span in spans:
        total = span_add(total, span)
    return total


def span_add(left: Spanned, right: Spanned) -> Spanned:
    """The sum of two."""
    if left is None or right is None:
        return None
    return ExactSpan(_sum(left.low, right.low), _sum(left.high, right.high))


def _sum(one: End, other: End) -> End:
    is_open = one.is_open or other.is_open
    for end in (one, other):
        if end.is_infinite:
            return End(end.number, is_open)
    return End(_known(exact_add(one.number, other.number)), is_open)


def span_subtract(left: Spanned, right: Spanned) -> Spanned:
    """The difference."""
    return span_add(left, span_multiply(ExactSpan(End(_MINUS_ONE), End(_MINUS_ONE)), right))


def span_multiply(left: Spanned, right: Spanned) -> Spanned:
    """The product."""
    if left is None or right is None:
        return None
    corners = [_product(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return ExactSpan(_least(corners), _greatest(corners))


def _product(one: End, other: End) -> End:
    """A corner of a product; zero that is reached makes zero of all, of what has no bound too."""
    zeros = [end for end in (one, other) if sign(end.number) == 0]
    if zeros:
        return End(_ZERO, all(end.is_open for end in zeros) and (one.is_open or other.is_open))
    is_open = one.is_open or other.is_open
    if one.is_infinite or other.is_infinite:
        return End(INFINITY if sign(one.number) == sign(other.number) else -INFINITY, is_open)
    return End(_known(exact_multiply(one.number, other.number)), is_open)


def span_divide(left: Spanned, right: Spanned) -> Spanned:
    """The quotient; unknown where the divisor may be zero."""
    if left is not None and right is not None and left.is_point and right.is_point:
        quotient = exact_divide(left.low.number, right.low.number)
        return None if quotient is None else ExactSpan(End(quotient), End(quotient))
    return span_multiply(left, _reciprocal(right))


def _reciprocal(span: Spanned) -> Spanned:
    if span is None:
        return None
    low, high = sign(span.low.number), sign(span.high.number)
    if low * high < 0 or (low == 0 and not span.low.is_open) or (high == 0 and not span.high.is_open):
        return None
    return ExactSpan(_one_over(span.high, -INFINITY), _one_over(span.low, INFINITY))


def _one_over(end: End, beyond: Decimal) -> End:
    if end.is_infinite:
        return End(_ZERO, is_open=True)
    if sign(end.number) == 0:
        return End(beyond, is_open=True)
    return End(_known(exact_divide(_ONE, end.number)), end.is_open)


def span_root(span: Spanned) -> Spanned:
    """The square root; unknown where the number may be negative."""
    if span is None or sign(span.low.number) < 0:
        return None
    return ExactSpan(
        *(end if end.is_infinite else End(_known(exact_root(end.number)), end.is_open) for end in _ends(span))
    )


def _ends(span: ExactSpan) -> tuple[End, End]:
    return span.low, span.high


# --- the least, the greatest, rounded ---


def span_least(*spans: Spanned) -> Spanned:
    """The least."""
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return None
    return ExactSpan(_least(span.low for span in known), _least((span.high for span in known), all_reached=True))


def span_greatest(*spans: Spanned) -> Spanned:
    """The greatest."""
    known = [span for span in spans if span is not None]
    if len(known) < len(spans):
        return None
    return ExactSpan(_greatest((span.low for span in known), all_reached=True), _greatest(span.high for span in known))


def _least(ends: Iterable[End], *, all_reached: bool = False) -> End:
    return reduce(_outermost(-1, all_reached=all_reached), ends)


def _greatest(ends: Iterable[End], *, all_reached: bool = False) -> End:
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


def span_round(span: Spanned, digits: int) -> Spanned:
    """An interval rounded to so many digits after the point, a half away from zero."""
    if span is None:
        return None
    return ExactSpan(_rounded(span.low, digits, 1), _rounded(span.high, digits, -1))


def _rounded(end: End, digits: int, inward: int) -> End:
    """What numbers at an end are rounded to: those just inside of it, where it is no number of the interval itself."""
    if end.is_infinite:
        return end
    number = rounded(end.number, digits)
    half = Decimal(5).scaleb(-digits - 1)
    is_half = (
        exact_order(_known(exact_add(end.number, number.copy_negate())), half.copy_abs() * sign(end.number) * -1) == 0
    )
    if end.is_open and is_half and sign(end.number) == -inward:
        return End(_known(exact_add(number, Decimal(inward).scaleb(-digits))))
    return End(number)


# --- powers ---


def span_power(base: Spanned, exponent: Spanned) -> Spanned:
    """A power of which one part is a constant; unknown where some point has none."""
    if base is None or exponent is None:
        return None
    if base.is_point and exponent.is_point:
        power = exact_power(base.low.number, exponent.low.number)
        return None if power is None else ExactSpan(End(power), End(power))
    if not exponent.is_point:
        return _exponential(base.low.number, exponent)
    constant = exponent.low.number
    near = nearest(constant)
    if near is not None and near == near.to_integral_value() and exact_order(constant, near) == 0:
        return _whole_power(base, int(near))
    return _short_power(base, constant)


def _whole_power(base: ExactSpan, exponent: int) -> Spanned:
    if exponent == 0:
        return ExactSpan(End(_ONE), End(_ONE))
    if exponent < 0:
        return _reciprocal(_whole_power(base, -exponent))
    ends = [_end_to_whole(end, exponent) for end in _ends(base)]
    if exponent % 2 == 0 and sign(base.low.number) < 0 < sign(base.high.number):
        return ExactSpan(End(_ZERO), _greatest(ends))
    return ExactSpan(_least(ends), _greatest(ends))


def _end_to_whole(end: End, exponent: int) -> End:
    if end.is_infinite:
        return End(end.number if exponent % 2 else INFINITY, is_open=True)
    return End(_known(exact_power(end.number, Decimal(exponent))), end.is_open)


def _short_power(base: ExactSpan, exponent: Real) -> Spanned:
    """A power that is a decimal of twenty digits, of a base from here to there; it may be reached at an open end."""
    rises = sign(exponent) > 0
    low = sign(base.low.number)
    if low < 0 or (low == 0 and not rises and not base.low.is_open):
        return None
    ends = [_end_to_short(end, exponent, rises=rises) for end in _ends(base)]
    return ExactSpan(*(ends if rises else reversed(ends)))


def _end_to_short(end: End, exponent: Real, *, rises: bool) -> End:
    is_zero = sign(end.number) == 0
    if end.is_infinite or is_zero:
        return End(_ZERO, end.is_open) if is_zero == rises else End(INFINITY, is_open=True)
    return End(_known(exact_power(end.number, exponent)))


def _exponential(base: Real, exponent: ExactSpan) -> Spanned:
    """A constant to a power from here to there."""
    side = exact_order(base, _ONE)
    if sign(base) <= 0:
        return None
    if side == 0:
        return point(_ONE)
    ends = [_end_of_exponential(base, end, rises=side >= 0) for end in _ends(exponent)]
    ordered = ends if side >= 0 else ends[::-1]
    return ExactSpan(ordered[0][0], ordered[1][1])


def _end_of_exponential(base: Real, end: End, *, rises: bool) -> tuple[End, End]:
    """The least and the most that a power may be near to an end."""
    if end.is_infinite:
        is_zero = (sign(end.number) < 0) == rises
        beyond = End(_ZERO, is_open=True) if is_zero else End(INFINITY, is_open=True)
        return beyond, beyond
    power = _known(exact_power(base, end.number))
    low, high = enclosure(power)
    if _is_nearly_whole(end.number):  # whole exponents beside it are not cut to twenty digits
        return End(_SHORT.next_minus(low)), End(_SHORT.next_plus(high))
    short = nearest(power, DIGITS)
    both = [End(power), End(_known(short))]
    return _least(both), _greatest(both)


def _is_nearly_whole(exponent: Real) -> bool:
    """Whether a number is not whole, but as good as."""
    near = nearest(exponent) or _ZERO
    off = near - near.to_integral_value()
    return off.copy_abs() < _NEARLY and exact_order(exponent, near.to_integral_value()) != 0


def _known(number: Real | None) -> Real:
    if number is None:
        raise TypeError(number)
    return number
