"""Reading one raw answer: options, the forms that JSON can hold, and that what was read can be read again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import (
    AnswerError,
    Chosen,
    Quantity,
    Ticked,
    Unsure,
    is_unusual,
    plain_answer,
)
from screening.ruleset.reading.raw_plain import raw_plain
from tests.support.every import for_every
from tests.support.rules.small_rules import choice, number, question, several, unit

COLOUR = question(choice("colour", "red", "green"))
SIGNS = question(several("signs", "fever", "rash", "cough", {"code": "none", "exclusive": True}))
FLAGS = question(several("flags", "blood", "fever", {"code": "none", "exclusive": True, "yields": True}))
MASS = question(
    number(
        "mass",
        unit("g", 5, 70, decimals=3, unusual_below=15),
        unit("dg", 50, 700, factor=Decimal("0.1"), decimals=2, also=["decigram", "d"], unusual_above=500),
    )
)
QUESTIONS = (COLOUR, SIGNS, FLAGS, MASS, question(number("count")))


def refused(asked: Question, raw: object) -> AnswerError:
    """The error by which a raw answer is refused."""
    with pytest.raises(AnswerError) as raised:
        read_answer(asked, raw)
    assert raised.value.question is asked
    return raised.value


# --- not sure, and one choice --------------------------------------------------------------------


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.id)
def test_null_is_not_sure_about_any_question(asked: Question) -> None:
    assert read_answer(asked, None) == Unsure()


def test_not_sure_is_unknown_to_the_rules() -> None:
    assert plain_answer(COLOUR, Unsure()) is None
    assert plain_answer(MASS, Unsure()) is None
    assert plain_answer(SIGNS, Unsure()) == frozenset({None})


def test_a_choice_is_read_by_its_code() -> None:
    assert read_answer(COLOUR, "red") == Chosen("red")
    assert plain_answer(COLOUR, Chosen("red")) == "red"


@pytest.mark.parametrize("raw", ["pink", "", "Red", " red"])
def test_an_unknown_option_is_refused_with_those_there_are(raw: str) -> None:
    error = refused(COLOUR, raw)
    assert (error.code, error.values) == ("option_unknown", {"option": raw, "known": ["red", "green"]})


@pytest.mark.parametrize("raw", [1, 1.5, True, ["red"], {"red": True}, {}, []])
def test_a_choice_that_is_no_text_is_refused(raw: object) -> None:
    error = refused(COLOUR, raw)
    assert (error.code, error.values) == ("not_a_code", {"known": ["red", "green"]})


# --- several choices -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "answer", "plain"),
    [
        (["fever"], Ticked(("fever",)), {"fever"}),
        (["cough", "fever"], Ticked(("fever", "cough")), {"fever", "cough"}),
        (("fever", "fever"), Ticked(("fever",)), {"fever"}),
        (["fever", None], Ticked(("fever",), unsure_of_rest=True), {"fever", None}),
        (["none"], Ticked(("none",)), set()),
        ([None], Unsure(), {None}),
        ([None, None], Unsure(), {None}),
    ],
)
def test_several_choices_are_read_in_the_order_of_the_file(raw: object, answer: object, plain: set[str | None]) -> None:
    read = read_answer(SIGNS, raw)
    assert read == answer
    assert plain_answer(SIGNS, read) == plain


@for_every(
    ("raw", "code"),
    [
        ([], "nothing_ticked"),
        (["none", "fever"], "exclusive"),
        (["none", None], "exclusive"),
        (["fever", "pink"], "option_unknown"),
        (["fever", 1], "option_unknown"),
        (["fever", True], "option_unknown"),
        ([["fever"]], "option_unknown"),
        ([{}], "option_unknown"),
        ("fever", "not_a_list"),
        (1, "not_a_list"),
        (True, "not_a_list"),
        ({"fever": True}, "not_a_list"),
    ],
)
def test_several_choices_that_cannot_be_meant_are_refused(raw: object, code: str) -> None:
    assert refused(SIGNS, raw).code == code


def test_the_option_that_excludes_the_others_is_named() -> None:
    assert refused(SIGNS, ["fever", "none"]).values == {"option": "none"}


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        (["none"], Ticked(("none",))),
        (["none", "blood"], Ticked(("blood",))),
        (["none", "blood", None], Ticked(("blood",), unsure_of_rest=True)),
        (["none", None], Unsure()),
    ],
)
def test_none_of_these_yields_to_a_tick_where_the_file_says_so(raw: object, answer: object) -> None:
    assert read_answer(FLAGS, raw) == answer


# --- the forms of a number -----------------------------------------------------------------------


@for_every(
    ("raw", "answer"),
    [
        (42, Quantity(Decimal(42), "42", "g")),
        (4.2e1, Quantity(Decimal(42), "42.0", "g")),
        (Decimal("41.5"), Quantity(Decimal("41.5"), "41.5", "g")),
        ({"value": 42}, Quantity(Decimal(42), "42", "g")),
        ({"value": 420, "unit": "dg"}, Quantity(Decimal(420), "420", "dg")),
        ({"value": "420,5", "unit": "dg"}, Quantity(Decimal("420.5"), "420,5", "dg")),
        ({"value": " 420 ", "unit": "decigram"}, Quantity(Decimal(420), "420", "dg")),
        ({"value": "420", "unit": "d"}, Quantity(Decimal(420), "420", "dg")),
        ({"value": "4200", "unit": None}, Quantity(Decimal(4200), "4200", None)),
        ({"value": 4200, "unit": None}, Quantity(Decimal(4200), "4200", None)),
        (41.125, Quantity(Decimal("41.125"), "41.1250", "g")),
    ],
)
def test_a_number_is_read_from_each_form_that_json_has(raw: object, answer: object) -> None:
    assert read_answer(MASS, raw) == answer


def test_a_float_is_the_decimal_that_it_is_written_as() -> None:
    assert read_answer(MASS, 41.1) == Quantity(Decimal("41.1"), "41.1", "g")


@for_every(
    ("raw", "code"),
    [
        ("42", "unit_missing"),
        ({"value": "42"}, "unit_missing"),
        ({"value": 42, "unit": "kg"}, "unit_unknown"),
        ({"value": 42, "unit": 1}, "unit_unknown"),
        ({"value": 42, "unit": ["g"]}, "unit_unknown"),
        ({"unit": "g"}, "number_shape"),
        ({}, "number_shape"),
        ({"value": 42, "unit": "g", "note": "x"}, "number_shape"),
        ([42], "not_a_number"),
        (True, "not_a_number"),
        ({"value": None, "unit": "g"}, "not_a_number"),
        ({"value": False, "unit": "g"}, "not_a_number"),
        ({"value": {"value": 42}}, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (Decimal("sNaN"), "not_a_number"),
        (10**50, "too_long"),
        (10**400, "too_long"),
        (1e300, "too_long"),
        (1e-300, "too_long"),
        (Decimal("1E+999999"), "too_long"),
        (Decimal("1E-999999"), "too_long"),
        (Decimal("0E-999999"), "too_long"),
        (Decimal("41." + "0" * 40 + "1"), "too_long"),
        ({"value": 1e-39, "unit": None}, "too_long"),
        (-1, "negative"),
        (-0.0, "negative"),
        ({"value": -1, "unit": None}, "negative"),
        (4, "out_of_range"),
        ({"value": 701, "unit": "dg"}, "out_of_range"),
        ({"value": "42", "unit": None, "reading": "42"}, "number_shape"),
        ({"value": 42, "unit": "g", "reading": "42"}, "number_shape"),
    ],
)
def test_a_number_in_any_other_form_is_refused(raw: object, code: str) -> None:
    assert refused(MASS, raw).code == code


def test_the_units_there_are_are_told() -> None:
    assert refused(MASS, {"value": 42, "unit": "kg"}).values == {"unit": "kg", "known": ["g", "dg"]}
    assert refused(MASS, "42").values == {"known": ["g", "dg"]}


def test_a_number_is_converted_exactly_into_the_stored_unit() -> None:
    assert plain_answer(MASS, read_answer(MASS, {"value": "349,61", "unit": "dg"})) == Decimal("34.961")
    assert plain_answer(MASS, read_answer(MASS, 42)) == Decimal(42)


def test_a_number_whose_unit_the_person_cannot_tell_is_kept_but_unknown_to_the_rules() -> None:
    answer = read_answer(MASS, {"value": "4,2", "unit": None})
    assert answer == Quantity(Decimal("4.2"), "4,2", None)
    assert plain_answer(MASS, answer) is None
    assert not is_unusual(MASS, answer)


def test_a_number_is_unusual_by_the_bounds_of_its_own_unit() -> None:
    assert is_unusual(MASS, read_answer(MASS, 14.9))
    assert not is_unusual(MASS, read_answer(MASS, 15))
    assert not is_unusual(MASS, read_answer(MASS, {"value": 500, "unit": "dg"}))
    assert is_unusual(MASS, read_answer(MASS, {"value": 501, "unit": "dg"}))
    assert not is_unusual(COLOUR, Chosen("red"))


# --- properties ----------------------------------------------------------------------------------

texts = st.text() | st.text("0123456789.,- <>~", max_size=12)
numbers = st.integers() | st.floats() | st.decimals() | st.decimals(0, 100, places=3) | st.integers(0, 100)
json_values = st.recursive(
    st.none() | st.booleans() | numbers | texts | st.sampled_from(["fever", "none", "red"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "unit", "x"]), inner),
    max_leaves=4,
)
raw_quantities = st.fixed_dictionaries(
    {"value": numbers | texts}, optional={"unit": st.sampled_from([None, "g", "dg", "d", "1"])}
)
raw_answers = json_values | raw_quantities | st.lists(st.sampled_from([None, "fever", "blood", "none", "rash"]))


@given(raw_answers)
@settings(max_examples=300)
def test_any_raw_answer_is_read_or_refused_and_what_was_read_is_read_again_as_the_same(raw: object) -> None:
    for asked in QUESTIONS:
        try:
            answer = read_answer(asked, raw)
        except AnswerError as error:
            assert str(error) == f"{asked.id}: {error.code}"  # noqa: PT017 - an error is one of two right ends
            continue
        assert read_answer(asked, raw_answer(answer)) == answer
        plain_answer(asked, answer)


@given(raw_answers, st.data())
@settings(max_examples=500)
def test_the_same_holds_of_every_liver_question(liver: LoadedRules, raw: object, drawn: st.DataObject) -> None:
    asked = drawn.draw(st.sampled_from(liver.rule_set.questions))
    try:
        answer = read_answer(asked, raw)
    except AnswerError:
        return
    assert read_answer(asked, raw_answer(answer)) == answer
    plain_answer(asked, answer)


@pytest.mark.parametrize(
    ("plain", "raw"),
    [("2.5", Decimal("2.5")), ("0.999", {"value": Decimal(999), "unit": "g"}), ("40", Decimal(40))],
)
def test_a_plain_number_is_given_raw_in_a_unit_in_which_it_can_be_typed(plain: str, raw: object) -> None:
    kilograms = unit("kg", "0.1", 50, decimals=1)
    weight = question(number("weight", kilograms, unit("g", 100, 50000, factor="0.001")))
    sent = raw_plain(weight, Decimal(plain))
    assert sent == raw
    assert plain_answer(weight, read_answer(weight, sent)) == Decimal(plain)
