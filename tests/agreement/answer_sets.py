"""Draws answer sets that readers may read in two ways, in the form in which programs send answers.

Numbers lie on what they are compared with, one step beside it and a hair beside it, in every unit; values that are
worked out nearly reach their thresholds. Questions are not asked and answered all the same, or left open in each way.
In one set of ten a number is a bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from random import Random

from screening.analysis.solver.encoding import limits_of
from screening.analysis.solver.witness_dates import days_around
from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.ruleset.compiler.classes.date_cells import days_of
from screening.ruleset.compiler.numbers.reals import exact_order
from screening.ruleset.compiler.numbers.thresholds import value_thresholds
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import DayRange, Elapsed, time_name
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.typed_numbers import written
from tests.support.rules.random_liver import reads, telling

Raw = dict[str, object]
"""An answer set as a program sends it."""
TEXTS = ("\u6c34", "-5", "written", "<b>\n'; DROP TABLE answers; --", "  {soil}  ", "\u0645\u0627\u0621", "a,b;\u2028c")
"""Texts that somebody may take for something else than words."""
TODAY = date(2026, 11, 30)
"""The day that is today in answer sets with dates, where no other is named."""
HAIR = 2
"""How many digits finer than a report prints numbers are drawn too."""


def step(unit: Unit) -> Decimal:
    """The finest step that reports print."""
    return Decimal(1) if unit.whole else Decimal(1).scaleb(-unit.decimals)


def numbers(rule_set: RuleSet, question: Question) -> list[Raw]:
    """The numbers at and beside everything that a number is compared with, in each of its units."""
    found: list[Raw] = []
    for unit in question.units:
        steps = [step(unit)] if unit.whole else [step(unit), step(unit).scaleb(-HAIR)]
        marks = {unit.minimum, unit.maximum}
        for mark in telling(rule_set, question):
            for size in steps:
                below = (mark / unit.factor / size).to_integral_value(ROUND_FLOOR) * size
                marks |= {below - size, below, below + size}
        inside = sorted(mark for mark in marks if unit.minimum <= mark <= unit.maximum)
        found += [{"value": number, "unit": unit.code} for number in inside]
    return found


def dates(rule_set: RuleSet, question: Question, today: date) -> list[str]:
    """The days at and beside everything that the time since a date is compared with; their months and years too."""
    limits, accepted = limits_of(rule_set), days_of(question, None, DayRange.of_day(today))
    days = {accepted.first, accepted.last, today.toordinal(), today.toordinal() - 40}
    for unit in Elapsed:
        for limit in limits.get(time_name(question.id, unit), ()):
            days |= {day + beside for day in days_around(unit, limit, today) for beside in (-1, 0, 1)}
    inside = [date.fromordinal(day).isoformat() for day in sorted(days) if accepted.first <= day <= accepted.last]
    return [day[:length] for day in inside for length in (10, 10, 10, 7, 4)]


class AnswerSets:
    """Draws answer sets to one rule file; the same ones for the same seed."""

    def __init__(self, engine: Engine, seed: int, cases: Sequence[Case] = (), today: date = TODAY) -> None:
        """Most sets are changed `cases`: in others nearly every emergency there is would come true."""
        self.today = today
        self.engine = engine
        self.rule_set = engine.rule_set
        self._chance = Random(seed)
        self._chance_of_bounds = Random(f"bounds {seed}")
        self._bases = [{name: raw_answer(answer) for name, answer in case.answers.items()} for case in cases]
        asked = [question for question in self.rule_set.questions if question.type is QuestionType.NUMBER]
        self._numbers = {question.id: numbers(self.rule_set, question) for question in asked}
        dated = [question for question in self.rule_set.questions if question.type is QuestionType.DATE]
        self._dates = {question.id: dates(self.rule_set, question, today) for question in dated}
        self._thresholds = {name: limits for name, limits in value_thresholds(self.rule_set).items() if limits}

    def draw(self, count: int) -> Iterator[Raw]:
        """So many answer sets that have an outcome."""
        left = count
        while left:
            answers = self._answers()
            if self._thresholds and self._chance.random() < 0.3:
                answers = self._near_miss(answers)
            if self._chance_of_bounds.random() < 0.1:
                answers = self._with_bound(answers)
            try:
                self.engine.state(self._plain(answers))
            except RequiredAnswerMissingError:
                continue
            left -= 1
            yield {**answers, "today": self.today.isoformat()} if self._dates else answers

    def _with_bound(self, answers: Raw) -> Raw:
        """The answers with one of their numbers as a bound, as it is typed; what a case has as a bound stays one."""
        known = {name: value for name, value in answers.items() if isinstance(value, dict) and value["unit"]}
        numbers = {name: value for name, value in known.items() if not str(value["value"]).startswith(("<", ">"))}
        if not numbers:
            return answers
        name = self._chance_of_bounds.choice(sorted(numbers))
        sign = self._chance_of_bounds.choice(("<", "<=", ">", ">="))
        amount = Decimal(str(numbers[name]["value"]))
        bound = {"value": f"{sign}{written(amount)}", "unit": numbers[name]["unit"]}
        return answers if sign == "<" and not amount else {**answers, name: bound}

    def _plain(self, answers: Mapping[str, object]) -> dict[str, Plain]:
        question = self.rule_set.question
        read = {name: read_answer(question[name], raw) for name, raw in answers.items()}
        return dict(plain_answers(self.rule_set, read, self.today))

    # --- one answer set ---

    def _answers(self) -> Raw:
        base: Raw = dict(self._chance.choice(self._bases)) if self._bases else {}
        base |= {name: self._chance.choice(days) for name, days in self._dates.items() if base.get(name)}
        questions = list(self.rule_set.questions)
        changed = len(questions) if not base else self._chance.choice((1, 2, 4, 8, len(questions)))
        for question in self._chance.sample(questions, min(changed, len(questions))):
            base[question.id] = self._answer(question)
        for question in questions:
            if base.get(question.id) is None and (question.required or self._chance.random() < 0.5):
                base.pop(question.id, None)  # nothing was said at all, instead of "I'm not sure"
            if question.required and question.id not in base:
                base[question.id] = self._answer(question)
        return base

    def _answer(self, question: Question) -> object:
        chance = self._chance
        if not question.required and chance.random() < 0.2:
            return None
        match question.type:
            case QuestionType.CHOICE:
                return chance.choice([*question.option])
            case QuestionType.SEVERAL:
                return self._ticks(question)
            case QuestionType.TEXT:
                return chance.choice(TEXTS)
            case QuestionType.DATE:
                return chance.choice(self._dates[question.id])
            case QuestionType.NUMBER:
                number = chance.choice(self._numbers[question.id])
                may_lack_unit = len(question.units) > 1 and not question.required
                return {**number, "unit": None} if may_lack_unit and chance.random() < 0.1 else number

    def _ticks(self, question: Question) -> object:
        codes = [code for code in question.option if code not in question.exclusive_codes]
        ticked: list[str | None] = [code for code in codes if self._chance.random() < 0.25]
        if self._chance.random() < 0.2:
            return [*ticked, None]
        return ticked or sorted(question.exclusive_codes) or None

    # --- values that are worked out ---

    def _near_miss(self, answers: Raw) -> Raw:
        """The answers with one number such that a value is just above or just below one of its thresholds."""
        name = self._chance.choice(sorted(self._thresholds))
        limit = self._chance.choice(self._thresholds[name])
        read = sorted(self._numbers.keys() & set(reads(self.rule_set, self.rule_set.value[name].expression.tree)))
        if not read:
            return answers
        answers = answers | {name: self._chance.choice(self._numbers[name]) for name in read}
        turned = self.rule_set.question[self._chance.choice(read)]
        unit = self._chance.choice(turned.units)
        size = step(unit) if unit.whole else step(unit).scaleb(-HAIR)

        def side(steps: int) -> int | None:
            moved = answers | {turned.id: {"value": steps * size, "unit": unit.code}}
            counted, _ = self.engine.functions.effective(self.engine.state(self._plain(moved)))
            values = dict(zip(self.rule_set.value, self.engine.functions.values(counted), strict=True))
            number = values[name]
            return exact_order(number, limit) if isinstance(number, Decimal) else None

        low, high = -int(-unit.minimum // size), int(unit.maximum // size)
        if self._lacks(answers) or side(low) is None or side(low) == side(high):
            return answers
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if side(middle) == side(low) else (low, middle)
        return answers | {turned.id: {"value": self._chance.choice((low, high)) * size, "unit": unit.code}}

    def _lacks(self, answers: Raw) -> bool:
        return any(question.required and question.id not in answers for question in self.rule_set.questions)
