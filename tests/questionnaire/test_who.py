"""For whom the answers are, and reading without answering."""

from __future__ import annotations

from tests.support.person import answer_page, begin, complete, inputs_with
from tests.support.web import Web, errors_on, shown_values

BANNER = "You answer for another person."


def test_it_must_be_said_for_whom_the_answers_are(web: Web) -> None:
    web.get("/who")
    shown = web.submit(status=400)
    assert errors_on(shown) == {"who": "Choose for whom you answer."}
    assert shown.one("input", id="who")["name"] == "who"
    assert [element for element in shown.one("form").all("p", class_="error") if "Choose for whom" in element.text]


def test_a_choice_that_is_not_offered_is_refused(web: Web) -> None:
    web.get("/who")
    token = web.page.one("input", name="csrf_token")["value"]
    shown = web.post("/who", {"csrf_token": token, "who": "everyone"}, status=400)
    assert list(errors_on(shown)) == ["who"]


def test_who_answers_for_themselves_sees_no_banner(web: Web) -> None:
    complete(web)
    assert BANNER not in web.page.text
    assert BANNER not in web.get("/result").text


def test_who_helps_is_reminded_on_every_page_for_whom_the_answers_are(web: Web) -> None:
    begin(web, "helper")
    inputs = inputs_with(web)
    pages = 0
    while web.path != "/check":
        assert BANNER in web.page.text, web.path
        answer_page(web, inputs)
        pages += 1
    assert pages == 16
    assert BANNER in web.page.text
    assert BANNER in web.get("/result").text


def test_changing_for_whom_it_is_keeps_the_answers(web: Web) -> None:
    complete(web)
    web.get("/who")
    assert shown_values(web.page, "who") == ["me"]
    web.submit({"who": "helper"})
    assert web.path == "/check"
    assert BANNER in web.page.text
    assert "50 years" in web.page.text


def test_who_cannot_ask_the_person_reads_without_answering(web: Web) -> None:
    web.get("/who")
    web.submit({"who": "reading"})
    assert web.path == "/read/"
    for path in ("/questions/red_flags", "/check", "/continue", "/questions/scan/confirm"):
        web.get(path)
        assert web.path == "/who", path
    for path in ("/result", "/summary", "/before-result", "/summary.pdf"):
        web.get(path)
        assert web.path == "/", path


def test_reading_after_answering_keeps_the_answers_for_later(web: Web) -> None:
    complete(web)
    web.get("/who")
    web.submit({"who": "reading"})
    web.get("/result")
    assert web.path == "/"
    web.get("/who")
    web.submit({"who": "me"})
    assert web.path == "/check"


def test_the_start_page_stands_by_an_emergency_before_everything(web: Web) -> None:
    page = web.get("/")
    body = page.one("body")
    order = [element for element in body.walk() if element.tag in ("h1", "h2", "a") and element.text]
    first_heading = next(element for element in order if element.tag in ("h1", "h2"))
    assert first_heading.text == web.service.rules.rule_set.emergency.signs
    phones = [element for element in order if element["href"].startswith("tel:")]
    assert order.index(phones[-1]) < order.index(page.one("h1"))


def test_everything_can_be_read_without_answering(web: Web) -> None:
    web.get("/")
    web.follow("Read without answering")
    articles = web.service.rules.rule_set.articles
    assert [element.text for element in web.page.one("main").all("a")] == [article.title for article in articles]
    for article in articles:
        web.get("/read/")
        page = web.follow(article.title)
        assert page.one("h1").text == article.title
        for section in article.sections:
            assert section.title in [heading.text for heading in page.all("h2")]
        for check in article.checks:
            assert check.text in page.text
    assert web.cookie() == ""


def test_an_article_that_does_not_exist_is_not_found(web: Web) -> None:
    assert web.get("/read/nothing", status=404).one("h1").text == "Page not found"


def test_the_about_page_says_who_is_behind_it_and_what_the_rules_are(web: Web) -> None:
    page = web.get("/about")
    rules = web.service.rules
    assert rules.hash in page.text
    assert rules.rule_set.regulatory_statement in page.text
    assert "No clinician has reviewed these rules and texts yet." in page.text
    assert "Whoever runs this page has not said who they are" in page.text
    assert "not stated" not in page.text
