"""The dates of a witness are as long ago as the solver says, wherever there are such dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.analysis.solver.witness_dates import FIRST, Times, date_for, day_for
from screening.ruleset.model.dates import Elapsed, elapsed
from screening.ruleset.model.questions import Question, QuestionType

PAST = Question("past", QuestionType.DATE, "?", "past", within_years=3)
AHEAD = Question("ahead", QuestionType.DATE, "?", "ahead", within_years=3, future=True)
UNITS = st.sets(st.sampled_from(Elapsed), min_size=1)


def times_since(day: date, today: date, units: set[Elapsed]) -> Times:
    """How long ago a day is."""
    return Times({unit: elapsed(unit, day, today) for unit in Elapsed if unit in units})


@given(st.sampled_from([PAST, AHEAD]), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.integers(-1000, 1000), UNITS)
def test_a_date_has_all_the_times_of_a_date_that_there_is(
    question: Question, today: date, days: int, units: set[Elapsed]
) -> None:
    day = today + timedelta(days=days if question.future else -abs(days))
    times = times_since(day, today, units)
    found = date_for(question, times, today)
    assert found.is_day
    assert times_since(found.first, today, units) == times


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.lists(st.integers(0, 1000), min_size=1, max_size=2), UNITS)
def test_the_day_that_is_today_is_one_of_which_every_date_has_its_times(
    today: date, days: list[int], units: set[Elapsed]
) -> None:
    wanted = [(PAST, times_since(today - timedelta(days=back), today, units)) for back in days]
    chosen = day_for(wanted)
    for question, times in wanted:
        found = date_for(question, times, chosen)
        assert times_since(found.first, chosen, units) == times


@pytest.mark.parametrize(
    "times",
    [
        {Elapsed.DAYS: 40, Elapsed.MONTHS: 3},
        {Elapsed.MONTHS: 5, Elapsed.YEARS: 1},
        {Elapsed.DAYS: 3000},
        {},
    ],
)
def test_where_no_date_has_these_times_today_is_the_usual_day_and_the_date_one_that_the_form_takes(
    times: dict[Elapsed, int],
) -> None:
    assert day_for([(PAST, Times(times))]) == FIRST
    found = date_for(PAST, Times(times), FIRST)
    assert found.is_day
    assert FIRST - timedelta(days=3 * 366) <= found.first <= FIRST
