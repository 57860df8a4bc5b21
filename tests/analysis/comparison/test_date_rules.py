"""What moves between two rule sets that read dates: judged by trying every day on many days that may be today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from screening.analysis.comparison.regions import share
from screening.analysis.comparison.rule_sets import Comparison, compare
from screening.analysis.comparison.same_rules import decide_alike
from screening.analysis.comparison.two_forms import TwoForms, read_by
from screening.analysis.comparison.weakening import Effect, weakened
from screening.analysis.solver.joint_dates import days_of_months
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed
from tests.rulefiles.edited import DATA
from tests.support.rules.interpreter import passed
from tests.support.rules.small_rules import Members, engine, ground, rule, rule_file, value
from tests.support.rules.small_rules import date as dated

MONTH_ENDS = [date(2026 + place // 12, place % 12 + 1, 1) - timedelta(days=1) for place in range(1, 36)]
TODAYS = [*MONTH_ENDS, date(2028, 2, 28), date(2028, 3, 1), date(2026, 7, 15), date(2027, 3, 15)]
Pairs = set[tuple[str, str]]


def reading(condition: str, **members: object) -> Engine:
    """A rule set with one date, of at most a year ago, and one condition on it."""
    question: Members = dated("day", 1, **members)
    rules = [rule("found", ground("g", condition))]
    return engine(rule_file([question], rules, values=[value("months", "months_since(day)")]))


def moved(found: Comparison) -> Pairs:
    return {(" ".join(sorted(move.before)), " ".join(sorted(move.after))) for move in found.moves}


def every_day(old: Engine, new: Engine) -> Iterator[tuple[str, str]]:
    """The pairs that differ, for each day within a year before each of many days that may be today."""
    for today in TODAYS:
        for back in range(367):
            day = today - timedelta(days=back)
            if passed(Elapsed.MONTHS, day, today) <= 12 and day >= today.replace(year=today.year - 1, day=28):
                answers = {TODAY: DayRange.of_day(today), "day": DayRange.of_day(day)}
                pair = old.possible(answers), new.possible(answers)
                if pair[0] != pair[1]:
                    yield " ".join(sorted(pair[0])), " ".join(sorted(pair[1]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("months_since(day) < 6", "months_since(day) < 7"),
        ("months_since(day) < 6", "days_since(day) < 182"),
        ("months_since(day) < 6", "days_since(day) < 181"),
        ("months_since(day) < 6", "days_since(day) <= 183"),
        ("months < 5.5", "days_since(day) < 185"),
        ("years_since(day) < 1", "months >= 3"),
    ],
)
def test_the_pairs_that_move_are_those_that_trying_every_day_finds(before: str, after: str) -> None:
    old, new = reading(before, required=True), reading(after, required=True)
    found = compare(old, new)
    assert moved(found) == set(every_day(old, new))
    assert not found.undecided
    for move in found.moves:
        assert (old.possible(move.answers), new.possible(move.answers)) == (move.before, move.after)
        assert TODAY not in move.ordinary


def test_the_reach_of_a_date_ends_where_something_else_comes_of_the_next_day() -> None:
    old, new = reading("months_since(day) < 6", required=True), reading("months_since(day) < 8", required=True)
    (move,) = compare(old, new).moves
    (reach,) = move.boundaries
    assert isinstance(reach.least, date)
    assert isinstance(reach.most, date)
    for day, is_same in (
        (reach.least, True),
        (reach.most, True),
        (reach.least - timedelta(days=1), False),
        (reach.most + timedelta(days=1), False),
    ):
        answers = {**move.answers, "day": DayRange.of_day(day)}
        assert ((old.possible(answers), new.possible(answers)) == (move.before, move.after)) is is_same


def test_a_strict_date_that_is_open_moves_what_stays_possible() -> None:
    old, new = reading("months_since(day) < 6", strict=True), reading("months_since(day) < 600", strict=True)
    assert moved(compare(old, new)) == {("other", "found"), ("found other", "found")}


@pytest.mark.parametrize("months", [0, 1, 5, 6, 11, 12, 23, 120, -1, -7])
def test_so_many_months_are_as_many_days_as_the_calendar_has(months: int) -> None:
    least, most = days_of_months(months)
    days = set()
    for today in TODAYS:
        about = today.toordinal() - round(months * 30.4375)
        near = (date.fromordinal(day) for day in range(about - 40, about + 41))
        days |= {(today - day).days for day in near if passed(Elapsed.MONTHS, day, today) == months}
    assert min(days) >= least
    assert max(days) <= most
    assert (min(days), max(days)) == (least, most) or months > 12


def test_dates_accepted_of_another_range_do_not_decide_alike() -> None:
    old, new = (
        engine(rule_file([dated("day", years, strict=True)], [rule("found", ground("g", "months_since(day) < 20"))]))
        for years in (1, 3)
    )
    assert not decide_alike(old.rule_set, new.rule_set)
    assert moved(compare(old, new)) == {("found", "found other")}


def test_the_share_of_regions_has_days_on_both_sides_of_each_threshold() -> None:
    old, new = reading("months_since(day) < 6", required=True), reading("months_since(day) < 8", required=True)
    found = share(TwoForms(old, new), 200)
    assert found.drawn == 200
    assert 0.2 < found.moved / found.drawn < 0.8


def test_a_guarantee_that_speaks_of_fewer_dates_is_shown_by_one_that_it_leaves_out(tmp_path: Path) -> None:
    text = (DATA / "rules" / "dated.yaml").read_text()
    (tmp_path / "new.yaml").write_text(text.replace("when: age < 18, then: [young]", "when: age < 16, then: [young]"))
    old, new = load_rule_file(DATA / "rules" / "dated.yaml"), load_rule_file(tmp_path / "new.yaml")
    (change,) = weakened(old.engine, new.engine)
    assert (change.id, change.effect) == ("young_first", Effect.WEAKENED)
    assert change.answers
    ages = new.engine.evaluate(read_by(new.engine, change.answers)).values["age"]
    assert isinstance(ages, Decimal)
    assert 16 <= ages < 18
