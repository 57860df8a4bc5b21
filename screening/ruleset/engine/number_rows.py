"""The numbers of an answer set, judged: each as it was typed, where it lies on its scale, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.number_zones import OUTER, Zones, ZoneWord, number_behind, zones_by_question
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.notes import Audience
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.model.questions import Question, Unit
from screening.ruleset.model.rule_set import Kind
from screening.ruleset.reading.answer_types import Answer, Quantity, unit_of


class NumberStatus(StrEnum):
    """Whether a number counts."""

    COUNTS = "counts"
    NO_UNIT = "no_unit"
    """Its unit is not known, so that no rule reads it."""
    SET_ASIDE = "set_aside"
    """Another answer makes the rules leave it out."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a unit."""

    number: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number that a person typed from a paper."""

    question: Question
    answer: Quantity
    status: NumberStatus
    typed: Amount | None
    """As it was typed; None where its unit is not known."""
    other: Amount | None
    """The same in the question's other unit, exactly; None where there is none."""
    zones: Zones | None
    """The zones beside it; None where it does not count, or has no scale."""
    held: tuple[ZoneWord, ...]
    """The zones in which it lies, or may lie as it is a bound; empty without zones."""
    grounds: tuple[str, ...]
    """Those of the outcome that would not hold without it."""
    notes: tuple[str, ...]
    """The same of notes that a person reads."""
    is_reason: bool
    """Whether a ground, a note, or what is possible at all rests on it: "one reason", else "no reason here"."""

    @property
    def zone(self) -> ZoneWord | None:
        """The zone in which it lies for certain."""
        return self.held[0] if len(self.held) == 1 else None

    @property
    def is_outer(self) -> bool:
        """Whether it alone calls for a doctor soon."""
        return self.zone in OUTER

    @property
    def is_outside(self) -> bool:
        """Whether it is known to lie outside the usual range."""
        return bool(self.held) and ZoneWord.USUAL not in self.held

    @property
    def place(self) -> float:
        """Where it lies along its zones, each as wide as the others, from 0 to 1; where what a bound leaves begins."""
        return 0.0 if self.answer.sign.startswith("<") else self._place

    @property
    def place_to(self) -> float | None:
        """Where what a bound leaves ends; None for one number."""
        return None if not self.answer.sign else self._place if self.answer.sign.startswith("<") else 1.0

    @property
    def _place(self) -> float:
        number = self._stored
        if self.zones is None or number is None:
            return 0.0
        index = self.zones.index(number)
        limits = [mark.limit for mark in self.zones.marks]
        unit = self.question.stored_unit
        start = limits[index - 1] if index else min(unit.minimum, number)
        if index < len(limits):
            end = limits[index]
        else:  # open at its end: as wide as the zone before it, or to the number where that lies further out
            width = limits[-1] - (limits[-2] if len(limits) > 1 else min(unit.minimum, limits[-1]))
            end = max(start + (width or start), number)
        within = float((number - start) / (end - start)) if end > start else 0.5
        return (index + min(max(within, 0.04), 0.96)) / len(self.zones.words)

    @property
    def _stored(self) -> Decimal | None:
        return EXACT.multiply(self.typed.number, self.typed.unit.factor) if self.typed else None


def number_rows(
    engine: Engine, answers: Mapping[str, Answer], plain: Mapping[str, Plain], outcome: Outcome
) -> tuple[NumberRow, ...]:
    """A row for each number of the pages on which numbers are read back, in the order asked.

    `plain` is the same answer set as the engine reads it, and `outcome` what it made of it.
    """
    rule_set = engine.rule_set
    typed = {
        question.id: answer
        for question in rule_set.questions
        if rule_set.page_of[question.id].read_back
        and question.id in outcome.asked
        and isinstance(answer := answers.get(question.id), Quantity)
    }
    judge = _Judge(engine, plain, outcome, tuple(typed))
    return tuple(judge.row(rule_set.question[name], answer) for name, answer in typed.items())


class _Judge:
    """Makes the rows of one answer set."""

    def __init__(self, engine: Engine, plain: Mapping[str, Plain], outcome: Outcome, typed: tuple[str, ...]) -> None:
        self._numbers = {name: number for name in typed if isinstance(number := plain.get(name), Decimal | Bound)}
        self._set_aside = frozenset(_set_aside(engine, plain, outcome))
        self._zones = zones_by_question(engine.rule_set, engine.names)
        self._support = _Support(engine, plain, outcome, tuple(self._numbers))

    def row(self, question: Question, answer: Quantity) -> NumberRow:
        number = self._numbers.get(question.id)
        status = self._status(question)
        zones = self._zones.get(question.id)
        beside = zones.beside(number) if zones and number is not None and status is NumberStatus.COUNTS else None
        held = beside.held(number) if beside and number is not None else ()
        grounds, notes, decides = self._support.of(question.id)
        return NumberRow(
            question=question,
            answer=answer,
            status=status,
            typed=None if number is None else Amount(answer.amount, unit_of(question, answer.unit)),
            other=None if number is None else _in_other_unit(question, answer),
            zones=beside,
            held=held,
            grounds=grounds,
            notes=notes,
            is_reason=bool(grounds or notes or decides)
            or (bool(held) and OUTER.issuperset(held)),  # it calls for a doctor, whatever else does
        )

    def _status(self, question: Question) -> NumberStatus:
        if question.id not in self._numbers:
            return NumberStatus.NO_UNIT
        return NumberStatus.SET_ASIDE if question.id in self._set_aside else NumberStatus.COUNTS


def _in_other_unit(question: Question, answer: Quantity) -> Amount | None:
    """The number in the first unit of the question that it was not typed in."""
    unit = unit_of(question, answer.unit)
    other = next((candidate for candidate in question.units if candidate is not unit), None)
    if other is None:
        return None
    return Amount(EXACT.divide(EXACT.multiply(answer.amount, unit.factor), other.factor), other)


def _set_aside(engine: Engine, plain: Mapping[str, Plain], outcome: Outcome) -> Iterator[str]:
    """Numbers that are known, while the value by which rules read them is not."""
    for value in engine.rule_set.values:
        if isinstance(value.expression.tree, ex.Conditional) and outcome.values.get(value.id) is None:
            name = number_behind(value.expression.tree, engine.names)
            if name is not None and name in engine.names.questions and plain.get(name) is not None:
                yield name


Fact = tuple[str, object]


class _Support:
    """What of an outcome rests on a number: it is gone without the number, or is there by the number alone."""

    def __init__(self, engine: Engine, plain: Mapping[str, Plain], outcome: Outcome, numbers: tuple[str, ...]) -> None:
        self._engine = engine
        self._plain = plain
        self._outcome = outcome
        self._numbers = numbers
        self._facts = self._facts_of(outcome)
        self._without_any = self._facts_without(frozenset(numbers)) if numbers else self._facts

    def of(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
        """The grounds and the notes that rest on this number, and whether the outcome itself does."""
        if name not in self._numbers:
            return (), (), False
        needed = self._facts - self._facts_without(frozenset({name}))
        alone = (self._facts & self._facts_without(frozenset(self._numbers) - {name})) - self._without_any
        rests = needed | alone
        grounds = tuple(ground for ground in self._outcome.grounds if ("ground", ground) in rests)
        notes = tuple(note for note in self._outcome.notes if ("note", note) in rests and self._compares(note, name))
        return grounds, notes, ("outcome", self._result(self._outcome)) in rests

    def _facts_without(self, names: frozenset[str]) -> frozenset[Fact]:
        return self._facts_of(
            self._engine.evaluate({name: self._plain[name] for name in self._plain if name not in names})
        )

    def _facts_of(self, outcome: Outcome) -> frozenset[Fact]:
        rule_set = self._engine.rule_set
        told = self._told(self._outcome)
        return frozenset[Fact](
            {
                ("outcome", self._result(outcome)),
                *(("ground", ground) for ground in outcome.grounds if rule_set.category_of[ground] in told),
                *(("note", note) for note in outcome.notes if rule_set.note[note].audience is not Audience.CLINIC),
            }
        )

    def _told(self, outcome: Outcome) -> frozenset[str]:
        """The categories whose grounds a person reads."""
        return outcome.possible if outcome.kind in (Kind.UNLESS, Kind.SEVERAL) else frozenset({outcome.category})

    @staticmethod
    def _result(outcome: Outcome) -> tuple[str, Kind | None, frozenset[str]]:
        return outcome.category, outcome.kind, outcome.possible

    def _compares(self, note: str, name: str) -> bool:
        """Whether a note reads the number itself: that it is known at all is no reason."""
        names = self._engine.names
        condition = names.inline(self._engine.rule_set.note[note].when.tree)
        return any(isinstance(part, ex.Comparison) and name in names.questions_in(part) for part in condition.walk())
