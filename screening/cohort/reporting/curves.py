"""Where people are put as a cut-off moves, as formulas, so that one pass over a table tells all of a curve.

A cut-off that stands plainly beside one number divides the numbers: all that matters of where it stands is whether that
is below a row's number, at it, or above it. So three possible sets of a row, and the place of its number among those
of the cut-off, tell its whole curve. Any other cut-off is read anew at each of its places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property, partial

from screening.cohort.judging.printing import Simplifier
from screening.cohort.reporting.cut_offs import CutOff, is_plain, moved_rules, places_of
from screening.ruleset.formulas import algebra
from screening.ruleset.formulas.algebra import Formula, rebuilt
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.formulas.terms import End, Shape, Term, answer, constant, replaced
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.dates import Elapsed
from screening.ruleset.model.expression import Name, Node, Since

Formulas = Sequence[Formula]
"""Where each category is possible, in the order of the file."""


class Where(IntEnum):
    """Where a cut-off stands beside a number."""

    BELOW = 0
    AT = 1
    ABOVE = 2


@dataclass(frozen=True)
class PlainCurve:
    """The curve of a cut-off that divides one number."""

    number: Term
    possible: Mapping[Where, Formulas]


@dataclass(frozen=True)
class SteppedCurve:
    """The curve of any other cut-off: what is possible with it at each of its places."""

    possible: tuple[Formulas, ...]


CurveFormulas = PlainCurve | SteppedCurve


class Curves:
    """The curves of one rule set over one table."""

    def __init__(
        self,
        formulas: RuleFormulas,
        simplifier: Simplifier,
        cut_offs: Iterable[CutOff],
        given: frozenset[str] = frozenset(),
    ) -> None:
        """`given`: the numbers that are taken to be given: to complete them is to take them as they are."""
        self.formulas = formulas
        self.simplifier = simplifier
        self.cut_offs = tuple(cut_offs)
        self.given = given

    @cached_property
    def moving(self) -> Mapping[CutOff, CurveFormulas]:
        """The curves of all cut-offs that move anybody's possible categories in such a table."""
        found = ((cut_off, self._curve(cut_off)) for cut_off in self.cut_offs)
        return {cut_off: curve for cut_off, curve in found if any(now != self._now for now in _ways(curve))}

    @cached_property
    def _now(self) -> Formulas:
        return self._simplified(self.formulas)

    def _simplified(self, formulas: RuleFormulas) -> Formulas:
        return [self.simplifier.of(formula) for formula in formulas.possible.values()]

    def _curve(self, cut_off: CutOff) -> CurveFormulas:
        number = self._number(cut_off)
        if number is None or self._uses[number, cut_off.number] > 1 or not is_plain(cut_off, self.formulas.rule_set):
            return SteppedCurve(tuple(self._stepped(cut_off)))
        against = constant(Fraction(cut_off.number))
        return PlainCurve(number, {where: self._set(number, against, where) for where in Where})

    def _stepped(self, cut_off: CutOff) -> Iterator[Formulas]:
        rule_set = self.formulas.rule_set
        for place in places_of(cut_off, rule_set):
            moved = moved_rules(rule_set, cut_off, place)
            yield self._now if place == cut_off.number else self._simplified(RuleFormulas(moved))

    def _number(self, cut_off: CutOff) -> Term | None:
        """The number that is compared, where it is the same one wherever it is known."""
        name = self._node(cut_off)
        cases = [self.formulas.number(name, mode) for mode in (EvaluationMode.GIVEN, EvaluationMode.SETTLED)]
        terms = {self._settled(term) for by in cases for span in by for term in (span.low, span.high)}
        return next(iter(terms)) if len(terms) == 1 and next(iter(terms)).shape is not Shape.CONSTANT else None

    def _settled(self, term: Term) -> Term:
        for name in self.given:
            term = replaced(term, answer(name, End.SETTLED), answer(name))
        return term

    def _node(self, cut_off: CutOff) -> Node:
        """What is compared with it."""
        date, _, unit = cut_off.name.partition(" ")
        return Since(Name(date), Elapsed(unit)) if unit else Name(date)

    @cached_property
    def _uses(self) -> Counter[tuple[Term | None, object]]:
        return Counter((self._number(cut_off), cut_off.number) for cut_off in self.cut_offs)

    def _set(self, number: Term, against: Term, where: Where) -> Formulas:
        """What is possible with the cut-off there, whatever the number is."""
        done: dict[Formula, Formula] = {}
        return [rebuilt(formula, partial(_placed, number, against, where), done) for formula in self._now]

    @property
    def roots(self) -> list[Formula]:
        """Every formula of every curve."""
        return [formula for curve in self.moving.values() for now in _ways(curve) for formula in now]


def _ways(curve: CurveFormulas) -> Iterable[Formulas]:
    return curve.possible.values() if isinstance(curve, PlainCurve) else curve.possible


def _placed(number: Term, against: Term, where: Where, formula: Formula) -> Formula:
    match formula.atom:
        case Compared(left=left, operator=operator, right=right) if (left, right) == (number, against):
            return _constant(_stands(Where.AT - where, operator))
        case Compared(left=left, operator=operator, right=right) if (right, left) == (number, against):
            return _constant(_stands(where - Where.AT, operator))
        case _:
            return formula


def _stands(difference: int, operator: str) -> bool:
    """Whether two numbers stand so, of which the left one is greater (1), equal (0) or less (-1)."""
    return {"<": difference < 0, "<=": difference <= 0, "==": difference == 0}[operator]


def _constant(truth: bool) -> Formula:  # noqa: FBT001 - which of the two constants
    return algebra.TRUE if truth else algebra.FALSE
