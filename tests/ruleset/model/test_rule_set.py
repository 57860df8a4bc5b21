"""The look-ups of a rule set and of its questions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.questions import Slip, Unit
from tests.support.rules.small_rules import choice, question, several, unit


def test_each_part_of_a_rule_set_is_found_by_its_id(liver: LoadedRules) -> None:
    rule_set = liver.rule_set
    assert rule_set.question == {asked.id: asked for asked in rule_set.questions}
    assert rule_set.page == {page.id: page for page in rule_set.pages}
    assert rule_set.value == {value.id: value for value in rule_set.values}
    assert rule_set.category == {category.id: category for category in rule_set.categories}
    assert rule_set.ground == {ground.id: ground for ground in rule_set.grounds}
    assert rule_set.note == {note.id: note for note in rule_set.notes}
    assert rule_set.source == {source.id: source for source in rule_set.sources}


def test_a_question_knows_its_page_and_a_ground_its_category(liver: LoadedRules) -> None:
    rule_set = liver.rule_set
    assert rule_set.page_of["albumin"].id == "blood_test"
    assert rule_set.category_of["infected_fluid"] == "urgent"
    assert set(rule_set.page_of) == set(rule_set.question)
    assert set(rule_set.category_of) == set(rule_set.ground)


def test_questions_and_grounds_keep_the_order_of_the_file(liver: LoadedRules) -> None:
    rule_set = liver.rule_set
    assert [asked.id for asked in rule_set.questions][:4] == ["red_flags", "age", "told", "cause"]
    assert [rule_set.category_of[ground.id] for ground in rule_set.grounds[:4]] == ["urgent"] * 4
    assert [rule.category for rule in rule_set.rules] == [
        "urgent",
        "not_covered",
        "decompensated",
        "early_cirrhosis",
        "fibrosis",
        "no_sign",
    ]


def test_options_that_say_something_definite_leave_nothing_open() -> None:
    fluid = question(
        choice("fluid", "now", {"code": "unchecked", "leaves_open": ["now", "never"]}, "never", strict=True)
    )
    assert fluid.complete_codes == ("now", "never")
    assert list(fluid.option) == ["now", "unchecked", "never"]


def test_exclusive_options_mean_none_of_these() -> None:
    signs = question(several("signs", "fever", {"code": "none", "exclusive": True}))
    assert signs.exclusive_codes == {"none"}
    assert question(choice("colour", "red", "green")).exclusive_codes == frozenset()


def test_the_first_unit_is_the_stored_one(liver: LoadedRules) -> None:
    assert liver.rule_set.question["bilirubin"].stored_unit.code == "umol/L"
    assert (
        question({**choice("x", "a", "b"), "type": "number", "units": [unit("g"), unit("mg")]}).stored_unit.code == "g"
    )


@pytest.mark.parametrize(("amount", "unusual"), [("4", True), ("5", False), ("20", False), ("21", True)])
def test_a_number_beyond_its_bounds_is_unusual(amount: str, unusual: bool) -> None:
    bounded = Unit("g", "g", Decimal(0), Decimal(100), unusual_below=Decimal(5), unusual_above=Decimal(20))
    assert bounded.is_unusual(Decimal(amount)) is unusual
    assert not Unit("g", "g", Decimal(0), Decimal(100)).is_unusual(Decimal(amount))


@pytest.mark.parametrize(("amount", "below", "above"), [("4", True, False), ("5", False, False), ("6", False, True)])
def test_a_slip_explains_what_lies_beyond_its_bound(amount: str, below: bool, above: bool) -> None:
    assert Slip("low", "Too low.", below=Decimal(5)).explains(Decimal(amount)) is below
    assert Slip("high", "Too high.", above=Decimal(5)).explains(Decimal(amount)) is above
    assert not Slip("never", "Never.").explains(Decimal(amount))
