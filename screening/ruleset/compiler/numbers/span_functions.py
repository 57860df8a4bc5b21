"""Intervals of exact numbers joined: sums, products, quotients, roots, the least and the greatest of several, rounding.

Where some point has no result (a divisor of zero, the root of a negative), it is unknown: None.
"""

from __future__ import annotations

from decimal import Decimal

from screening.ruleset.compiler.numbers.exact_spans import End, ExactSpan, Spanned, greatest_end, known, least_end
from screening.ruleset.compiler.numbers.number_functions import rounded
from screening.ruleset.compiler.numbers.reals import exact_add, exact_divide, exact_multiply, exact_order, exact_root
from screening.ruleset.compiler.numbers.surds import sign
from screening.ruleset.model.answers import INFINITY

_ZERO, _ONE, _MINUS_ONE = Decimal(0), Decimal(1), Decimal(-1)


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
    return End(known(exact_add(one.number, other.number)), is_open)


def span_subtract(left: Spanned, right: Spanned) -> Spanned:
    """The difference."""
    return span_add(left, span_multiply(ExactSpan(End(_MINUS_ONE), End(_MINUS_ONE)), right))


def span_multiply(left: Spanned, right: Spanned) -> Spanned:
    """The product."""
    if left is None or right is None:
        return None
    corners = [_product(one, other) for one in (left.low, left.high) for other in (right.low, right.high)]
    return ExactSpan(least_end(corners), greatest_end(corners))


def _product(one: End, other: End) -> End:
    """A corner of a product; zero that is reached makes zero of all, of what has no bound too."""
    zeros = [end for end in (one, other) if sign(end.number) == 0]
    if zeros:
        return End(_ZERO, all(end.is_open for end in zeros) and (one.is_open or other.is_open))
    is_open = one.is_open or other.is_open
    if one.is_infinite or other.is_infinite:
        return End(INFINITY if sign(one.number) == sign(other.number) else -INFINITY, is_open)
    return End(known(exact_multiply(one.number, other.number)), is_open)


def span_divide(left: Spanned, right: Spanned) -> Spanned:
    """The quotient; unknown where the divisor may be zero."""
    if left is not None and right is not None and left.is_point and right.is_point:
        quotient = exact_divide(left.low.number, right.low.number)
        return None if quotient is None else ExactSpan(End(quotient), End(quotient))
    return span_multiply(left, reciprocal(right))


def reciprocal(span: Spanned) -> Spanned:
    """One divided by an interval; unknown where zero is one of its numbers."""
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
    return End(known(exact_divide(_ONE, end.number)), end.is_open)


def span_root(span: Spanned) -> Spanned:
    """The square root; unknown where the number may be negative."""
    if span is None or sign(span.low.number) < 0:
        return None
    return ExactSpan(
        *(end if end.is_infinite else End(known(exact_root(end.number)), end.is_open) for end in span.ends)
    )


def span_least(*spans: Spanned) -> Spanned:
    """The least."""
    defined = [span for span in spans if span is not None]
    if len(defined) < len(spans):
        return None
    return ExactSpan(
        least_end(span.low for span in defined), least_end((span.high for span in defined), all_reached=True)
    )


def span_greatest(*spans: Spanned) -> Spanned:
    """The greatest."""
    defined = [span for span in spans if span is not None]
    if len(defined) < len(spans):
        return None
    return ExactSpan(
        greatest_end((span.low for span in defined), all_reached=True), greatest_end(span.high for span in defined)
    )


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
        exact_order(known(exact_add(end.number, number.copy_negate())), half.copy_abs() * sign(end.number) * -1) == 0
    )
    if end.is_open and is_half and sign(end.number) == -inward:
        return End(known(exact_add(number, Decimal(inward).scaleb(-digits))))
    return End(number)
