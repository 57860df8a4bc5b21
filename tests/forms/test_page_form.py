"""The form of a page: its questions read together, follow-ups on the same page, and leaving it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.forms.fields import ChoiceField, NumberField
from screening.forms.page_form import SKIP, PageForm
from screening.rulefiles.cases.case_file import plain_answers
from screening.ruleset.model.questions import Page
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Unsure
from tests.forms.sending import Body, sendings
from tests.support.cases import ENGLISH, RULES

RULE_SET = RULES.rule_set
BLOOD = RULE_SET.page["blood_test"]
SCAN = RULE_SET.page["scan"]


def form_of(page: Page, answers: Mapping[str, Answer] | None = None) -> PageForm:
    """The form of a page with all its questions printed."""
    return PageForm(page, page.questions, ENGLISH, answers or {})


def asked_with(given: Mapping[str, Answer]) -> frozenset[str]:
    """What is asked of somebody with papers."""
    answers: dict[str, Answer] = {"has_papers": Chosen("yes"), **given}
    return RULES.engine.asked_questions(plain_answers(RULE_SET, answers))


def sent(page: Page, **values: str) -> PageForm:
    """The form of a page after these inputs were sent; `_unit` at the end stands for the unit."""
    form = form_of(page)
    form.take(Body({name.replace("_unit", "-unit"): [value] for name, value in values.items()}), asked_with)
    return form


def anchors(form: PageForm) -> list[str]:
    """Where the errors lead."""
    return [error.anchor for error in form.errors]


def test_the_fields_stand_in_the_order_of_the_page() -> None:
    assert list(form_of(BLOOD).fields) == [question.id for question in BLOOD.questions]


def test_answers_given_before_are_shown() -> None:
    answers: dict[str, Answer] = {"lsm": read_answer(RULE_SET.question["lsm"], "6.5"), "scan_age": Unsure()}
    form = form_of(SCAN, answers)
    number, choice = form.fields["lsm"], form.fields["scan_age"]
    assert isinstance(number, NumberField)
    assert number.typed == "6.5"
    assert isinstance(choice, ChoiceField)
    assert choice.chosen == "?"


def test_a_number_asks_for_its_follow_up_on_the_same_page() -> None:
    form = sent(SCAN, lsm="6.5")
    assert anchors(form) == ["scan_age"]
    assert not sent(SCAN, lsm="6.5", scan_age="lt1m").errors


def test_a_number_that_cannot_be_read_asks_for_no_follow_up() -> None:
    assert anchors(sent(SCAN, lsm="x")) == ["lsm"]


def test_the_numbers_left_empty_beside_others_are_not_sure() -> None:
    form = sent(BLOOD, alt="40", labs_age="lt1m")
    assert not form.errors
    assert isinstance(form.answers["alt"], Quantity)
    assert form.answers["inr"] == Unsure()
    assert set(form.answers) == set(form.fields)


def test_a_follow_up_that_is_not_asked_has_no_answer() -> None:
    form = sent(BLOOD, alt="0")
    assert anchors(form) == ["alt"]


@pytest.mark.parametrize("page", [SCAN, BLOOD])
def test_a_page_that_may_be_left_out_is_not_sent_empty(page: Page) -> None:
    form = sent(page)
    assert anchors(form) == [page.questions[0].id]
    assert page.skip in form.errors[0].message


@pytest.mark.parametrize("page", [SCAN, BLOOD])
def test_leaving_a_page_out_says_not_sure_to_all_of_it(page: Page) -> None:
    form = form_of(page)
    assert form.take(Body({SKIP: ["1"], page.questions[0].id: ["x"]}), asked_with)
    assert form.answers == {question.id: Unsure() for question in page.questions}
    assert not form.errors


def test_a_page_that_offers_no_leaving_out_is_not_left_out() -> None:
    form = form_of(RULE_SET.page["told"])
    assert not form.take(Body({SKIP: ["1"]}), asked_with)
    assert form.answers == {}


def test_every_error_of_a_page_is_told_in_its_order() -> None:
    assert anchors(sent(BLOOD, inr="x", alt="y", albumin="4", labs_age="gone")) == ["alt", "albumin", "inr", "labs_age"]


def test_two_forms_of_a_page_know_nothing_of_each_other() -> None:
    first, second = form_of(SCAN), form_of(SCAN)
    first.take(Body({"lsm": ["6.5"], "scan_age": ["lt1m"]}), asked_with)
    assert second.answers == {}
    assert second.fields["lsm"].is_empty


@pytest.mark.parametrize("name", ["data", "errors", "validate", "populate_obj", "process", "meta", "_fields"])
def test_a_question_may_be_named_like_a_part_of_the_form_library(name: str) -> None:
    question = replace(RULE_SET.question["told"], id=name, ask_if=None)
    page = replace(RULE_SET.page["told"], questions=(question,))
    form = PageForm(page, page.questions, ENGLISH, {})
    assert form.take(Body({name: ["fibrosis"]}), lambda _: frozenset({name}))
    assert form.answers == {name: Chosen("fibrosis")}


@given(st.tuples(*map(sendings, BLOOD.questions)))
def test_whatever_is_sent_a_page_is_accepted_or_says_what_is_wrong(parts: tuple[dict[str, list[str]], ...]) -> None:
    values = {name: value for part in parts for name, value in part.items()}
    form = form_of(BLOOD)
    accepted = form.take(Body(values), asked_with)
    assert accepted == (not form.errors)
    assert set(anchors(form)) <= set(form.fields)
    if accepted:
        assert asked_with(form.answers) & set(form.fields) <= set(form.answers)
