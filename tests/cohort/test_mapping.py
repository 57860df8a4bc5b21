"""A mapping is read whole, or refused with every mistake and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.cohort.answer_sets import Reader
from screening.cohort.mapping import Column, Tick, load_mapping
from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.ruleset.model.questions import WRITTEN
from screening.ruleset.reading.answer_types import Chosen
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import DATA, ENGLISH, SMALL, edited
from tests.support.cases import RULES
from tests.support.every import for_every
from tests.support.rules.own_words import with_words

PLANTS = DATA / "cohort" / "plants.assume.yaml"
TEXT = PLANTS.read_text(encoding="utf-8")
RULE_SET = load_rule_file(SMALL).rule_set


def test_a_mapping_says_what_each_column_answers() -> None:
    mapping = load_mapping(PLANTS, RULE_SET)
    assert mapping.columns == {
        "age": Column("years", "a"),
        "soil": Column("ground", options={"d": "dry", "m": "moist", "w": "wet"}),
        "weight": Column("grams", "g"),
    }
    assert mapping.ticks == {"signs": {"lice": Tick("aphids", frozenset({"1", "2"}))}}
    assert mapping.assumed == {"leaves": Chosen("upright")}
    assert mapping.column_names == ("done", "pot", "years", "ground", "grams", "aphids")


def test_a_column_of_words_says_whether_a_cell_is_filled(tmp_path: Path) -> None:
    rules = tmp_path / "small.yaml"
    rules.write_text(with_words(), encoding="utf-8")
    path = tmp_path / "words.assume.yaml"
    path.write_text(edited(("  age:", "  words: {column: remarks}\n  age:"), text=TEXT), encoding="utf-8")
    rule_set = load_rule_file(rules).rule_set
    mapping = load_mapping(path, rule_set)
    assert mapping.columns["words"] == Column("remarks")
    row = dict.fromkeys(mapping.column_names, "1")
    for cell, answer in (("\u6c34 <b>", WRITTEN), ("-5", WRITTEN), ("", None)):
        assert Reader(mapping, rule_set).read({**row, "remarks": cell}).answers.get("words") == answer


@pytest.mark.parametrize("name", ["nhanes", "nhanes_settled"])
def test_the_examples_fit_the_liver_rules(name: str) -> None:
    assert load_mapping(DATA / "cohort" / f"{name}.assume.yaml", RULES.rule_set).columns["lsm"].unit == "kPa"


@for_every(
    ("change", "said"),
    [
        (("rules: small", "rules: large"), 'This mapping is for the rule file "large", not for "small".'),
        (("  age:", "  ages:"), 'There is no question "ages". Did you mean "age"?'),
        (("unit: g}", "unit: t}"), 'There is no unit "t".'),
        (("moist: [m]", "damp: [m]"), 'There is no option "damp".'),
        (("moist: [m]", "moist: [d]"), 'The cell "d" stands for two options of "soil".'),
        (("lice: {", "bees: {"), 'There is no option "bees".'),
        (("{column: years}", "{column: years, options: {a: [1]}}"), 'Of "age" say these: column, decimal, unit.'),
        (("{column: grams, unit: g}", "{unit: g}"), 'Of "weight" say these: column, decimal, unit.'),
        (("leaves: upright", "age: 3"), '"age" has a column and is assumed as well.'),
        (("leaves: upright", "leaves: gone"), 'The answer to "leaves" cannot be read.'),
        (("filled: [pot]", "full: [pot]"), '"full"'),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(edited(change, text=TEXT), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_mapping(path, RULE_SET)
    (problem,) = caught.value.problems
    assert said in located_problem(problem, ENGLISH)
    assert problem.position.line > 1
