"""Numbers by cases: each says where it applies, and between which terms the number lies there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from screening.ruleset.formulas.algebra import FALSE, TRUE, Formula, all_of, any_of, negation
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.terms import (
    Shape,
    Term,
    constant,
    exponential,
    is_nonlinear,
    joined,
    parts,
    power,
    root,
)
from screening.ruleset.formulas.terms import rounded as round_term


class Span(NamedTuple):
    """A number lies between these terms; a known one is both."""

    low: Term
    high: Term
    low_reached: Formula = TRUE
    """Where `low` itself is one of the numbers; nothing reaches an end that is none."""
    high_reached: Formula = TRUE


Cases: TypeAlias = Mapping[Span, Formula]
"""A number: for each span, where it is the number's. No two apply at once; where none does, it is unknown."""

ZERO = constant(Fraction(0))
NOWHERE: Cases = {}


def exactly(term: Term, where: Formula = TRUE) -> Cases:
    """A number that is one term."""
    return cases([(Span(term, term), where)])


def cases(listed: Iterable[tuple[Span, Formula]]) -> Cases:
    """The cases with those of the same span taken together."""
    conditions: dict[Span, list[Formula]] = {}
    for span, where in listed:
        if where is not FALSE:
            conditions.setdefault(span, []).append(where)
    return {span: any_of(*where) for span, where in conditions.items()}


def known(number: Cases) -> Formula:
    """Where a number is known."""
    return any_of(*number.values())


def chosen(test: Formula, otherwise: Formula, then: Cases, other: Cases) -> Cases:
    """One number where a test is true, and another one where it is false."""
    listed = [(span, all_of(test, where)) for span, where in then.items()]
    return cases([*listed, *((span, all_of(otherwise, where)) for span, where in other.items())])


def calculated(left: Cases, operator: str, right: Cases) -> Cases:
    """Two numbers joined by one of `+ - * /`; unknown where a divisor is zero."""
    return cases(
        (_joined(one, operator, other), where)
        for one, first in left.items()
        for other, second in right.items()
        if (where := all_of(first, second, _divisible(operator, other))) is not FALSE
    )


def total(parts: Sequence[Cases]) -> Cases:
    """All numbers added up, one after another: cases with the same sum so far are one, however many led to it."""
    total = parts[0]
    for part in parts[1:]:
        total = calculated(total, "+", part)
    return total


def rooted(number: Cases) -> Cases:
    """The root; unknown where the number is negative."""
    listed = ((span, all_of(where, negation(compared(span.low, "<", ZERO)))) for span, where in number.items())
    return cases((Span(root(span.low), root(span.high)), where) for span, where in listed if where is not FALSE)


def extreme(which: str, parts: Sequence[Cases]) -> Cases:
    """The least ("min") or the greatest ("max") of numbers."""
    chosen = parts[0]
    for part in parts[1:]:
        chosen = cases(
            case
            for one, first in chosen.items()
            for other, second in part.items()
            for case in _extreme(which, (one, first), (other, second))
        )
    return chosen


def _extreme(which: str, one: tuple[Span, Formula], other: tuple[Span, Formula]) -> Iterator[tuple[Span, Formula]]:
    """The ends of the least or the greatest of two numbers, each that of the one or of the other."""
    (first, where), (second, also) = one, other

    def is_first(left: Term, right: Term) -> Formula:
        return compared(left, "<=" if which == "min" else ">=", right)

    low, high = is_first(first.low, second.low), is_first(first.high, second.high)
    for of_low, low_here in ((first, low), (second, negation(low))):
        for of_high, high_here in ((first, high), (second, negation(high))):
            yield Span(of_low.low, of_high.high), all_of(where, also, low_here, high_here)


def rounded(number: Cases, digits: int) -> Cases:
    """A number rounded to so many digits after the point."""
    return cases(
        (Span(round_term(span.low, digits), round_term(span.high, digits)), where) for span, where in number.items()
    )


def powered(number: Cases, exponent: Fraction) -> Cases:
    """A number to a constant power; unknown where there is none. No open number is read: see `comparison_bounds`."""
    listed = ((span, all_of(where, _has_power(span.low, exponent))) for span, where in number.items())
    return cases(
        (Span(power(span.low, exponent), power(span.high, exponent)), where)
        for span, where in listed
        if where is not FALSE
    )


def exponential_of(base: Fraction, number: Cases) -> Cases:
    """A positive constant to the power of a number; the same of open ones."""
    return cases(
        (Span(exponential(base, span.low), exponential(base, span.high)), where) for span, where in number.items()
    )


def _has_power(base: Term, exponent: Fraction) -> Formula:
    if exponent.denominator == 1:
        return TRUE if exponent >= 0 else negation(compared(base, "==", ZERO))
    return negation(compared(base, "<" if exponent > 0 else "<=", ZERO))


def _divisible(operator: str, divisor: Span) -> Formula:
    if operator != "/":
        return TRUE
    return (
        any_of(compared(divisor.high, "<", ZERO), compared(ZERO, "<", divisor.low))
        if _is_open(divisor)
        else (negation(compared(divisor.low, "==", ZERO)))
    )


def _is_open(span: Span) -> bool:
    return span.low is not span.high


def _joined(one: Span, operator: str, other: Span) -> Span:
    """The ends of two numbers joined; of open ones only sums and differences, and products with a constant."""
    if operator == "-":
        return Span(joined(one.low, "-", other.high), joined(one.high, "-", other.low))
    ends = Span(joined(one.low, operator, other.low), joined(one.high, operator, other.high))
    factor = other if operator == "/" or other.low.shape is Shape.CONSTANT else one
    falls = operator in "*/" and factor.low.shape is Shape.CONSTANT and factor.low.value < 0
    return Span(ends.high, ends.low) if falls else ends


# --- comparing ---------------------------------------------------------------------------------------


def certainly(left: Cases, operator: str, right: Cases) -> Formula:
    """Where two numbers stand in a relation at every point of both."""
    return any_of(
        *(
            all_of(first, second, _at_every_point(one, operator, other))
            for one, first in left.items()
            for other, second in right.items()
        )
    )


def _at_every_point(one: Span, operator: str, other: Span) -> Formula:
    in_order = all_of(_ends_in_order(one), _ends_in_order(other))
    match operator:
        case "<":
            return all_of(_is_below(one, other), in_order)
        case "<=":
            return all_of(compared(one.high, "<=", other.low), in_order)
        case ">":
            return all_of(_is_below(other, one), in_order)
        case ">=":
            return all_of(compared(one.low, ">=", other.high), in_order)
        case "==":
            equal = compared(one.low, "==", other.low)
            return all_of(equal, compared(one.high, "<=", one.low), compared(other.high, "<=", other.low))
        case _:
            if not (_is_open(one) or _is_open(other)):
                return compared(one.low, "!=", other.low)
            return all_of(any_of(_is_below(one, other), _is_below(other, one)), in_order)


def _is_below(one: Span, other: Span) -> Formula:
    """Where every number of one lies below every number of the other."""
    apart = negation(all_of(one.high_reached, other.low_reached))
    return any_of(compared(one.high, "<", other.low), all_of(apart, compared(one.high, "<=", other.low)))


def _ends_in_order(span: Span) -> Formula:
    """That no end is on the wrong side: true of all that is worked out, and said where a solver may not see it."""
    seen = span.low is span.high or not any(map(is_nonlinear, parts(span.low, span.high)))
    return TRUE if seen else compared(span.low, "<=", span.high)
