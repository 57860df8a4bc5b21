"""Looks for a difference beside the cases: each date moved to the days at which comparisons turn. It proves nothing.

For mutants of which the solver cannot speak: a strict date read in several units depends on what day it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from screening.analysis.comparison.difference import Differences
from screening.analysis.solver.encoding import limits_of
from screening.analysis.solver.witness import Answers
from screening.analysis.solver.witness_dates import days_around
from screening.rulefiles.cases.case_file import Case
from screening.ruleset.compiler.classes.date_cells import days_of
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.dates import TODAY, Elapsed, day_in, time_name
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.model.rule_set import RuleSet


def find_beside(cases: Iterable[Case], differences: Differences, changed: Engine) -> Answers | None:
    """A smallest answer set of which the outcomes differ, if one date of a case makes one."""
    rule_sets = (differences.judge.rule_set, changed.rule_set)
    for case in cases:
        for answers in _moved(case, rule_sets):
            if differences.differ(changed, answers):
                return differences.smallest(changed, answers)
    return None


def _moved(case: Case, rule_sets: tuple[RuleSet, RuleSet]) -> Iterator[Answers]:
    answers = case.plain(rule_sets[0])
    today, limits = day_in(answers), [limits_of(rule_set) for rule_set in rule_sets]
    for question in rule_sets[0].questions:
        if question.type is not QuestionType.DATE:
            continue
        accepted = days_of(question, None, answers[TODAY])
        compared = (
            (unit, chain(*(by_name.get(time_name(question.id, unit), ()) for by_name in limits))) for unit in Elapsed
        )
        turns = {
            day
            for unit, limits_of_unit in compared
            for limit in limits_of_unit
            for day in days_around(unit, limit, today)
        }
        for day in sorted({tried for turn in turns for tried in (turn - 1, turn)}):
            if accepted.first <= day <= accepted.last:
                yield {**answers, question.id: accepted.answer(day)}
