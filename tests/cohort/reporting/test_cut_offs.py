"""Every cut-off is found, moved in steps that people would choose, and moved wherever the rules compare with it."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from screening.cohort.reporting.cut_offs import CutOff, cut_offs, is_plain, moved_rules, places_of
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from tests.support.rules.small_rules import Members, built, ground, number, rule, rule_file, unit, value


def rules_with(condition: str, *asked: Members) -> Members:
    numbers = [number(name, unit(maximum=99, decimals=1)) for name in "ab"]
    return rule_file(numbers, [rule("more", ground("over", condition))], values=[value("both", "a + b"), *asked])


@pytest.mark.parametrize(
    ("condition", "found", "plain"),
    [
        ("definitely(a > 3)", [("a", "3")], True),
        ("definitely(3 <= a < 4) or definitely(b > 3)", [("a", "3"), ("a", "4"), ("b", "3")], True),
        ("definitely(a > (3 if b > 5 else 4))", [("a", "3"), ("a", "4"), ("b", "5")], False),
        ("definitely(max(a, b) >= 7)", [("a", "7"), ("b", "7")], False),
        ("definitely(both > 2.5)", [("both", "2.5")], True),
        ("definitely(a + 1 > 3)", [], True),
    ],
)
def test_a_cut_off_is_a_constant_beside_a_number(condition: str, found: list[tuple[str, str]], plain: bool) -> None:
    rule_set = built(rules_with(condition))
    wanted = [CutOff(name, Decimal(constant)) for name, constant in found]
    assert list(cut_offs(rule_set)) == wanted
    for cut_off in wanted:
        if cut_off.name != "b" or cut_off.number == 7:
            assert is_plain(cut_off, rule_set) is plain


@pytest.mark.parametrize(
    ("condition", "place"),
    [("definitely(a > {})", 7), ("definitely(a > ({} if b > 5 else 4))", 2), ("definitely(max(a, b) >= {})", 9)],
)
def test_a_moved_cut_off_is_that_of_a_file_that_says_so(condition: str, place: int) -> None:
    rule_set = built(rules_with(condition.format(3)))
    moved = Engine(moved_rules(rule_set, CutOff("a", Decimal(3)), Decimal(place)))
    written = Engine(built(rules_with(condition.format(place))))
    for one in range(12):
        for other in range(12):
            answers = {"a": Decimal(one), "b": Decimal(other)}
            assert moved.possible(answers) == written.possible(answers), answers


def test_the_cut_offs_of_the_liver_rules_are_moved_in_steps_that_can_be_typed(liver: LoadedRules) -> None:
    found = {(cut_off.name, cut_off.number): places_of(cut_off, liver.rule_set) for cut_off in cut_offs(liver.rule_set)}
    assert [str(place) for place in found["lsm", Decimal("8.0")][9:12]] == ["7.8", "8.0", "8.2"]
    assert [str(place) for place in found["fib4", Decimal("2.67")][:2]] == ["1.67", "1.77"]
    assert found["age", Decimal(18)][0] >= liver.rule_set.question["age"].stored_unit.minimum
    for (_, constant), places in found.items():
        assert constant in places
        assert len({upper - lower for lower, upper in itertools.pairwise(places)}) == 1
