"""Intervals joined by operators, as formulas: what the compiler's `span_functions` make of numbers, made of terms.

The ends of a result are terms over the ends of what it is made of. Where it depends on signs which ends these are,
there is a case for each; so is it where an end may be no number, or zero. More cases than `lengths` has room for are a
`TooLongError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from screening.ruleset.formulas import numbers
from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.lengths import MOST_CASES, check_length
from screening.ruleset.formulas.numbers import ZERO, Cases, Span, exactly
from screening.ruleset.formulas.signs import Signs
from screening.ruleset.formulas.span_ends import (
    Side,
    WhereSide,
    WhereSpan,
    between,
    high_end,
    low_end,
    outer,
    rounded_end,
)
from screening.ruleset.formulas.span_products import Factor
from screening.ruleset.formulas.terms import Shape, Term, constant, endless, exponential, joined, nearly, power, root


def cases(listed: Iterable[WhereSpan]) -> Cases:
    """The cases with those of the same span taken together, unless they are too many."""

    def counted() -> Iterator[WhereSpan]:
        for number, case in enumerate(listed):
            check_length(number, 16 * MOST_CASES)
            yield case

    taken = numbers.cases(counted())
    check_length(len(taken), MOST_CASES)
    return taken


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
                yield _added(low_end(one), "+", low_end(other), high_end(one), high_end(other)), TRUE
            case "-":
                yield _added(low_end(one), "-", high_end(other), high_end(one), low_end(other)), TRUE
            case "*":
                yield from self._multiplied(one, Factor(other, self._signed(other)))
            case _:
                for divisor in self._divisors(other):
                    yield from self._multiplied(one, divisor)

    def _multiplied(self, one: Span, factor: Factor) -> Iterator[WhereSpan]:
        """The product with a factor, or the quotient by one: which corners are its ends depends on the signs."""
        for first, where in self._signed(one):
            for second, also in factor.signs:
                here = all_of(where, also, factor.where)
                if here is not FALSE:
                    lows, highs = self._corners(one, first, factor, second)
                    yield from ((span, all_of(here, place)) for span, place in between(lows, highs))

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

    def _corners(self, one: Span, first: int, factor: Factor, second: int) -> tuple[list[WhereSide], list[WhereSide]]:
        """Of which ends the least and the greatest product are made."""
        low, high, least, most = low_end(one), high_end(one), factor.low, factor.high

        def corner(end: Side, other: Side) -> list[WhereSide]:
            return list(factor.corner(end, other))

        match first, second:
            case 0, 0:
                return (
                    list(outer("<", corner(low, most), corner(high, least))),
                    list(outer(">", corner(low, least), corner(high, most))),
                )
            case 1, _:
                return corner(low if second > 0 else high, least), corner(high if second >= 0 else low, most)
            case -1, _:
                return corner(low if second >= 0 else high, most), corner(high if second > 0 else low, least)
            case _:
                return (
                    (corner(low, most), corner(high, most)) if second > 0 else (corner(high, least), corner(low, least))
                )

    def _divisors(self, span: Span) -> Iterator[Factor]:
        """What is multiplied with to divide by an interval, wherever that is without zero: one over its ends."""
        above = compared(ZERO, "<", span.low)
        yield Factor(span, [(1, TRUE)], above, divides=True)
        at_zero = all_of(compared(span.low, "==", ZERO), negation(span.low_reached))
        if at_zero is not FALSE:
            yield Factor(span._replace(low=ZERO, low_reached=FALSE), [(1, TRUE)], at_zero, divides=True)
        if not self._signs.never_negative(span.low):
            yield Factor(span, [(-1, TRUE)], compared(span.high, "<", ZERO), divides=True)
            at_zero = all_of(compared(span.high, "==", ZERO), negation(span.high_reached))
            if at_zero is not FALSE:
                yield Factor(span._replace(high=ZERO, high_reached=FALSE), [(-1, TRUE)], at_zero, divides=True)

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
            for span, place in between(
                rounded_end(low_end(of), digits, -1, has_sign=not self._signs.never_negative(of.low)),
                rounded_end(high_end(of), digits, 1, has_sign=True),
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
        low, high = (_power(end, exponent) for end in (low_end(of), high_end(of)))
        for sign, where in self._signed(of):
            if sign > 0 or exponent % 2:
                yield Span(low.term, high.term, low.reached, high.reached), where
            elif sign < 0:
                yield Span(high.term, low.term, high.reached, low.reached), where
            else:
                greatest = outer(">", [(low, TRUE)], [(high, TRUE)])
                yield from ((span, all_of(where, also)) for span, also in between([(Side(ZERO, TRUE), TRUE)], greatest))

    def _inverse_powers(self, of: Span, exponent: Fraction) -> Iterator[WhereSpan]:
        """A power below zero: that of an interval without zero."""
        for divisor in self._divisors(of):
            ends = [
                _inverse_power(end, exponent, is_negative=divisor.is_negative)
                for end in (low_end(divisor.of), high_end(divisor.of))
            ]
            rises = divisor.is_negative and exponent % 2 == 0
            low, high = ends if rises else ends[::-1]
            yield Span(low.term, high.term, low.reached, high.reached), divisor.where

    def _short_powers(self, of: Span, exponent: Fraction) -> Iterator[WhereSpan]:
        """A power that is a decimal of twenty digits: it may be reached at an end that is not."""
        if self._not_negative(of) is FALSE or compared(ZERO, "<" if exponent < 0 else "<=", of.high) is FALSE:
            return  # a constant of which there is no such power: its term could not be made
        is_zero = compared(of.low, "==", ZERO)
        if exponent > 0:
            high = _short_power(high_end(of), exponent)
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
    ends = [high_end(of), low_end(of)] if base < 1 else [low_end(of), high_end(of)]
    low, high = (
        Side(ZERO if (end.term.value > 0) == (base < 1) else endless(1), FALSE)
        if end.is_endless
        else Side(nearly(exponential(base, end.term), side), TRUE)
        for end, side in zip(ends, (-1, 1), strict=True)
    )
    return Span(low.term, high.term, low.reached, high.reached)


def _extreme(order: str, one: Span, other: Span) -> Iterator[WhereSpan]:
    """The ends of the least (`<`) or the greatest (`>`) of two numbers."""
    lows = outer(order, [(low_end(one), TRUE)], [(low_end(other), TRUE)], by_both=order == ">")
    highs = outer(order, [(high_end(one), TRUE)], [(high_end(other), TRUE)], by_both=order == "<")
    return between(lows, highs)
