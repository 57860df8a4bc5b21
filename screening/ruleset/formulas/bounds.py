"""Answers that are bounds, as formulas: what "<0.5" leaves, and what of it lies beyond the range of its question.

Of an answer with two ends formulas know the number typed, on which sides it goes on without end (`Endless`), whether it
begins at zero (`FromZero`), and whether the number typed is among those that it leaves (`Reached`). An exact number is
none of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from screening.ruleset.formulas.algebra import FALSE, Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Endless, FromZero, Reached
from screening.ruleset.formulas.comparing import compared
from screening.ruleset.formulas.numbers import ZERO, Span
from screening.ruleset.formulas.terms import End, Term, answer, constant, endless
from screening.ruleset.model.questions import Question, QuestionType


def is_completed(question: Question) -> bool:
    """Whether a number is completed where it is a bound: one that rules read as if it were always known."""
    return question.type is QuestionType.NUMBER and (question.strict or question.required)


def is_signed(question: Question) -> bool:
    """Whether some unit lets numbers below zero be typed, so that a bound may have no end below."""
    return any(unit.minimum < 0 for unit in question.units)


def begins_at_zero(question: Question) -> bool:
    """Whether some unit lets none be typed, so that a bound begins at zero."""
    return any(unit.minimum >= 0 for unit in question.units)


def is_bound(question: Question) -> Formula:
    """Where what was given for a number is a bound, asked or not."""
    return any_of(*(where for where, _ in _kinds(question)))


def _kinds(question: Question) -> Iterator[tuple[Formula, End]]:
    """Where an answer is a bound, and to which side it leaves numbers."""
    yield atom(Endless(question.id, End.HIGH)), End.HIGH
    if is_signed(question):
        yield atom(Endless(question.id, End.LOW)), End.LOW
    if begins_at_zero(question):
        yield atom(FromZero(question.id)), End.LOW


def left_by(question: Question) -> Iterator[tuple[Span, Formula]]:
    """The interval that an answer leaves, by where it is which: an exact number is one of both ends."""
    name = question.id
    has_end = negation(atom(Endless(name, End.HIGH)))
    has_start = negation(atom(Endless(name, End.LOW))) if is_signed(question) else negation(FALSE)
    below = any_of(*(where for where, side in _kinds(question) if side is End.LOW))
    low, high = answer(name, End.LOW), answer(name, End.HIGH)
    low_reached = any_of(has_end, atom(Reached(name)))
    high_reached = any_of(negation(below), atom(Reached(name)))
    yield Span(low, high, low_reached, high_reached), all_of(has_start, has_end)
    yield Span(low, endless(1), atom(Reached(name)), FALSE), negation(has_end)
    if is_signed(question):
        yield Span(endless(-1), high, FALSE, atom(Reached(name))), negation(has_start)


def leaves(question: Question, number: Term) -> Formula:
    """Where a bound leaves a number."""
    name = question.id
    typed, reached = answer(name), atom(Reached(name))
    at = all_of(reached, compared(number, "==", typed))
    above = any_of(compared(typed, "<", number), at)
    below = any_of(compared(number, "<", typed), at)
    ways = [all_of(atom(Endless(name, End.HIGH)), above)]
    if is_signed(question):
        ways.append(all_of(atom(Endless(name, End.LOW)), below))
    if begins_at_zero(question):
        ways.append(all_of(atom(FromZero(name)), compared(ZERO, "<=", number), below))
    return any_of(*ways)


class Stretch(NamedTuple):
    """Numbers from one to another, of which one stands for all; whether the ends are among them."""

    number: Fraction
    low: Fraction
    high: Fraction
    low_in: bool
    high_in: bool

    def meets(self, question: Question) -> Formula:
        """Where a bound leaves some of them."""
        name, low, low_in = question.id, self.low, self.low_in
        ways = [all_of(atom(Endless(name, End.HIGH)), self._meets_above(name))]
        if is_signed(question):
            ways.append(all_of(atom(Endless(name, End.LOW)), _starts_below(name, low, low_in=low_in)))
        if begins_at_zero(question) and (self.high > 0 or (self.high == 0 and self.high_in)):
            low, low_in = (low, low_in) if low >= 0 else (Fraction(0), True)
            ways.append(all_of(atom(FromZero(name)), _starts_below(name, low, low_in=low_in)))
        return any_of(*ways)

    def _meets_above(self, name: str) -> Formula:
        high = constant(self.high)
        at = all_of(atom(Reached(name)), compared(answer(name), "==", high)) if self.high_in else FALSE
        return any_of(compared(answer(name), "<", high), at)


def _starts_below(name: str, low: Fraction, *, low_in: bool) -> Formula:
    """Where numbers that begin here begin before a bound ends."""
    start = constant(low)
    at = all_of(atom(Reached(name)), compared(answer(name), "==", start)) if low_in else FALSE
    return any_of(compared(start, "<", answer(name)), at)


class Beyond(NamedTuple):
    """What a bound leaves beyond the range of its question, and where an answer leaves it."""

    span: Span
    where: Formula


def beyond_range(question: Question) -> Iterator[Beyond]:
    """All that bounds may leave beyond the range; zero, as which nothing is measured, not."""
    least = constant(min(Fraction(unit.minimum) * Fraction(unit.factor) for unit in question.units))
    most = constant(max(Fraction(unit.maximum) * Fraction(unit.factor) for unit in question.units))
    yield Beyond(Span(most, endless(1), FALSE, FALSE), atom(Endless(question.id, End.HIGH)))
    if is_signed(question):
        yield Beyond(Span(endless(-1), least, FALSE, FALSE), atom(Endless(question.id, End.LOW)))
    if begins_at_zero(question) and least.value > 0:
        yield Beyond(Span(ZERO, least, FALSE, FALSE), atom(FromZero(question.id)))
