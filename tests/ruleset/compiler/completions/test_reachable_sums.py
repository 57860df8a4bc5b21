"""Items of sums: which are completed together, and that what is possible is what each single completion gives."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from random import Random

import pytest

from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.compiler.completions.completion_plan import plan_completions
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from tests.conftest import ROOT
from tests.support.every import for_every
from tests.support.rules.brute_force import BruteForce
from tests.support.rules.small_rules import Members, built, choice, ground, rule, rule_file, value

NINE = ROOT / "tests" / "data" / "rules" / "nine_items.yaml"
CODES = ("not_once", "few_days", "most_days", "each_day")
BANDS = ((20, "worst"), (15, "bad"), (10, "clear"), (5, "slight"), (0, "hardly"))


@pytest.fixture(scope="module")
def nine() -> LoadedRules:
    return load_rule_file(NINE)


def category(scores: tuple[int, ...]) -> str:
    """What the nine items give, as a plain function."""
    return "rotting" if scores[8] else next(name for least, name in BANDS if sum(scores) >= least)


def open_answers(rules: LoadedRules, chance: Random, most_open: int) -> dict[str, str | None]:
    """Answers to nine items, some of them open."""
    names = [question.id for question in rules.rule_set.questions]
    unknown = chance.sample(names, chance.randint(0, most_open))
    return {name: None if name in unknown else chance.choice(CODES) for name in names}


def completions(answers: Mapping[str, str | None]) -> list[tuple[int, ...]]:
    """The scores of every completion."""
    return [*product(*(range(4) if code is None else (CODES.index(code),) for code in answers.values()))]


def test_nine_items_have_as_many_completions_as_sums_and_answers_to_the_one_that_is_read_alone(
    nine: LoadedRules,
) -> None:
    assert [group.questions[0] for group in nine.engine.plan.loops] == ["rot", "leaves_yellow"]
    assert nine.completions == 25 * 4


def test_what_is_possible_with_nine_items_is_what_each_single_completion_gives(nine: LoadedRules) -> None:
    chance = Random(9)
    for _ in range(60):
        answers = open_answers(nine, chance, most_open=5)
        possible = nine.engine.possible(answers)
        assert possible == {category(scores) for scores in completions(answers)}


def test_a_completion_that_is_told_gives_the_category_and_leaves_what_was_answered(nine: LoadedRules) -> None:
    chance = Random(10)
    functions = nine.engine.functions
    for _ in range(60):
        answers = open_answers(nine, chance, most_open=9)
        for name, witness in functions.settle(nine.engine.state(answers)).items():
            completed = dict(zip(functions.settled_order, witness, strict=True))
            assert all(completed[item] in (code, None) for item, code in answers.items() if code)
            whole: dict[str, Plain] = {item: completed[item] or answers[item] or CODES[0] for item in answers}
            assert nine.engine.possible(whole) == {name}


def test_all_nine_open_leave_every_category_possible_and_each_can_be_settled(nine: LoadedRules) -> None:
    outcome = nine.engine.evaluate({})
    assert outcome.possible == {"rotting", *(name for _, name in BANDS)}
    explanation = nine.explainer.explain({}, outcome)
    assert explanation.missing == tuple(question.id for question in nine.rule_set.questions)
    assert {settling.category for settling in explanation.settled_by} == outcome.possible
    for settling in explanation.settled_by:
        assert nine.engine.possible(settling.answers) == {settling.category}
    assert explanation.cut_short == ()


SCORED = [{"code": code, "score": score} for score, code in enumerate("abc")]
ITEMS = [choice(f"i{number}", *SCORED, strict=True) for number in range(4)]
OTHER = choice("other", *SCORED, strict=True)


@for_every(
    ("values", "grounds", "groups"),
    [
        ({"v": "score(i0) + score(i1) + score(i2) + score(i3)"}, ["v > 3"], [4]),
        ({"v": "sum(score(i0), score(i1))", "w": "sum(v, score(i2), score(i3))"}, ["v > 1", "w == 4"], [2, 2]),
        ({"v": "sum(score(i0), score(i1), score(other))"}, ["v > 1", 'other == "b"'], [2, 1]),
        ({"v": "sum(score(i0) * 2, 1 if i1 == \"c\" else 0, 3 - score(i2))"}, ["v > 3", 'i3 == "a"'], [3, 1]),
        ({"v": "sum(score(i0), score(i1), score(i2))", "w": "sum(score(i0), score(i1))"}, ["v > w + 1"], [2, 1]),
        ({"v": "sum(score(i0), score(i1)) * sum(score(i2), score(i3))"}, ["v > 3"], [2, 2]),
        ({"v": "score(i0) - score(i1)"}, ["v > 0", "score(i2) + score(i3) > 1"], [1, 1, 2]),
        ({"v": "sum(score(i0), score(i1)) / 3"}, ["v > 1", "v < 0.4", "score(i2) * score(i3) > 1"], [2, 1, 1]),
        ({"v": "sum(score(i0), score(i0), score(i1))"}, ["2 < v <= 4"], [2]),
    ],
)  # fmt: skip
def test_items_of_the_same_sums_are_completed_together(
    values: Mapping[str, str], grounds: list[str], groups: list[int]
) -> None:
    data = rules_with(values, grounds)
    plan = plan_completions(built(data))
    read = {name for group in plan.loops for name in group.questions}
    assert [len(group.questions) for group in plan.groups if read.intersection(group.questions)] == groups
    assert_as_brute_force(data)


def rules_with(values: Mapping[str, str], grounds: list[str]) -> Members:
    """A rule for each ground, over the items."""
    rules = [rule(f"c{number}", ground(f"g{number}", when, otherwise=True)) for number, when in enumerate(grounds)]
    return rule_file([*ITEMS, OTHER], rules, values=[value(name, text) for name, text in values.items()])


def assert_as_brute_force(data: Members) -> None:
    """Outcomes with open answers are those that trying every completion gives."""
    rule_set = built(data)
    engine, judge = Engine(rule_set), BruteForce(rule_set)
    chance = Random(11)
    for _ in range(12):
        answers = {question.id: chance.choice([*"abc", None, None]) for question in rule_set.questions}
        judge.assert_same(engine.evaluate(answers), answers)
