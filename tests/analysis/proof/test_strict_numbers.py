"""What is proved where a strict number may be open: one that is only compared, and one that rules compute with."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from screening.analysis.comparison.rule_sets import compare
from screening.analysis.proof.prover import prove
from screening.ruleset.engine.engine import Engine
from tests.support.rules import small_rules as small
from tests.support.rules.small_rules import Members

RATIO = small.number("ratio", small.unit(maximum=1000, decimals=1), strict=True)
TYPED = (small.number("rate", required=True), RATIO)
WORKED_OUT = (
    small.number("age", small.unit(minimum=18, maximum=110, whole=True), required=True),
    small.choice("sex", "female", "male", strict=True),
    small.number("blood", small.unit(minimum=20, maximum=2000), strict=True),
    RATIO,
)
RATE = "20000 * (0.74 if sex == 'female' else 1) / (blood * (1 + age / 100))".replace("'", '"')


def rules(questions: tuple[Members, ...], guarantees: Mapping[str, Members], many: int = 30) -> Engine:
    """A rule file of three stages, of which guarantees say something."""
    listed = [
        small.rule("high", small.ground("least", "rate < 15"), small.ground("many", f"ratio >= {many}")),
        small.rule("middle", small.ground("less", "rate < 60"), small.ground("some", "ratio >= 3")),
        small.rule("low", small.ground("neither", "rate >= 60 and ratio < 3")),
    ]
    values = [small.value("rate", RATE)] if questions is WORKED_OUT else []
    data = small.rule_file(questions, listed, values=values)
    for category, severity in zip(data["categories"], (3, 2, 1), strict=False):
        category["severity"] = severity
    data["guarantees"] = [{"id": name, "text": "It is so.", **members} for name, members in guarantees.items()]
    return small.engine(data)


OF_THE_RATIO: Mapping[str, Members] = {
    "kept_high": {"kind": "keeps_possible", "unsure": ["ratio"], "categories": ["high"]},
    "broken_middle": {"kind": "keeps_possible", "unsure": ["ratio"], "categories": ["high", "middle"]},
    "kept_from_30": {"kind": "implies", "when": "ratio >= 30", "then": ["high"]},
    "broken_from_3": {"kind": "implies", "when": "ratio >= 3", "then": ["high"]},
    "kept_up": {"kind": "never_milder_raised", "question": "ratio", "direction": "up"},
    "broken_down": {"kind": "never_milder_raised", "question": "ratio", "direction": "down"},
    "kept_unknown": {"kind": "never_milder_unknown", "question": "ratio"},
}
OF_WHAT_IS_WORKED_OUT: Mapping[str, Members] = {
    "kept_open": {"kind": "keeps_possible", "unsure": ["blood"], "categories": ["high"]},
    "broken_all": {"kind": "keeps_possible", "unsure": ["blood", "ratio"], "categories": ["low", "middle", "high"]},
    "kept_below_15": {"kind": "implies", "when": "rate < 15", "then": ["high"]},
}


@pytest.mark.parametrize(
    ("questions", "guarantees"),
    [
        (TYPED, OF_THE_RATIO),
        pytest.param(WORKED_OUT, {**OF_THE_RATIO, **OF_WHAT_IS_WORKED_OUT}, marks=pytest.mark.slow),
    ],
)
def test_of_numbers_that_may_be_open_what_is_true_is_proved_and_what_is_not_is_shown(
    questions: tuple[Members, ...], guarantees: Mapping[str, Members]
) -> None:
    verdicts = {verdict.guarantee: verdict for verdict in prove(rules(questions, guarantees)).verdicts}
    for name in guarantees:
        assert verdicts[name].undecided is None, name
        assert (verdicts[name].example is None) is name.startswith("kept"), name


def test_another_threshold_moves_who_gave_a_number_and_nobody_who_left_it_open() -> None:
    found = compare(rules(TYPED, {}), rules(TYPED, {}, many=25))
    assert found.undecided == ()
    assert {(*move.before, *move.after) for move in found.moves} == {("middle", "high")}
    assert all("ratio" in move.answers for move in found.moves)


def test_where_numbers_are_put_in_for_an_answer_some_have_no_value() -> None:
    """Each is read as the greatest of two, of which one that is not the greatest may be zero, or below it."""
    numbers = [
        "1 / max(level, 0.5)",
        "power(max(level, 0.5), -1)",
        "power(max(level, 0.25), -0.5)",
        "1 / sqrt(max(level, 0.25))",
    ]
    high = small.rule("high", *(small.ground(f"least_{at}", f"{number} >= 1") for at, number in enumerate(numbers)))
    level = small.number("level", small.unit(minimum=-2, maximum=2, whole=True), strict=True)
    data = small.rule_file((level,), [high, small.rule("low", small.ground("else", "level == 2"))])
    data["guarantees"] = [
        {"id": "open", "text": "T.", "kind": "keeps_possible", "unsure": ["level"], "categories": ["high", "low"]},
        {"id": "low", "text": "T.", "kind": "never_with", "never": ["low"]},
    ]
    verdicts = prove(small.engine(data)).verdicts
    assert {verdict.guarantee: verdict.holds for verdict in verdicts} == {"open": True, "low": False}
    assert not any(verdict.undecided for verdict in verdicts)
