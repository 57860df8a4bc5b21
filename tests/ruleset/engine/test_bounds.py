"""Numbers typed as bounds, such as "<0.5" and ">75": what is certain of them is, and nothing that a number denies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.ruleset.compiler.rule_functions import compile_condition
from screening.ruleset.engine.engine import Engine
from screening.ruleset.engine.ground_status import GroundStatus, GroundStatuses
from screening.ruleset.explanation.explanation import Explainer
from screening.ruleset.language.parsing import parse
from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound, State
from screening.ruleset.model.outcome import Outcome
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import plain_answer
from tests.support.every import for_every
from tests.support.rules import small_rules as small
from tests.support.rules.bounded import BoundedBruteForce, bounds
from tests.support.rules.precise import TooCloseError
from tests.support.rules.random_rules import answers, rule_files
from tests.support.rules.small_rules import Members, built

ABC = built(
    small.rule_file([small.number(name) for name in "abc"], [small.rule("found", small.ground("always", "1 < 2"))])
)


def said(**typed: str) -> State:
    """Answers as they are typed; what is not typed is not known."""
    question = ABC.question
    return {name: plain_answer(question[name], read_answer(question[name], typed.get(name))) for name in "abc"}


@for_every(
    ("condition", "typed", "wanted"),
    [
        ("a < 5", {"a": "<5"}, True),
        ("a < 5", {"a": "≤5"}, None),
        ("a <= 5", {"a": "≤5"}, True),
        ("a >= 5", {"a": "<5"}, False),
        ("a > 5", {"a": "<=5"}, False),
        ("a > 5", {"a": ">5"}, True),
        ("a > 5", {"a": "≥5"}, None),
        ("a == 5", {"a": "<5"}, False),
        ("a != 5", {"a": "<5"}, True),
        ("a == 5", {"a": "<6"}, None),
        ("a >= 0", {"a": "<5"}, True),
        ("a > 0", {"a": "<5"}, None),
        ("a < 200", {"a": ">75"}, None),
        ("a == a", {"a": "<5"}, None),
        ("a - a == 0", {"a": "<5"}, None),
        ("a < b", {"a": "<5", "b": "5"}, True),
        ("a < b", {"a": "<5", "b": ">=5"}, True),
        ("a <= b", {"a": "≤5", "b": "≥5"}, True),
        ("a < b", {"a": "≤5", "b": "≥5"}, None),
        ("a < b", {"a": "<5"}, None),
        ("a + b > 7", {"a": ">5", "b": "≥2"}, True),
        ("a * b < 10", {"a": "<5", "b": "≤2"}, True),
        ("a * b < 10", {"a": "≤5", "b": "≤2"}, None),
        ("a * 0 == 0", {"a": ">5"}, True),
        ("1 / a > 0.2", {"a": "<5"}, None),
        ("1 / a < 0.2", {"a": ">5"}, True),
        ("1 / a == 0", {"a": ">5"}, False),
        ("known(a)", {"a": "<5"}, True),
        ("1 / a > 1 or 1 / a <= 1", {"a": "<5"}, None),
        ("sqrt(a) < 3", {"a": "<9"}, True),
        ("sqrt(a) * sqrt(a) >= 2", {"a": ">2"}, True),
        ("sqrt(b) * sqrt(b) == 2", {"a": "<9", "b": "2"}, True),
        ("sqrt(a - 1) >= 0", {"a": "<9"}, None),
        ("power(a, 2) < 25", {"a": "<5"}, True),
        ("power(a - 3, 2) >= 0", {"a": "<5"}, True),
        ("power(a, -0.5) < 0.5", {"a": ">4"}, None),
        ("power(a, -0.5) <= 0.5", {"a": ">4"}, True),
        ("power(0.5, a) > 0.03125", {"a": "<5"}, None),
        ("power(0.5, a) >= 0.03125", {"a": "<5"}, True),
        ("round(a, 0) < 3", {"a": "<2.5"}, True),
        ("round(a, 0) < 3", {"a": "≤2.5"}, None),
        ("min(a, b) < 5", {"a": "<5", "b": ">1"}, True),
        ("max(a, b) > 4", {"a": "<5", "b": ">4"}, True),
        ("max(a, b) < 5", {"a": "<5", "b": "3"}, True),
        ("(1 if a < 5 else 2) == 1", {"a": "<5"}, True),
        ("(1 if a < 4 else 1) == 1", {"a": "<5"}, None),
        ("definitely(a < 4)", {"a": "<5"}, False),
        ("possibly(a < 4)", {"a": "<5"}, True),
        ("not (a < 4)", {"a": "<5"}, None),
        ("a < 4 or b > 1", {"a": "<5", "b": ">3"}, True),
    ],
)
def test_a_comparison_is_certain_if_it_is_the_same_at_all_numbers(
    condition: str, typed: Mapping[str, str], wanted: bool | None
) -> None:
    tree, given_answers = parse(condition), said(**typed)
    holds, fails = (
        compile_condition(ABC, node)(given_answers, "", None, frozenset(), ()) for node in (tree, ex.Not(tree))
    )
    assert {(True, False): True, (False, True): False, (False, False): None}[holds, fails] is wanted


def assert_outcomes_of_the_brute_force(data: Members, drawn: st.DataObject) -> None:
    """Some answer sets with bounds have the outcomes that trying their numbers gives."""
    rule_set = built(data)
    engine, judge = Engine(rule_set), BoundedBruteForce(rule_set)
    for _ in range(3):
        given_answers = {**drawn.draw(answers(rule_set)), **drawn.draw(bounds(rule_set))}
        try:
            wanted = judge.outcome(given_answers)
        except TooCloseError:
            continue
        found = engine.evaluate(given_answers)
        assert found._replace(values={}) == wanted._replace(values={})
        for name, value in found.values.items():
            assert (value is None) == (wanted.values[name] is None), name


@given(rule_files(), st.data())
@settings(max_examples=60)
def test_the_outcome_is_that_of_the_brute_force(data: Members, drawn: st.DataObject) -> None:
    assert_outcomes_of_the_brute_force(data, drawn)


@pytest.mark.slow
@given(rule_files(), st.data())
@settings(max_examples=300)
def test_the_same_of_many_more_rule_files(data: Members, drawn: st.DataObject) -> None:
    assert_outcomes_of_the_brute_force(data, drawn)


SCAN = Engine(
    built(
        small.rule_file(
            [
                small.number("lsm", small.unit(minimum=2, maximum=75, decimals=1), strict=True),
                small.number("age", small.unit(maximum=120, whole=True), required=True),
                small.number("alt", small.unit(minimum=5, maximum=5000)),
            ],
            [
                small.rule("child", small.ground("young", "age < 18")),
                small.rule("stiff", small.ground("stiff", "lsm >= 15"), small.ground("product", "lsm * age > 1400")),
                small.rule("high", small.ground("alt", "definitely(alt > 40)")),
                small.rule("soft", small.ground("soft", "lsm < 15")),
            ],
        )
    )
)


def outcome(**typed: str) -> Outcome:
    """The outcome of answers as they are typed."""
    return SCAN.evaluate(scan(**typed))


def scan(**typed: str) -> State:
    """Answers to the questions of a scan."""
    question = SCAN.rule_set.question
    return {name: plain_answer(question[name], read_answer(question[name], value)) for name, value in typed.items()}


@for_every(
    ("typed", "possible"),
    [
        ({"lsm": ">75", "age": "50"}, {"stiff"}),  # all of it beyond the range
        ({"lsm": "<2.5", "age": "50"}, {"soft"}),
        ({"lsm": "<15", "age": "50"}, {"soft"}),
        ({"lsm": "≤15", "age": "50"}, {"soft", "stiff"}),
        ({"lsm": "<15", "age": "100"}, {"soft", "stiff"}),  # 14.5 of somebody who is 100
        ({"lsm": ">10", "age": "50", "alt": "30"}, {"soft", "stiff"}),
        ({"lsm": "10", "age": "50", "alt": ">40"}, {"high"}),
        ({"lsm": "10", "age": "50", "alt": "<50"}, {"soft"}),  # a lenient one counts where it is certain
        ({"lsm": "10", "age": "<18"}, {"child"}),
        ({"lsm": "10", "age": "<=18"}, {"child", "soft"}),
        ({"lsm": "5", "age": ">90"}, {"soft", "stiff"}),  # beyond 120 their product may be any
        ({"lsm": "<14", "age": ">90"}, {"soft", "stiff"}),
        ({"lsm": "<10", "age": "<=90"}, {"child", "soft"}),
    ],
)
def test_a_strict_or_required_bound_is_completed_by_the_numbers_that_it_leaves(
    typed: Mapping[str, str], possible: set[str]
) -> None:
    assert outcome(**typed).possible == possible


def test_what_a_bound_leaves_open_is_missing_and_settled_by_numbers_within_it() -> None:
    state = scan(lsm=">10", age="50", alt="30")
    explained = Explainer(SCAN).explain(state)
    assert explained.missing == ("lsm",)
    settled = {settling.category: settling.answers["lsm"] for settling in explained.settled_by}
    assert settled.keys() == {"soft", "stiff"}
    assert all(isinstance(number, Decimal) and number > 10 for number in settled.values())
    assert GroundStatuses(SCAN).of(state, SCAN.evaluate(state))["stiff"] is GroundStatus.NOT_SURE
    assert Explainer(SCAN).explain(scan(lsm=">75", age="50")).missing == ()


def test_a_value_of_a_bound_lies_between_two_numbers() -> None:
    data = small.rule_file(
        [small.number("a"), small.number("b")],
        [small.rule("found", small.ground("always", "1 < 2"))],
        values=[small.value("total", "a + b"), small.value("part", "a / b"), small.value("more", "a > 3")],
    )
    engine = Engine(built(data))
    values = engine.evaluate({"a": Decimal(5), "b": Bound(Decimal(0), Decimal(2), False, True)}).values
    assert values == {"total": Bound(Decimal(5), Decimal(7), False, True), "part": None, "more": True}
    found = engine.value_range("total", {"a": Decimal(5), "b": Bound(Decimal(2), Decimal("Infinity"), True, True)})
    assert found
    assert (found.low, found.low_open, found.high) == (Decimal(7), True, Decimal("Infinity"))


def test_a_bound_that_leaves_no_number_in_range_is_settled_by_none() -> None:
    """One over the square of a height below the least: unknown at zero, and nothing in range to settle it."""
    height = small.number("height", small.unit(minimum=120, maximum=220))
    data = small.rule_file(
        [height, small.number("weight")],
        [small.rule("over", small.ground("heavy", "definitely(index > 25)"))],
        values=[small.value("index", "weight * 10000 / (height * height)")],
    )
    engine = small.engine(data)
    answers: State = {"height": Bound(Decimal(0), Decimal(120), False, True), "weight": Decimal(50)}
    assert engine.evaluate(answers).category == "other"
    assert Explainer(engine).explain(answers).missing == ()
