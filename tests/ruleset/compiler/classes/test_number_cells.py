"""Numbers that stand for all that a strict one may be: every class of them has one, and each is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.ruleset.compiler.classes import number_cells
from screening.ruleset.compiler.classes.number_cells import NumberCells, fixed_numbers
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.expression import Comparison
from tests.support.rules import small_rules as small
from tests.support.rules.brute_force import numbers
from tests.support.rules.interpreter import Reading
from tests.support.rules.small_rules import Members, decimals

UNITS = st.sampled_from(
    [
        [small.unit(maximum=9)],
        [small.unit(maximum=9, whole=True)],
        [small.unit(minimum=-3, maximum=3, decimals=1)],
        [small.unit(maximum=2), small.unit("2", minimum=3, maximum=9, factor="0.5")],
        [small.unit(maximum=9, whole=True), small.unit("2", maximum=30, factor="0.3")],
    ]
)
QUARTERS = st.integers(-16, 48).map(lambda quarters: Decimal(quarters) / 4)


def asked(units: list[Members]) -> Members:
    """A strict number, of one or two units."""
    return small.number("x", *units, strict=True, unit_question="Which?", units_by_name=True)


@given(UNITS, st.sets(QUARTERS, max_size=4))
def test_every_place_among_constants_where_a_number_is_accepted_has_one(
    units: list[Members], limits: set[Decimal]
) -> None:
    question = small.question(asked(units))

    def place(number: Decimal) -> tuple[bool, ...]:
        return tuple(side for limit in sorted(limits) for side in (number < limit, number == limit))

    found = fixed_numbers(question, limits)
    assert {place(number) for number in numbers(question)} <= {place(number) for number in found}
    assert len({place(number) for number in found}) == len(found)
    for number in found:
        accepted = ((number / unit.factor, unit) for unit in question.units)
        assert any(unit.minimum <= typed <= unit.maximum and not (unit.whole and typed % 1) for typed, unit in accepted)


def test_a_gap_that_is_narrower_than_what_reports_print_has_a_number() -> None:
    question = small.question(asked([small.unit(maximum=9)]))
    at, also, below, between, above = fixed_numbers(question, decimals("2.001", "2.002"))
    assert below < at < between < also < above


SUMS = (
    "x * (10 - x) >= y",
    "x * x < y + 2",
    "y / (x + 1) > 2",
    "x > y",
    "sqrt(x) * y > 4",
    "max(x, y) - min(x, 5) < y",
)


def cells(*conditions: str) -> NumberCells:
    """How some conditions tell a number apart."""
    pages = [asked([small.unit(maximum=10, decimals=1)]), small.number("y", small.unit(maximum=30), required=True)]
    rule_set = small.built(small.rule_file(pages, [small.rule("found", small.ground("always", "1 < 2"))]))
    names = SymbolTable.of(rule_set)
    return NumberCells(rule_set.question["x"], [parse(condition) for condition in conditions], names)


def told(conditions: tuple[str, ...], answers: Mapping[str, Plain]) -> tuple[bool | None, ...]:
    """What the conditions are, read by the judge."""
    pages = [asked([small.unit()]), small.number("y")]
    rule_set = small.built(small.rule_file(pages, [small.rule("found", small.ground("always", "1 < 2"))]))
    return tuple(Reading(rule_set, answers).truth(parse(condition)) for condition in conditions)


@pytest.mark.parametrize("conditions", [*pairwise(SUMS)])
def test_of_what_is_worked_out_every_number_that_reports_print_is_like_one_that_was_found(
    conditions: tuple[str, ...],
) -> None:
    for y in decimals("7", "25"):
        found = cells(*conditions, "x > 3").numbers({"x": None, "y": y})
        every = {told((*conditions, "x > 3"), {"x": Decimal(tenth) / 10, "y": y}) for tenth in range(101)}
        assert every <= {told((*conditions, "x > 3"), {"x": number, "y": y}) for number in found}


def test_a_band_between_two_numbers_that_reports_print_is_found() -> None:
    found = cells("x * y > 24", "x * y < 24.2").numbers({"x": None, "y": Decimal(7)})
    assert any(24 < number * 7 < Decimal("24.2") for number in found if isinstance(number, Decimal))


def test_few_ranges_are_looked_at_and_none_where_only_constants_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(cells("x > 3", "5 == x").tests) == 0
    monkeypatch.setattr(number_cells, "MOST_RANGES", 60)
    found = cells("x * y > 24.1").numbers({"x": None, "y": Decimal(7)})
    exact = [number for number in found if isinstance(number, Decimal)]
    assert {number * 7 > Decimal("24.1") for number in exact} == {True, False}
    assert len(found) == 2


def test_what_intervals_never_tell_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(number_cells, "MOST_RANGES", 60)
    never_told, answers = cells("x + y - x == y", "x > 3"), {"x": None, "y": Decimal(7)}
    assert {number > 3 for number in never_told.numbers(answers)} == {True, False}
    assert not never_told.is_told_apart(answers)
    assert cells("x * y > 24.1").is_told_apart(answers)


def test_the_number_given_stands_for_itself() -> None:
    assert cells("x * y > 3").numbers({"x": Decimal("2.345"), "y": Decimal(7)}) == (Decimal("2.345"),)


def test_values_that_are_supposed_stand_for_what_is_answered() -> None:
    pages = [asked([small.unit(maximum=10)]), small.number("y", required=True)]
    data = small.rule_file(
        pages, [small.rule("found", small.ground("more", "v > x"))], values=[small.value("v", "y * 2")]
    )
    rule_set = small.built(data)
    names = SymbolTable.of(rule_set)
    tree = rule_set.ground["more"].when.tree
    assert isinstance(tree, Comparison)
    found = NumberCells(rule_set.question["x"], [tree], names)
    answers: Mapping[str, Plain] = {"x": None, "y": Decimal(50)}
    assert len(found.numbers(answers)) == 1
    assert len(found.numbers(answers, {"v": Decimal(4)})) == 2
