"""Why a value is unknown though all that it reads was answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from screening.ruleset.explanation.unknown_values import unknown_values
from screening.ruleset.language.rendering import render
from tests.support.every import for_every
from tests.support.rules.interpreter import Given
from tests.support.rules.small_rules import choice, engine, ground, number, rule, rule_file, several, value

QUESTIONS = [number("age"), number("weight"), choice("colour", "red", "green"), several("signs", "rash", "cough")]
RULE = rule("old", ground("is_old", "definitely(age > 50)"))
ALL: dict[str, Given] = {
    "age": Decimal(30),
    "weight": Decimal(0),
    "colour": "red",
    "signs": frozenset({"rash"}),
}


def reasons(is_: str, said: Mapping[str, Given], *more: tuple[str, str]) -> dict[str, list[str]]:
    """The conditions told for a value `v`, as they would be written."""
    values = [*(value(*pair) for pair in more), value("v", is_)]
    found = unknown_values(engine(rule_file(QUESTIONS, [RULE], values=values)), said)
    return {content.value: list(map(render, content.because)) for content in found}


@for_every(
    ("is_", "wanted"),
    [
        ("unknown if age < 35 else weight", ["age < 35"]),
        ('unknown if age < 35 or colour == "red" else weight', ["age < 35", 'colour == "red"']),
        ('unknown if age > 35 or any_of(signs, "rash") else weight', ['any_of(signs, "rash")']),
        ("weight if age >= 35 else unknown", ["not (age >= 35)"]),
        ("age / weight", ["weight == 0"]),
        ("sqrt(weight - age)", ["(weight - age) < 0"]),
        ("sum(age, age / weight)", ["weight == 0"]),
        ("power(weight - age, 0.5)", ["(weight - age) < 0"]),
        ("power(weight, -1.5)", ["weight == 0"]),
        ("power(weight, -2)", ["weight == 0"]),
        ("round(age / weight, 1)", ["weight == 0"]),
        ("weight * (unknown if age < 35 else 1)", ["age < 35"]),
    ],
)
def test_the_conditions_that_leave_a_value_unknown_are_told(is_: str, wanted: list[str]) -> None:
    assert reasons(is_, ALL) == {"v": wanted}


def test_a_condition_that_is_a_value_is_told_by_the_part_of_it_that_holds() -> None:
    young = ("young", 'definitely(age < 35) or definitely(colour == "green")')
    assert reasons("unknown if young else weight", ALL, young) == {"v": ["age < 35"]}


def test_a_value_that_reads_an_unknown_one_tells_its_conditions() -> None:
    told = reasons("w + 1", ALL, ("w", "age / weight"))
    assert told == {"w": ["weight == 0"], "v": ["weight == 0"]}


@pytest.mark.parametrize("left_out", ["age", "weight"])
def test_a_value_with_an_open_input_is_unknown_for_want_of_an_answer(left_out: str) -> None:
    said = {name: answer for name, answer in ALL.items() if name != left_out}
    assert reasons("unknown if definitely(age < 35) else weight", said) == {}


def test_a_value_that_is_known_needs_no_reason() -> None:
    assert reasons("unknown if age < 25 else weight", ALL) == {}
