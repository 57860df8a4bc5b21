"""How old saved answers are: believed where this deployment sealed it, asked again by the rule file's own word."""

from __future__ import annotations

import io
import json
import time
from datetime import date, timedelta

import pytest
from flask import Flask

from screening.crypto.box import open_sealed
from screening.crypto.keys import parse_keys
from screening.crypto.phrase_box import open_with_phrase, seal_with_phrase
from screening.questionnaire.answers_cookie import _PURPOSE, MAX_AGE
from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.saved_answers import FIRST_LINE, open_file, sealed_file
from screening.questionnaire.taking_over import OpenedAnswers, take_over
from screening.wording.language.secret_phrases import phrase_words
from tests.support.cases import RULES
from tests.support.page import read_page
from tests.support.pdf import words_of
from tests.support.person import answer_until, complete, inputs_with
from tests.support.web import Web
from tests.support.web_fixtures import KEY, OTHER_KEY

SECRET = b"\x01\x02\x03\x04\x05"
WORDS = " ".join(phrase_words(SECRET, "en"))
RING = parse_keys(KEY)
TODAY = date(2026, 5, 31)
ANSWERS: dict[str, object] = {"red_flags": ["none"], "told": "none", "bleed": "never", "scan_age": "lt1m"}
WEEK = {question.id for question in RULES.rule_set.questions if question.ask_again and question.ask_again.days == 7}
MONTH = {question.id for question in RULES.rule_set.questions if question.ask_again and question.ask_again.days == 30}


def taken_over(text: str, today: date = TODAY) -> OpenedAnswers:
    return take_over(open_file(text, [SECRET], RING, 0), RULES.rule_set, today)


def file_of(state: AnswersState, key: str = KEY) -> str:
    return sealed_file(state, RULES.rule_set, SECRET, parse_keys(key), 0)


def asked_again(opened_answers: OpenedAnswers) -> set[str]:
    return {question.id for question in opened_answers.asked_again}


def test_the_rule_file_names_warning_signs_bleeding_and_the_ages_of_tests() -> None:
    assert {"red_flags"} == WEEK
    assert {"bleed", "scan_age", "labs_age"} == MONTH


@pytest.mark.parametrize(
    ("age", "wanted"),
    [
        (0, set()),
        (7, set()),
        (8, WEEK),
        (30, WEEK),
        (31, WEEK | MONTH - {"labs_age"}),
        (5000, WEEK | MONTH - {"labs_age"}),
    ],
)
def test_sealed_answers_are_asked_again_by_their_age(age: int, wanted: set[str]) -> None:
    day = (TODAY - timedelta(age)).isoformat()
    got = taken_over(file_of(AnswersState(dict(ANSWERS), [], ["red_flag_now"], "me", day)))
    assert (asked_again(got), got.is_dated, got.saved_on) == (wanted, True, TODAY - timedelta(age))
    assert got.state.answers.keys() == ANSWERS.keys() - wanted
    assert got.state.seen == ([] if wanted else ["red_flag_now"])


@pytest.mark.slow
def test_what_another_deployment_sealed_or_nobody_has_no_date() -> None:
    state = AnswersState(dict(ANSWERS), who="me", day=TODAY.isoformat())
    mine = file_of(state)
    content = json.loads(open_with_phrase(mine, SECRET.hex(), FIRST_LINE))
    bare = {name: member for name, member in content.items() if name != "seal"}
    older = json.loads(json.dumps(content))
    older["kept"]["day"] = "2019-05-03"
    other_answers = json.loads(json.dumps(content))
    other_answers["kept"]["answers"]["told"] = "cirrhosis_early"
    texts = [file_of(state, OTHER_KEY)]
    texts += [
        seal_with_phrase(json.dumps(one).encode(), SECRET.hex(), FIRST_LINE) for one in (bare, older, other_answers)
    ]
    for text in texts:
        got = taken_over(text)
        assert not got.is_dated
        assert asked_again(got) == WEEK | MONTH - {"labs_age"}
        assert got.state.day == TODAY.isoformat()
        assert set(got.state.days.values()) == {""}
    assert taken_over(mine).is_dated


def test_a_sealed_day_of_days_to_come_is_not_believed() -> None:
    text = file_of(AnswersState(dict(ANSWERS), who="me", day=(TODAY + timedelta(1)).isoformat()))
    assert not taken_over(text).is_dated


def test_changing_one_answer_does_not_make_the_others_young() -> None:
    old = (TODAY - timedelta(9)).isoformat()
    state = AnswersState(dict(ANSWERS), [], [], "me", TODAY.isoformat(), days={"red_flags": old, "bleed": old})
    assert asked_again(taken_over(file_of(state))) == WEEK
    assert asked_again(taken_over(file_of(state), TODAY + timedelta(22))) == WEEK | {"bleed"}


# --- on the pages --------------------------------------------------------------------------------


def state_in(web: Web) -> AnswersState:
    return AnswersState.from_json(open_sealed(web.cookie(), RING, _PURPOSE, int(time.time()), MAX_AGE))


def open_in(web: Web, text: str) -> str:
    token = web.get("/open").one("main").one("form").one("input", name="csrf_token")["value"]
    data = {"csrf_token": token, "words": WORDS, "file": (io.BytesIO(text.encode()), "a.txt")}
    response = web.client.post("/open", data=data, base_url=web.base_url, follow_redirects=True)
    assert response.status_code == 200
    return read_page(response.text).one("main").text


def with_day(web: Web, app: Flask, day: str) -> AnswersState:
    """The answers of somebody who answered everything on that day."""
    first = Web(app)
    complete(first)
    state = state_in(first)
    state.day = day
    return state


@pytest.mark.slow
def test_both_dates_stand_on_the_page_and_in_the_pdf(app: Flask, web: Web) -> None:
    day = date.today() - timedelta(40)
    in_words = f"{day.day} {day:%B %Y}"
    said = open_in(web, file_of(with_day(web, app, day.isoformat())))
    assert f"Your last answer was on {in_words}." in said
    assert RULES.rule_set.question["red_flags"].label in said
    assert RULES.rule_set.question["bleed"].label in said
    web.get("/continue")
    assert web.path == "/questions/red_flags"
    answer_until(web, inputs_with(web))
    assert f"Some of them are older: from {in_words} on." in web.get("/result").text
    text = words_of(web.raw("/summary.pdf").data)
    today = date.today()
    assert f"Some of them are older: from {in_words} on." in text
    assert f"{today.day} {today:%B %Y}" in text


@pytest.mark.slow
def test_no_pdf_is_made_of_a_day_that_only_a_file_claims(app: Flask, web: Web) -> None:
    text = sealed_file(with_day(web, app, "2019-05-03"), RULES.rule_set, SECRET, parse_keys(OTHER_KEY), 0)
    assert "The file says that your last answer was on 3 May 2019. We cannot check that." in open_in(web, text)
    web.get("/continue")
    assert web.path == "/questions/red_flags"
    answer_until(web, inputs_with(web))
    assert state_in(web).day == date.today().isoformat()
    claim = "Some come from a saved file that names 3 May 2019; nobody knows whether that is so."
    assert claim in web.get("/result").text
    assert claim in web.raw("/save/answers.txt").text
    open_in(web, file_of(state_in(web)))
    assert claim in web.get("/result").text
