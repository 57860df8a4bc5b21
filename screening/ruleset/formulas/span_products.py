"""Ends of products and quotients of intervals, as formulas: what zeros, and ends that are none, make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.numbers import ZERO, Span
from screening.ruleset.formulas.span_ends import Side, WhereSide, high_end, low_end
from screening.ruleset.formulas.terms import endless, joined


class Factor(NamedTuple):
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
        return high_end(self.of) if self.divides else low_end(self.of)

    @property
    def high(self) -> Side:
        """The end of its greatest number."""
        return low_end(self.of) if self.divides else high_end(self.of)

    def corner(self, end: Side, other: Side) -> Iterator[WhereSide]:
        """The product of an end with one of its own; a zero that is reached makes zero of all."""
        if self.divides:
            yield from quotient_of(end, other, sign=-1 if self.is_negative else 1)
        else:
            yield from product_of(end, other)


def product_of(end: Side, other: Side) -> Iterator[WhereSide]:
    """The product of two ends; a zero that is reached makes zero of all."""
    if end.is_endless or other.is_endless:
        infinite, finite = (end, other) if end.is_endless else (other, end)
        yield from times_endless(finite, int(infinite.term.value))
        return
    zeros = (all_of(one.reached, compared(one.term, "==", ZERO)) for one in (end, other) if one.reached is not FALSE)
    both = all_of(end.reached, other.reached)
    reached = TRUE if both is TRUE else any_of(both, *zeros)
    yield Side(joined(end.term, "*", other.term), reached), TRUE


def times_endless(finite: Side, sign: int) -> Iterator[WhereSide]:
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


def quotient_of(end: Side, divisor: Side, sign: int) -> Iterator[WhereSide]:
    """An end over one of a divisor of this sign; a divisor without end makes zero, one that nears zero the opposite."""
    if divisor.term is ZERO:
        yield from times_endless(end, sign)
        return
    zero = FALSE if end.is_endless or end.reached is FALSE else all_of(end.reached, compared(end.term, "==", ZERO))
    if divisor.is_endless:
        yield Side(ZERO, zero), TRUE
    elif end.is_endless:
        yield Side(endless(sign * int(end.term.value)), FALSE), TRUE
    else:
        both = all_of(end.reached, divisor.reached)
        yield Side(joined(end.term, "/", divisor.term), TRUE if both is TRUE else any_of(both, zero)), TRUE
