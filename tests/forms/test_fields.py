"""The field of each question type: it keeps what was sent, and makes of it an answer or an error in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.forms.fields import FIELDS, NO_UNIT, UNSURE, ChoiceField, NumberField, SeveralField
from screening.forms.question_field import QuestionField
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure
from tests.forms.sending import QUESTIONS, Body, field_of, sendings
from tests.support.cases import RULES

question_and_sending = st.sampled_from(QUESTIONS).flatmap(
    lambda question: st.tuples(st.just(question), sendings(question))
)


def taken(name: str, *values: str, unit: str = "") -> QuestionField:
    """The field of a question after these values were sent for it and read."""
    field = field_of(RULES.rule_set.question[name])
    field.take(Body({name: list(values), **({f"{name}-unit": [unit]} if unit else {})}))
    field.read(needed=True)
    return field


def shown_by(field: QuestionField) -> dict[str, list[str]]:
    """What a browser would send of the inputs that show a field."""
    match field:
        case ChoiceField(chosen=chosen):
            return {field.name: [chosen]} if chosen else {}
        case SeveralField(ticked=ticked):
            return {field.name: sorted(ticked)} if ticked else {}
        case NumberField(typed=typed, unit=unit):
            return {field.name: [typed], **({f"{field.name}-unit": [unit]} if unit else {})}
    raise TypeError(type(field))


def test_every_question_type_has_a_field() -> None:
    assert set(FIELDS) == set(QuestionType)


# --- whatever is sent ----------------------------------------------------------------------------


UNFILLED = re.compile(r"%\(\w+\)")
"""What is left of a message of which nothing was filled in; what was typed may hold less of it."""


@given(question_and_sending)
def test_what_was_sent_is_shown_again_whether_it_can_be_read_or_not(
    sent: tuple[Question, dict[str, list[str]]],
) -> None:
    question, values = sent
    field = field_of(question)
    field.take(Body(values))
    field.read(needed=True)
    assert {name: sorted(value) for name, value in shown_by(field).items()} == {
        name: sorted(value) for name, value in values.items()
    }


@given(question_and_sending, st.booleans())
def test_there_is_an_answer_or_else_one_error_in_words(
    sent: tuple[Question, dict[str, list[str]]], needed: bool
) -> None:
    question, values = sent
    field = field_of(question)
    field.take(Body(values))
    field.read(needed=needed)
    assert field.answer is None or not field.errors
    assert not needed or field.answer is not None or len(field.errors) == 1
    for error in field.errors:
        assert error
        assert not UNFILLED.search(error)


@given(question_and_sending)
def test_an_answer_shown_again_is_read_as_the_same_answer(sent: tuple[Question, dict[str, list[str]]]) -> None:
    question, values = sent
    first = field_of(question)
    first.take(Body(values))
    first.read(needed=True)
    if first.answer is None:
        return
    kept = read_answer(question, raw_answer(first.answer))
    assert kept == first.answer
    second = field_of(question)
    second.show(kept)
    third = field_of(question)
    third.take(Body(shown_by(second)))
    third.read(needed=True)
    assert third.answer == first.answer


@given(question_and_sending)
def test_reading_twice_says_the_same(sent: tuple[Question, dict[str, list[str]]]) -> None:
    question, values = sent
    field = field_of(question)
    field.take(Body(values))
    outcomes = []
    for _ in range(2):
        field.read(needed=True)
        outcomes.append((field.answer, list(field.errors)))
    assert outcomes[0] == outcomes[1]


# --- a choice ------------------------------------------------------------------------------------


def test_a_choice_is_its_option_or_not_sure_or_missing() -> None:
    assert taken("told", "fibrosis").answer == Chosen("fibrosis")
    assert taken("told", UNSURE).answer == Unsure()
    assert taken("told").errors == ['Choose an answer. "I\'m not sure" is fine.']


def test_of_two_choices_the_first_counts() -> None:
    assert taken("told", "fibrosis", "none").answer == Chosen("fibrosis")


def test_an_option_that_does_not_exist_is_an_error() -> None:
    assert "no option gone" in taken("told", "gone").errors[0]


@pytest.mark.parametrize(
    ("answer", "chosen"), [(None, ""), (Unsure(), UNSURE), (Chosen("F2"), "F2"), (Ticked(("F2",)), "")]
)
def test_a_choice_shows_what_was_chosen(answer: Answer | None, chosen: str) -> None:
    field = field_of(RULES.rule_set.question["stage"])
    assert isinstance(field, ChoiceField)
    field.show(answer)
    assert field.chosen == chosen


# --- several -------------------------------------------------------------------------------------


def test_several_are_the_options_ticked_in_the_order_of_the_file() -> None:
    assert taken("cause", "alcohol", "hbv").answer == Ticked(("hbv", "alcohol"))
    assert taken("cause", "alcohol", UNSURE).answer == Ticked(("alcohol",), unsure_of_rest=True)
    assert taken("cause", UNSURE).answer == Unsure()


def test_nothing_ticked_is_an_error_that_names_what_there_is() -> None:
    assert "None of these" in taken("situation").errors[0]
    assert "None of these" not in taken("cause").errors[0]


def test_none_of_these_beside_another_is_an_error_that_keeps_both() -> None:
    field = taken("situation", "none", "pregnant")
    assert isinstance(field, SeveralField)
    assert field.answer is None
    assert field.ticked == {"none", "pregnant"}
    assert 'You ticked "None of these" together with another answer' in field.errors[0]


def test_none_of_these_beside_not_sure_is_an_error() -> None:
    assert taken("other_health", "none", UNSURE).errors


def test_where_none_of_these_yields_the_other_counts() -> None:
    assert taken("red_flags", "none", "collapse").answer == Ticked(("collapse",))


def test_not_sure_beside_none_of_these_alone_is_asked_about() -> None:
    """Either may be what somebody forgot to untick."""
    refused = taken("red_flags", "none", UNSURE)
    assert refused.answer is None
    assert "Untick one of them" in refused.errors[0]
    assert taken("red_flags", "none", "collapse", UNSURE).answer == Ticked(("collapse",), unsure_of_rest=True)


# --- numbers -------------------------------------------------------------------------------------


def test_a_number_of_one_unit_needs_no_range() -> None:
    field = taken("lsm", " 6,5 ")
    assert isinstance(field.answer, Quantity)
    assert (str(field.answer.amount), field.answer.typed, field.answer.unit) == ("6.5", "6,5", "kPa")


def test_a_number_of_several_units_needs_one() -> None:
    field = taken("bilirubin", "4.2")
    assert field.errors == ["Choose the range that is printed beside your number. It tells the unit."]
    assert not isinstance(taken("bilirubin", "4.2", unit="mg/dL").answer, Unsure)


def test_a_number_of_unknown_unit_is_kept_as_typed() -> None:
    answer = taken("bilirubin", "4.2", unit=NO_UNIT).answer
    assert isinstance(answer, Quantity)
    assert answer.unit is None


def test_a_unit_that_does_not_exist_is_an_error() -> None:
    assert taken("bilirubin", "4.2", unit="kg").errors


@pytest.mark.parametrize("unit", ["", "mg/dL", NO_UNIT])
def test_an_empty_number_means_not_sure_whatever_range_is_chosen(unit: str) -> None:
    assert taken("bilirubin", "  ", unit=unit).answer == Unsure()


def test_an_empty_number_that_is_not_needed_is_no_answer() -> None:
    field = field_of(RULES.rule_set.question["lsm"])
    field.take(Body({"lsm": [""]}))
    field.read(needed=False)
    assert field.answer is None
    assert field.errors == []


@pytest.mark.parametrize("needed", [True, False])
def test_a_required_number_is_always_needed(needed: bool) -> None:
    field = field_of(RULES.rule_set.question["age"])
    field.take(Body({}))
    field.read(needed=needed)
    assert field.errors == ["Type a number. Your best guess is fine."]


def test_not_sure_about_a_number_is_shown_as_an_empty_input() -> None:
    field = field_of(RULES.rule_set.question["bilirubin"])
    assert isinstance(field, NumberField)
    field.show(Unsure())
    assert (field.typed, field.unit) == ("", "")


def test_a_very_long_number_is_not_cut_into_another_one() -> None:
    field = taken("age", "5" + "\u200b" * 300 + "8" * 50)
    assert isinstance(field, NumberField)
    assert field.typed.endswith("8")
    assert field.errors == ["This number is too long. Type it as it is printed."]


def test_an_error_leads_to_the_first_input_of_the_question() -> None:
    for question in QUESTIONS:
        assert field_of(question).anchor == question.id
