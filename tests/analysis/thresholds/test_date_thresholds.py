"""Thresholds of the time since a date: the days beside them, and answers with which they matter, in the book too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from screening.analysis.thresholds.crossing import Effect, Side, Threshold, all_thresholds, effect_of
from screening.analysis.thresholds.crossing_search import CrossingSearch
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed, day_in, elapsed
from screening.wording.book.whole import rule_book
from tests.rulefiles.edited import DATA
from tests.support.book import book_input, part_of, said_in

DATED = load_rule_file(DATA / "rules" / "dated.yaml")
THRESHOLDS = list(all_thresholds(DATED.rule_set))


def name_of(threshold: Threshold) -> str:
    return f"{threshold.question.id}_{threshold.counted}"


def test_every_date_compared_has_its_thresholds_in_the_unit_in_which_it_is_read() -> None:
    found = [(threshold.question.id, threshold.counted, int(threshold.number)) for threshold in THRESHOLDS]
    assert found == [("born", Elapsed.YEARS, 18), ("treated", Elapsed.MONTHS, 6), ("moved", Elapsed.DAYS, 0)]


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2024, 2, 29), date(2025, 2, 28), date(2026, 8, 31)])
@pytest.mark.parametrize("threshold", THRESHOLDS, ids=name_of)
def test_the_days_beside_a_threshold_are_neighbours_of_which_one_is_full(threshold: Threshold, today: date) -> None:
    days: dict[Side, date] = {}
    for spot in threshold.spots():
        answer = threshold.answer(spot.stored, today)
        assert isinstance(answer, DayRange)
        assert threshold.counted
        assert elapsed(threshold.counted, answer.first, today) == spot.stored
        days[spot.side] = answer.first
    assert days[Side.BELOW] - days[Side.AT] == timedelta(days=1)
    assert days[Side.ABOVE] < days[Side.AT]


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=name_of)
def test_what_a_threshold_of_a_date_changes_is_what_the_engine_says_of_two_neighbouring_days(
    threshold: Threshold,
) -> None:
    found = CrossingSearch(DATED.engine).crossing(threshold)
    assert found.effect is Effect.CATEGORY
    assert found.proved
    below, at = (found.threshold.with_number(threshold.number - less, found.answers) for less in (1, 0))
    assert effect_of(*map(DATED.engine.evaluate, (below, at))) is Effect.CATEGORY
    assert TODAY in found.answers
    assert day_in(found.answers) > date(2000, 1, 1)


def test_the_book_tells_the_day_that_is_today_beside_every_answer_set_with_dates() -> None:
    book = rule_book(book_input(DATED))
    said = said_in(part_of(book, "boundaries"))
    assert "Date of birth: full years since then: 18" in said
    assert "today is 30 November 2026" in said
    assert "full years: 17 (1 December 2008)" in said
    assert "full years: 18 (30 November 2008)" in said
    assert said_in(part_of(book, "cases")).count("today is 30 November 2026") == len(DATED.cases)
