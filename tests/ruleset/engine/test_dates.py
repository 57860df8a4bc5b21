"""How long ago dates are, and what rules make of it: beside a judge that goes through every day of a partial date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.ground_status import GroundStatus, GroundStatuses
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.language.parsing import parse
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import (
    TODAY,
    DayRange,
    Elapsed,
    TodayMissingError,
    as_partial,
    elapsed,
    elapsed_between,
)
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import plain_answer
from tests.support.every import for_every
from tests.support.rules import small_rules as small
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.interpreter import passed
from tests.support.rules.random_dates import DAYS, TODAYS, answer_sets, partials, rule_sets


@given(DAYS, TODAYS)
def test_time_is_counted_in_whole_days_months_and_years(day: date, today: date) -> None:
    for unit in Elapsed:
        assert elapsed(unit, day, today) == passed(unit, day, today)


@pytest.mark.parametrize(
    ("day", "today", "months", "years"),
    [
        (date(2000, 2, 29), date(2001, 2, 28), 11, 0),
        (date(2000, 2, 29), date(2001, 3, 1), 12, 1),
        (date(2000, 2, 29), date(2004, 2, 29), 48, 4),
        (date(2024, 1, 31), date(2024, 2, 29), 0, 0),
        (date(2024, 1, 31), date(2024, 3, 1), 1, 0),
        (date(2024, 5, 17), date(2024, 5, 17), 0, 0),
        (date(2024, 5, 18), date(2024, 5, 17), -1, -1),
    ],
)
def test_who_was_born_on_29_february_is_a_year_older_on_1_march(
    day: date, today: date, months: int, years: int
) -> None:
    assert (elapsed(Elapsed.MONTHS, day, today), elapsed(Elapsed.YEARS, day, today)) == (months, years)


@given(DAYS, TODAYS)
@settings(max_examples=40)
def test_a_month_or_a_year_is_between_the_times_of_all_its_days(day: date, today: date) -> None:
    for partial in partials(day):
        every = [date.fromordinal(n) for n in range(partial.days.first.toordinal(), partial.days.last.toordinal() + 1)]
        assert len(every) == (
            1 if partial.day else monthrange(day.year, day.month)[1] if partial.month else 365 + _is_leap(day)
        )
        for unit in Elapsed:
            times = [passed(unit, day, today) for day in every]
            assert elapsed_between(unit, partial.days, today) == (min(times), max(times))
        assert as_partial(partial.days) == partial


def _is_leap(day: date) -> bool:
    return (date(day.year, 3, 1) - date(day.year, 2, 1)).days == 29


BORN = small.built(
    small.rule_file(
        [small.date("born", 120), small.date("seen", 2, future=True)],
        [small.rule("found", small.ground("always", "1 < 2"))],
    )
)


@for_every(
    ("condition", "typed", "wanted"),
    [
        ("years_since(born) >= 18", {"born": "2008-11-30"}, True),
        ("years_since(born) >= 18", {"born": "2008-12-01"}, False),
        ("years_since(born) >= 18", {"born": "2008-12"}, False),
        ("years_since(born) >= 18", {"born": "2008"}, None),
        ("years_since(born) >= 18", {"born": "2007"}, True),
        ("years_since(born) >= 18", {}, None),
        ("known(born)", {"born": "2008"}, True),
        ("known(born)", {}, False),
        ("months_since(born) < 3", {"born": "2026-09"}, True),
        ("months_since(born) < 3", {"born": "2026-08"}, None),
        ("months_since(born) == 0", {"born": "2026-11"}, True),
        ("days_since(born) <= 29", {"born": "2026-11"}, True),
        ("days_since(born) >= 0", {"born": "2026"}, True),
        ("days_since(seen) < 0", {"seen": "2026-12"}, True),
        ("days_since(seen) < 0", {"seen": "2026-11"}, False),
        ("days_since(seen) < 0", {"seen": "2026"}, None),
        ("years_since(seen) == 0 - 1", {"seen": "2026-12"}, True),
        ("days_since(born) - days_since(seen) > 300", {"born": "2025", "seen": "2026-12-24"}, True),
        ("days_since(born) == days_since(born)", {"born": "2025"}, None),
        ("(1 if months_since(born) < 3 else 2) == 1", {"born": "2026"}, None),
        ("min(years_since(born), 5) == 5", {"born": "2000"}, True),
    ],
)
def test_a_comparison_is_certain_if_it_is_the_same_on_all_days(
    condition: str, typed: Mapping[str, str], wanted: bool | None
) -> None:
    today = date(2026, 11, 30)
    answers: dict[str, Plain] = {"born": None, "seen": None, TODAY: DayRange.of_day(today)}
    for name, text in typed.items():
        question = BORN.question[name]
        answers[name] = plain_answer(question, read_answer(question, text, today=today), today)
    tree = parse(condition)
    holds, fails = (compile_condition(BORN, node)(answers, "", None, frozenset(), ()) for node in (tree, ex.Not(tree)))
    assert {(True, False): True, (False, True): False, (False, False): None}[holds, fails] is wanted


def test_dates_are_never_judged_without_a_day() -> None:
    engine = Engine(BORN)
    with pytest.raises(TodayMissingError):
        engine.evaluate({"born": DayRange.of_day(date(2000, 1, 1))})
    with pytest.raises(TodayMissingError):
        engine.asked_questions({})


# --- outcomes, beside the judge ---


def assert_outcomes_of_the_brute_force(rule_set: RuleSet, today: date, drawn: st.DataObject) -> None:
    engine, judge, explainer = Engine(rule_set), BruteForce(rule_set), None
    for _ in range(2):
        answers = drawn.draw(answer_sets(rule_set, today))
        found = engine.evaluate(answers)
        judge.assert_same(found, answers)
        statuses = GroundStatuses(engine).of(answers, found)
        assert {name for name, status in statuses.items() if status is GroundStatus.MET} == set(found.grounds)
        explainer = explainer or Explainer(engine)
        explained = explainer.explain(answers, found)
        for settling in explained.settled_by:
            assert judge.possible({**answers, **settling.answers}) == {settling.category}


@given(rule_sets(), TODAYS, st.data())
@settings(max_examples=12, deadline=None)
def test_outcomes_are_those_of_every_day_that_may_be_meant(
    rule_set: RuleSet, today: date, drawn: st.DataObject
) -> None:
    assert_outcomes_of_the_brute_force(rule_set, today, drawn)
