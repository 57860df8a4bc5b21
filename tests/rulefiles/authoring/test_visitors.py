"""Files of assumed visitors: read as they are written, and every mistake told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.authoring.visitors import Visitors, load_visitors
from screening.rulefiles.loading.loader import LoadedRules, RuleFileError, load_rule_file
from screening.wording.authors.mistakes.problems import located_problem
from tests.conftest import ROOT
from tests.rulefiles.edited import ENGLISH, SMALL, edited

RIGHT = """
rules: small
assumed: Made up for the tests of this very file.
visitors: 50
seed: 7
answers:
  soil: {dry: 2, wet: 1, unsure: 1}
groups:
  - name: young plants
    weight: 3
    answers:
      age: {ranges: [{from: 1, to: 3, weight: 1}]}
  - name: old plants
    weight: 1
    answers:
      soil: {moist: 1}
      age: {ranges: [{from: 20, to: 30, weight: 1}]}
"""


def read(folder: Path, text: str) -> Visitors:
    path = folder / "small.journeys.yaml"
    path.write_text(text)
    return load_visitors(path, load_rule_file(SMALL).rule_set)


def test_a_group_answers_as_all_do_where_it_does_not_say_otherwise(tmp_path: Path) -> None:
    visitors = read(tmp_path, RIGHT)
    young, old = visitors.groups
    assert young.answers["soil"].weights == {"dry": 2, "wet": 1, "unsure": 1}
    assert old.answers["soil"].weights == {"moist": 1}
    assert [group.weight for group in visitors.groups] == [3, 1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("rules: small", "rules: large", '2:8: These visitors are for the rule file "large"'),
        ("  soil: {dry: 2,", "  soils: {dry: 2,", '7:10: There is no question "soils".'),
        ("dry: 2,", "dusty: 2,", '7:17: There is no option "dusty".'),
        ("to: 3,", "to: 300,", "12:36: A number of age lies from 0 to 100."),
        ("weight: 3", "weight: 0", "10:13: 0 is too small"),
        ("visitors: 50", "visitors: some", "4:11: A whole number is wanted here"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(RuleFileError) as raised:
        read(tmp_path, edited((old, new), text=RIGHT))
    (problem,) = raised.value.problems
    assert f"small.journeys.yaml:{said}" in located_problem(problem, ENGLISH)


def test_the_visitors_of_the_liver_rules_can_be_read(liver: LoadedRules) -> None:
    visitors = load_visitors(ROOT / "rules" / "liver.journeys.yaml", liver.rule_set)
    named = {name for group in visitors.groups for name in group.answers}
    assert {question.id for question in liver.rule_set.questions if question.required or question.strict} <= named
