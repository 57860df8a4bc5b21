"""Can all completions of open strict answers be gone through?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from screening.ruleset.compiler.classes.date_cells import days_of
from screening.ruleset.compiler.completions.completion_plan import (
    MAX_COMPLETIONS,
    MAX_LOOPS,
    CompletionPlan,
    OfNumber,
    completions_of,
)
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.parts import questions
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet

_SOME_DAY = date(2024, 2, 29)
"""A day on which dates are tried."""


def check_completions(plan: CompletionPlan, rule_set: RuleSet) -> list[Problem]:
    """There is no more to go through than can be, and no more loops than generated code may hold."""
    loops = plan.loops
    if len(loops) > MAX_LOOPS:
        name = loops[MAX_LOOPS].questions[0]
        at = next(path for question, path in questions(rule_set) if question.id == name)
        values: dict[str, object] = {"name": name, "count": len(loops), "limit": MAX_LOOPS}
        return [Problem("strict.too_many_questions", (*at, "strict"), values=values)]
    if plan.completions > MAX_COMPLETIONS:
        values = {"count": plan.completions, "limit": MAX_COMPLETIONS}
        return [Problem("strict.too_many", ("pages",), values=values)]
    numbers = (group for group in plan.groups if isinstance(group, OfNumber))
    return [problem for number in numbers for problem in _not_told_apart(number, plan, rule_set)]


def _not_told_apart(number: OfNumber, plan: CompletionPlan, rule_set: RuleSet) -> Iterator[Problem]:
    """A strict number with which rules compute so that intervals do not tell where something changes.

    It is tried with the least, the greatest and a middle one of the other numbers, and nothing else known.
    """
    asked = number.cells.question
    beside = [group for group in plan.groups_of(number.cells.reads) if not isinstance(group, OfNumber)]
    for end in range(3):
        tried = {question.id: _tried(question, end) for question in rule_set.questions}
        answers: dict[str, Plain] = {**tried, asked.id: None, TODAY: DayRange.of_day(_SOME_DAY)}
        ways = completions_of(beside, answers)
        if not all(number.cells.is_told_apart({**answers, **completion}) for completion in ways):
            at = next(path for question, path in questions(rule_set) if question.id == asked.id)
            yield Problem("strict.not_told_apart", (*at, "strict"), values={"name": asked.id})
            return


def _tried(question: Question, end: int) -> Plain:
    """A number of a question, or nothing known of it."""
    if question.type is not QuestionType.NUMBER:
        return frozenset({None}) if question.type is QuestionType.SEVERAL else _tried_date(question, end)
    unit = question.stored_unit
    return (unit.minimum, unit.maximum, (unit.minimum + unit.maximum) // 2)[end]


def _tried_date(question: Question, end: int) -> Plain:
    """A day of a date, or nothing known of what is none."""
    if question.type is not QuestionType.DATE:
        return None
    days = days_of(question, None, DayRange.of_day(_SOME_DAY))
    return days.answer((days.first, days.last, (days.first + days.last) // 2)[end])
