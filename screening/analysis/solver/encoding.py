"""Every answer set that the form accepts, as variables and constraints of an SMT solver.

An answer set has, for each question: a Boolean an option (at most one true for a choice), for a several-choice question
also `unsure` (not sure about the rest), for a number `known` and a real value. Where answers may be bounds, a number
has beside these what its sign says: the two ends of what it leaves follow. Which questions are asked follows from all
these, and from which parts are on. In a second answer set some variables may differ: these have a *twin*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import TypeAlias

import z3

from screening.analysis.solver.numbers import bounds, step
from screening.ruleset.compiler.classes.option_classes import thresholds
from screening.ruleset.formulas.counting import tickable
from screening.ruleset.formulas.date_numbers import (
    DAYS_OF_MONTH,
    DAYS_OF_YEAR,
    SLACK,
    answered_question,
    time_question,
    times_read,
)
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.dates import Elapsed, time_name
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType, Unit
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
class Sign:
    """What stands before a number that is a bound: one of the first three is true of one, and none of an exact one."""

    from_zero: z3.BoolRef
    """It leaves what lies from zero up to the number."""
    endless_low: z3.BoolRef
    """It leaves all below the number."""
    endless_high: z3.BoolRef
    """It leaves all above the number."""
    reached: z3.BoolRef
    """It leaves the number itself, too."""

    @property
    def is_one(self) -> z3.BoolRef:
        """Whether there is a sign."""
        return z3.Or(self.from_zero, self.endless_low, self.endless_high)

    @property
    def all(self) -> list[z3.BoolRef]:
        """Its variables."""
        return [self.from_zero, self.endless_low, self.endless_high, self.reached]


@dataclass(frozen=True, slots=True)
class Numeric:
    """A number: whether it is known, what was typed, and the sign before it where there may be one."""

    known: z3.BoolRef
    value: z3.ArithRef
    sign: Sign | None = None

    @property
    def low(self) -> z3.ArithRef:
        """The least end of the numbers left, where there is one."""
        return self.value if self.sign is None else z3.If(self.sign.from_zero, real(Fraction(0)), self.value)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date: whether it is known, and how long ago it is in each unit in which conditions read it."""

    known: z3.BoolRef
    times: Mapping[Elapsed, z3.ArithRef]


AnswerTerms = Choice | Several | Numeric | Dated
"""The variables of one question's answer as given."""


def nothing_known(answer: AnswerTerms) -> z3.BoolRef:
    """Where nothing at all is known of an answer."""
    match answer:
        case Numeric(known=known) | Dated(known=known):
            return z3.Not(known)
        case Choice(options=options):
            return z3.Not(z3.Or(*options.values()))
        case Several(options=options, unsure=unsure):
            return z3.And(unsure, z3.Not(z3.Or(*options.values())))


def variables(answer: AnswerTerms) -> list[Variable]:
    """The variables of an answer."""
    match answer:
        case Choice(options=options):
            return list(options.values())
        case Several(options=options, unsure=unsure):
            return [*options.values(), unsure]
        case Numeric(known=known, value=value, sign=sign):
            return [known, value, *(sign.all if sign else ())]
        case Dated(known=known, times=times):
            return [known, *times.values()]


def twin(variable: Variable) -> Variable:
    """The variable's twin in another answer set."""
    name = f"{variable.decl().name()}'"
    return z3.Bool(name) if z3.is_bool(variable) else z3.Real(name)


def real(number: Decimal | Fraction) -> z3.ArithRef:
    """An exact constant."""
    exact = Fraction(number)
    return z3.RealVal(f"{exact.numerator}/{exact.denominator}")


def limits_of(rule_set: RuleSet) -> Limits:
    """The thresholds of a rule set, in whatever expression they stand."""
    return thresholds([place.expression.tree for place in places(rule_set)], SymbolTable.of(rule_set))


class Encoding:
    """The variables of one rule set, and what every answer set satisfies."""

    def __init__(self, rule_set: RuleSet, limits: Limits | None = None, *, bounded: bool = False) -> None:
        """`limits` are the thresholds that count, where another rule set's do too; `bounded`: numbers may be bounds."""
        self.rule_set = rule_set
        self.bounded = bounded
        self.thresholds = limits_of(rule_set) if limits is None else limits
        self.parts = {part.id: z3.Bool(f"part {part.id}") for part in rule_set.parts}
        times = times_read(place.expression.tree for place in places(rule_set))
        self.given: dict[str, AnswerTerms] = {
            question.id: _given(question, times.get(question.id, ()), bounded=bounded)
            for question in rule_set.questions
        }
        self.said = {question.id: z3.Bool(f"{question.id} said") for question in rule_set.questions}
        """Whether anything was said to a question on the way, "I'm not sure" included."""

    def accepted(self, name: str, twins: frozenset[str] = frozenset()) -> z3.BoolRef:
        """What the form demands of the answer to a question; that of the variables in `twins`, of their twins."""
        question = self.rule_set.question[name]
        match self.answer(name, twins):
            case Choice(options=options):
                few = z3.AtMost(*options.values(), 1)
                said = (chosen for code, chosen in options.items() if code not in question.unsure_codes)
                return z3.And(few, z3.Or(*said)) if question.required else few
            case Several(options=options, unsure=unsure):
                return z3.And() if question.exclusive_codes else z3.Or(*options.values(), unsure)
            case Numeric(known=known, value=value, sign=sign):
                accepted = in_range(question, value) if sign is None else _bound_in_range(question, value, sign)
                return z3.And(accepted, known) if question.required else accepted
            case Dated(known=known, times=times):
                accepted = z3.And(*plausible(question, times))
                return z3.And(accepted, known) if question.required else accepted

    def typed(self, name: str, twins: frozenset[str] = frozenset()) -> z3.BoolRef:
        """Where a number has the digits that its units print; more can be typed, but witnesses are told with these."""
        answer = self.answer(name, twins)
        assert isinstance(answer, Numeric)  # noqa: S101 - only numbers are typed
        return z3.Or(*(_on_grid(unit, answer.value, index) for index, unit in enumerate(self.question(name).units)))

    def question(self, name: str) -> Question:
        """A question of the rule set, or the time since a date as if it were one."""
        return answered_question(self.rule_set.question, name)

    def answer(self, name: str, twins: frozenset[str]) -> AnswerTerms:
        """The variables of an answer, or their twins where these are named."""

        def of(variable: Variable) -> Variable:
            return twin(variable) if variable.decl().name() in twins else variable

        match self.given[name]:
            case Choice(options=options):
                return Choice({code: of(option) for code, option in options.items()})
            case Several(options=options, unsure=unsure):
                return Several({code: of(option) for code, option in options.items()}, of(unsure))
            case Numeric(known=known, value=value, sign=sign):
                return Numeric(of(known), of(value), Sign(*map(of, sign.all)) if sign else None)
            case Dated(known=known, times=times):
                return Dated(of(known), {unit: of(value) for unit, value in times.items()})


def _given(question: Question, times: Iterable[Elapsed], *, bounded: bool) -> AnswerTerms:
    name = question.id
    match question.type:
        case QuestionType.NUMBER:
            parts = ("from zero", "endless low", "endless high", "reached")
            sign = Sign(*(z3.Bool(f"{name} {part}") for part in parts)) if bounded else None
            return Numeric(z3.Bool(f"{name} known"), z3.Real(f"{name} value"), sign)
        case QuestionType.SEVERAL:
            return Several({code: z3.Bool(f"{name} {code}") for code in tickable(question)}, z3.Bool(f"{name} unsure"))
        case QuestionType.CHOICE:
            return Choice({code: z3.Bool(f"{name} {code}") for code in question.option})
        case QuestionType.TEXT:
            return Choice({WRITTEN: z3.Bool(f"{name} {WRITTEN}")})
        case QuestionType.DATE:
            return Dated(z3.Bool(f"{name} known"), {unit: z3.Real(time_name(name, unit)) for unit in times})


def plausible(question: Question, times: Mapping[Elapsed, z3.ArithRef]) -> Iterator[z3.BoolRef]:
    """What holds of the times since one date, whatever day today is; what else must hold, the engine says."""
    for unit, value in times.items():
        yield in_range(time_question(question, unit), value)
    days, months, years = (times.get(unit) for unit in Elapsed)
    if months is not None and years is not None:
        yield z3.And(12 * years <= months, months <= 12 * years + 11)
    for part, mean in ((months, DAYS_OF_MONTH), (years, DAYS_OF_YEAR)):
        if days is not None and part is not None:
            yield z3.And(real(mean) * part - SLACK <= days, days <= real(mean) * (part + 1) + SLACK)


def exact(answer: AnswerTerms) -> z3.BoolRef:
    """Where an answer is no bound."""
    sign = answer.sign if isinstance(answer, Numeric) else None
    return z3.BoolVal(val=True) if sign is None else z3.Not(sign.is_one)


def in_range(question: Question, value: z3.ArithRef) -> z3.BoolRef:
    """A number lies in the range of one of a question's units."""
    return z3.Or(*(_in_range(unit, value) for unit in question.units))


def _bound_in_range(question: Question, value: z3.ArithRef, sign: Sign) -> z3.BoolRef:
    """A number lies in range, and its sign is one that its unit can have and that leaves some number."""
    in_some_unit = []
    for unit in question.units:
        below, other = (sign.endless_low, sign.from_zero) if unit.minimum < 0 else (sign.from_zero, sign.endless_low)
        leaves_some = z3.Or(z3.Not(sign.from_zero), sign.reached, value > 0)
        in_some_unit.append(
            z3.And(_in_range(unit, value), z3.Not(other), z3.Not(z3.And(below, sign.endless_high)), leaves_some)
        )
    return z3.Or(*in_some_unit)


def _in_range(unit: Unit, value: z3.ArithRef) -> z3.BoolRef:
    """A number lies in a unit's range: any real one, unless only whole numbers are ever read."""
    if unit.whole:
        return _on_grid(unit, value, 0)
    low, high = bounds(unit)
    return z3.And(real(low) <= value, value <= real(high))


def _on_grid(unit: Unit, value: z3.ArithRef, index: int) -> z3.BoolRef:
    """A number counts so many of the unit's smallest steps."""
    size = step(unit)
    low, high = bounds(unit)
    count = z3.Int(f"{value.decl().name()} steps {index} {size}")
    least = int((low / size).to_integral_value(ROUND_CEILING))
    most = int((high / size).to_integral_value(ROUND_FLOOR))
    return z3.And(value == real(size) * z3.ToReal(count), count >= least, count <= most)
