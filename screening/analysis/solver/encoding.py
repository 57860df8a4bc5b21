"""Every answer set that the form accepts, as variables and constraints of an SMT solver.

A given answer set has, for each question: a Boolean an option (at most one true for a choice), for a
several-choice question also `unsure` (not sure about the rest), for a number `known` and a real value
that can be typed in one of its units. Which questions are asked follows from these, and from which
parts are on. A *completion* settles each strict question compatibly with what was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

import z3

from screening.analysis.solver.numbers import bounds, number_between, on_grid
from screening.ruleset.compiler.option_classes import thresholds
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet

Variable: TypeAlias = z3.BoolRef | z3.ArithRef
Limits: TypeAlias = Mapping[str, tuple[Decimal, ...]]
"""For each number asked, the constants with which it is compared, ascending."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice: a Boolean an option, at most one of them true; none is true where the answer is unknown."""

    options: Mapping[str, z3.BoolRef]


@dataclass(frozen=True, slots=True)
class Several:
    """Several choices: a Boolean an option that is ticked, and whether the person is not sure about the rest."""

    options: Mapping[str, z3.BoolRef]
    unsure: z3.BoolRef


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number: whether it is known, and what it is."""

    known: z3.BoolRef
    value: z3.ArithRef


AnswerTerms = Choice | Several | Numeric
"""One question's answer; as variables where it was given, as formulas where it counts."""


def nothing_known(answer: AnswerTerms) -> z3.BoolRef:
    """Where nothing at all is known of an answer."""
    match answer:
        case Numeric(known=known):
            return z3.Not(known)
        case Choice(options=options):
            return z3.Not(z3.Or(*options.values()))
        case Several(options=options, unsure=unsure):
            return z3.And(unsure, z3.Not(z3.Or(*options.values())))


def variables(answer: AnswerTerms) -> list[Variable]:
    """The variables of an answer as given."""
    match answer:
        case Choice(options=options):
            return list(options.values())
        case Several(options=options, unsure=unsure):
            return [*options.values(), unsure]
        case Numeric(known=known, value=value):
            return [known, value]


def real(number: Decimal) -> z3.ArithRef:
    """An exact constant."""
    return z3.RealVal(f"{number:f}")


def limits_of(rule_set: RuleSet) -> Limits:
    """The thresholds of a rule set, in whatever expression they stand."""
    return thresholds([place.expression.tree for place in places(rule_set)], SymbolTable.of(rule_set))


class Encoding:
    """The variables of one rule set, and what every answer set satisfies."""

    def __init__(self, rule_set: RuleSet, limits: Limits | None = None) -> None:
        """`limits` are the thresholds that count, where another rule set's do too."""
        self.rule_set = rule_set
        self.names = SymbolTable.of(rule_set)
        self.thresholds = limits_of(rule_set) if limits is None else limits
        self.parts = {part.id: z3.Bool(f"part {part.id}") for part in rule_set.parts}
        self.given: dict[str, AnswerTerms] = {question.id: _given(question) for question in rule_set.questions}
        self.settled: dict[str, Choice] = {
            question.id: _settled(question) for question in rule_set.questions if question.strict
        }

    def accepted(self, name: str) -> z3.BoolRef:
        """What the form demands of the answer to a question."""
        question = self.rule_set.question[name]
        match self.given[name]:
            case Choice(options=options):
                few = z3.AtMost(*options.values(), 1)
                return z3.And(few, z3.Or(*options.values())) if question.required else few
            case Several(options=options, unsure=unsure):
                return z3.And() if question.exclusive_codes else z3.Or(*options.values(), unsure)
            case Numeric(known=known, value=value):
                in_range = self._in_range(question, value)
                return z3.And(in_range, known) if question.required else in_range

    def _in_range(self, question: Question, value: z3.ArithRef) -> z3.BoolRef:
        """The number lies in a unit's range, and passes no threshold where no number can be typed."""
        ranges = [z3.And(real(low) <= value, value <= real(high)) for low, high in map(bounds, question.units)]
        limits = self.thresholds.get(question.id, ())
        off_grid = [value != real(limit) for limit in limits if not on_grid(question, limit)]
        gaps = [
            z3.Not(z3.And(real(low) < value, value < real(high)))
            for low, high in pairwise(limits)
            if number_between(question, low, high) is None
        ]
        return z3.And(z3.Or(*ranges), *off_grid, *gaps)

    def completes(self, name: str, counted: AnswerTerms) -> z3.BoolRef:
        """The completion of a strict question agrees with its answer that counts."""
        question = self.rule_set.question[name]
        settled = self.settled[name].options
        if isinstance(counted, Several):
            agreements = [
                z3.And(z3.Implies(ticked, settled[code]), z3.Or(z3.Not(settled[code]), ticked, counted.unsure))
                for code, ticked in counted.options.items()
            ]
            return z3.And(*agreements)
        chosen = counted.options if isinstance(counted, Choice) else {}
        meant = {option.code: option.leaves_open or (option.code,) for option in question.options}
        agreements = [z3.Implies(chosen[code], z3.Or(*(settled[each] for each in meant[code]))) for code in meant]
        return z3.And(z3.PbEq([(each, 1) for each in settled.values()], 1), *agreements)

    def variables_of(self, names: Iterable[str]) -> list[Variable]:
        """The variables of these questions' answers, as given and as completed."""
        found: list[Variable] = []
        for name in names:
            found += variables(self.given[name])
            if name in self.settled:
                found += self.settled[name].options.values()
        return found


def _given(question: Question) -> AnswerTerms:
    name = question.id
    if question.type is QuestionType.NUMBER:
        return Numeric(z3.Bool(f"{name} known"), z3.Real(f"{name} value"))
    options = {option.code: z3.Bool(f"{name} {option.code}") for option in question.options if not option.exclusive}
    if question.type is QuestionType.SEVERAL:
        return Several(options, z3.Bool(f"{name} unsure"))
    return Choice(options)


def _settled(question: Question) -> Choice:
    codes = [code for code in question.complete_codes if code not in question.exclusive_codes]
    return Choice({code: z3.Bool(f"{question.id} settled {code}") for code in codes})
