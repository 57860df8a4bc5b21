"""Two rule sets over the same answers: which answer sets both forms accept, and how the solver's models of them read.

Questions that are answered in the same way in both share their variables, since these are named by question and
option. An option, or a number, that one form does not offer is no common answer. A question that only one form asks
may have any answer: the other rule set never reads it. One that changed its kind is left unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from random import Random

import z3

from screening.analysis.solver.encoding import AnswerTerms, Choice, Numeric, Several, limits_of, nothing_known
from screening.analysis.solver.engine_oracle import Judge
from screening.analysis.solver.fresh_numbers import Fresh
from screening.analysis.solver.joint_dates import joint_answer, joint_dates, union_of
from screening.analysis.solver.numbers import nearest, on_grid
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.typed_bounds import FoundBound
from screening.analysis.solver.witness import DRAWS, SEED, Answers, answer_of, drawn, exact_decimal, same_side
from screening.analysis.solver.witness_dates import Times, date_for, day_for, days_around
from screening.ruleset.compiler.classes.date_cells import DayCell, days_of
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import UNSURE, Engine
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed, time_name
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet


def answered_alike(one: Question, other: Question) -> bool:
    """Whether an answer to one question can be an answer to the other."""
    same_unit = [unit.code for unit in one.units[:1]] == [unit.code for unit in other.units[:1]]
    return one.type is other.type and same_unit


class TwoForms:
    """An old and a new rule set as two models over shared variables."""

    def __init__(self, old: Engine, new: Engine, formulas: RuleFormulas | None = None) -> None:
        """`formulas` are those of the old rule set, where they are at hand."""
        self.limits = union_of(limits_of(old.rule_set), limits_of(new.rule_set))
        self.judges = Judge(old), Judge(new)
        self.old = RuleModel(old.rule_set, limits=self.limits, formulas=formulas)
        self.new = RuleModel(new.rule_set, limits=self.limits)
        self._served: list[Answers] = []
        self._compiled = {frozenset[str](): (old, new)}

    @cached_property
    def domain(self) -> list[z3.BoolRef]:
        """What every answer set satisfies that both forms accept, with any parts on."""
        conditions: list[z3.BoolRef] = []
        for model, other in ((self.old, self.new), (self.new, self.old)):
            for name, terms in model.encoding.given.items():
                conditions.append(model.encoding.accepted(name))
                if name in other.encoding.given:
                    conditions += self._common(name, terms, other.encoding.given[name])
        return [*conditions, *joint_dates((self.old.encoding, self.new.encoding), self.limits)]

    def _common(self, name: str, terms: AnswerTerms, other: AnswerTerms) -> Iterator[z3.BoolRef]:
        """What makes an answer to one form's question one to the other's."""
        if not answered_alike(self.old.rule_set.question[name], self.new.rule_set.question[name]):
            yield nothing_known(terms)
        elif isinstance(terms, Choice | Several) and isinstance(other, Choice | Several):
            yield from (z3.Not(chosen) for code, chosen in terms.options.items() if code not in other.options)

    @cached_property
    def parts(self) -> Mapping[str, z3.BoolRef]:
        """The parts that can be on or off in either form."""
        return {**self.old.encoding.parts, **self.new.encoding.parts}

    def bounds_of(self, formulas: Iterable[z3.BoolRef]) -> list[z3.BoolRef]:
        """What is linear of the numbers in formulas that are not."""
        return [bound for reading in self.fresh(formulas) for bound in reading.bounds]

    def equations_of(self, formulas: Iterable[z3.BoolRef]) -> list[z3.BoolRef]:
        """What makes the numbers in formulas exact, as far as equations can."""
        return [reading.equation for reading in self.fresh(formulas) if reading.equation is not None]

    def fresh(self, formulas: Iterable[z3.BoolRef]) -> list[Fresh]:
        """The numbers in formulas that are not linear."""
        listed = [*formulas]
        return [reading for model in (self.old, self.new) for reading in model.nonlinear.read_by(listed)]

    @cached_property
    def typed(self) -> list[z3.BoolRef]:
        """Where every number is one that can be typed in each form that asks for it."""
        return [
            model.encoding.typed(name)
            for model in (self.old, self.new)
            for name, given in model.encoding.given.items()
            if isinstance(given, Numeric)
        ]

    def as_typed(self, assignment: z3.ModelRef) -> Answers:
        """The answers of a model with its numbers as they are."""
        return self._read(assignment, lambda _, number: exact_decimal(number))

    # --- answer sets ---

    def readings(self, assignment: z3.ModelRef) -> Iterator[Answers]:
        """Answer sets for a model: the roundest numbers on the same sides of thresholds first.

        Where a rule computes with numbers, being on the same side is not enough: then some drawn ones follow.
        """
        rounded, near = self._read(assignment, self._rounded), self._read(assignment, self._near)
        yield from (rounded, near)
        computed = {name: number for name in self._computed_with if isinstance(number := rounded.get(name), Decimal)}
        for numbers in self._served:
            yield rounded | {name: number for name, number in numbers.items() if name in computed}
        chance = Random(SEED)  # noqa: S311 - the same tries each time; no secret
        for _ in range(DRAWS if computed else 0):
            yield rounded | {name: self._drawn(name, number, chance) for name, number in computed.items()}

    def serves(self, answers: Answers) -> None:
        """Remember the numbers of an answer set that was confirmed: they often serve again."""
        numbers = {name: answers[name] for name in self._computed_with if name in answers}
        if numbers and numbers not in self._served:
            self._served.append(numbers)

    def _read(self, assignment: z3.ModelRef, number: Callable[[str, Fraction], Decimal]) -> Answers:
        """The answers of a model, with each number made one that can be typed."""
        encodings = (self.new.encoding, self.old.encoding)
        names = dict.fromkeys(name for encoding in encodings for name in encoding.given)
        read = {name: answer_of(joint_answer(name, encodings), assignment) for name in names}
        times = {name: answer for name, answer in read.items() if isinstance(answer, Times)}
        today = day_for([(self.questions(name)[0], time) for name, time in times.items()])
        answers: Answers = {TODAY: DayRange.of_day(today)} if self.has_dates else {}
        for name, answer in read.items():
            assert not isinstance(answer, FoundBound)  # noqa: S101 - two forms are compared over exact numbers
            if isinstance(answer, Fraction):
                answers[name] = number(name, answer)
            elif isinstance(answer, Times):
                answers[name] = date_for(self.questions(name)[0], answer, today)
            elif answer is not None and answer != UNSURE:
                answers[name] = answer
        return answers

    @property
    def has_dates(self) -> bool:
        """Whether one of the forms asks for a date, so that answer sets have a day that is today."""
        return self.old.rule_set.has_dates or self.new.rule_set.has_dates

    def _near(self, name: str, number: Fraction) -> Decimal:
        """The next number that can be typed."""
        return nearest(self.questions(name)[0], EXACT.divide(number.numerator, number.denominator))

    def _rounded(self, name: str, number: Fraction) -> Decimal:
        """A number that both forms take, if either form's roundest one is."""
        candidates = [same_side(question, number, self.limits.get(name, ())) for question in self.questions(name)]
        return next((candidate for candidate in candidates if self.can_be_typed(name, candidate)), candidates[0])

    def _drawn(self, name: str, number: Decimal, chance: Random) -> Decimal:
        return drawn(self.questions(name)[0], number, self.limits.get(name, ()), chance)

    @cached_property
    def _computed_with(self) -> list[str]:
        """The numbers that are not only compared, in one order."""
        return list({name: None for model in (self.old, self.new) for name in model.computed_with})

    def questions(self, name: str) -> list[Question]:
        """The question of this name in the new and in the old form."""
        rule_sets: tuple[RuleSet, ...] = (self.new.rule_set, self.old.rule_set)
        return [rule_set.question[name] for rule_set in rule_sets if name in rule_set.question]

    def can_be_typed(self, name: str, number: Decimal) -> bool:
        """Whether every form that asks for a number takes this one."""
        return all(on_grid(question, number) for question in self.questions(name))

    def accepted_days(self, name: str, today: Plain) -> DayCell | None:
        """The days that every form accepts that asks for a date, on the day that is today; None: there are none."""
        accepted = [days_of(question, None, today) for question in self.questions(name)]
        first, last = max(days.first for days in accepted), min(days.last for days in accepted)
        return DayCell(first, last) if first <= last else None

    def days_compared(self, name: str, today: date) -> list[int]:
        """The first of the days, by their numbers in the calendar, on which a comparison of a date is another one."""
        compared = ((unit, self.limits.get(time_name(name, unit), ())) for unit in Elapsed)
        return [day for unit, limits in compared for limit in limits for day in days_around(unit, limit, today)]

    def is_accepted(self, name: str, day: DayRange, today: Plain) -> bool:
        """Whether every form that asks for a date takes this one; today itself is none that is asked for."""
        days = None if name == TODAY else self.accepted_days(name, today)
        return name == TODAY or (days is not None and days.first <= day.first.toordinal() <= days.last)

    def is_common(self, name: str, answer: Plain) -> bool:
        """Whether every form that asks a question takes this answer to it."""
        questions = self.questions(name)
        if not answered_alike(questions[0], questions[-1]):
            return False
        codes = {answer} if isinstance(answer, str) else answer if isinstance(answer, frozenset) else set()
        return all(code is None or code in question.option for code in codes for question in questions)

    def possible(
        self, answers: Answers, parts_off: frozenset[str] = frozenset()
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The possible categories by the old and by the new engine; raises `ValueError` where one gives no outcome."""
        for name, answer in answers.items():
            if isinstance(answer, Decimal) and not self.can_be_typed(name, answer):
                raise ValueError(name)
            if isinstance(answer, DayRange) and not self.is_accepted(name, answer, answers[TODAY]):
                raise ValueError(name)
        before, after = (engine.possible(read_by(engine, answers)) for engine in self._engines(parts_off))
        return before, after

    def _engines(self, parts_off: frozenset[str]) -> tuple[Engine, Engine]:
        """Both engines with these parts off; compiled once."""
        if parts_off not in self._compiled:
            old, new = (Engine(judge.rule_set, parts_off, judge.engine.plan) for judge in self.judges)
            self._compiled[parts_off] = old, new
        return self._compiled[parts_off]


def read_by(engine: Engine, answers: Answers) -> Answers:
    """The answers to questions that a form asks, and today where it asks for a date."""
    known = {*engine.rule_set.question, *([TODAY] if engine.rule_set.has_dates else [])}
    return {name: answer for name, answer in answers.items() if name in known}
