"""Answers repeated in words, and numbers rounded for reading alone."""

from __future__ import annotations

import ast
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure, unit_of
from screening.wording.document.answers import answer_in_words, convert, quantity, readable_number, with_answers
from tests.conftest import ROOT
from tests.support.cases import ENGLISH, RULES
from tests.support.every import for_every

RULE_SET = RULES.rule_set
NUMBERS = [question for question in RULE_SET.questions if question.units]


def question(name: str) -> Question:
    """A question of the liver rules."""
    return RULE_SET.question[name]


@for_every(
    ("name", "answer", "said"),
    [
        ("told", None, "Not answered"),
        ("jaundice", Unsure(), "I'm not sure"),
        ("told", Unsure(), "I'm not sure, or nobody told me"),
        ("lsm", Unsure(), "I don't have it, or I'm not sure"),
        ("stage", Chosen("F2_F3"), "F2 to F3"),
        ("told", Chosen("cirrhosis_early"), "Cirrhosis, with no complications"),
        ("cause", Ticked(("hbv", "masld")), "Hepatitis B; Fatty liver"),
        ("cause", Ticked(("hbv",), unsure_of_rest=True), "Hepatitis B; not sure about the rest"),
        ("situation", Ticked(("none",)), "None of these"),
        ("age", Quantity(Decimal(52), "52", "a"), "52 years"),
        ("lsm", Quantity(Decimal("6.5"), "6,5", "kPa"), "6.5 kPa"),
        ("bilirubin", Quantity(Decimal("4.2"), "4.2", "mg/dL"), "4.2 mg/dL (71.8 µmol/L)"),
        ("bilirubin", Quantity(Decimal(140), "140", "umol/L"), "140 µmol/L (8.19 mg/dL)"),
        ("bilirubin", Quantity(Decimal("4.2"), "4.2", None), "4.2 (unit not known)"),
        ("platelets", Quantity(Decimal(149600), "149.600,0", "/uL"), "149600 per µL (150 x 10⁹/L)"),
    ],
)
def test_an_answer_is_repeated_in_words(name: str, answer: Answer | None, said: str) -> None:
    assert answer_in_words(question(name), answer, ENGLISH) == said


@for_every("asked", RULE_SET.questions, ids=lambda question: question.id)
def test_every_option_is_repeated_by_its_repeat_or_its_own_text(asked: Question) -> None:
    for option in asked.options:
        answer = Chosen(option.code) if asked.type.value == "choice" else Ticked((option.code,))
        assert answer_in_words(asked, answer, ENGLISH) == (option.repeat or option.text)


# --- rounding ------------------------------------------------------------------------------------


@for_every(
    ("amount", "said"),
    [
        ("71.82", "71.8"),
        ("99.95", "100"),
        ("99.94", "99.9"),
        ("100.4", "100"),
        ("100.5", "101"),
        ("149600", "149600"),
        ("8.187134502923976608", "8.19"),
        ("0.0584795", "0.0585"),
        ("0.9996", "1"),
        ("3.0", "3"),
        ("35", "35"),
        ("0", "0"),
        ("0.00", "0"),
    ],
)
def test_numbers_are_rounded_to_three_digits_below_100_and_to_whole_ones_above(amount: str, said: str) -> None:
    assert ENGLISH.number(readable_number(Decimal(amount))) == said


positive = st.decimals(min_value=Decimal("0.001"), max_value=Decimal(10**7), places=6).filter(bool)


@given(positive)
def test_a_rounded_number_is_within_half_a_percent(amount: Decimal) -> None:
    assert abs(readable_number(amount) - amount) <= amount * Decimal("0.005") + Decimal("1e-12")


@given(positive)
def test_a_rounded_number_is_rounded_to_itself(amount: Decimal) -> None:
    assert readable_number(readable_number(amount)) == readable_number(amount)


@given(positive, positive)
def test_rounding_never_turns_round_which_number_is_larger(one: Decimal, other: Decimal) -> None:
    smaller, larger = sorted((one, other))
    assert readable_number(smaller) <= readable_number(larger)


ON_PAPER = [f"summary/{module}" for module in ("numbers", "scales", "doctor_numbers", "person_numbers")]


def test_rounding_is_used_for_reading_alone() -> None:
    users = set()
    for path in (ROOT / "screening").rglob("*.py"):
        names = {t.id for t in ast.walk(ast.parse(path.read_text())) if isinstance(t, ast.Name)}
        if {"readable_number", "convert"} & names:
            users.add(str(path.relative_to(ROOT / "screening")))
    assert users == {
        "wording/book/rules.py",
        *(f"wording/{module}.py" for module in ("document/answers", *ON_PAPER)),
    }


@pytest.mark.parametrize(
    ("name", "typed", "unit", "shown", "value"),
    [
        ("platelets", "149600", "/uL", "(150 x 10⁹/L)", "149.6"),
        ("albumin", "3.4960", "g/dL", "(35 g/L)", "34.96"),
        ("bilirubin", "3.0", "mg/dL", "(51.3 µmol/L)", "51.3"),
    ],
)
def test_what_is_shown_rounded_is_compared_unrounded(name: str, typed: str, unit: str, shown: str, value: str) -> None:
    answer = read_answer(question(name), {"value": typed, "unit": unit})
    assert shown in answer_in_words(question(name), answer, ENGLISH)
    assert plain_answers(RULE_SET, {name: answer})[name] == Decimal(value)


@given(st.data(), st.sampled_from([question for question in NUMBERS if len(question.units) > 1]))
def test_a_number_converted_there_and_back_is_the_same(data: st.DataObject, asked: Question) -> None:
    one, other = data.draw(st.permutations(asked.units))[:2]
    amount = data.draw(st.decimals(min_value=one.minimum, max_value=one.maximum, places=min(one.decimals, 3)))
    back = convert(convert(amount, one, other), other, one)
    assert abs(back - amount) <= amount * Decimal("1e-20")


@given(st.data(), st.sampled_from(NUMBERS))
def test_a_number_is_repeated_with_every_digit_that_was_typed(data: st.DataObject, asked: Question) -> None:
    unit = data.draw(st.sampled_from(asked.units))
    places = data.draw(st.integers(min_value=0, max_value=min(unit.decimals, 2)))
    amount = data.draw(st.decimals(min_value=unit.minimum, max_value=unit.maximum, places=places))
    answer = read_answer(asked, {"value": f"{amount:f}", "unit": unit.code})
    assert isinstance(answer, Quantity)
    said = quantity(asked, answer, ENGLISH)
    assert said.startswith(f"{ENGLISH.number(amount)} {unit_of(asked, unit.code).label}")
    assert ("(" in said) == (len(asked.units) > 1 or "(" in unit.label)


# --- placeholders --------------------------------------------------------------------------------


def test_a_text_takes_the_answers_in_place_of_the_questions() -> None:
    answers: dict[str, Answer] = {"told": Chosen("fibrosis"), "lsm": Unsure()}
    said = with_answers("{told}, {lsm}, {age}, {open}", RULE_SET, answers, ENGLISH, {"open": "{told}"})
    assert said == "Some scarring (fibrosis), I don't have it, or I'm not sure, Not answered, {told}"


@given(st.text(max_size=40))
def test_what_was_typed_is_never_taken_for_a_placeholder(typed: str) -> None:
    answers: dict[str, Answer] = {"age": Quantity(Decimal(5), typed, "a")}
    assert with_answers("{age}", RULE_SET, answers, ENGLISH) == "5 years"
