"""Powers of intervals of exact numbers, of which one part is a constant."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

from screening.ruleset.compiler.numbers.exact_spans import (
    End,
    ExactSpan,
    Spanned,
    greatest_end,
    known,
    least_end,
    point,
)
from screening.ruleset.compiler.numbers.number_functions import exact_power
from screening.ruleset.compiler.numbers.reals import enclosure, exact_order, nearest
from screening.ruleset.compiler.numbers.span_functions import reciprocal
from screening.ruleset.compiler.numbers.surds import Real, sign
from screening.ruleset.language.powers import DIGITS
from screening.ruleset.model.answers import INFINITY

_ZERO, _ONE = Decimal(0), Decimal(1)
_NEARLY = Decimal("1e-15")
_SHORT = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


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
        return reciprocal(_whole_power(base, -exponent))
    ends = [_end_to_whole(end, exponent) for end in base.ends]
    if exponent % 2 == 0 and sign(base.low.number) < 0 < sign(base.high.number):
        return ExactSpan(End(_ZERO), greatest_end(ends))
    return ExactSpan(least_end(ends), greatest_end(ends))


def _end_to_whole(end: End, exponent: int) -> End:
    if end.is_infinite:
        return End(end.number if exponent % 2 else INFINITY, is_open=True)
    return End(known(exact_power(end.number, Decimal(exponent))), end.is_open)


def _short_power(base: ExactSpan, exponent: Real) -> Spanned:
    """A power that is a decimal of twenty digits, of a base from here to there; it may be reached at an open end."""
    rises = sign(exponent) > 0
    low = sign(base.low.number)
    if low < 0 or (low == 0 and not rises and not base.low.is_open):
        return None
    ends = [_end_to_short(end, exponent, rises=rises) for end in base.ends]
    return ExactSpan(*(ends if rises else reversed(ends)))


def _end_to_short(end: End, exponent: Real, *, rises: bool) -> End:
    is_zero = sign(end.number) == 0
    if end.is_infinite or is_zero:
        return End(_ZERO, end.is_open) if is_zero == rises else End(INFINITY, is_open=True)
    return End(known(exact_power(end.number, exponent)))


def _exponential(base: Real, exponent: ExactSpan) -> Spanned:
    """A constant to a power from here to there."""
    side = exact_order(base, _ONE)
    if sign(base) <= 0:
        return None
    if side == 0:
        return point(_ONE)
    ends = [_end_of_exponential(base, end, rises=side >= 0) for end in exponent.ends]
    ordered = ends if side >= 0 else ends[::-1]
    return ExactSpan(ordered[0][0], ordered[1][1])


def _end_of_exponential(base: Real, end: End, *, rises: bool) -> tuple[End, End]:
    """The least and the most that a power may be near to an end."""
    if end.is_infinite:
        is_zero = (sign(end.number) < 0) == rises
        beyond = End(_ZERO, is_open=True) if is_zero else End(INFINITY, is_open=True)
        return beyond, beyond
    power = known(exact_power(base, end.number))
    low, high = enclosure(power)
    if _is_nearly_whole(end.number):  # whole exponents beside it are not cut to twenty digits
        return End(_SHORT.next_minus(low)), End(_SHORT.next_plus(high))
    short = nearest(power, DIGITS)
    both = [End(power), End(known(short))]
    return least_end(both), greatest_end(both)


def _is_nearly_whole(exponent: Real) -> bool:
    """Whether a number is not whole, but as good as."""
    near = nearest(exponent) or _ZERO
    off = near - near.to_integral_value()
    return off.copy_abs() < _NEARLY and exact_order(exponent, near.to_integral_value()) != 0
