"""Between which numbers a value lies: those of the brute force over every completion, exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from screening.ruleset.compiler.numbers.reals import nearest
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.value_ranges import ValueRange
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import QuestionType
from tests.support.every import for_every
from tests.support.rules.brute_force import Answers, BruteForce, completed
from tests.support.rules.precise import alike
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.small_rules import Members, built, choice, engine, ground, number, rule, rule_file, value

FOUND = rule("found", ground("always", "1 < 2"))
SCORED: tuple[Members, ...] = tuple({"code": code, "score": score} for score, code in enumerate("abcd"))


def assert_ranges_of_the_brute_force(data: Members, drawn: st.DataObject) -> None:
    """Every number of a rule file has, for some answer sets, the least and the greatest value of all completions."""
    rule_set = built(data)
    told, brute_force = Engine(rule_set), BruteForce(rule_set)
    numbers = [content.id for content in rule_set.values if is_number(content.expression.tree, told.names)]
    for _ in range(4 if numbers else 0):
        said = drawn.draw(answers(rule_set))
        note(repr(said))
        for name in numbers:
            assert_range(told.value_range(name, said), ends(brute_force, said, name))


def ends(brute_force: BruteForce, said: Answers, name: str) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest number of a value over all choices; None where one of these leaves it unknown."""
    counted, _ = brute_force.counted(said)
    strict = [
        question
        for question in brute_force.rule_set.questions
        if question.strict and question.type is not QuestionType.NUMBER
    ]
    completions = product(*(completed(question, counted[question.id]) for question in strict))
    names = [question.id for question in strict]
    complete = ({**counted, **dict(zip(names, chosen, strict=True))} for chosen in completions)
    found = [brute_force.reading(state).named(name) for state in complete]
    numbers = [item for item in found if isinstance(item, Decimal)]
    return (min(numbers), max(numbers)) if len(numbers) == len(found) else None


def assert_range(found: ValueRange | None, wanted: tuple[Decimal, Decimal] | None) -> None:
    if found is None or wanted is None:
        assert (found, wanted) == (None, None)
    else:
        assert alike(nearest(found.low), wanted[0])
        assert alike(nearest(found.high), wanted[1])


@given(rule_files(most_questions=4), st.data())
@settings(max_examples=50)
def test_a_range_has_the_ends_that_the_brute_force_finds(data: Members, drawn: st.DataObject) -> None:
    assert_ranges_of_the_brute_force(data, drawn)


@pytest.mark.slow
@given(rule_files(), st.data())
@settings(max_examples=60)
def test_the_same_of_many_more_rule_files(data: Members, drawn: st.DataObject) -> None:
    assert_ranges_of_the_brute_force(data, drawn)


NINE = engine(
    rule_file(
        [
            *(choice(f"item{at}", *SCORED, strict=True) for at in range(9)),
            number("weight"),
            number("height", strict=True),
            number("age", required=True),
        ],
        [FOUND],
        values=[
            value("total", f"sum({', '.join(f'score(item{at})' for at in range(9))})"),
            value("third", "total / 3"),
            value("adult", "unknown if age < 18 else total"),
            value("heavy", "total + weight"),
            value("root", "sqrt(age)"),
            value("high", "total > 20"),
            value("partly", 'unknown if item3 == "b" else total'),
            value("tall", "total + height"),
        ],
    )
)
BEST: Mapping[str, Plain] = {f"item{at}": "b" for at in range(9)} | {"age": Decimal(30)}


@for_every(
    ("name", "changed", "wanted"),
    [
        ("total", {}, (9, 9)),
        ("total", {"item3": None}, (8, 11)),
        ("total", dict.fromkeys((f"item{at}" for at in range(9)), None), (0, 27)),
        ("third", {"item3": None}, (Fraction(8, 3), Fraction(11, 3))),
        ("adult", {"item3": None}, (8, 11)),
        ("adult", {"age": Decimal(17)}, None),
        ("heavy", {}, None),
        ("heavy", {"weight": Decimal("0.5"), "item3": None}, (Decimal("8.5"), Decimal("11.5"))),
        ("high", {}, None),
        ("partly", {"item3": "c"}, (10, 10)),
        ("partly", {"item3": None}, None),
        ("tall", {}, None),
        ("tall", {"height": Decimal(2), "item3": None}, (10, 13)),
    ],
)
def test_a_range_is_told_where_no_completion_leaves_the_value_unknown(
    name: str, changed: Mapping[str, Plain], wanted: tuple[Decimal, Decimal] | None
) -> None:
    found = NINE.value_range(name, {**BEST, **changed})
    assert (found and (found.low, found.high)) == wanted


def test_what_is_more_than_can_be_gone_through_has_no_range() -> None:
    items = [choice(f"item{at}", *SCORED, strict=True) for at in range(7)]
    product = " * ".join(f"score(item{at})" for at in range(7))
    assert engine(rule_file(items, [FOUND], values=[value("much", product)])).value_range("much", {}) is None
