"""The formulas say of dates what the engine says of them, and what the solver knows beside is true of every day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.date_numbers import DAYS_OF_MONTH, DAYS_OF_YEAR, SLACK, reach, time_question
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import (
    TODAY,
    DatesUnreadError,
    DayRange,
    Elapsed,
    earliest_day,
    elapsed,
    latest_day,
    time_name,
)
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from tests.ruleset.formulas.test_rules import assert_same
from tests.support.rules import small_rules as small
from tests.support.rules.random_dates import DAYS, TODAYS, answer_sets, rule_sets


def times(rule_set: RuleSet, answers: dict[str, Plain]) -> dict[str, Decimal]:
    """How long ago the dates of an answer set are, by the names that formulas use."""
    today = answers[TODAY]
    assert isinstance(today, DayRange)
    found = {}
    for name, answer in answers.items():
        if name in rule_set.question and isinstance(answer, DayRange):
            assert answer.is_day
            for unit in Elapsed:
                found[time_name(name, unit)] = Decimal(elapsed(unit, answer.first, today.first))
    return found


@given(rule_sets(), TODAYS, st.data())
@settings(max_examples=25, deadline=None)
def test_formulas_say_of_dates_what_the_engine_says(rule_set: RuleSet, today: date, drawn: st.DataObject) -> None:
    engine, formulas = Engine(rule_set), RuleFormulas(rule_set, bounded=drawn.draw(st.booleans()))
    try:
        assert formulas.possible
    except DatesUnreadError:
        assume(False)
    for _ in range(4):
        answers = drawn.draw(answer_sets(rule_set, today, to_the_day=True))
        assert_same(formulas, engine, answers, times(rule_set, answers))


@given(DAYS, TODAYS)
def test_days_months_and_years_lie_where_the_solver_takes_them_to_lie(day: date, today: date) -> None:
    days, months, years = (elapsed(unit, day, today) for unit in Elapsed)
    assert 12 * years <= months <= 12 * years + 11
    for part, mean in ((months, DAYS_OF_MONTH), (years, DAYS_OF_YEAR)):
        assert mean * part - SLACK <= days <= mean * (part + 1) + SLACK


@given(TODAYS, st.integers(1, 150), st.booleans())
def test_every_time_that_a_date_may_be_is_in_reach_and_every_month_and_year_in_reach_is_one(
    today: date, years: int, future: bool
) -> None:
    question = Question("q", QuestionType.DATE, "?", "q", within_years=years, future=future)
    last = latest_day(today, years) if future else today
    for unit in Elapsed:
        ends = elapsed(unit, last, today), elapsed(unit, earliest_day(today, years), today)
        least, most = reach(question, unit)
        assert least <= ends[0]
        assert ends[1] <= most
        assert unit is Elapsed.DAYS or (least, most) == ends
    assert all(unit.whole for unit in time_question(question, Elapsed.MONTHS).units)


@pytest.mark.parametrize(
    "condition",
    [
        "days_since(a) > 3 and months_since(a) < 2",
        "days_since(a) > 366",
        "days_since(a) - days_since(b) > 3",
    ],
)
def test_a_strict_date_of_which_today_decides_what_there_is_cannot_be_proved(condition: str) -> None:
    dates = [small.date("b", 1, required=True), small.date("a", 1, strict=True)]
    formulas = RuleFormulas(small.built(small.rule_file(dates, [small.rule("found", small.ground("g", condition))])))
    with pytest.raises(DatesUnreadError):
        assert formulas.possible
