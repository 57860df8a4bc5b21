"""Conditions for staff: no name of the rules in any of them, in any language, and none that nobody can read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.translation.loader import load_translations
from screening.ruleset.language.parsing import parse
from screening.ruleset.model.rule_set import RuleSet
from screening.wording.desk.conditions import Condition, condition_in_words
from screening.wording.language.languages import CATALOGUES, language
from tests.rulefiles.edited import SMALL
from tests.support.cases import ENGLISH, LIVER, RULES

RULE_FILES = [path for path in sorted(LIVER.parent.glob("*.yaml")) if path.name.count(".") == 1]
"""The rule files that are delivered; cases, pins and translations have two dots."""
SPOKEN = ["en", *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
SMALL_RULES = load_rule_file(SMALL).rule_set
LONGEST = 900
"""Letters of one sentence that staff are shown."""


def sentences(condition: Condition) -> list[str]:
    return [condition.sentence, *(words for _letter, words in condition.parts)]


@pytest.mark.slow
@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.name)
def test_no_ground_of_any_rule_file_is_told_by_the_name_of_a_value(path: Path) -> None:
    """In the rule file's own language and every translation, in every language of the service."""
    rules = load_rule_file(path)
    for rule_set in (
        rules.rule_set,
        *(translation.rules.rule_set for translation in load_translations(rules).values()),
    ):
        names = [name for name in rule_set.value if "_" in name]
        for tag in SPOKEN:
            for name, ground in rule_set.ground.items():
                for said in sentences(condition_in_words(ground.when.tree, rule_set, language(tag))):
                    assert "[" not in said, f"{name} in {tag}: {said}"
                    assert not [value for value in names if value in said], f"{name} in {tag}: {said}"
                    assert len(said) <= LONGEST, f"{name} in {tag}: {said}"


def test_every_letter_is_explained_once_and_every_explained_letter_is_met() -> None:
    several = 0
    for ground in RULES.rule_set.ground.values():
        condition = condition_in_words(ground.when.tree, RULES.rule_set, ENGLISH)
        explained = [letter for letter, _words in condition.parts]
        met = {letter for said in sentences(condition) for letter in re.findall(r"\([A-Z]\d*\)", said)}
        met -= {"(ALT)", "(AST)"}
        assert met == set(explained)
        assert len(explained) == len(set(explained))
        several += len(explained) > 1
    assert several


def changed(words: str = "", label: str = "") -> RuleSet:
    """The small rules with other texts of the value `dry`."""
    values = tuple(
        replace(value, words=words, label=label) if value.id == "dry" else value for value in SMALL_RULES.values
    )
    return replace(SMALL_RULES, values=values)


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"words": "the soil lacks water"}, "Not: the soil lacks water"),
        ({"words": "the soil lacks water", "label": "Dryness"}, "Not: the soil lacks water"),
        ({"label": "Dryness"}, "Not: Dryness"),
        ({}, "None of this: (Soil is “Dry”, for certain, or Thirst is more than 2.5, for certain)"),
    ],
)
def test_a_value_is_told_by_its_words_else_its_label_else_what_it_is(members: dict[str, str], said: str) -> None:
    assert condition_in_words(parse("not dry"), changed(**members), ENGLISH) == Condition(said, ())


def test_a_value_that_is_long_gets_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.wording.desk.conditions.SHORT", 40)
    condition = condition_in_words(parse("not dry and (dry or light_pot) and known(age)"), SMALL_RULES, ENGLISH)
    assert condition.sentence == "Not: (A), and ((A), or Weight is less than 0.5 kg, for certain), and Age is known"
    assert condition.parts == (("(A)", "Soil is “Dry”, for certain, or Thirst is more than 2.5, for certain"),)


def test_a_number_that_is_left_out_somewhere_is_told_before_where() -> None:
    said = condition_in_words(parse("(unknown if dry else weight) >= 2"), SMALL_RULES, ENGLISH).sentence
    assert said.startswith("Weight (not counted where ")
    assert said.endswith(") is 2 or more")
