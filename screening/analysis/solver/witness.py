"""Answer sets that a person could give, from the models that the solver finds.

What a rule sees of a number is on which side of each threshold it lies; so a witness has the shortest number on the
same sides. Where a rule computes with numbers, that is not enough: then nearer ones follow. Questions that are not
asked, and answers that do not matter to the model's formulas, are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from random import Random

import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Dated, Numeric, Several
from screening.analysis.solver.joint_dates import joint_answer
from screening.analysis.solver.numbers import bounds, nearest, number_between, on_grid, step
from screening.analysis.solver.query import Query
from screening.analysis.solver.rule_formulas import NOTHING, Change, RuleModel
from screening.analysis.solver.session import Candidate, Effort
from screening.analysis.solver.typed_bounds import FoundBound, found_bound
from screening.analysis.solver.witness_dates import Times, date_for, day_for
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.formulas.algebra import atom
from screening.ruleset.formulas.atoms import Free
from screening.ruleset.formulas.terms import free
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import Setting
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.questions import Question

Answers = dict[str, Plain]
"""A witness: plain answers by question; a missing one is unknown. Of a value that may be anything its result too."""

DRAWS = 400
"""How often numbers are drawn anew, where a rule computes with them."""
DRAWS_OF_BOUNDS = 40
"""The same where there is a bound among them, with which the engine takes longer."""
SEED = 1

Found = Plain | Fraction | FoundBound | Times
"""One answer of a model, its number as the solver gives it."""
Rounding = Callable[[str, Fraction], Decimal]
"""Makes the solver's number for a question one that can be typed."""


class Witness:
    """A pair of answer sets, or one twice, with the parts that are off for it."""

    def __init__(self, answers: Answers, changed: Answers, parts_off: frozenset[str]) -> None:
        self.answers = answers
        self.changed = changed
        self.parts_off = parts_off


class Witnesses:
    """Reads the solver's models of one rule model as answer sets."""

    def __init__(self, model: RuleModel, other: RuleModel | None = None) -> None:
        """Of another rule model over the same variables, `other`, the witnesses show what it asks and compares too."""
        self._models = (model, other or model)
        self._computed_with = {name for earlier in self._models for name in earlier.computed_with}

    def readings(self, candidate: Candidate, query: Query) -> Iterator[Witness]:
        """Answer sets for a model: the roundest numbers on the same sides of thresholds first.

        Each comes with the second answer set of a pair, in which the changed variables have their twins' values. Where
        a rule computes with numbers, the nearest ones that can be typed follow, and then some drawn ones; but only
        where the effort is worth it: what a rough model promises need not be true of any numbers.
        """
        one, other = (self._read(candidate.model, change, query) for change in (NOTHING, query.change))
        read = partial(self._witness, candidate.model, one, other)
        if candidate.effort is Effort.TYPED:
            yield read(self._typed)
            return
        yield read(self._roundest)
        if candidate.effort is Effort.ROUNDED or self._computed_with.isdisjoint(one.keys() | other.keys()):
            return
        yield read(self._nearest)
        chance = Random(SEED)  # noqa: S311 - the same tries each time; no secret
        has_bound = any(isinstance(answer, FoundBound) for answer in (*one.values(), *other.values()))
        for _ in range(DRAWS_OF_BOUNDS if has_bound else DRAWS):
            yield read(cache(partial(self._drawn, chance)))  # cached: the pair's common answers are drawn once

    def _witness(
        self,
        assignment: z3.ModelRef,
        one: Mapping[str, Found],
        other: Mapping[str, Found],
        rounding: Rounding,
    ) -> Witness:
        parts = {name: term for model in self._models for name, term in model.encoding.parts.items()}
        off = frozenset(name for name, on in parts.items() if z3.is_false(assignment.eval(on)))
        today = self._today(one, other)
        return Witness(self._rounded(one, rounding, today), self._rounded(other, rounding, today), off)

    def _today(self, *answers: Mapping[str, Found]) -> date:
        """A day on which both answer sets can be given."""
        read = (pair for answer_set in answers for pair in answer_set.items())
        return day_for([(self._question(name), times) for name, times in read if isinstance(times, Times)])

    def _read(self, assignment: z3.ModelRef, change: Change, query: Query) -> Mapping[str, Found]:
        """The answers to what is asked; of a pair, to what is asked in either, since both share all other answers."""
        answers: dict[str, Found] = {}
        for name in self._models[0].encoding.given:
            both = ((model, twins) for model in self._models for twins in (NOTHING, query.change))
            asked = z3.Or(*(model.printed(model.formulas.asked(name), twins) for model, twins in both))
            if not z3.is_true(assignment.eval(asked, model_completion=True)):
                continue
            answer = answer_of(joint_answer(name, (model.encoding for model in self._models), change), assignment)
            said = query.on_the_way and z3.is_true(assignment.eval(self._models[0].encoding.said[name]))
            if answer not in (None, UNSURE) or said:
                answers[name] = answer
        return answers | self._result(assignment, change)

    def _result(self, assignment: z3.ModelRef, change: Change) -> dict[str, Found]:
        """The result of a value that may be anything, by the value's name."""
        model = self._models[0]
        value = model.formulas.free_value
        if not value:
            return {}

        def is_so(what: str) -> bool:
            return bool(z3.is_true(assignment.eval(model.printed(atom(Free(what)), change))))

        tree, names = model.rule_set.value[value].expression.tree, model.formulas.names
        unknown = names.may_be_unknown(tree, Setting.RULE)
        if is_number(tree, names):
            number = _fraction(assignment.eval(model.printed_term(free(), change), model_completion=True))
            return {value: number if is_so("known") or not unknown else None}
        return {value: "true" if is_so("true") else "false" if is_so("false") or not unknown else None}

    # --- numbers that can be typed ---

    def _rounded(self, answers: Mapping[str, Found], rounding: Rounding, today: date) -> Answers:
        """The answers with each number made one that can be typed, and each time a date."""
        free_value = self._models[0].formulas.free_value
        rounded: Answers = {TODAY: DayRange.of_day(today)} if self._models[0].rule_set.has_dates else {}
        for name, answer in answers.items():
            if isinstance(answer, Fraction):
                rounded[name] = exact_decimal(answer) if name == free_value else rounding(name, answer)
            elif isinstance(answer, FoundBound):
                rounded[name] = answer.typed(rounding(name, answer.number))
            elif isinstance(answer, Times):
                rounded[name] = date_for(self._question(name), answer, today)
            else:
                rounded[name] = answer
        return rounded

    def _typed(self, _: str, number: Fraction) -> Decimal:
        return exact_decimal(number)

    def _roundest(self, name: str, number: Fraction) -> Decimal:
        return same_side(self._question(name), number, self._limits(name))

    def _nearest(self, name: str, number: Fraction) -> Decimal:
        if name not in self._computed_with:
            return self._roundest(name, number)
        return nearest(self._question(name), exact_decimal(number))

    def _drawn(self, chance: Random, name: str, number: Fraction) -> Decimal:
        rounded = self._roundest(name, number)
        if name not in self._computed_with:
            return rounded
        return drawn(self._question(name), rounded, self._limits(name), chance)

    def _question(self, name: str) -> Question:
        return self._models[0].rule_set.question[name]

    def _limits(self, name: str) -> tuple[Decimal, ...]:
        return tuple(sorted({limit for model in self._models for limit in model.encoding.thresholds.get(name, ())}))


def answer_of(terms: AnswerTerms, assignment: z3.ModelRef) -> Found:
    """One answer of a model; a number as the solver gives it."""

    def is_so(variable: z3.BoolRef) -> bool:
        return bool(z3.is_true(assignment.eval(variable, model_completion=True)))

    match terms:
        case Choice(options=options):
            return next((code for code, option in options.items() if is_so(option)), None)
        case Several(options=options, unsure=unsure):
            ticked = frozenset(code for code, option in options.items() if is_so(option))
            return ticked | {None} if is_so(unsure) else ticked
        case Numeric(known=known, value=value, sign=sign):
            if not is_so(known):
                return None
            number = _fraction(assignment.eval(value, model_completion=True))
            return (sign and found_bound(sign, number, assignment)) or number
        case Dated(known=known, times=times):
            elapsed = {
                unit: int(_fraction(assignment.eval(time, model_completion=True))) for unit, time in times.items()
            }
            return Times(elapsed) if is_so(known) else None


def _fraction(number: z3.ExprRef) -> Fraction:
    if z3.is_algebraic_value(number):
        number = number.approx(12)
    return Fraction(number.numerator_as_long(), number.denominator_as_long())


def exact_decimal(number: Fraction) -> Decimal:
    """The number itself where it has few decimals, else one very near it."""
    quotient = EXACT.divide(Decimal(number.numerator), Decimal(number.denominator)).normalize()
    return Decimal(f"{quotient:f}")


def same_side(question: Question, number: Fraction, limits: tuple[Decimal, ...]) -> Decimal:
    """The roundest number that can be answered and lies on the same side of every threshold."""
    ranges = [bounds(unit) for unit in question.units]
    least, most = min(low for low, _ in ranges), max(high for _, high in ranges)
    inside = [limit for limit in limits if least <= limit <= most]
    at = next((decimal for decimal in inside if number == Fraction(decimal)), None)
    if at is not None:
        return at if on_grid(question, at) else nearest(question, at)
    low = max((decimal for decimal in inside if Fraction(decimal) < number), default=least - 1)
    high = min((decimal for decimal in inside if Fraction(decimal) > number), default=most + 1)
    return number_between(question, low, high) or nearest(question, exact_decimal(number))


def drawn(question: Question, number: Decimal, limits: tuple[Decimal, ...], chance: Random) -> Decimal:
    """A number that can be typed in the stored unit, between the same two thresholds as the one given.

    Half of them lie near the lower end, since what is measured often spreads over several powers of ten.
    """
    least, most = bounds(question.stored_unit)
    low = max((limit for limit in limits if least <= limit < number), default=least)
    high = min((limit for limit in limits if number < limit <= most), default=most)
    steps = int((high - low) / step(question.stored_unit))
    reach = steps if chance.random() < 0.5 else chance.randint(0, steps) >> chance.randint(0, steps.bit_length())
    return number if number in limits else low + chance.randint(0, reach) * step(question.stored_unit)
