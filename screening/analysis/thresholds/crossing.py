"""What each threshold of a number does: the numbers beside it in every unit, and answers with which it matters.

The time since a date is such a number, in full days, months or years. Nothing here needs the solver: `crossing_search`
looks for the answers with it, and the cases of a rule file serve where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import pairwise

from screening.analysis.solver.witness_dates import Times, days_with
from screening.ruleset.compiler.classes.option_classes import thresholds
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.date_numbers import time_question
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import Elapsed, day_in, time_name
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet


class Side(StrEnum):
    """Where a number lies beside a threshold."""

    BELOW = "below"
    AT = "at"
    ABOVE = "above"


class Effect(StrEnum):
    """What crossing a threshold can change; `NOTHING` where it changes neither a category nor a note."""

    CATEGORY = "category"
    NOTES = "notes"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Spot:
    """A number that can be typed beside a threshold."""

    side: Side
    unit: Unit
    typed: Decimal
    stored: Decimal


@dataclass(frozen=True, slots=True)
class Threshold:
    """A constant that the number of a question is compared with, in the stored unit."""

    question: Question
    number: Decimal
    counted: Elapsed | None = None
    """Of a date: the unit in which the time since it is compared."""

    @property
    def measured(self) -> Question:
        """What is compared as a question for a number: the one asked, or the time since a date."""
        return time_question(self.question, self.counted) if self.counted else self.question

    def spots(self) -> Iterator[Spot]:
        """The numbers just below, at and just above it, unit by unit; "at" only where it can be typed."""
        for unit in self.measured.units:
            size = Decimal(1).scaleb(-unit.decimals)
            count = EXACT.divide(EXACT.divide(self.number, unit.factor), size)
            low, high = count.to_integral_value(ROUND_FLOOR), count.to_integral_value(ROUND_CEILING)
            sides = {Side.BELOW: low - 1 if low == high else low, Side.ABOVE: high + 1 if low == high else high}
            if low == high:
                sides[Side.AT] = low
            for side in (way for way in Side if way in sides):
                typed = EXACT.quantize(sides[side] * size, size)
                if unit.minimum <= typed <= unit.maximum:
                    yield Spot(side, unit, typed, EXACT.multiply(typed, unit.factor))

    def steps(self) -> Iterator[tuple[Decimal, Decimal]]:
        """Neighbours in the stored unit: from just below to at, and from at to just above."""
        stored = [spot.stored for spot in self.spots() if spot.unit == self.measured.stored_unit]
        yield from pairwise(stored)

    def answer(self, number: Decimal, today: date) -> Plain:
        """The answer that has a number; of a date the day nearest to the threshold, or None where none is accepted."""
        if self.counted is None:
            return number
        days = days_with(self.question, Times({self.counted: int(number)}), today)
        return None if days is None else days.answer(days.first if number < self.number else days.last)

    def with_number(self, number: Decimal, answers: Mapping[str, Plain]) -> dict[str, Plain]:
        """Some answers, with this number as the answer to its question."""
        return {**answers, self.question.id: self.answer(number, day_in(answers))}


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a threshold can change, and the other answers with which it does."""

    threshold: Threshold
    effect: Effect
    answers: Mapping[str, Plain]
    """Answers to the other questions, and today where there are dates; without an effect, none."""
    ordinary: tuple[str, ...] = ()
    """Those of them that say nothing that a rule looks for."""
    proved: bool = False
    """Whether nothing more than this effect can come of it, for every answer set."""


def all_thresholds(rule_set: RuleSet) -> Iterator[Threshold]:
    """Every threshold of every number and date, in the order in which they are asked."""
    thresholds_read = thresholds((place.expression.tree for place in places(rule_set)), SymbolTable.of(rule_set))
    for question in rule_set.questions:
        units = Elapsed if question.type is QuestionType.DATE else ()
        yield from (Threshold(question, number) for number in thresholds_read.get(question.id, ()))
        for unit in units:
            limits = thresholds_read.get(time_name(question.id, unit), ())
            yield from (Threshold(question, number, unit) for number in limits)


def effect_between(
    engine: Engine, threshold: Threshold, answers: Mapping[str, Plain], low: Decimal, high: Decimal
) -> Effect:
    """What is different between two numbers, all other answers the same; nothing where today no day has one of them."""
    pair = [threshold.with_number(number, answers) for number in (low, high)]
    if any(answer_set[threshold.question.id] is None for answer_set in pair):
        return Effect.NOTHING
    one, other = map(engine.evaluate, pair)
    return effect_of(one, other)


def effect_of(one: Outcome, other: Outcome) -> Effect:
    """What is different between two outcomes."""
    if (one.category, one.possible) != (other.category, other.possible):
        return Effect.CATEGORY
    return Effect.NOTHING if one.notes == other.notes else Effect.NOTES


def shown_by_cases(engine: Engine, threshold: Threshold, cases: Iterable[Mapping[str, Plain]]) -> Crossing:
    """The greatest effect that the answers of some case show; no proof that there is no greater one."""
    name = threshold.question.id
    required = {question.id for question in engine.rule_set.questions if question.required}
    notes: Crossing | None = None
    for answers in (case for case in cases if required <= case.keys() | {name}):
        for low, high in threshold.steps():
            effect = effect_between(engine, threshold, answers, low, high)
            others = {key: answer for key, answer in answers.items() if key != name}
            if effect is Effect.CATEGORY:
                return Crossing(threshold, effect, others)
            if effect is Effect.NOTES:
                notes = notes or Crossing(threshold, effect, others)
    return notes or Crossing(threshold, Effect.NOTHING, {})
