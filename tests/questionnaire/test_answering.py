"""One page of questions: reading what was sent, and showing it again with what is wrong."""

from __future__ import annotations

import pytest

from screening.ruleset.model.questions import Question
from tests.support.page import Element
from tests.support.person import answer_until, begin, inputs_with
from tests.support.web import Fields, Web, errors_on, shown_values

NOTHING = [
    ("red_flags", 'Tick what is true, or "None of these", or "I\'m not sure".'),
    ("age", "Type a number. Your best guess is fine."),
    ("told", 'Choose an answer. "I\'m not sure" is fine.'),
    ("cause", 'Tick what is true, or "I\'m not sure".'),
    ("has_papers", 'Choose an answer. "I\'m not sure" is fine.'),
]

WRONG: list[tuple[str, dict[str, str | list[str]], str]] = [
    ("red_flags", {"red_flags": ["none", "?"]}, "Untick one of them"),
    ("age", {"age": "fifty"}, "fifty"),
    ("age", {"age": "130"}, "from 0 to 120"),
    ("age", {"age": "-5"}, "minus"),
    ("age", {"age": "50.5"}, "whole number"),
    ("age", {"age": "9" * 60}, "too long"),
    ("situation", {"situation": ["none", "pregnant"]}, "None of these"),
    ("situation", {"situation": ["none", "?"]}, "None of these"),
    ("scan", {"lsm": "250", "scan_age": "gt12m"}, "CAP"),
    ("age", {"age": "1974"}, "Type your age in years, not the year of birth."),
    ("age", {"age": "470"}, "Type a number from 0 to 120 years."),
    ("scan", {"lsm": "~ 6", "scan_age": "gt12m"}, "one exact number"),
    ("blood_test", {"platelets": "1.200", "platelets-unit": "10*9/L", "labs_age": "lt1m"}, "can be read in two ways"),
    ("blood_test", {"bilirubin": "4.2", "labs_age": "lt1m"}, "Choose the range"),
    ("blood_test", {"bilirubin": "300", "bilirubin-unit": "mg/dL", "labs_age": "?"}, "µmol/L"),
    ("blood_test", {"inr": "14", "labs_age": "lt1m"}, "PT in seconds"),
    ("blood_test", {"alt": "40 mmol/L", "ast": "35", "labs_age": "lt1m"}, "mmol/L"),
]


def opened(web: Web, page: str) -> Element:
    """A page of questions with all before it answered."""
    begin(web)
    answer_until(web, inputs_with(web, has_papers="yes"), f"/questions/{page}")
    return web.page


def first_in_main(page: Element) -> list[Element]:
    """The elements of the main part, in their order."""
    return [element for element in page.one("main").children if isinstance(element, Element)]


@pytest.mark.parametrize(("page", "message"), NOTHING)
def test_a_page_sent_empty_is_shown_again_with_what_to_do(web: Web, page: str, message: str) -> None:
    opened(web, page)
    again = web.submit(status=400)
    assert web.path == f"/questions/{page}"
    assert errors_on(again) == {page: message}


@pytest.mark.parametrize(("page", "sent", "message"), WRONG)
def test_what_was_sent_wrong_is_shown_again_with_the_reason(web: Web, page: str, sent: Fields, message: str) -> None:
    opened(web, page)
    again = web.submit(sent, status=400)
    assert any(message in error for error in errors_on(again).values()), errors_on(again)
    for name, value in sent.items():
        assert sorted(shown_values(again, name)) == sorted([value] if isinstance(value, str) else value)


@pytest.mark.parametrize(("page", "sent", "message"), [*((page, {}, said) for page, said in NOTHING), *WRONG])
def test_the_summary_stands_first_and_each_message_also_by_its_field(
    web: Web, page: str, sent: Fields, message: str
) -> None:
    opened(web, page)
    again = web.submit(sent, status=400)
    after_back = first_in_main(again)[1]
    assert after_back["id"] == "error-summary"
    assert after_back["role"] == "alert"
    assert after_back.has("autofocus")
    assert after_back["tabindex"] == "-1"
    for anchor, said in errors_on(again).items():
        target = again.one("input", id=anchor)
        beside = again.one("p", id=f"{anchor}-error")
        label = web.service.rules.rule_set.question[anchor].label
        assert said.removeprefix(f"{label}: ") in beside.text
        assert said.startswith(f"{label}: ") == (len(questions_of(web, page)) > 1 and "at least one number" not in said)
        assert beside.text.startswith("Error:")
        group = target if target["type"] == "text" else around(target)
        assert beside["id"] in group["aria-describedby"].split()
        assert target["type"] != "text" or target["aria-invalid"] == "true"


def questions_of(web: Web, page: str) -> tuple[Question, ...]:
    """The questions of a page of the rule file."""
    return web.service.rules.rule_set.page[page].questions


def around(choice: Element) -> Element:
    """The outermost group of a radio button or a checkbox."""
    group = choice.within("fieldset")
    assert group is not None
    return group.within("fieldset") or group


def test_of_a_whole_number_out_of_range_no_point_is_spoken(web: Web) -> None:
    opened(web, "age")
    assert "point" not in errors_on(web.submit({"age": "470"}, status=400))["age"]
    other = Web(web.client.application)
    opened(other, "blood_test")
    assert "Check the point" in errors_on(other.submit({"inr": "0.05", "labs_age": "lt1m"}, status=400))["inr"]


def test_who_opens_the_page_for_emergencies_on_the_way_finds_back_to_their_answers(web: Web) -> None:
    assert "Back to your answers" not in web.get("/emergency").text
    opened(web, "told")
    web.get("/emergency")
    web.follow("Back to your answers")
    assert web.path == "/questions/told"


def test_only_the_field_that_is_wrong_is_marked(web: Web) -> None:
    opened(web, "blood_test")
    again = web.submit({"alt": "x", "ast": "35", "inr": "1.1", "labs_age": "lt1m"}, status=400)
    assert list(errors_on(again)) == ["alt"]
    assert [element["id"] for element in again.all("p") if element["id"].endswith("-error")] == ["alt-error"]


def test_every_mistake_of_a_page_is_told_in_the_order_of_the_page(web: Web) -> None:
    opened(web, "blood_test")
    again = web.submit({"inr": "14", "alt": "x", "albumin": "4"}, status=400)
    assert list(errors_on(again)) == ["alt", "albumin", "inr"]


def test_a_mistake_in_one_field_does_not_hide_that_another_is_missing(web: Web) -> None:
    opened(web, "blood_test")
    again = web.submit({"ast": "35", "alt": "x"}, status=400)
    assert list(errors_on(again)) == ["alt", "labs_age"]


def test_nothing_wrong_is_kept_in_the_cookie(web: Web) -> None:
    opened(web, "age")
    before = web.cookie()
    web.submit({"age": "130"}, status=400)
    assert web.cookie() == before


def test_not_sure_may_stand_beside_what_is_ticked(web: Web) -> None:
    opened(web, "cause")
    web.submit({"cause": ["hbv", "?"]})
    assert web.path == "/questions/stage"
    web.follow("Back")
    assert shown_values(web.page, "cause") == ["hbv", "?"]


def test_of_the_warning_signs_the_one_ticked_wins_over_none_of_these(web: Web) -> None:
    begin(web)
    web.submit({"red_flags": ["none", "seen"]})
    assert web.path == "/questions/age"
    web.follow("Back")
    assert shown_values(web.page, "red_flags") == ["seen"]


@pytest.mark.parametrize("code", ["<script>alert(1)</script>", "fibrosis' or 1", "ÿ", "x" * 5000, "\x00"])
def test_an_option_that_does_not_exist_is_refused_and_never_becomes_markup(web: Web, code: str) -> None:
    opened(web, "told")
    again = web.submit({"told": code}, status=400)
    assert list(errors_on(again)) == ["told"]
    assert shown_values(again, "told") == []


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "'; drop", "4\u00a02", "٤٢"])
def test_hostile_and_foreign_numbers_are_shown_as_they_were_typed(web: Web, typed: str) -> None:
    opened(web, "age")
    status = 200 if typed == "٤٢" else 400
    shown = web.submit({"age": typed}, status=status)
    if status == 200:
        web.follow("Back")
        shown = web.page
    assert shown.one("input", id="age")["value"] == typed


def test_fields_that_no_question_has_are_not_kept(web: Web) -> None:
    opened(web, "age")
    token = web.page.one("input", name="csrf_token")["value"]
    web.post("/questions/age", {"csrf_token": token, "age": "50", "told": "cirrhosis_late", "surname": "Lim"})
    assert web.path == "/questions/told"
    assert shown_values(web.page, "told") == []
    assert "Lim" not in web.get("/questions/age").text


def test_no_answer_is_chosen_beforehand(web: Web) -> None:
    for page in web.service.rules.rule_set.pages:
        fresh = Web(web.client.application)
        begin(fresh)
        inputs = inputs_with(fresh, told="cirrhosis_early", has_papers="yes")
        answer_until(fresh, inputs, f"/questions/{page.id}")
        assert not [one for one in fresh.page.all("input") if one.has("checked")]
