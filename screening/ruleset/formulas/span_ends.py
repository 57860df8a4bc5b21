"""Ends of intervals, as formulas: where one lies, whether it is a number of it, and which of two lies further out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.numbers import Span
from screening.ruleset.formulas.terms import Shape, Term, constant, joined
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


def low_end(span: Span) -> Side:
    """The end of the least number."""
    return Side(span.low, span.low_reached)


def high_end(span: Span) -> Side:
    """The end of the greatest number."""
    return Side(span.high, span.high_reached)


def between(lows: Iterable[WhereSide], highs: Iterable[WhereSide]) -> Iterator[WhereSpan]:
    """Every interval from one of some ends to one of others, and where it is the one."""
    for (low, where), (high, also) in product(list(lows), list(highs)):
        yield Span(low.term, high.term, low.reached, high.reached), all_of(where, also)


def outer(
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


def rounded_end(end: Side, digits: int, outward: int, *, has_sign: bool) -> Iterator[WhereSide]:
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
