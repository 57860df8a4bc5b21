"""Judgement calls, and the rule sets in which each of them is made otherwise."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.judgements import Variation, Way, judgements, variations
from screening.ruleset.model.answers import Plain
from tests.rulefiles.edited import SMALL_TEXT, edited, load_text
from tests.support.cases import RULES

LIGHT_POT = "light_pot, is: definitely(weight < 0.5)"
LEAVES: dict[str, Plain] = {"signs": frozenset(), "leaves": "hanging", "soil": "wet", "age": Decimal(1)}


def varied(folder: Path, old: str, new: str = "") -> list[Variation]:
    """The variations of the small rules with a judgement marked in them."""
    marked = f"{new or old}, review: needed, judgement: Is it so?"
    (judgement,) = judgements(load_text(folder, edited((old, marked))).rule_set)
    return list(variations(load_text(folder, edited((old, marked))).rule_set, judgement))


def category(variation: Variation, answers: dict[str, Plain]) -> str:
    return Engine(variation.rule_set).evaluate(answers).category


def test_a_ground_left_out_gives_its_category_no_more(tmp_path: Path) -> None:
    marked = "        review: needed\n        judgement: Lice?\n        sources"
    rules = load_text(tmp_path, edited(("        speed: now\n        sources", marked)))
    (judgement,) = judgements(rules.rule_set)
    (left_out,) = variations(rules.rule_set, judgement)
    lice: dict[str, Plain] = {**LEAVES, "signs": frozenset({"lice"})}
    assert (judgement.id, left_out.way) == ("animals", Way.LEFT_OUT)
    assert rules.engine.evaluate(lice).category == "rescue"
    assert category(left_out, lice) == "unclear"


def test_a_condition_is_never_true_and_its_number_moves_by_one_step_both_ways(tmp_path: Path) -> None:
    never, down, up = varied(tmp_path, LIGHT_POT)
    assert [(variation.way, str(variation.number)) for variation in (never, down, up)] == [
        (Way.NEVER, "None"),
        (Way.THRESHOLD, "0.4"),
        (Way.THRESHOLD, "0.6"),
    ]
    at: dict[str, Plain] = {**LEAVES, "weight": Decimal("0.5")}
    assert [category(variation, at) for variation in (never, down, up)] == ["unclear", "unclear", "thirsty"]
    below: dict[str, Plain] = {**LEAVES, "weight": Decimal("0.4")}
    assert [category(variation, below) for variation in (never, down, up)] == ["unclear", "unclear", "thirsty"]


@pytest.mark.parametrize(
    ("expression", "way"),
    [("unknown if dry else weight", Way.WITHOUT_CONDITION), ("weight + 1", Way.UNKNOWN), ("dry", Way.NEVER)],
)
def test_a_value_is_tried_without_its_judgement(tmp_path: Path, expression: str, way: Way) -> None:
    old = "  - {id: light_pot"
    new = f"  - {{id: judged, is: {expression}, label: Judged, review: needed, judgement: Is it so?}}\n{old}"
    rules = load_text(tmp_path, edited((old, new)))
    (judgement,) = judgements(rules.rule_set)
    (variation,) = variations(rules.rule_set, judgement)
    assert variation.way is way
    assert variation.rule_set.value["judged"].expression != rules.rule_set.value["judged"].expression


def test_an_option_that_leaves_others_open_is_tried_as_each_of_them(tmp_path: Path) -> None:
    found = varied(tmp_path, "leaves_open: [hanging, upright]")
    assert [(variation.way, variation.option) for variation in found] == [
        (Way.MEANS, "hanging"),
        (Way.MEANS, "upright"),
    ]
    dark: dict[str, Plain] = {**LEAVES, "leaves": "dark", "soil": "moist"}
    assert [category(variation, dark) for variation in found] == ["thirsty", "fine"]


def test_another_option_is_tried_as_one_that_no_rule_reads(tmp_path: Path) -> None:
    (unread,) = varied(tmp_path, "code: mould, text: Mould on the soil")
    mould: dict[str, Plain] = {**LEAVES, "signs": frozenset({"mould"})}
    assert unread.way is Way.UNREAD
    assert category(unread, mould) == "unclear"


def test_every_mark_of_the_liver_file_is_found_once() -> None:
    found = [judgement.path for judgement in judgements(RULES.rule_set)]
    assert len(found) == len(set(found)) == RULES.path.read_text().count("review: needed")
    assert SMALL_TEXT.count("review: needed") == 0


def test_notes_and_speeds_change_no_category() -> None:
    kinds = {judgement.path[0]: list(variations(RULES.rule_set, judgement)) for judgement in judgements(RULES.rule_set)}
    assert kinds["notes"] == kinds["emergency"] == []
    assert all(kinds[name] for name in ("rules", "values", "pages"))
