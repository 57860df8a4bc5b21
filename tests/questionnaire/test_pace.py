"""Many forms sent from one address at once: some are taken, the others are told calmly when to press again."""

from __future__ import annotations

import logging
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from screening.config.pace import Pace
from screening.crypto.box import open_sealed, seal
from screening.questionnaire.answers_cookie import _PURPOSE as PURPOSE
from screening.questionnaire.answers_cookie import MAX_AGE
from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.sharing_offer import TOKEN_BYTES
from screening.wording.language.languages import language
from screening.wording.sharing.pace import duration
from tests.questionnaire.test_sharing import stored
from tests.support.page import Element, read_page
from tests.support.patience import wait_until
from tests.support.sharing import CONTACT, open_form, receipt_on
from tests.support.web import Web, errors_on, form_values, shown_values
from tests.support.web_fixtures import make_app

MakePaced = Callable[..., Flask]
LONG = "3600"
"""Seconds from one turn to the next: longer than any test takes."""


@pytest.fixture
def make_paced(tmp_path: Path) -> MakePaced:
    """An application with a pace of its own; what is not named is as it is without settings."""

    def make(**pace: str) -> Flask:
        usual = {"pace_burst": "", "pace_seconds": "", "pace_hourly": ""}
        return make_app(tmp_path, **{**usual, **{f"pace_{name}": value for name, value in pace.items()}})

    return make


def people(app: Flask, number: int) -> list[Web]:
    """Browsers that show the form, each with one of its own."""
    first = Web(app)
    open_form(first)
    kept = open_sealed(first.cookie(), first.service.cookie_keys, PURPOSE, int(time.time()), MAX_AGE)
    webs = []
    for _ in range(number):
        web, token = Web(app), urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).decode()
        state = replace(AnswersState.from_json(kept), token=token)
        web.set_cookie(seal(state.as_json(), web.service.cookie_keys, PURPOSE, int(time.time())))
        web.get("/share/form")
        webs.append(web)
    return webs


def press(web: Web, address: str = "127.0.0.1") -> TestResponse:
    """Press the button under the form that is shown; who has to wait is sent on to the form, which this opens."""
    values = {**form_values(web.page.one("form")), **CONTACT}
    response = web.client.post("/share/form", data=values, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == 303
    return web.client.get("/share/form") if response.location.endswith("/share/form") else response


def told(response: TestResponse) -> Element:
    """The page of somebody who has to wait."""
    assert response.status_code == 429
    return read_page(response.text)


@pytest.mark.slow
def test_of_forty_from_one_address_within_a_second_some_are_taken_and_nobody_is_refused(make_paced: MakePaced) -> None:
    app = make_paced(seconds=LONG)
    answers = [press(web) for web in people(app, 40)]
    burst = Pace().burst
    assert [answer.status_code for answer in answers] == [303] * burst + [429] * (40 - burst)
    assert stored(app) == burst
    waits = [int(answer.headers["Retry-After"]) for answer in answers[burst:]]
    assert waits == sorted(waits)
    assert all(wait >= 3500 for wait in waits)


def test_who_waits_is_told_calmly_when_to_press_again_and_what_was_typed_stays(make_paced: MakePaced) -> None:
    first, second = people(make_paced(burst="1", seconds=LONG), 2)
    assert press(first).status_code == 303
    page = told(press(second))
    (message,) = errors_on(page).values()
    assert "Nothing is wrong, and what you typed is still here. Please wait 60 minutes, then press" in message
    for name in ("name", "address", "note", "best_time", "speaks", "consent_read"):
        assert shown_values(page, name) == [CONTACT[name]]


def test_pressing_again_after_the_wait_works_though_others_pressed_meanwhile(make_paced: MakePaced) -> None:
    app = make_paced(burst="1", seconds="1")
    first, second, *others = people(app, 6)
    assert press(first).status_code == 303
    wait = int(press(second).headers.get("Retry-After", "0"))
    for other in others:
        press(other)
    assert wait <= 1
    wait_until(lambda: press(second).status_code == 303)
    receipt_on(second.get("/shared"))


@pytest.mark.slow
def test_others_do_not_wait_for_a_network_that_floods(make_paced: MakePaced) -> None:
    *flood, visitor = people(make_paced(seconds=LONG), 13)
    assert {press(web).status_code for web in flood} == {303, 429}
    assert press(visitor, "203.0.113.7").status_code == 303


@pytest.mark.slow
def test_pressing_twice_and_correcting_what_was_sent_cost_no_turn(make_paced: MakePaced) -> None:
    app = make_paced(burst="2", seconds=LONG)
    web = Web(app)
    open_form(web)
    assert [press(web).status_code for _ in range(5)] == [303] * 5
    web.get("/questions/age")
    web.submit({"age": "61"})
    web.get("/share")
    web.submit()
    receipt_on(web.submit({"consent_read": "yes"}))
    (other,) = people(app, 1)
    assert press(other).status_code == 303


@pytest.mark.slow
def test_the_bound_of_the_deployment_sounds_one_alarm(make_paced: MakePaced, caplog: pytest.LogCaptureFixture) -> None:
    webs = people(make_paced(hourly="3"), 5)
    with caplog.at_level(logging.ERROR):
        answers = [press(web, f"203.0.113.{place}") for place, web in enumerate(webs)]
    assert [answer.status_code for answer in answers[:3]] == [303] * 3
    assert {answer.status_code for answer in answers[3:]} <= {303, 429}  # 303 where an hour of the clock just began
    assert [record.getMessage() for record in caplog.records] == [
        "all turns at sending of an hour are taken (SCREENING_PACE_HOURLY): others wait"
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (119, "119 seconds"),
        (120, "2 minutes"),
        (121, "3 minutes"),
        (7199, "120 minutes"),
        (7200, "2 hours"),
        (7201, "3 hours"),
        (86400, "24 hours"),
    ],
)
def test_a_wait_in_words_is_never_shorter_than_it_is(seconds: int, words: str) -> None:
    assert duration(language("en"), seconds) == words
