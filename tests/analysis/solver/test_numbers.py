"""Numbers that can be typed between two bounds, and bounds of arithmetic by its answers' ranges."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.analysis.solver.intervals import Intervals
from screening.analysis.solver.numbers import number_between, on_grid
from screening.analysis.solver.rule_formulas import RuleModel
from screening.analysis.solver.witness import same_side
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.language.evaluation_mode import EvaluationMode
from screening.ruleset.model.questions import Question
from tests.analysis.said import Asking
from tests.support.rules import small_rules as small

WEIGHT = small.question(
    small.number("weight", small.unit("kg", "0.1", 50, decimals=1), small.unit("g", 100, 50000, factor="0.001"))
)
COUNT = small.question(small.number("count", small.unit(minimum=1, maximum=9)))
NUMBERS = st.decimals(0, 60, places=4)


@given(st.sampled_from([WEIGHT, COUNT]), NUMBERS, NUMBERS)
def test_a_number_between_two_bounds_can_be_typed_and_lies_between_them(
    question: Question, low: Decimal, high: Decimal
) -> None:
    found = number_between(question, low, high)
    if found is None:
        coarse = question is COUNT
        between = [Decimal(thousandth) / (1 if coarse else 1000) for thousandth in range(61 if coarse else 60_001)]
        assert not any(low < number < high and on_grid(question, number) for number in between)
    else:
        assert low < found < high
        assert on_grid(question, found)


@pytest.mark.parametrize(
    ("low", "high", "found"), [("0", "60", "10"), ("2.4", "2.6", "2.5"), ("2.4", "2.41", "2.401"), ("50", "60", None)]
)
def test_it_is_the_roundest_one(low: str, high: str, found: str | None) -> None:
    assert number_between(WEIGHT, Decimal(low), Decimal(high)) == (None if found is None else Decimal(found))


@given(st.fractions(Fraction(1, 10), 50), st.lists(st.decimals(0, 60, places=1), max_size=4, unique=True))
def test_a_witness_lies_on_the_same_side_of_every_threshold(number: Fraction, listed: list[Decimal]) -> None:
    limits = tuple(sorted(listed))
    found = Fraction(same_side(WEIGHT, number, limits))
    assert on_grid(WEIGHT, Decimal(found.numerator) / Decimal(found.denominator))
    for limit in map(Fraction, limits):
        assert (found < limit, found == limit) == (number < limit, number == limit)


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [
        ("count * count", 1, 81),
        ("count * (count - 5)", -36, 36),
        ("count / (count + 1)", "0.1", "4.5"),
        ("sqrt(count)", 1, 3),
        ("sqrt(count - 5)", 0, 2),
        ("1 / (count - 5)", None, None),
        ("sqrt(unknown if count > 5 else 4)", 2, 2),
    ],
)
def test_arithmetic_has_the_bounds_of_its_operands(expression: str, low: object, high: object) -> None:
    rule_set = small.built(
        small.rule_file(
            [small.number("count", small.unit(minimum=1, maximum=9), required=True)],
            [small.rule("found", small.ground("always", "1 < 2"))],
            values=[small.value("result", expression)],
        )
    )
    [span] = RuleFormulas(rule_set).number(rule_set.value["result"].expression.tree, EvaluationMode.GIVEN)
    interval = Intervals(rule_set).of(span.low)
    for found, wanted in ((interval.low, low), (interval.high, high)):
        if wanted is None:
            assert found is None
        else:
            assert found is not None
            assert abs(found - Decimal(str(wanted))) < Decimal("0.00001")


@pytest.mark.parametrize("expression", ["sqrt(count - 5)", "count / (count - 2)", "sqrt(4 if count > 5 else unknown)"])
def test_a_number_that_is_not_known_rules_no_answer_set_out(expression: str) -> None:
    rule_set = small.built(
        small.rule_file(
            [small.number("count", required=True)],
            [small.rule("found", small.ground("big", "definitely(result > 1)"))],
            values=[small.value("result", expression)],
        )
    )
    model = RuleModel(rule_set)
    asking = Asking(model, {"count": Decimal(2)})
    assert asking.must_be(model.formulas.category["other"])
    assert not asking.can_be(model.formulas.category["found"])
