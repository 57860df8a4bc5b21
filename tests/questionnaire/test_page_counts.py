"""How many pages people are asked to go through, the start page and "who is it for" counted."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from screening.ruleset.model.answers import Plain
from tests.rulefiles.edited import SMALL
from tests.support.person import complete
from tests.support.web import Web
from tests.support.web_fixtures import make_app

START_AND_WHO = 2
CIRRHOSIS = ["cirrhosis_early", "cirrhosis_late", "cirrhosis_unknown"]


def pages_shown(web: Web, **given: str | tuple[str, ...]) -> int:
    """The pages before the answers are checked."""
    return len(complete(web, **given)) - 1


def test_who_reports_nothing_sees_13_pages(match_web: Web) -> None:
    assert pages_shown(match_web, told="none") == 13


@pytest.mark.parametrize("told", CIRRHOSIS)
def test_with_cirrhosis_17_pages_are_shown(match_web: Web, told: str) -> None:
    assert pages_shown(match_web, told=told) == 17


def test_whatever_is_answered_there_are_at_most_the_17_pages_that_the_start_page_promises(match_app: Flask) -> None:
    service = Web(match_app).service
    rule_set = service.rules.rule_set
    deciding = [
        question for question in rule_set.questions if question.id in ("told", "stage", "ascites", "he", "bleed")
    ]
    choices: list[list[str | None]] = [[None, *question.option] for question in deciding]
    most = 0
    for codes in product(*choices):
        answers: dict[str, Plain] = dict(zip([question.id for question in deciding], codes, strict=True))
        asked = service.engine.asked_questions(answers)
        pages = sum(any(question.id in asked for question in page.questions) for page in rule_set.pages)
        most = max(most, pages + START_AND_WHO)
    assert most == 17
    assert "There are at most 17 short pages." in Web(match_app).get("/").text


def test_only_the_questions_named_here_decide_what_is_asked_in_that_mode(match_app: Flask) -> None:
    service = Web(match_app).service
    conditions = [
        question.ask_if for page in service.rules.rule_set.pages if not page.part for question in page.questions
    ]
    read = {
        name for expression in conditions if expression for name in service.engine.names.questions_in(expression.tree)
    }
    assert read == {"told", "stage", "ascites", "he", "bleed"}


def test_with_numbers_at_most_three_pages_more_are_shown(web: Web) -> None:
    assert len(complete(web, told="cirrhosis_early", has_papers="yes")) - 1 == 20


def test_the_start_page_says_how_long_it_takes_with_the_parts_that_are_on(match_app: Flask, app: Flask) -> None:
    assert "It takes about 10 minutes. There are at most 17 short pages." in Web(match_app).get("/").text
    assert "Have your papers ready if you can. There are at most 22 short pages." in Web(app).get("/").text


def test_a_rule_file_may_be_silent_about_how_long_it_takes_and_what_it_cannot_tell(tmp_path: Path) -> None:
    page = Web(make_app(tmp_path, rules=str(SMALL))).get("/")
    assert [element.text for element in page.all("li") if "short page" in element.text] == [
        "There are at most 6 short pages."
    ]
    assert page.one("footer").all("p")[0].text == "Information, not medical advice."
