"""Numbers below zero: read by every reader where the unit reaches there, refused in plain words everywhere else."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.cohort.answer_sets import Reader, Unusable
from screening.cohort.mapping import CohortMapping, Column
from screening.forms.fields import NumberField
from screening.forms.page_form import PageForm
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.questions import Page, Question
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Quantity, plain_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.wording.document.answers import answer_error, answer_in_words, readable_number
from screening.wording.language.languages import language
from tests.forms.sending import Body
from tests.support.every import for_every
from tests.support.rules.small_rules import built, ground, number, page, question, rule, rule_file, unit

ENGLISH = language("en")
EXCESS_MEMBERS = number(
    "excess",
    unit("mmol/L", -30, 30, decimals=3),
    unit("mol/L", Decimal("-0.03"), Decimal("0.03"), factor=1000, decimals=6),
)
EXCESS = question(EXCESS_MEMBERS)
TEMPERATURE = question(number("temperature", unit("Cel", -60, 60, decimals=1), unit("K", 200, 340, decimals=1)))
COUNT = question(number("count", unit("1", 0, 5_000, decimals=3)))
MINUS = st.sampled_from(["-", "\N{MINUS SIGN}", "- ", "\N{MINUS SIGN} "])


def error(asked: Question, raw: object) -> tuple[str, str]:
    """The code by which a raw answer is refused, and what the person reads."""
    with pytest.raises(AnswerError) as raised:
        read_answer(asked, raw)
    return raised.value.code, answer_error(raised.value, ENGLISH)


@given(MINUS, st.decimals(-30, 0, places=2), st.sampled_from(".,"))
def test_a_number_below_zero_is_read_in_every_way_of_writing_it(sign: str, amount: Decimal, point: str) -> None:
    typed = f"{sign}{abs(amount):f}".replace(".", point)
    answer = read_answer(EXCESS, {"value": typed, "unit": "mmol/L"})
    assert isinstance(answer, Quantity)
    assert answer.amount == amount
    assert str(answer.amount) != "-0"
    assert read_answer(EXCESS, json.loads(json.dumps(raw_answer(answer)))) == answer
    plain = plain_answer(EXCESS, answer)
    assert plain == amount
    assert plain_answer(EXCESS, read_answer(EXCESS, raw_plain(EXCESS, plain))) == plain


@given(st.decimals(-30, 30, places=3))
def test_a_program_may_send_it_as_a_number(amount: Decimal) -> None:
    for raw in (amount, float(amount)):
        answer = read_answer(EXCESS, raw)
        assert isinstance(answer, Quantity)
        assert answer.amount == amount
        assert read_answer(EXCESS, raw_answer(answer)) == answer


@given(MINUS, st.integers(1, 9), st.integers(0, 999))
def test_a_mark_before_three_digits_is_no_more_guessed_at_than_above_zero(sign: str, ones: int, rest: int) -> None:
    wide = question(number("wide", unit("1", -20_000, 20_000, decimals=3)))
    with pytest.raises(AnswerError) as raised:
        read_answer(wide, f"{sign}{ones}.{rest:03}")
    readings = raised.value.values["readings"]
    assert raised.value.code == "two_readings"
    assert isinstance(readings, list)
    assert Decimal(readings[0]) == -(1000 * ones + rest)
    assert all(reading.startswith("-") for reading in readings)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("-1 200", "-1200"), ("-0", "0"), ("-0,0", "0"), ("\uff0d5", "-5"), ("-\N{ARABIC-INDIC DIGIT FIVE}", "-5")],
)
def test_grouped_digits_zero_and_other_scripts_are_read(typed: str, amount: str) -> None:
    wide = question(number("wide", unit("1", -20_000, 20_000, decimals=3)))
    answer = read_answer(wide, typed)
    assert isinstance(answer, Quantity)
    assert str(answer.amount.normalize() + 0) == str(Decimal(amount).normalize() + 0)
    assert answer.amount.is_signed() == (Decimal(amount) < 0)


@for_every("raw", ["-5", "\N{MINUS SIGN}5", "- 5", "\N{EN DASH}5", -5, -0.5, "-0", {"value": "-5", "unit": None}])
def test_where_no_unit_reaches_below_zero_no_sign_is_taken(raw: object) -> None:
    assert error(COUNT, raw) == ("negative", "Type the number without a minus sign.")


def test_the_chosen_unit_decides() -> None:
    assert error(TEMPERATURE, {"value": "-5", "unit": "K"})[0] == "negative"
    assert read_answer(TEMPERATURE, {"value": "-5", "unit": "Cel"}) == Quantity(Decimal(-5), "-5", "Cel")
    assert read_answer(TEMPERATURE, {"value": "-5", "unit": None}) == Quantity(Decimal(-5), "-5", None)


@for_every(
    ("typed", "code"),
    [
        ("\N{EN DASH}5", "other_minus"),
        ("\N{FIGURE DASH}5", "other_minus"),
        ("--5", "not_a_number"),
        ("-", "not_a_number"),
        ("5-", "not_a_number"),
        ("+5", "not_a_number"),
        ("~-5", "inequality"),
        ("-5 mol/L", "unit_other"),
        ("-31", "out_of_range"),
    ],
)
def test_what_is_no_number_below_zero_is_refused_with_the_reason(typed: str, code: str) -> None:
    assert error(EXCESS, {"value": typed, "unit": "mmol/L"})[0] == code


def test_below_a_bound_lie_negative_numbers_too() -> None:
    below = plain_answer(EXCESS, read_answer(EXCESS, {"value": "<-5", "unit": "mmol/L"}))
    assert below == Bound(Decimal("-Infinity"), Decimal(-5), True, True)
    assert plain_answer(EXCESS, read_answer(EXCESS, "≤ 0 mmol/L")) == Bound(
        Decimal("-Infinity"), Decimal(0), True, False
    )


def test_another_dash_is_told_apart_from_a_minus_sign() -> None:
    said = error(EXCESS, {"value": "\N{EN DASH}5", "unit": "mmol/L"})[1]
    assert said == "Type a minus sign (-) directly before the number, and no other dash."
    assert error(EXCESS, {"value": "-31", "unit": "mmol/L"})[1].startswith("Type a number from -30 to 30 mmol/L.")


# --- every reader --------------------------------------------------------------------------------


def field_showing(answer: Answer | None) -> NumberField:
    """The input of a form with an answer given before."""
    shown = Page("p", "A page", (EXCESS,))
    field = PageForm(shown, [EXCESS], ENGLISH, {} if answer is None else {"excess": answer}).fields["excess"]
    assert isinstance(field, NumberField)
    return field


@given(MINUS, st.decimals(-30, 30, places=1))
def test_a_form_reads_it_and_shows_it_again_as_it_was_typed(sign: str, amount: Decimal) -> None:
    typed = f"{sign if amount < 0 else ''}{abs(amount):f}"
    field = field_showing(None)
    field.take(Body({field.name: [typed], f"{field.name}-unit": ["mmol/L"]}))
    field.read(needed=True)
    assert not field.errors
    shown = field_showing(field.answer)
    shown.read(needed=True)
    assert (shown.typed, shown.answer) == (typed, field.answer)


@for_every(
    ("cell", "read"),
    [
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("\N{MINUS SIGN}5", "-5"),
        ("-5.125", Unusable.TWO_READINGS),
        ("-31", Unusable.BELOW),
        ("<-31", Unusable.BELOW),
        (">-5.125", Unusable.TWO_READINGS),
        ("~5", Unusable.NOT_A_NUMBER),
        ("\N{EN DASH}5", Unusable.NOT_A_NUMBER),
    ],
)
def test_a_table_is_read_alike(cell: str, read: str | Unusable) -> None:
    rules = built(rule_file([page(EXCESS_MEMBERS)], [rule("x", ground("g", "definitely(excess < -2)"))]))
    mapping = CohortMapping("", frozenset({""}), {}, (), {"excess": Column("be", unit="mmol/L")}, {}, {})
    row = Reader(mapping, rules).read({"be": cell})
    if isinstance(read, Unusable):
        assert row.unusable == {"excess": read}
    else:
        assert row.answers == {"excess": Decimal(read)}


def test_a_bound_in_a_table_is_one() -> None:
    rules = built(rule_file([page(EXCESS_MEMBERS)], [rule("x", ground("g", "definitely(excess < -2)"))]))
    mapping = CohortMapping("", frozenset({""}), {}, (), {"excess": Column("be", unit="mmol/L")}, {}, {})
    row = Reader(mapping, rules).read({"be": "> -5.25"})
    assert row.answers == {"excess": Bound(Decimal("-5.25"), Decimal("Infinity"), low_open=True, high_open=True)}


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("-150.4", "-150"), ("-1234.5", "-1235"), ("-1.2345", "-1.23"), ("-0.01234", "-0.0123"), ("-5", "-5")],
)
def test_a_number_below_zero_is_rounded_for_reading_as_one_above(amount: str, shown: str) -> None:
    assert str(readable_number(Decimal(amount))) == shown
    assert str(readable_number(-Decimal(amount))) == shown.removeprefix("-")


def test_it_is_repeated_with_its_sign_in_both_units() -> None:
    answer = read_answer(EXCESS, {"value": "\N{MINUS SIGN}5,5", "unit": "mmol/L"})
    assert answer_in_words(EXCESS, answer, ENGLISH) == "-5.5 mmol/L (-0.0055 mol/L)"


@pytest.mark.parametrize(("points", "read"), [(False, Unusable.TWO_READINGS), (True, "3.496")])
def test_a_point_before_three_digits_in_a_table_is_a_decimal_one_only_where_its_column_says_so(
    *, points: bool, read: str | Unusable
) -> None:
    rules = built(rule_file([page(EXCESS_MEMBERS)], [rule("x", ground("g", "definitely(excess < -2)"))]))
    column = Column("be", unit="mmol/L", has_decimal_points=points)
    row = Reader(CohortMapping("", frozenset({""}), {}, (), {"excess": column}, {}, {}), rules).read({"be": "3.496"})
    if isinstance(read, Unusable):
        assert row.unusable == {"excess": read}
    else:
        assert row.answers == {"excess": Decimal(read)}
