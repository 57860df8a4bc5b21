"""Expressions that would grow without bound once their values are written out are refused before that is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.checks.expression_sizes import MAX_DIGITS, MAX_LEVELS, MAX_ROOTS, check_sizes
from screening.rulefiles.loading.loader import LoadedRules
from tests.rulefiles.edited import edited, mistakes, places, rule_set_of
from tests.support.every import for_every

END_OF_VALUES = "  - {id: light_pot, is: definitely(weight < 0.5)}\n"


def with_values(*lines: str, read: str) -> str:
    """The small rule file with more values, and a ground that reads one of them."""
    added = END_OF_VALUES + "".join(f"  - {{id: {line}}}\n" for line in lines)
    return edited((END_OF_VALUES, added), ("when: dry\n", f"when: dry or definitely({read} > 5)\n"))


def test_the_rules_for_the_liver_are_small_enough(liver: LoadedRules) -> None:
    assert check_sizes(liver.rule_set) == []


def test_values_that_double_are_refused_where_the_first_one_is_too_large() -> None:
    doubling = [f"b{n}, is: b{n - 1} + b{n - 1}" for n in range(1, 40)]
    rule_set = rule_set_of(with_values("b0, is: age + age", *doubling, read="b39"))
    [problem] = check_sizes(rule_set)
    assert problem.code == "expression.too_large"
    assert problem.path[0] == "values"
    index = problem.path[1]
    assert isinstance(index, int)
    assert rule_set.values[index].id == "b11"


def test_values_that_only_grow_deep_are_refused() -> None:
    longer = [f"b{n}, is: b{n - 1} + 1" for n in range(1, MAX_LEVELS + 5)]
    assert len(check_sizes(rule_set_of(with_values("b0, is: age", *longer, read="b100")))) == 1


def test_as_many_levels_as_allowed_are_read(tmp_path: Path) -> None:
    allowed = [f"b{n}, is: b{n - 1} + 1" for n in range(1, MAX_LEVELS - 5)]
    text = with_values("b0, is: age", *allowed, read=f"b{MAX_LEVELS - 6}")
    assert check_sizes(rule_set_of(text)) == []
    assert mistakes(tmp_path, text) == []


def test_a_chain_of_as_many_values_as_a_file_may_hold_is_refused_and_exhausts_nothing(tmp_path: Path) -> None:
    chain = [f"b{n}, is: b{n - 1} + 1" for n in range(296, 0, -1)]
    text = with_values(*chain, "b0, is: age", read="b296")
    [said] = mistakes(tmp_path, text)
    assert "With its values written out" in said


def test_a_circle_of_as_many_values_as_a_file_may_hold_is_told(tmp_path: Path) -> None:
    circle = [f"b{n}, is: b{(n - 1) % 297} + 1" for n in range(297)]
    [said] = mistakes(tmp_path, with_values(*circle, read="b0"))
    assert "These values are defined by each other: b0 -> b296 -> " in said


@pytest.mark.parametrize("digits", [MAX_DIGITS, MAX_DIGITS + 1])
def test_a_number_may_have_as_many_digits_as_stay_exact(digits: int) -> None:
    rule_set = rule_set_of(edited(("when: dry\n", f"when: dry and age < 0.{'1' * digits}\n")))
    too_long = [("expression.digits", "rules.1.grounds.0.when")]
    assert places(check_sizes(rule_set)) == (too_long if digits > MAX_DIGITS else [])


@for_every(
    ("read", "refused"),
    [
        ("power(2, age * 10)", ""),
        ("power(2, age * 10 + 1)", "expression.exponent_range"),
        ("power(2, 0 - age * 11)", "expression.exponent_range"),
        ("power(2, min(age * 100, 50))", ""),
        ("power(2, age / (age - 1))", "expression.exponent_range"),
        ("power(2, power(age, 3))", "expression.exponent_range"),
        ("power(power(age, 100), 100)", "expression.too_large"),
        ("power(power(age, 100), 0.5)", ""),
    ],
)
def test_powers_stay_as_small_as_can_be_worked_out(read: str, refused: str) -> None:
    rule_set = rule_set_of(with_values(f"'raised', is: '{read}'", read="raised"))
    assert {problem.code for problem in check_sizes(rule_set)} == ({refused} if refused else set())


@pytest.mark.parametrize("roots", [MAX_ROOTS, MAX_ROOTS + 1])
def test_two_numbers_that_are_compared_may_have_so_many_different_roots(roots: int) -> None:
    total = " + ".join(f"sqrt(age + {number})" for number in range(roots))
    text = with_values(f"half, is: {total}", read="half + half")
    too_many = [("expression.roots", "values.5.is"), ("expression.roots", "rules.1.grounds.0.when")]
    found = places(check_sizes(rule_set_of(text)))
    assert [code for code, _ in found] == ([code for code, _ in too_many] if roots > MAX_ROOTS else [])
