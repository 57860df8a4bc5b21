"""The answers in their sealed cookie: what opens it, what does not, and what a browser is told about it."""

from __future__ import annotations

import random
import string
import time
from pathlib import Path

import pytest
from flask import Flask

from screening.crypto.box import open_sealed, seal
from screening.crypto.keys import parse_keys
from screening.questionnaire.answers_cookie import (
    _PURPOSE,
    MAX_AGE,
    MAX_SIZE,
    AnswersCookie,
    CookieTooLargeError,
)
from screening.questionnaire.answers_state import AnswersState
from screening.ruleset.model.questions import QuestionType
from screening.ruleset.reading.typed_numbers import MAX_TYPED
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.sealed_text import readable
from tests.support.web import Web, shown_values
from tests.support.web_fixtures import KEY, OTHER_KEY, make_app

LOST = "Your earlier answers cannot be opened any more"
RING = parse_keys(KEY)


def state_in(web: Web) -> AnswersState:
    """What the browser's cookie holds."""
    return AnswersState.from_json(open_sealed(web.cookie(), RING, _PURPOSE, int(time.time()), MAX_AGE))


def is_lost(web: Web) -> bool:
    """Whether the answers are gone, in words and in fact."""
    lost = LOST in web.get("/").text
    assert (LOST in web.get("/who").text) == lost
    web.get("/result")
    assert (web.path == "/answers-gone") == lost
    return lost


def test_an_untouched_cookie_opens(web: Web) -> None:
    complete(web)
    assert not is_lost(web)


@pytest.mark.parametrize("age", [MAX_AGE - 60, MAX_AGE + 60])
def test_answers_can_be_opened_for_24_hours_and_no_longer(web: Web, age: int) -> None:
    complete(web)
    web.set_cookie(seal(state_in(web).as_json(), RING, _PURPOSE, int(time.time()) - age))
    assert is_lost(web) == (age > MAX_AGE)


def test_each_answer_begins_the_24_hours_anew(web: Web) -> None:
    complete(web)
    web.set_cookie(seal(state_in(web).as_json(), RING, _PURPOSE, int(time.time()) - MAX_AGE + 60))
    web.get("/questions/age")
    web.submit()
    assert AnswersState.from_json(open_sealed(web.cookie(), RING, _PURPOSE, int(time.time()), 60)) == state_in(web)


@pytest.mark.parametrize("place", [0, 3, 10, 20, 60, -3])  # of the last letter some bits count for nothing
def test_an_altered_cookie_is_not_opened(web: Web, place: int) -> None:
    complete(web)
    text = web.cookie()
    other = "A" if text[place] != "A" else "B"
    web.set_cookie(text[:place] + other + text[place:][1:])
    assert is_lost(web)


@pytest.mark.parametrize("text", ["x", "AQ", "~" * 80, "A" * 4000, "null", '{"a": {}}', "é"])
def test_what_was_never_sealed_is_not_opened(web: Web, text: str) -> None:
    complete(web)
    web.set_cookie(text)
    assert is_lost(web)


def test_a_cookie_sealed_by_another_service_is_not_opened(web: Web) -> None:
    complete(web)
    web.set_cookie(seal(state_in(web).as_json(), parse_keys(OTHER_KEY), _PURPOSE, int(time.time())))
    assert is_lost(web)


def test_what_was_sealed_for_another_purpose_is_not_opened(web: Web) -> None:
    complete(web)
    web.set_cookie(seal(state_in(web).as_json(), RING, "carry-on file", int(time.time())))
    assert is_lost(web)


def test_the_form_cookie_in_its_place_is_not_opened(web: Web) -> None:
    complete(web)
    form = web.client.get_cookie("form")
    assert form is not None
    web.set_cookie(form.value)
    assert is_lost(web)


def test_two_browsers_that_swap_cookies_swap_all_of_the_answers_and_nothing_else(app: Flask) -> None:
    first, second = Web(app), Web(app)
    complete(first, age="51")
    complete(second, age="62")
    mine = first.cookie()
    first.set_cookie(second.cookie())
    assert shown_values(first.get("/questions/age"), "age") == ["62"]
    first.set_cookie(mine)
    assert shown_values(first.get("/questions/age"), "age") == ["51"]


def test_after_a_lost_cookie_a_person_can_begin_again(web: Web) -> None:
    complete(web)
    web.set_cookie("gone")
    begin(web)
    assert web.path == "/questions/red_flags"
    assert shown_values(web.page, "red_flags") == []
    assert LOST not in web.get("/").text


def test_answers_that_the_rules_no_longer_know_are_asked_anew_and_the_others_stay(web: Web) -> None:
    complete(web)
    kept = state_in(web)
    kept.answers |= {"told": "an_option_of_old", "a_question_of_old": ["yes"], "age": {"value": "200", "unit": "a"}}
    web.set_cookie(seal(kept.as_json(), RING, _PURPOSE, int(time.time())))
    web.get("/continue")
    assert web.path == "/questions/age"
    web.submit({"age": "51"})
    assert web.path == "/questions/told"
    web.submit({"told": "none"})
    assert web.path == "/check"


def test_the_answers_cannot_be_read_in_the_cookie(web: Web) -> None:
    complete(web)
    words = ("red_flags", "transplant_talk")
    assert b"red_flags" in open_sealed(web.cookie(), RING, _PURPOSE, int(time.time()), MAX_AGE)
    assert readable(web.cookie(), *words) == []


# --- keys ----------------------------------------------------------------------------------------


def test_with_a_new_key_the_old_one_still_opens_and_the_new_one_seals(tmp_path: Path) -> None:
    old, both, new = (make_app(tmp_path, cookie_keys=keys) for keys in (KEY, f"{OTHER_KEY},{KEY}", OTHER_KEY))
    before, between, after = Web(old), Web(both), Web(new)
    begin(before)
    answer_until(before, inputs_with(before), "/questions/told")
    between.set_cookie(before.cookie())
    between.get("/continue")
    assert between.path == "/questions/told"
    between.submit({"told": "none"})
    assert between.path == "/questions/cause"
    after.set_cookie(between.cookie())
    after.get("/continue")
    assert after.path == "/questions/cause"
    after.set_cookie(before.cookie())
    assert LOST in after.get("/").text


# --- size ----------------------------------------------------------------------------------------


def noise(length: int) -> str:
    """A text that cannot be made shorter."""
    return "".join(random.Random(length).choices(string.ascii_letters + string.digits, k=length))


def too_long(kept: AnswersState) -> str:
    """A cookie that the service would not write, but that a browser may send."""
    sealed = ""
    while len(sealed) <= MAX_SIZE:
        kept.answers["a_question_of_old"] = noise(len(str(kept.answers.get("a_question_of_old", ""))) + 50)
        sealed = seal(kept.as_json(), RING, _PURPOSE, int(time.time()))
    return sealed


def test_answers_that_do_not_fit_into_a_cookie_are_refused_in_words(web: Web) -> None:
    complete(web)
    before = too_long(state_in(web))
    web.set_cookie(before)
    web.get("/questions/age")
    page = web.submit({"age": "51"}, status=400)
    assert page.one("h1").text == "Too long"
    assert web.cookie() == before


def test_a_cookie_is_refused_rather_than_dropped_by_the_browser(app: Flask) -> None:
    cookie = AnswersCookie(RING, https=True)
    response = app.response_class()
    cookie.write(response, AnswersState(who="helper"), 0)
    assert len(response.headers["Set-Cookie"]) < 4096
    with pytest.raises(CookieTooLargeError):
        cookie.write(response, AnswersState(answers={"a": noise(MAX_SIZE)}), 0)


def test_the_longest_answers_that_a_form_accepts_fit(web: Web) -> None:
    rule_set = web.service.rules.rule_set
    longest: dict[str, str | tuple[str, ...]] = {}
    for question in rule_set.questions:
        ordinary = tuple(option.code for option in question.options if not option.exclusive)
        if question.units:
            longest[question.id] = f"{question.units[-1].maximum:f}".split(".", maxsplit=1)[0].rjust(MAX_TYPED, "0")
            longest[f"{question.id}_unit"] = question.units[-1].code
        else:
            longest[question.id] = (*ordinary, "?") if question.type is QuestionType.SEVERAL else max(ordinary, key=len)
    longest |= {"has_papers": "yes", "told": "cirrhosis_unknown", "ascites": "swelling_unchecked"}
    complete(web, **longest)
    assert len(web.cookie()) < MAX_SIZE / 2
    assert set(state_in(web).answers) == {question.id for question in rule_set.questions}


# --- what a browser is told ----------------------------------------------------------------------


def set_cookies(web: Web) -> list[str]:
    """The cookies set by the first answer."""
    web.get("/who")
    token = web.page.one("input", name="csrf_token")["value"]
    response = web.client.post("/who", data={"csrf_token": token, "who": "me"}, base_url=web.base_url)
    return response.headers.getlist("Set-Cookie")


def attributes(cookies: list[str], name: str) -> set[str]:
    """The attributes of the cookie of this name."""
    (found,) = [cookie for cookie in cookies if cookie.startswith(f"{name}=")]
    return {word.split("=")[0] if word.startswith("Expires") else word for word in found.split("; ")[1:]}


def test_the_cookie_goes_to_this_service_alone_and_never_to_a_script(web: Web) -> None:
    wanted = {"HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={MAX_AGE}", "Expires"}
    assert attributes(set_cookies(web), "answers") == wanted
    assert "Strict-Transport-Security" not in web.raw("/").headers


def test_with_https_the_cookie_is_never_sent_without_it(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, https="1"), base_url="https://localhost")
    wanted = {"HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={MAX_AGE}", "Expires", "Secure"}
    assert attributes(set_cookies(web), "__Host-answers") == wanted
    assert web.raw("/").headers["Strict-Transport-Security"].startswith("max-age=")
    complete(web)
    assert web.get("/result").one("h1").text


def test_with_https_the_form_cookie_is_never_sent_without_it_either(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, https="1"), base_url="https://localhost")
    sent = web.raw("/who").headers.getlist("Set-Cookie")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes(sent, "__Host-form")


def test_reading_sets_no_cookie_with_answers(web: Web) -> None:
    for path in ("/", "/emergency", "/about", "/read/"):
        assert not [header for header in web.raw(path).headers.getlist("Set-Cookie") if header.startswith("answers=")]
