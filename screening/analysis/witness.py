"""Answer sets that a person could give, from the models that the solver finds.

What a rule sees of a number is on which side of each threshold it lies; so a witness has the shortest
number on the same sides. Questions that are not asked, and answers that do not matter to the model's
formulas, are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import z3

from screening.analysis.encoding import AnswerTerms, Choice, Numeric, Several, Variable
from screening.analysis.model import RuleModel, prime
from screening.analysis.numbers import bounds, nearest, number_between
from screening.ruleset.arithmetic import EXACT
from screening.ruleset.engine import UNSURE
from screening.ruleset.functions import Plain
from screening.ruleset.questions import Question

Answers = dict[str, Plain]
"""A witness: plain answers by question; a missing one is unknown."""


class Witnesses:
    """Reads the solver's models of one rule model as answer sets."""

    def __init__(self, model: RuleModel) -> None:
        self.model = model

    def answers(self, found: z3.ModelRef, other: RuleModel | None = None) -> Answers:
        """The answer set of a model; also with what another rule model over the same variables asks and compares."""
        return self._read(found, (), other or self.model)

    def changed(self, found: z3.ModelRef, changed: tuple[Variable, ...]) -> Answers:
        """The second answer set of a model of a pair, in which the changed variables have their primed values."""
        return self._read(found, changed, self.model)

    def _read(self, found: z3.ModelRef, primed: tuple[Variable, ...], other: RuleModel) -> Answers:
        """The answers to what is asked, so that the engine needs not be told which parts are off."""
        moved = {each.get_id() for each in primed}

        def value(term: Variable) -> z3.ExprRef:
            return found.eval(prime(term) if term.get_id() in moved else term, model_completion=True)

        encoding = self.model.encoding
        answers: Answers = {}
        for name, terms in encoding.given.items():
            asked = z3.Or(*(self.model.primed(each.formulas.asked(name), primed) for each in (self.model, other)))
            if not z3.is_true(found.eval(asked, model_completion=True)):
                continue
            answer = answer_of(terms, value)
            if isinstance(answer, Fraction):
                limits = sorted(
                    {limit for each in (self.model, other) for limit in each.encoding.thresholds.get(name, ())}
                )
                answer = same_side(self.model.rule_set.question[name], answer, tuple(limits))
            if answer is not None and answer != UNSURE:
                answers[name] = answer
        return answers


def answer_of(terms: AnswerTerms, value: Callable[[Variable], z3.ExprRef]) -> Plain | Fraction:
    """One answer of a model; a number as the solver gives it."""
    match terms:
        case Choice(options=options):
            return next((code for code, each in options.items() if z3.is_true(value(each))), None)
        case Several(options=options, unsure=unsure):
            ticked = frozenset(code for code, each in options.items() if z3.is_true(value(each)))
            return ticked | {None} if z3.is_true(value(unsure)) else ticked
        case Numeric(known=known, value=number):
            return _fraction(value(number)) if z3.is_true(value(known)) else None


def _fraction(number: z3.ExprRef) -> Fraction:
    if z3.is_algebraic_value(number):
        number = number.approx(12)
    return Fraction(number.numerator_as_long(), number.denominator_as_long())


def same_side(question: Question, number: Fraction, limits: tuple[Decimal, ...]) -> Decimal:
    """The roundest number that can be answered and lies on the same side of every threshold."""
    ranges = [bounds(unit) for unit in question.units]
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    inside = [each for each in limits if least <= each <= most]
    if any(number == Fraction(each) for each in inside):
        return next(each for each in inside if number == Fraction(each))
    low = max((each for each in inside if Fraction(each) < number), default=least - 1)
    high = min((each for each in inside if Fraction(each) > number), default=most + 1)
    return number_between(question, low, high) or nearest(question, EXACT.divide(number.numerator, number.denominator))
