"""The way through the pages: forwards, back, skipping ahead, and changing what was said before."""

from __future__ import annotations

import pytest

from tests.support.person import FINE, answer_page, answer_until, begin, complete, inputs_with, page_id
from tests.support.web import Web, shown_values

BEFORE_ALL_IS_ANSWERED = ["/check", "/before-result", "/result", "/summary", "/summary.pdf"]


def change(web: Web, page: str, **inputs: str | tuple[str, ...]) -> str:
    """Change the answer on a page by the link on the check page; where that leads."""
    web.get("/check")
    assert web.path == "/check"
    link = next(element for element in web.page.all("a") if element["href"] == f"/questions/{page}")
    assert link.text.startswith("Change")
    web.get(link["href"])
    web.submit(inputs)
    return web.path


def answers_listed(web: Web) -> dict[str, str]:
    """The answers on the check page by what they are about."""
    rows = web.page.one("dl", class_="answers").all("div")
    return {row.one("dt").text: row.all("dd")[0].text for row in rows}


def test_the_way_leads_through_every_page_that_is_asked_to_the_check_page(web: Web) -> None:
    shown = complete(web)
    asked = ["red_flags", "age", "told", "cause", "stage", "ascites", "he", "bleed", "jaundice", "cancer", "situation"]
    asked += ["transplant_talk", "other_comp", "doctor_scores", "other_health", "has_papers"]
    assert shown == ["/", "/who", *(f"/questions/{question_id}" for question_id in asked), "/check"]


def test_back_shows_page_for_page_what_was_answered(web: Web) -> None:
    begin(web)
    inputs = inputs_with(web, has_papers="yes", lsm="6,5", scan_age="lt1m", bilirubin="1.2", bilirubin_unit="mg/dL")
    answer_until(web, inputs, "/questions/blood_test/confirm")
    web.get("/questions/blood_test")
    pages = []
    while page_id(web):
        pages.append(page_id(web))
        names = {element["name"] for element in web.page.one("form").all("input")} - {"csrf_token"}
        for name in names:
            shown = shown_values(web.page, name)
            assert shown == [value for value in inputs.get(name, []) if value], name
        web.follow("Back")
    assert web.path == "/who"
    assert shown_values(web.page, "who") == ["me"]
    assert len(pages) == 18


def test_after_going_back_every_page_follows_with_what_was_answered_until_the_first_open_one(web: Web) -> None:
    begin(web)
    inputs = inputs_with(web)
    answer_until(web, inputs, "/questions/bleed")
    web.get("/questions/told")
    for page in ("cause", "stage", "ascites", "he"):
        web.submit()
        assert web.path == f"/questions/{page}"
        assert shown_values(web.page, page) == inputs[page]
    web.submit()
    assert web.path == "/questions/bleed"


def test_an_answer_opened_from_the_check_page_leads_back_there(web: Web) -> None:
    complete(web)
    assert change(web, "told", told="cirrhosis_unknown") == "/check"


def test_changing_an_early_answer_keeps_all_the_later_ones(web: Web) -> None:
    complete(web, told="none")
    before = answers_listed(web)
    assert change(web, "age", age="61") == "/check"
    assert answers_listed(web) == {**before, "Age": "61 years"}


def test_a_change_that_asks_more_asks_just_that_and_then_returns_to_the_check_page(web: Web) -> None:
    complete(web, told="none", has_papers="yes", lsm="6.5", scan_age="lt1m")
    assert change(web, "told", told="cirrhosis_early") == "/questions/stage"
    shown = answer_until(web, inputs_with(web))
    question_ids = ["stage", "transplant_talk", "other_comp", "doctor_scores"]
    assert shown == [*(f"/questions/{question_id}" for question_id in question_ids), "/check"]
    assert answers_listed(web)["Liver stiffness"] == "6.5 kPa"


def test_answers_that_are_no_longer_asked_come_back_with_the_question(web: Web) -> None:
    complete(web, stage="F3")
    assert answers_listed(web)["Stage written in a report"] == "F3"
    assert change(web, "told", told="none") == "/check"
    assert "Stage written in a report" not in answers_listed(web)
    assert change(web, "told", told="cirrhosis_early") == "/check"
    assert answers_listed(web)["Stage written in a report"] == "F3"


def test_the_result_says_nothing_of_answers_that_are_not_asked_any_more(web: Web) -> None:
    complete(web, stage="F3")
    change(web, "told", told="none")
    result = web.get("/result")
    assert "Stage written in a report" not in result.one("main").text
    assert "Answers that do not count" not in result.text


def test_from_the_check_page_a_question_leads_back_to_the_check_page(web: Web) -> None:
    complete(web)
    web.get("/questions/age")
    web.follow("Back")
    assert web.path == "/check"


@pytest.mark.parametrize("wanted", ["told", "bleed", "other_health", "has_papers"])
def test_a_page_further_on_leads_to_the_first_one_not_answered(web: Web, wanted: str) -> None:
    begin(web)
    answer_until(web, inputs_with(web), "/questions/age")
    web.get(f"/questions/{wanted}")
    assert web.path == "/questions/age"


def test_an_answer_sent_to_a_page_further_on_is_not_kept(web: Web) -> None:
    begin(web)
    token = web.page.one("input", name="csrf_token")["value"]
    web.post("/questions/told", {"csrf_token": token, "told": "none"})
    assert web.path == "/questions/red_flags"
    answer_until(web, inputs_with(web), "/questions/told")
    assert shown_values(web.page, "told") == []


def test_a_page_that_these_answers_do_not_ask_leads_on(web: Web) -> None:
    complete(web, told="none")
    for page in ("stage", "other_comp", "scan", "blood_test"):
        web.get(f"/questions/{page}")
        assert web.path == "/check"


@pytest.mark.parametrize("path", [*BEFORE_ALL_IS_ANSWERED, "/continue", "/help-first"])
def test_before_anything_is_said_every_address_says_that_no_answers_are_here(web: Web, path: str) -> None:
    page = web.get(path)
    assert web.path == "/answers-gone"
    assert [link["href"] for link in page.one("main").one("p", class_="buttons").all("a")] == ["/who", "/open"]


@pytest.mark.slow
def test_nothing_of_the_result_can_be_opened_before_all_is_answered(web: Web) -> None:
    begin(web)
    inputs = inputs_with(web, has_papers="yes", lsm="6.5", scan_age="lt1m")
    while web.path != "/check":
        for path in BEFORE_ALL_IS_ANSWERED:
            assert web.raw(path).status_code == 303, f"{path} while at {web.path}"
        answer_page(web, inputs)
    assert [web.raw(path).status_code for path in BEFORE_ALL_IS_ANSWERED] == [200] * 5


def test_the_start_page_offers_to_go_on_where_the_answers_end(web: Web) -> None:
    begin(web)
    answer_until(web, inputs_with(web), "/questions/he")
    web.get("/")
    web.follow("Go on with my answers")
    assert web.path == "/questions/he"


def test_from_the_check_page_two_steps_lead_to_the_result(web: Web) -> None:
    complete(web)
    web.follow("Continue")
    assert web.path == "/before-result"
    web.follow("Read it now")
    assert web.path == "/result"
    assert web.page.one("h1").text == "Your answers are like what the guide calls early cirrhosis"


def test_the_pdf_can_be_made_without_reading_the_result(web: Web) -> None:
    complete(web)
    web.follow("Continue")
    web.follow("Make a PDF for the doctor first")
    assert web.path == "/summary?first=doctor"
    link = next(element for element in web.page.all("a") if element.text == "Download the PDF")
    assert web.raw(link["href"]).data.startswith(b"%PDF-")
    assert "/result" not in web.visited


def test_each_answer_is_listed_once_on_the_check_page_with_a_link_to_change_it(web: Web) -> None:
    complete(web)
    rows = web.page.one("dl", class_="answers").all("div")
    rule_set = web.service.rules.rule_set
    pages = [row.one("a")["href"].split("/")[-1].partition("#")[0] for row in rows]
    leads = [row.one("a")["href"].partition("#")[2] for row in rows]
    asked = ["red_flags", "age", "told", "cause", "stage", "ascites", "he", "bleed", "jaundice", "cancer", "situation"]
    asked += ["transplant_talk", "other_comp", "doctor_scores", "doctor_scores", "other_health", "has_papers"]
    assert pages == asked
    assert leads == [""] * 13 + ["child_pugh", "meld"] + [""] * 2  # to its input where several stand on its page
    assert len({row.one("a").text for row in rows}) == len(rows)
    option = rule_set.question["told"].option[str(FINE["told"])]
    assert answers_listed(web)["What a doctor told about scarring"] == option.repeat
