"""A value is kept and shown on its own side of every number with which it is compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, ROUND_UP, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from random import Random

import pytest

from screening.ruleset.compiler.numbers.precision import Precision, bracket, tolerance
from screening.ruleset.compiler.numbers.reals import exact_root
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.compiler.numbers.thresholds import (
    may_be_short,
    round_for_display,
    round_outward,
    short_decimal,
    steady,
    value_thresholds,
)
from screening.ruleset.language.parsing import parse
from screening.ruleset.language.symbol_table import SymbolTable
from tests.support.every import for_every
from tests.support.rules.small_rules import (
    built,
    choice,
    decimals,
    engine,
    ground,
    note,
    number,
    rule,
    rule_file,
    value,
)

FORTY = decimals("40")


@for_every(
    ("number", "digits", "thresholds", "text"),
    [
        ("39.996", 2, FORTY, "39.996"),
        ("39.994", 2, FORTY, "39.99"),
        ("40.004", 2, FORTY, "40.004"),
        ("40", 2, FORTY, "40.00"),
        ("40.000000000000000000000000000000000001", 1, FORTY, "40.000000000000000000000000000000000001"),
        ("2.675", 2, decimals("2.675"), "2.675"),
        ("2.674", 2, decimals("2.675"), "2.67"),
        ("2.6701", 3, decimals("1.3", "2.67"), "2.6701"),
        ("2.5", 0, (), "3"),
        ("-2.5", 0, (), "-3"),
        ("0.004", 2, decimals("0"), "0.004"),
        ("0", 2, decimals("0"), "0.00"),
        ("-0", 2, (), "0.00"),
        ("-0.001", 2, (), "0.00"),
        ("-0.001", 2, decimals("0"), "-0.001"),
        ("13.334", 1, (Fraction(40, 3),), "13.334"),
        ("13.33", 1, (Fraction(40, 3),), "13.3"),
        ("1.4143", 2, (exact_root(Decimal(2)),), "1.4143"),
        ("123456789012345678901234567890.123", 2, (), "123456789012345678901234567890.12"),
    ],
)
def test_a_value_is_shown_with_as_many_digits_as_keep_it_where_it_is(
    number: str, digits: int, thresholds: tuple[Real, ...], text: str
) -> None:
    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])):
        assert str(round_for_display(Decimal(number), digits, thresholds)) == text


@for_every("seed", range(20))
def test_what_is_shown_never_lands_on_a_threshold_that_the_value_is_not_nor_beyond_it(seed: int) -> None:
    random = Random(seed)
    for _ in range(200):
        thresholds = [Decimal(random.randint(-400, 400)).scaleb(-random.randint(0, 3)) for _ in range(3)]
        near = random.choice([Decimal(0), Decimal(random.randint(-9, 9)).scaleb(-random.randint(1, 12))])
        number, digits = random.choice(thresholds) + near, random.randint(0, 4)
        said = round_for_display(number, digits, thresholds)
        assert [(said > edge) - (said < edge) for edge in thresholds] == [
            (number > edge) - (number < edge) for edge in thresholds
        ]
        plain = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if said.as_tuple().exponent == plain.as_tuple().exponent:
            assert said == plain
        else:
            assert any((plain - edge) * (number - edge) <= 0 and plain != number for edge in thresholds)


@for_every("seed", range(10))
def test_the_ends_of_a_range_are_rounded_outward_and_stay_on_their_sides(seed: int) -> None:
    random = Random(seed)
    for _ in range(200):
        thresholds = [Fraction(random.randint(-400, 400), random.choice([1, 3, 100])) for _ in range(3)]
        near = random.choice([Fraction(0), Fraction(random.randint(-9, 9), random.choice([1, 7, 10**12]))])
        low = random.choice(thresholds) + near
        high, digits = low + Fraction(random.randint(1, 300), random.choice([7, 100])), random.randint(0, 3)
        said = round_outward(low, high, digits, thresholds)
        for end, told in zip((low, high), map(Fraction, said), strict=True):
            is_decimal = (end * 10**15).denominator == 1
            # no decimal equals a third
            beside = [threshold for threshold in thresholds if threshold != end or is_decimal]
            assert [(told > threshold) - (told < threshold) for threshold in beside] == [
                (end > threshold) - (end < threshold) for threshold in beside
            ]
            assert abs(told - end) < Fraction(1, 10**digits)
        assert Fraction(said[0]) <= low
        assert high <= Fraction(said[1])


@for_every(
    ("low", "high", "digits", "thresholds", "texts"),
    [
        (Decimal("7.6"), Decimal("12.2"), 0, (), ("7", "13")),
        (Decimal("7.6"), Decimal("12.2"), 0, decimals("7.3"), ("7.6", "13")),
        (Decimal("7.6"), Decimal("12.2"), 0, decimals("7", "13"), ("7.6", "12.2")),
        (Decimal(7), Decimal(13), 0, decimals("7", "13"), ("7", "13")),
        (Decimal("7.6"), Decimal("7.6"), 0, (), ("8", "8")),
        (Decimal("7.6"), Decimal("7.6"), 0, decimals("8"), ("7.6", "7.6")),
        (exact_root(Decimal(2)), Fraction(8, 3), 1, (), ("1.4", "2.7")),
        (exact_root(Decimal(2)), Fraction(8, 3), 1, (exact_root(Decimal(2)), Fraction(27, 10)), ("1.4", "2.67")),
        (Decimal("-0.4"), Decimal("-0.2"), 0, (), ("-1", "0")),
    ],
)
def test_the_ends_of_a_range_as_they_are_told(
    low: Real, high: Real, digits: int, thresholds: tuple[Real, ...], texts: tuple[str, str]
) -> None:
    assert tuple(map(str, round_outward(low, high, digits, thresholds))) == texts


def test_the_bounds_of_zones_are_thresholds_of_a_value() -> None:
    zones = [
        {"id": "low", "text": "low", "below": 5},
        {"id": "mid", "text": "mid", "up_to": 9.5},
        {"id": "top", "text": "top"},
    ]
    found = rule("found", ground("one", "definitely(v > 7)"))
    rule_set = built(rule_file([number("a")], [found], values=[value("v", "a / 3", label="V", zones=zones)]))
    assert value_thresholds(rule_set) == {"v": decimals("5", "7", "9.5")}


def test_the_thresholds_of_a_value_are_found_through_values_branches_and_constants_that_are_worked_out() -> None:
    values = [
        value("ratio", "a / b"),
        value("used", "unknown if a < 35 else ratio"),
        value("limit", "3 * 7"),
        value("low", "used < 10"),
        value("double", "ratio * 2"),
    ]
    grounds = [
        ground("one", "definitely(40 <= used)"),
        ground("two", "definitely(ratio > (2.5 if b > 1 else 1 / 3))"),
        ground("three", "definitely(used > limit or ratio < sqrt(2))"),
        ground("four", "definitely(double > 77 or ratio > b)"),
    ]
    notes = [note("noted", "definitely(used != 0.5)")]
    rule_set = built(rule_file([number("a"), number("b")], [rule("r", *grounds)], values=values, notes=notes))
    found = value_thresholds(rule_set)
    assert found["used"] == decimals("0.5", "10", "21", "40")
    assert found["ratio"] == (
        Fraction(1, 3),
        Decimal("0.5"),
        exact_root(Decimal(2)),
        *decimals("2.5", "10", "21", "40"),
    )
    assert found["double"] == decimals("77")
    assert set(found) == {"used", "ratio", "double", "limit"}


def test_an_exact_number_is_kept_with_as_many_digits_as_keep_it_on_its_side() -> None:
    near = Fraction(40) + Fraction(1, 10**60)
    assert steady(near, FORTY) == Decimal(f"40.{'0' * 59}1")
    assert steady(near, ()) == steady(Fraction(40), FORTY) == 40
    assert str(steady(Fraction(40, 3), (Fraction(40, 3),))) == "13." + "3" * 26
    assert steady(None, FORTY) is None


def test_a_number_that_was_cut_may_be_a_short_one() -> None:
    assert may_be_short(Decimal("3.999999999999999999999999999"), 3)
    assert may_be_short(Decimal("4.000000000000000000000000001"), 3)
    assert not may_be_short(Decimal("4.000000000000000000000000100"), 3)
    assert may_be_short(Decimal("4.000000000000000000000000100"), 100)
    assert not may_be_short(Decimal(4), 3)
    assert not may_be_short(Decimal("1.333333333333333333333333333"), 3)


def test_a_number_that_is_not_short_after_all_is_told_as_it_was_cut() -> None:
    cut = Decimal("4.000000000000000000000000001")
    assert short_decimal(Fraction(4), cut) == 4
    assert short_decimal(Fraction(4) + Fraction(1, 10**27), cut) is cut
    assert short_decimal(exact_root(Decimal(16) + Decimal("8E-27")), cut) is cut


def test_a_short_decimal_is_told_as_it_is_though_nothing_compares_it() -> None:
    values = [value("third", "a / 3 * 3"), value("root", "sqrt(a) * sqrt(a)"), value("seventh", "a / 7")]
    strict = choice("strict", "yes", "no", strict=True)
    judging = engine(rule_file([number("a"), strict], [rule("r", ground("g", 'strict == "yes"'))], values=values))
    for given in ("yes", None):
        found = judging.evaluate({"a": Decimal(7), "strict": given}).values
        assert {name: str(edge) for name, edge in found.items()} == {"third": "7", "root": "7", "seventh": "1"}


@pytest.mark.parametrize(
    "threshold", [Decimal("2.67"), Decimal(0), Fraction(-40, 3), Decimal("1E-30"), Decimal("7E+40")]
)
@pytest.mark.parametrize("parts", [1, 5, 900])
def test_a_number_outside_a_bracket_is_on_the_side_on_which_it_seems_to_be(threshold: Real, parts: int) -> None:
    low, high = bracket(threshold, parts)
    exact = Fraction(threshold)  # type: ignore[arg-type]
    off = Fraction(parts, 10**27)
    # the true number is at least `seen / (1 + off)` and at most `seen / (1 - off)`, or the other way below zero
    for seen in (Fraction(low), Fraction(high)):
        ends = sorted((seen / (1 + off), seen / (1 - off)))
        assert ends[1] <= exact if seen == Fraction(low) else ends[0] >= exact
    assert (low == high == 0) is (exact == 0)


def test_how_far_off_a_number_may_be_is_the_sum_of_what_its_parts_are() -> None:
    values = [value("third", "a / 3"), value("whole", "a * b + a")]
    rule_set = built(
        rule_file([number("a"), number("b")], [rule("r", ground("g", "definitely(third > whole)"))], values=values)
    )
    precision = Precision(SymbolTable.of(rule_set))
    expected = {
        "a": 0,
        "whole * whole - 3": 0,
        "sum(a, b, whole)": 0,
        "third": 2,
        "third * third": 6,
        "third / whole": 4,
        "sqrt(a)": 2,
        "sqrt(third)": 4,
        "third + a": 4,
        "sum(a, third, b)": 5,
        "third if a > 1 else whole": 2,
        "unknown": 0,
    }
    assert {text: precision.parts(parse(text)) for text in expected} == expected
    assert tolerance(2) == Decimal("6E-27")
