"""Units of one question that contradict each other are found, whichever of their numbers is wrong, and only then."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from screening.rulefiles.checks.units import limits_agree, not_printed, printed_missing, printed_ranges
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.questions import Unit
from screening.ruleset.model.rule_set import RuleSet
from tests.conftest import ROOT
from tests.rulefiles.edited import dotted, rule_set_of
from tests.support.rules.small_rules import Members, built, ground, number, page, rule, rule_file, unit

LIVER = (ROOT / "rules" / "liver.yaml").read_text(encoding="utf-8")
FACTORS = st.decimals("0.001", 1000, places=3)
LIMITS = st.decimals("1", 500, places=2)


def units(*listed: Members) -> RuleSet:
    """A rule set with one number in these units."""
    return built(rule_file([page(number("height", *listed))], [rule("x", ground("g", "definitely(height > 2)"))]))


def told(found: list[Problem]) -> list[tuple[str, str]]:
    """The code of each problem, and the unit and member that it is about."""
    return [(problem.code, dotted(problem.path[4:])) for problem in found]


# --- factors and limits --------------------------------------------------------------------------


def test_inches_with_the_factor_of_centimetres_are_told_the_right_one() -> None:
    rules = units(unit("cm", 50, 250), unit("[in_i]", 20, 98, factor=Decimal("0.3937")))
    (problem,) = limits_agree(rules)
    assert (problem.code, problem.path[-1]) == ("unit.factor_inverted", "factor")
    assert problem.values["instead"] == Decimal("2.540")
    assert not list(limits_agree(units(unit("cm", 50, 250), unit("[in_i]", 20, 98, factor=Decimal("2.54")))))


@given(FACTORS, LIMITS, LIMITS, st.decimals("-0.045", "0.045", places=3))
def test_limits_that_are_the_same_but_for_rounding_are_no_mistake(
    factor: Decimal, low: Decimal, width: Decimal, off: Decimal
) -> None:
    high = low + width
    other = unit("b", low / factor * (1 + off), high / factor * (1 - off), factor=factor, decimals=6)
    assert not list(limits_agree(units(unit("a", low, high, decimals=2), other)))


@given(FACTORS, LIMITS, LIMITS, st.sampled_from(["minimum", "maximum"]), st.decimals("0.2", 9, places=2))
def test_a_limit_more_than_a_twentieth_apart_is_found_where_it_stands(
    factor: Decimal, low: Decimal, width: Decimal, member: str, off: Decimal
) -> None:
    right = {"minimum": low, "maximum": low + width}
    limits = {name: value / factor * (off if name == member else 1) for name, value in right.items()}
    assume(limits["minimum"] < limits["maximum"])
    # limits of this many digits are not rounded
    rules = units(unit("a", low, low + width, decimals=6), unit("b", **limits, factor=factor, decimals=6))
    found = told(list(limits_agree(rules)))
    judged = {name: limits[name] * factor for name in limits}
    apart = [name for name in right if abs(right[name] - judged[name]) * 20 > max(right[name], judged[name])]
    assert found == [("unit.limits", f"units.1.{name}") for name in apart]


@given(FACTORS, LIMITS, LIMITS)
def test_an_inverted_factor_is_found(factor: Decimal, low: Decimal, width: Decimal) -> None:
    assume(not Decimal("0.9") < factor < Decimal("1.1"))
    inverse = 1 / factor
    rules = units(
        unit("a", low, low + width, decimals=6),
        unit("b", low / factor, (low + width) / factor, factor=inverse, decimals=6),
    )
    assert {code for code, _ in told(list(limits_agree(rules)))} <= {"unit.factor_inverted", "unit.limits"}
    assert list(limits_agree(rules))


@pytest.mark.parametrize(
    ("stored", "other", "fine"),
    [
        (unit("a", 0, 100), unit("b", 0, 1, factor=100), True),
        (unit("umol", 1, 1500), unit("mg", "0.01", 17, factor=Decimal("88.4"), decimals=2), True),  # 1 is 0.0113
        (unit("umol", 1, 1500, decimals=3), unit("mg", "0.01", 17, factor=Decimal("88.4"), decimals=4), False),
        (unit("a", -30, 30), unit("b", "-0.03", "0.03", factor=1000, decimals=3), True),
        (unit("a", -30, 30), unit("b", "0.01", "0.03", factor=1000, decimals=3), False),
    ],
)
def test_what_rounding_to_the_digits_of_a_unit_explains_is_no_mistake(
    stored: Members, other: Members, fine: bool
) -> None:
    assert (not list(limits_agree(units(stored, {**other, "minimum": Decimal(other["minimum"])})))) == fine


# --- printed ranges ------------------------------------------------------------------------------

WORDS = st.sampled_from(["", "About ", "大约", "Ends at ", "to (also ", "~"])
NUMBERS = st.decimals("0.1", 900_000, places=2)


def written(number: Decimal, mark: str, point: str) -> str:
    """A number as papers print it."""
    whole, _, decimals = f"{number:f}".partition(".")
    groups: list[str] = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return mark.join(groups) + (point + decimals if decimals.strip("0") else "")


def printing(*numbers: Decimal) -> Unit:
    """A unit with these numbers in its printed range."""
    return Unit("a", "a", Decimal(0), Decimal(1_000_000), printed=numbers)


@given(NUMBERS, NUMBERS, st.sampled_from(["", " ", ".", ",", "'", "\u202f"]), st.sampled_from(".,"), WORDS)
def test_a_number_is_found_in_whichever_way_it_is_printed(
    low: Decimal, high: Decimal, mark: str, point: str, words: str
) -> None:
    assume(mark != point)
    text = f"{words}{written(low, mark, point)} - {written(high, mark, point)} (mg/dL)"
    assert not not_printed(text, printing(low, high))


@given(NUMBERS, NUMBERS, st.sampled_from(["", " ", "'"]), st.sampled_from([10, 100, 1000, 10000]))
def test_a_number_a_power_of_ten_away_is_not_taken_for_it(low: Decimal, high: Decimal, mark: str, power: int) -> None:
    text = f"About {written(low, mark, '.')} - {written(high, mark, '.')}"
    others = [value * power for value in (low, high)]
    expected = [value for value in others if value not in (low, high)]
    assert not_printed(text, printing(*others)) == expected


def test_the_printed_ranges_of_the_liver_file_hold_their_numbers() -> None:
    rules = rule_set_of(LIVER)
    assert not [*printed_ranges(rules), *printed_missing(rules), *limits_agree(rules)]
    assert sum(bool(own_unit.printed) for question in rules.questions for own_unit in question.units) == 6


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("About 150 - 400", "About 150 000 - 400 000 (also printed 150.000 - 400.000)"),
        ("At about 17 - 21 (µmol/L)", "At about 1.0 - 1.3 (mg/dL)"),
        ("About 35 - 50 (g/L)", "About 3.5 - 5 (g/dL)"),
    ],
)
def test_two_printed_ranges_that_were_swapped_are_found(one: str, other: str) -> None:
    texts = LIVER.replace(f"range: {one}\n", "range: @\n").replace(f"range: {other}\n", f"range: {one}\n")
    found = told(list(printed_ranges(rule_set_of(texts.replace("range: @\n", f"range: {other}\n")))))
    assert found == [("unit.printed_text", f"units.{index}.printed_range") for index in (0, 1)]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("[150, 400]", "[150000, 400000]", "unit.printed_outside"),
        ("[17, 21]", "[1.0, 1.3]", "unit.printed_apart"),
        ("[35, 50]", "[3.5, 5]", "unit.printed_outside"),
    ],
)
def test_numbers_that_were_swapped_with_their_texts_are_found(one: str, other: str, code: str) -> None:
    swapped = LIVER.replace(f"printed: {one}", "printed: @").replace(f"printed: {other}", f"printed: {one}")
    found = told(list(printed_ranges(rule_set_of(swapped.replace("printed: @", f"printed: {other}")))))
    assert code in {item for item, _ in found}


def test_the_lower_number_stands_first() -> None:
    rules = units(unit("a", 0, 100, printed=[50, 35], printed_range="35 - 50"))
    assert told(list(printed_ranges(rules))) == [("unit.printed_order", "units.0.printed")]


def test_a_range_of_numbers_by_which_a_unit_is_told_is_given_as_numbers() -> None:
    one, other = unit("a", 0, 100, printed_range="35 - 50"), unit("b", 0, 10, factor=10, printed_range="g/dL")
    assert told(list(printed_missing(units(one, other)))) == [("unit.printed_missing", "units.0.printed_range")]
    assert not list(printed_missing(units(one)))
