"""What may be an emergency is told right after the page that left it open, and in a line from then on."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from flask import Flask

from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.journey import Journey
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Unsure
from screening.ruleset.reading.raw_plain import raw_plain
from tests.support.cases import RULES
from tests.support.every import for_every
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.web import Web

PAGE = "/help-may-be-needed"
BANNER = "open-interrupt"
ENGINE = RULES.explainer_without(frozenset()).engine


def unsure_of_the_signs(app: Flask, tag: str = "en") -> Web:
    """Somebody who has said that they are not sure about the warning signs, in a language."""
    web = Web(app)
    web.client.set_cookie("language", tag)
    web.get("/who")
    web.submit({"who": "me"})
    web.submit({"red_flags": ["?"]})
    return web


@pytest.mark.parametrize("tag", ["en", "id", "ms", "zh-Hans"])
def test_not_sure_about_the_signs_is_answered_at_once_with_help_today_in_every_language(app: Flask, tag: str) -> None:
    web = unsure_of_the_signs(app, tag)
    emergency = web.service.rules_in(tag).rule_set.emergency
    assert web.path == PAGE
    assert web.page.one("h1").text == emergency.cautious.title
    assert [element.text for element in web.page.one("section").all("ul")[0].all("li")] == list(
        emergency.cautious.steps
    )
    numbers = [element["href"] for element in web.page.all("a") if element["href"].startswith("tel:")]
    assert numbers == [f"tel:{number.number}" for number in emergency.numbers]
    web.submit()
    assert web.path == "/questions/age"
    assert emergency.cautious.title in web.page.one(class_=BANNER).text


def test_from_then_on_a_line_says_so_on_every_page_up_to_the_result(web: Web) -> None:
    begin(web)
    shown = answer_until(web, inputs_with(web, red_flags=("?",)))
    assert shown.count(PAGE) == 1
    assert shown[1] == PAGE
    for path in [*shown[2:], "/save"]:
        web.get(path)
        assert web.page.one(class_=BANNER).one("a")["href"] == PAGE, path
        assert web.page.one(class_=BANNER).text == "Get medical help today: what to do", path
    web.get("/result")
    assert not web.page.all(class_=BANNER)
    assert "Get medical help today" in web.page.one("section", class_="result-head is-urgent first").text


def test_it_says_what_is_not_clear_and_no_button_is_stronger_than_the_numbers_to_call(app: Flask) -> None:
    page = unsure_of_the_signs(app).page
    assert "it is not clear whether one of the warning signs is there now;" in page.one("section").text
    (button,) = page.one("main").all("button")
    assert button.classes == ["secondary"]


def test_who_looks_again_and_sees_no_sign_is_told_nothing_more(web: Web) -> None:
    begin(web)
    web.submit({"red_flags": ["?"]})
    web.follow("Change this answer")
    web.submit({"red_flags": ["none"]})
    assert web.path == "/questions/age"
    assert not web.page.all(class_=BANNER)


def test_who_looks_again_and_sees_a_sign_is_told_to_get_help_now(web: Web) -> None:
    begin(web)
    web.submit({"red_flags": ["?"]})
    web.submit()
    web.get("/questions/red_flags")
    web.submit({"red_flags": ["collapse", "?"]})
    assert web.path == "/help-first"
    assert web.page.one("h1").text == "Get medical help now"
    web.submit()
    assert web.path == "/questions/age"
    web.get("/questions/red_flags")
    web.submit({"red_flags": ["?"]})
    assert web.path == PAGE, "what was certain meanwhile, and is open again, is told again"


def test_going_on_by_address_does_not_lose_it(web: Web) -> None:
    begin(web)
    web.submit({"red_flags": ["?"]})
    web.get("/questions/age")
    assert web.page.all(class_=BANNER)
    web.submit({"age": "50"})
    assert web.path == PAGE


def test_fluid_that_is_not_sure_with_an_infection_is_told_once_both_are_said(web: Web) -> None:
    shown = complete(web, ascites="?", other_health=("infection_now",))
    assert shown[shown.index(PAGE) - 1] == "/questions/other_health"
    shown = complete(Web(web.client.application), ascites="told_unsure", other_health=("infection_now",))
    assert shown[shown.index(PAGE) - 1] == "/questions/other_health"
    shown = complete(Web(web.client.application), ascites="?", other_health=("none",))
    assert PAGE not in shown


def test_a_child_who_is_not_sure_about_the_signs_is_told_both(web: Web) -> None:
    shown = complete(web, age="16", red_flags=("?",))
    assert (shown.count(PAGE), shown.count("/help-first")) == (1, 1)
    assert shown.index(PAGE) < shown.index("/help-first")


def test_with_nothing_open_the_address_leads_on(web: Web) -> None:
    begin(web)
    assert not web.page.all(class_=BANNER), "nobody was asked yet"
    web.get(PAGE)
    assert web.path == "/questions/red_flags"
    web.submit({"red_flags": ["collapse"]})
    web.get(PAGE)
    assert not web.page.all("section", class_="care"), "what is certain has its own page"


def random_answer(question: Question, chance: random.Random) -> Answer:
    """Any answer to a question, often "I'm not sure"."""
    if chance.random() < 0.3:
        return Unsure()
    match question.type:
        case QuestionType.TEXT:
            raw: object = "words"
        case QuestionType.CHOICE:
            raw = chance.choice(list(question.option))
        case QuestionType.SEVERAL:
            ticked = [option.code for option in question.options if not option.exclusive and chance.random() < 0.08]
            raw = [*ticked, *([None] if chance.random() < 0.2 else [])]
            raw = raw or (raw_plain(question, frozenset()) if question.exclusive_codes else [None])
        case QuestionType.NUMBER:
            unit = question.stored_unit
            low, high = int(unit.minimum) + 1, int(unit.maximum)
            raw = {"value": str(chance.randint(low, high)), "unit": unit.code}
    return read_answer(question, raw)


@for_every("seed", range(40))
def test_whatever_is_answered_the_result_calls_for_help_that_may_be_needed_only_where_it_was_told_on_the_way(
    seed: int,
) -> None:
    """The judge is the outcome itself: which categories the whole answer set leaves possible."""
    chance = random.Random(seed)
    rule_set = RULES.rule_set
    journey = Journey(RULES, ENGINE, AnswersState(who="me"), date(2026, 11, 30))
    told: list[frozenset[str]] = []
    while (page := journey.next_page) is not None:
        if journey.is_answered(page):
            journey = journey.after_confirmation(page)
        else:
            asked = [question for question in page.questions if question.id in journey.asked]
            answers = {question.id: random_answer(question, chance) for question in asked}
            if "age" in answers:
                answers["age"] = read_answer(rule_set.question["age"], {"value": "50", "unit": "a"})
            journey = journey.after_answers(page, answers, "2026-11-29")
        told.append(frozenset(ground.id for ground in journey.open_interrupts))
        journey = journey.after_open_interrupts()
    outcome = ENGINE.evaluate(journey.plain)
    calls_for_help = {rule.category for rule in rule_set.rules for ground in rule.grounds if ground.speed}
    may_need = bool(calls_for_help & outcome.possible) and outcome.category not in calls_for_help
    assert bool(journey.open_interrupts) == may_need
    certain = outcome.category in calls_for_help
    for earlier, later in pairwise(told):
        assert earlier <= later or (certain and not later), "what is open for good stays open"
    assert not journey.unseen_open_interrupts
