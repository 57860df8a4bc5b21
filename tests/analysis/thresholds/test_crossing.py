"""What thresholds do: the numbers beside them in every unit, and answers with which they matter."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.analysis.thresholds.crossing import (
    Crossing,
    Effect,
    Threshold,
    all_thresholds,
    effect_between,
    shown_by_cases,
)
from screening.analysis.thresholds.crossing_search import CrossingSearch
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import load_rule_file
from tests.rulefiles.edited import SMALL
from tests.support.cases import RULES
from tests.support.every import for_every

SMALL_RULES = load_rule_file(SMALL)
CASES = [plain_answers(RULES.rule_set, case.answers) for case in RULES.cases]


@pytest.fixture(scope="module")
def search() -> CrossingSearch:
    return CrossingSearch(RULES.engine)


def is_confirmed(crossing: Crossing) -> bool:
    """Whether the engine gives the effect between two neighbours, with the answers found."""
    steps = crossing.threshold.steps()
    return any(
        effect_between(RULES.engine, crossing.threshold, crossing.answers, *step) is crossing.effect for step in steps
    )


def test_the_numbers_beside_a_threshold_are_those_that_can_be_typed_in_each_unit() -> None:
    threshold = Threshold(SMALL_RULES.rule_set.question["weight"], Decimal("0.5"))
    spots = [(spot.side.value, str(spot.typed), spot.unit.label, spot.stored) for spot in threshold.spots()]
    assert spots == [
        ("below", "0.4", "kg", Decimal("0.4")),
        ("at", "0.5", "kg", Decimal("0.5")),
        ("above", "0.6", "kg", Decimal("0.6")),
        ("below", "499", "g", Decimal("0.499")),
        ("at", "500", "g", Decimal("0.5")),
        ("above", "501", "g", Decimal("0.501")),
    ]


def test_a_threshold_between_two_numbers_has_none_at_it_and_one_at_the_end_of_the_range_none_beyond() -> None:
    weight = SMALL_RULES.rule_set.question["weight"]
    between = [(spot.side.value, str(spot.typed)) for spot in Threshold(weight, Decimal("0.55")).spots()]
    assert between == [("below", "0.5"), ("above", "0.6"), ("below", "549"), ("at", "550"), ("above", "551")]
    least = [spot.side.value for spot in Threshold(weight, Decimal("0.1")).spots()]
    assert least == ["at", "above"] * 2


@for_every("threshold", list(all_thresholds(RULES.rule_set)), ids=lambda threshold: f"{threshold.question.id}")
def test_what_is_found_about_a_threshold_is_what_the_engine_says_and_no_case_shows_more(
    search: CrossingSearch, threshold: Threshold
) -> None:
    found, in_cases = search.crossing(threshold), shown_by_cases(RULES.engine, threshold, CASES)
    if found.effect is not Effect.NOTHING:
        assert is_confirmed(found)
    if found.proved and found.effect is not Effect.CATEGORY:
        assert in_cases.effect is not Effect.CATEGORY
    if in_cases.effect is not Effect.NOTHING:
        smaller = search.smallest(in_cases)
        assert is_confirmed(in_cases)
        assert is_confirmed(smaller)
        assert len(smaller.answers) <= len(in_cases.answers)


@pytest.mark.slow
def test_thresholds_that_decide_and_those_that_only_note_are_told_apart(search: CrossingSearch) -> None:
    found = {
        (all_threshold.question.id, all_threshold.number): search.crossing(all_threshold)
        for all_threshold in all_thresholds(RULES.rule_set)
    }
    effects = {key: crossing.effect for key, crossing in found.items() if crossing.proved}
    assert len(set(effects.values())) > 1
    stiff = max(number for name, number in effects if name == "lsm" and effects[name, number] is Effect.CATEGORY)
    assert effects["lsm", stiff] is Effect.CATEGORY


def test_a_threshold_that_only_decides_what_is_asked_is_proved_to_change_nothing() -> None:
    (asked,) = [threshold for threshold in all_thresholds(SMALL_RULES.rule_set) if threshold.question.id == "age"]
    crossing = CrossingSearch(SMALL_RULES.engine).crossing(asked)
    assert crossing.effect in (Effect.CATEGORY, Effect.NOTHING)
    assert crossing.proved
