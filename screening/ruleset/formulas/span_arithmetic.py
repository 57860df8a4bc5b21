"""Intervals joined by operators, as formulas: what `compiler.exact_spans` makes of intervals of numbers, of terms.

The ends of a result are terms over the ends of what it is made of. Where it depends on signs which ends these are,
there is a case for each; so is it where an end may be no number, or zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.numbers import ZERO, Cases, Span, cases, exactly
from screening.ruleset.formulas.signs import Signs
from screening.ruleset.formulas.terms import Shape, Term, constant, endless, exponential, joined, nearly, power, root
from screening.ruleset.formulas.terms import rounded as round_term


class Side(NamedTuple):
    """One end of an interval: where it lies, and where it is one of the numbers."""

    term: Term
    reached: Formula

    @property
    def is_endless(self) -> bool:
        """Whether it is no number."""
        return self.term.shape is Shape.ENDLESS


WhereSide = tuple[Side, Formula]
"""An end, and where it is the one."""
WhereSpan = tuple[Span, Formula]


def _low(span: Span) -> Side:
    return Side(span.low, span.low_reached)


def _high(span: Span) -> Side:
    return Side(span.high, span.high_reached)


def _between(lows: Iterable[WhereSide], highs: Iterable[WhereSide]) -> Iterator[WhereSpan]:
    for (low, where), (high, also) in product(list(lows), list(highs)):
        yield Span(low.term, high.term, low.reached, high.reached), all_of(where, also)


class SpanArithmetic:
    """Joins the intervals of one rule set's numbers."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    # --- four operators ---

    def calculated(self, left: Cases, operator: str, right: Cases) -> Cases:
        """Two numbers joined by one of `+ - * /`; unknown where a divisor may be zero."""
        return cases(
            (span, all_of(first, second, where))
            for one, first in left.items()
            for other, second in right.items()
            for span, where in self._joined(one, operator, other)
        )

    def total(self, parts: Sequence[Cases]) -> Cases:
        """All numbers added up."""
        total = parts[0]
        for part in parts[1:]:
            total = self.calculated(total, "+", part)
        return total

    def _joined(self, one: Span, operator: str, other: Span) -> Iterator[WhereSpan]:
        match operator:
            case "+":
                yield _added(_low(one), "+", _low(other), _high(one), _high(other)), TRUE
            case "-":
                yield _added(_low(one), "-", _high(other), _high(one), _low(other)), TRUE
            case "*":
                yield from self._multiplied(one, _Factor(other, self._signed(other)))
            case _:
                for divisor in self._divisors(other):
                    yield from self._multiplied(one, divisor)

    def _multiplied(self, one: Span, factor: _Factor) -> Iterator[WhereSpan]:
        """The product with a factor, or the quotient by one: which corners are its ends depends on the signs."""
        for first, where in self._signed(one):
            for second, also in factor.signs:
                here = all_of(where, also, factor.where)
                if here is not FALSE:
                    lows, highs = self._corners(one, first, factor, second)
                    yield from ((span, all_of(here, place)) for span, place in _between(lows, highs))

    def _signed(self, span: Span) -> list[tuple[int, Formula]]:
        """Where an interval lies above zero (1), below it (-1), or on both sides (0)."""
        if self._signs.never_negative(span.low):
            return [(1, TRUE)]
        is_below, is_above = compared(span.low, "<", ZERO), compared(ZERO, "<", span.high)
        listed = [
            (1, negation(is_below)),
            (-1, all_of(is_below, negation(is_above))),
            (0, all_of(is_below, is_above)),
        ]
        return [(sign, where) for sign, where in listed if where is not FALSE]

    def _corners(self, one: Span, first: int, factor: _Factor, second: int) -> tuple[list[WhereSide], list[WhereSide]]:
        """Of which ends the least and the greatest product are made."""
        low, high, least, most = _low(one), _high(one), factor.low, factor.high

        def corner(end: Side, other: Side) -> list[WhereSide]:
            return list(factor.corner(end, other))

        match first, second:
            case 0, 0:
                return (
                    list(_outer("<", corner(low, most), corner(high, least))),
                    list(_outer(">", corner(low, least), corner(high, most))),
                )
            case 1, _:
                return corner(low if second > 0 else high, least), corner(high if second >= 0 else low, most)
            case -1, _:
                return corner(low if second >= 0 else high, most), corner(high if second > 0 else low, least)
            case _:
                return (
                    (corner(low, most), corner(high, most)) if second > 0 else (corner(high, least), corner(low, least))
                )

    def _divisors(self, span: Span) -> Iterator[_Factor]:
        """What is multiplied with to divide by an interval, wherever that is without zero: one over its ends."""
        above = compared(ZERO, "<", span.low)
        yield _Factor(span, [(1, TRUE)], above, divides=True)
        at_zero = all_of(compared(span.low, "==", ZERO), negation(span.low_reached))
        if at_zero is not FALSE:
            yield _Factor(span._replace(low=ZERO, low_reached=FALSE), [(1, TRUE)], at_zero, divides=True)
        if not self._signs.never_negative(span.low):
            yield _Factor(span, [(-1, TRUE)], compared(span.high, "<", ZERO), divides=True)
            at_zero = all_of(compared(span.high, "==", ZERO), negation(span.high_reached))
            if at_zero is not FALSE:
                yield _Factor(span._replace(high=ZERO, high_reached=FALSE), [(-1, TRUE)], at_zero, divides=True)

    # --- functions of one number ---

    def rooted(self, number: Cases) -> Cases:
        """The root; unknown where the number may be negative."""
        listed = ((span, all_of(where, self._not_negative(span))) for span, where in number.items())
        return cases((_rooted(span), where) for span, where in listed if where is not FALSE)

    def _not_negative(self, span: Span) -> Formula:
        return TRUE if self._signs.never_negative(span.low) else negation(compared(span.low, "<", ZERO))

    def rounded(self, number: Cases, digits: int) -> Cases:
        """A number rounded to so many digits after the point: an end that is not reached may not be rounded away."""
        return cases(
            (span, all_of(where, place))
            for of, where in number.items()
            for span, place in _between(
                _rounded(_low(of), digits, -1, has_sign=not self._signs.never_negative(of.low)),
                _rounded(_high(of), digits, 1, has_sign=True),
            )
        )

    def powered(self, number: Cases, exponent: Fraction) -> Cases:
        """A number to a constant power; unknown where some point has none."""
        if exponent == 0:
            one = constant(Fraction(1))
            return cases((Span(one, one), where) for where in number.values())
        powers = self._whole_powers if exponent.denominator == 1 else self._short_powers
        return cases(
            (span, all_of(where, place)) for of, where in number.items() for span, place in powers(of, exponent)
        )

    def _whole_powers(self, of: Span, exponent: Fraction) -> Iterator[WhereSpan]:
        if exponent < 0:
            yield from self._inverse_powers(of, exponent)
            return
        low, high = (_power(end, exponent) for end in (_low(of), _high(of)))
        for sign, where in self._signed(of):
            if sign > 0 or exponent % 2:
                yield Span(low.term, high.term, low.reached, high.reached), where
            elif sign < 0:
                yield Span(high.term, low.term, high.reached, low.reached), where
            else:
                greatest = _outer(">", [(low, TRUE)], [(high, TRUE)])
                yield from (
                    (span, all_of(where, also)) for span, also in _between([(Side(ZERO, TRUE), TRUE)], greatest)
                )

    def _inverse_powers(self, of: Span, exponent: Fraction) -> Iterator[WhereSpan]:
        """A power below zero: that of an interval without zero."""
        for divisor in self._divisors(of):
            ends = [
                _inverse_power(end, exponent, is_negative=divisor.is_negative)
                for end in (_low(divisor.of), _high(divisor.of))
            ]
            rises = divisor.is_negative and exponent % 2 == 0
            low, high = ends if rises else ends[::-1]
            yield Span(low.term, high.term, low.reached, high.reached), divisor.where

    def _short_powers(self, of: Span, exponent: Fraction) -> Iterator[WhereSpan]:
        """A power that is a decimal of twenty digits: it may be reached at an end that is not."""
        is_zero = compared(of.low, "==", ZERO)
        if exponent > 0:
            high = _short_power(_high(of), exponent)
            low_reached = any_of(negation(is_zero), of.low_reached)
            yield Span(power(of.low, exponent), high.term, low_reached, high.reached), self._not_negative(of)
            return
        low = Side(ZERO, FALSE) if of.high.shape is Shape.ENDLESS else Side(power(of.high, exponent), TRUE)
        positive = all_of(self._not_negative(of), negation(is_zero))
        if positive is not FALSE:
            yield Span(low.term, power(of.low, exponent), low.reached, TRUE), positive
        yield Span(low.term, endless(1), low.reached, FALSE), all_of(is_zero, negation(of.low_reached))

    def exponential_of(self, base: Fraction, number: Cases) -> Cases:
        """A positive constant to the power of a number."""
        if base == 1:
            return cases([item for where in number.values() for item in exactly(constant(base), where).items()])
        return cases((_exponential(base, of), where) for of, where in number.items())

    # --- functions of several ---

    def extreme(self, which: str, parts: Sequence[Cases]) -> Cases:
        """The least ("min") or the greatest ("max") of numbers."""
        chosen = parts[0]
        for part in parts[1:]:
            chosen = cases(
                (span, all_of(first, second, where))
                for one, first in chosen.items()
                for other, second in part.items()
                for span, where in _extreme("<" if which == "min" else ">", one, other)
            )
        return chosen


class _Factor(NamedTuple):
    """What an interval is multiplied with: another one, or one over another one that is without zero."""

    of: Span
    signs: Sequence[tuple[int, Formula]]
    where: Formula = TRUE
    divides: bool = False

    @property
    def is_negative(self) -> bool:
        """Whether all of it lies below zero."""
        return self.signs[0][0] < 0

    @property
    def low(self) -> Side:
        """The end of its least number."""
        return _high(self.of) if self.divides else _low(self.of)

    @property
    def high(self) -> Side:
        """The end of its greatest number."""
        return _low(self.of) if self.divides else _high(self.of)

    def corner(self, end: Side, other: Side) -> Iterator[WhereSide]:
        """The product of an end with one of its own; a zero that is reached makes zero of all."""
        if self.divides:
            yield from _quotient(end, other, sign=-1 if self.is_negative else 1)
        else:
            yield from _product(end, other)


def _product(end: Side, other: Side) -> Iterator[WhereSide]:
    if end.is_endless or other.is_endless:
        infinite, finite = (end, other) if end.is_endless else (other, end)
        yield from _times_endless(finite, int(infinite.term.value))
        return
    zeros = (all_of(one.reached, compared(one.term, "==", ZERO)) for one in (end, other) if one.reached is not FALSE)
    both = all_of(end.reached, other.reached)
    reached = TRUE if both is TRUE else any_of(both, *zeros)
    yield Side(joined(end.term, "*", other.term), reached), TRUE


def _times_endless(finite: Side, sign: int) -> Iterator[WhereSide]:
    """An end times what has none: without end, but where the first is zero."""
    if finite.is_endless:
        yield Side(endless(sign * int(finite.term.value)), FALSE), TRUE
        return
    zero = compared(finite.term, "==", ZERO)
    for side, where in ((1, compared(ZERO, "<", finite.term)), (-1, compared(finite.term, "<", ZERO))):
        if where is not FALSE:
            yield Side(endless(sign * side), FALSE), where
    if zero is not FALSE:
        yield Side(ZERO, finite.reached), zero


def _quotient(end: Side, divisor: Side, sign: int) -> Iterator[WhereSide]:
    """An end over one of a divisor of this sign; a divisor without end makes zero, one that nears zero the opposite."""
    if divisor.term is ZERO:
        yield from _times_endless(end, sign)
        return
    zero = FALSE if end.is_endless or end.reached is FALSE else all_of(end.reached, compared(end.term, "==", ZERO))
    if divisor.is_endless:
        yield Side(ZERO, zero), TRUE
    elif end.is_endless:
        yield Side(endless(sign * int(end.term.value)), FALSE), TRUE
    else:
        both = all_of(end.reached, divisor.reached)
        yield Side(joined(end.term, "/", divisor.term), TRUE if both is TRUE else any_of(both, zero)), TRUE


def _added(low: Side, operator: str, other_low: Side, high: Side, other_high: Side) -> Span:
    """The ends of a sum, or of a difference."""
    least, most = _sum(low, operator, other_low), _sum(high, operator, other_high)
    return Span(least.term, most.term, least.reached, most.reached)


def _sum(end: Side, operator: str, other: Side) -> Side:
    if end.is_endless:
        return end
    if other.is_endless:
        return Side(endless(int(other.term.value) * (1 if operator == "+" else -1)), FALSE)
    return Side(joined(end.term, operator, other.term), all_of(end.reached, other.reached))


def _rooted(span: Span) -> Span:
    return span._replace(low=_root(span.low), high=_root(span.high))


def _root(end: Term) -> Term:
    return end if end.shape is Shape.ENDLESS else root(end)


def _power(end: Side, exponent: Fraction) -> Side:
    """An end to a whole power above zero."""
    if end.is_endless:
        return Side(endless(1 if exponent % 2 == 0 else int(end.term.value)), FALSE)
    return Side(power(end.term, exponent), end.reached)


def _short_power(end: Side, exponent: Fraction) -> Side:
    """The upper end of a power above zero that is cut to twenty digits."""
    if end.is_endless:
        return end
    return Side(power(end.term, exponent), any_of(negation(compared(end.term, "==", ZERO)), end.reached))


def _inverse_power(end: Side, exponent: Fraction, *, is_negative: bool) -> Side:
    """An end to a whole power below zero: zero where it goes on without end, and without end where it is zero."""
    if end.is_endless:
        return Side(ZERO, FALSE)
    if end.term is ZERO:
        return Side(endless(-1 if is_negative and exponent % 2 else 1), FALSE)
    return Side(power(end.term, exponent), end.reached)


def _exponential(base: Fraction, of: Span) -> Span:
    """Powers with whole exponents are exact and those beside them cut to twenty digits: each end lies next to one."""
    if of.low is of.high:
        return Span(exponential(base, of.low), exponential(base, of.low))
    ends = [_high(of), _low(of)] if base < 1 else [_low(of), _high(of)]
    low, high = (
        Side(ZERO if (end.term.value > 0) == (base < 1) else endless(1), FALSE)
        if end.is_endless
        else Side(nearly(exponential(base, end.term), side), TRUE)
        for end, side in zip(ends, (-1, 1), strict=True)
    )
    return Span(low.term, high.term, low.reached, high.reached)


def _rounded(end: Side, digits: int, outward: int, *, has_sign: bool) -> Iterator[WhereSide]:
    """What an end is rounded to; one that is not reached and would be rounded outward has its neighbour instead."""
    if end.is_endless:
        yield end, TRUE
        return
    number, size = round_term(end.term, digits), Fraction(10) ** -digits
    half, step = constant(size / 2), constant(size)
    away = joined(number, "-", end.term) if outward > 0 else joined(end.term, "-", number)
    is_away = all_of(negation(end.reached), compared(away, "==", half)) if has_sign else FALSE
    yield Side(number, TRUE), negation(is_away)
    if is_away is not FALSE:
        yield Side(joined(number, "-" if outward > 0 else "+", step), TRUE), is_away


def _extreme(order: str, one: Span, other: Span) -> Iterator[WhereSpan]:
    """The ends of the least (`<`) or the greatest (`>`) of two numbers."""
    lows = _outer(order, [(_low(one), TRUE)], [(_low(other), TRUE)], by_both=order == ">")
    highs = _outer(order, [(_high(one), TRUE)], [(_high(other), TRUE)], by_both=order == "<")
    return _between(lows, highs)


def _outer(
    order: str, ones: Iterable[WhereSide], others: Iterable[WhereSide], *, by_both: bool = False
) -> Iterator[WhereSide]:
    """Of two ends the lesser (`<`) or greater one; equal ones are reached where one is, or only where both are."""
    join = all_of if by_both else any_of
    for (one, where), (other, also) in product(list(ones), list(others)):
        here = all_of(where, also)
        if one.reached is other.reached:
            first = compared(one.term, f"{order}=", other.term)
            yield one, all_of(here, first)
            yield other, all_of(here, negation(first))
        else:
            yield one, all_of(here, compared(one.term, order, other.term))
            yield other, all_of(here, compared(other.term, order, one.term))
            both = Side(one.term, join(one.reached, other.reached))
            yield both, all_of(here, compared(one.term, "==", other.term))
