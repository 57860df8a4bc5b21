"""Answer sets that a person could give, from the models that the solver finds.

What a rule sees of a number is on which side of each threshold it lies; so a witness has the shortest
number on the same sides. Where a rule computes with numbers, that is not enough: then nearer ones follow.
Questions that are not asked, and answers that do not matter to the model's formulas, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from random import Random

import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Numeric, Several, Variable
from screening.analysis.solver.numbers import bounds, nearest, number_between, step
from screening.analysis.solver.rule_formulas import RuleModel, prime
from screening.ruleset.compiler.arithmetic import EXACT
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import Question

Answers = dict[str, Plain]
"""A witness: plain answers by question; a missing one is unknown."""

DRAWS = 400
"""How often numbers are drawn anew, where a rule computes with them."""
SEED = 1

Rounding = Callable[[str, Fraction], Decimal]
"""Makes the solver's number for a question one that can be typed."""


class Witnesses:
    """Reads the solver's models of one rule model as answer sets."""

    def __init__(self, model: RuleModel, other: RuleModel | None = None) -> None:
        """Of another rule model over the same variables, `other`, the witnesses show what it asks and compares too."""
        self._models = (model, other or model)
        self._computed_with = {name for each in self._models for name in each.computed_with}

    def readings(
        self, found: z3.ModelRef, changed: tuple[Variable, ...] = (), *, exact: bool
    ) -> Iterator[tuple[Answers, Answers]]:
        """Answer sets for a model: the roundest numbers on the same sides of thresholds first.

        Each comes with the second answer set of a pair, in which the changed variables have their primed values.
        Where a rule computes with numbers, the nearest ones that can be typed follow, and then some drawn ones; but
        only for an `exact` model: what an approximated one promises need not be true of any numbers.
        """
        one, other = self._read(found, ()), self._read(found, changed)
        yield _rounded(one, self._roundest), _rounded(other, self._roundest)
        if not exact or self._computed_with.isdisjoint(one.keys() | other.keys()):
            return
        yield _rounded(one, self._nearest), _rounded(other, self._nearest)
        chance = Random(SEED)  # noqa: S311 - the same tries each time; no secret
        for _ in range(DRAWS):
            draw = cache(partial(self._drawn, chance))  # cached: the pair's common answers are drawn once
            yield _rounded(one, draw), _rounded(other, draw)

    def _read(self, found: z3.ModelRef, primed: tuple[Variable, ...]) -> Mapping[str, Plain | Fraction]:
        """The answers to what is asked, so that the engine needs not be told which parts are off."""
        moved = {each.get_id() for each in primed}

        def value(term: Variable) -> z3.ExprRef:
            return found.eval(prime(term) if term.get_id() in moved else term, model_completion=True)

        answers: dict[str, Plain | Fraction] = {}
        for name, terms in self._models[0].encoding.given.items():
            asked = z3.Or(*(model.primed(model.formulas.asked(name), primed) for model in self._models))
            if not z3.is_true(found.eval(asked, model_completion=True)):
                continue
            answer = answer_of(terms, value)
            if answer is not None and answer != UNSURE:
                answers[name] = answer
        return answers

    # --- numbers that can be typed ---

    def _roundest(self, name: str, number: Fraction) -> Decimal:
        return same_side(self._question(name), number, self._limits(name))

    def _nearest(self, name: str, number: Fraction) -> Decimal:
        if name not in self._computed_with:
            return self._roundest(name, number)
        return nearest(self._question(name), EXACT.divide(number.numerator, number.denominator))

    def _drawn(self, chance: Random, name: str, number: Fraction) -> Decimal:
        rounded = self._roundest(name, number)
        if name not in self._computed_with:
            return rounded
        return drawn(self._question(name), rounded, self._limits(name), chance)

    def _question(self, name: str) -> Question:
        return self._models[0].rule_set.question[name]

    def _limits(self, name: str) -> tuple[Decimal, ...]:
        return tuple(sorted({limit for model in self._models for limit in model.encoding.thresholds.get(name, ())}))


def _rounded(answers: Mapping[str, Plain | Fraction], rounding: Rounding) -> Answers:
    """The answers with each number made one that can be typed."""
    return {name: rounding(name, each) if isinstance(each, Fraction) else each for name, each in answers.items()}


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
    inside = [limit for limit in limits if least <= limit <= most]
    if any(number == Fraction(each) for each in inside):
        return next(each for each in inside if number == Fraction(each))
    low = max((each for each in inside if Fraction(each) < number), default=least - 1)
    high = min((each for each in inside if Fraction(each) > number), default=most + 1)
    return number_between(question, low, high) or nearest(question, EXACT.divide(number.numerator, number.denominator))


def drawn(question: Question, number: Decimal, limits: tuple[Decimal, ...], chance: Random) -> Decimal:
    """A number that can be typed in the stored unit, between the same two thresholds as the one given."""
    least, most = bounds(question.stored_unit)
    low = max((limit for limit in limits if least <= limit < number), default=least)
    high = min((limit for limit in limits if number < limit <= most), default=most)
    steps = int((high - low) / step(question.stored_unit))
    return number if number in limits else low + chance.randint(0, steps) * step(question.stored_unit)
