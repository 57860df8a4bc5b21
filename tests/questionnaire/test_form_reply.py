"""What comes of a form waits for its page: sealed, for ten minutes, and never with words or files in it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from screening.crypto.box import open_sealed, seal
from screening.crypto.keys import parse_keys
from screening.forms.submitted_form import FormError
from screening.questionnaire.form_reply import KEPT_FOR, MAX_SIZE, FormReply, reply_at, reply_here
from screening.questionnaire.words_cookie import MAX_AGE
from tests.support.person import answer_until, begin, complete, inputs_with
from tests.support.sealed_text import readable
from tests.support.sharing import CONTACT, open_form, shared, visiting
from tests.support.web import Web, errors_on, form_values, shown_values
from tests.support.web_fixtures import KEY

RING = parse_keys(KEY)
_PURPOSE = "reply to a form"
PHRASE = "walrus hedgehog marble umbrella pelican trombone violin waxwing"
"""Words that no sentence of ours holds: some that are drawn do ("code"), and would seem to wait."""


def waiting(web: Web) -> str:
    """What the browser holds of a form, opened; empty where it holds nothing."""
    cookie = web.client.get_cookie("reply")
    if cookie is None:
        return ""
    return open_sealed(cookie.value, RING, _PURPOSE, int(time.time()), KEPT_FOR).decode()


def age_cookie(web: Web, name: str, purpose: str, seconds: int) -> None:
    """Make what a browser holds so much older."""
    cookie = web.client.get_cookie(name)
    assert cookie is not None
    content = open_sealed(cookie.value, RING, purpose, int(time.time()), KEPT_FOR)
    web.client.set_cookie(name, seal(content, RING, purpose, int(time.time()) - seconds))


def refused_age(web: Web) -> None:
    """Somebody who typed an age that cannot be."""
    begin(web)
    answer_until(web, inputs_with(web), "/questions/age")
    web.submit({"age": "470"}, status=400)


def test_a_form_is_answered_by_a_redirect_whatever_comes_of_it(web: Web) -> None:
    open_form(web)
    for path in ("/who", "/questions/age", "/share/form", "/open", "/verify", "/status", "/save/words", "/delete"):
        for fields in ({}, {"language": "ms"}, {"csrf_token": "wrong"}):
            page = web.reopen("/who")
            sent = {**form_values(page.one("form")), **fields}
            response = web.client.post(path, data=MultiDict(sent))
            assert response.status_code == 303, (path, fields)


def test_what_was_typed_is_shown_as_often_as_the_page_is_opened_and_gone_once_it_is_accepted(web: Web) -> None:
    refused_age(web)
    for _ in range(3):
        page = web.reopen("/questions/age")
        assert shown_values(page, "age") == ["470"]
        assert list(errors_on(page)) == ["age"]
    web.submit({"age": "47"})
    assert waiting(web) == ""
    assert shown_values(web.get("/questions/age"), "age") == ["47"]


def test_what_was_typed_waits_while_other_pages_are_opened(web: Web) -> None:
    refused_age(web)
    web.get("/questions/red_flags")
    web.get("/about")
    assert shown_values(web.reopen("/questions/age"), "age") == ["470"]


@pytest.mark.parametrize(("start", "path"), [(open_form, "/share/form"), (visiting, "/status/reach")])
def test_a_number_is_read_back_as_often_as_the_page_is_opened_and_that_is_no_error(
    web: Web, start: Callable[[Web], object], path: str
) -> None:
    start(web)
    web.get(path)
    known = CONTACT if path == "/share/form" else {}
    web.submit({**known, "address": "9317 0669", "country": "SG", "number_is": ""})
    for _ in range(2):
        page = web.get(path)
        assert not page.all(id="error-summary")
        assert {field["value"] for field in page.all("input", name="number_is")} == {"+6593170669", "+6093170669"}
        assert (shown_values(page, "address"), shown_values(page, "country")) == (["9317 0669"], ["SG"])


@pytest.mark.parametrize(("seconds", "is_kept"), [(KEPT_FOR - 30, True), (KEPT_FOR + 30, False)])
def test_what_was_typed_waits_ten_minutes(web: Web, seconds: int, is_kept: bool) -> None:
    refused_age(web)
    age_cookie(web, "reply", _PURPOSE, seconds)
    assert shown_values(web.reopen("/questions/age"), "age") == (["470"] if is_kept else [])


def test_deleting_the_answers_deletes_what_waits_and_the_words_of_a_file(web: Web) -> None:
    complete(web)
    web.get("/save")
    web.submit()
    web.get("/questions/age")
    web.submit({"age": "470"}, status=400)
    assert "470" in waiting(web)
    web.get("/delete")
    web.submit()
    assert waiting(web) == ""
    assert web.client.get_cookie("words") is None


def test_words_never_wait_and_a_code_only_where_it_can_be_one(web: Web) -> None:
    receipt = shared(web)
    web.get("/status")
    web.submit({"code": receipt.code, "phrase": f"{PHRASE} zzzzzz"}, status=400)
    assert receipt.code in waiting(web)
    assert not [word for word in (*PHRASE.split(), "zzzzzz") if word in waiting(web)]
    web.submit({"code": PHRASE, "phrase": PHRASE}, status=400)  # typed into the wrong input
    assert waiting(web)
    assert not [word for word in PHRASE.split() if word in waiting(web)]
    web.submit({"code": "XYZ-789-QRS", "phrase": f"{PHRASE} zzzzzz"}, status=400)
    assert waiting(web)
    assert not [word for word in (*PHRASE.split(), "zzzzzz", "XYZ-789-QRS") if word in waiting(web)]
    assert "word 9" in errors_on(web.page)["phrase"]
    web.reopen("/open")
    web.submit({"words": "acorn actor zzzzzz acorn"}, status=400)
    assert not [word for word in ("acorn", "actor", "zzzzzz") if word in waiting(web)]


def test_the_cookie_is_kept_from_scripts_and_other_pages(web: Web) -> None:
    refused_age(web)
    cookie = web.client.get_cookie("reply")
    assert cookie is not None
    assert (cookie.max_age, cookie.http_only, cookie.same_site, cookie.path) == (KEPT_FOR, True, "Strict", "/")
    assert "/questions/age" in waiting(web)
    assert readable(cookie.value, "/questions/age", "questions") == []


def test_a_cookie_of_another_version_or_altered_is_no_reply(web: Web) -> None:
    refused_age(web)
    for value in ("x", "", web.cookie(), seal(b"[]", RING, _PURPOSE, int(time.time())), seal(b"{}", RING, _PURPOSE, 0)):
        web.client.set_cookie("reply", value)
        assert shown_values(web.get("/questions/age"), "age") == []


TYPED = st.dictionaries(
    st.sampled_from([*CONTACT, "helper_name", "relation"]), st.lists(st.text(max_size=2_000), max_size=2), max_size=9
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED, message=st.text(max_size=200))
def test_whatever_is_typed_comes_back_or_is_cut_and_fits_into_a_cookie(app: Flask, typed: dict, message: str) -> None:  # type: ignore[type-arg]
    sendable = {name: [value.encode("utf-8", "replace").decode() for value in values] for name, values in typed.items()}
    with app.test_request_context("/", method="POST"):
        reply = FormReply("/share/form", sendable, (FormError("send", message.encode("utf-8", "replace").decode()),))
        response = reply_at("/share/form", reply)
        cookie = response.headers["Set-Cookie"].split(";")[0]
    assert len(cookie) <= MAX_SIZE + len("reply=")
    with app.test_request_context("/share/form", headers={"Cookie": cookie}):
        shown = reply_here()
        assert shown is not None
        assert shown.errors == reply.errors
        for name, values in shown.typed.items():
            assert all(
                whole.startswith(cut) and len(cut) in (len(whole), 2_000, 400, 100)
                for whole, cut in zip(sendable[name], values, strict=True)
            )
        if sum(len(value) for values in sendable.values() for value in values) <= 700:
            assert shown.typed == sendable


# --- the words of a file ---


def words_shown(web: Web) -> list[str]:
    """The words on the page."""
    return [element.text for element in web.page.one("ol", class_="phrase").all("li")]


@pytest.mark.slow
def test_the_words_of_a_file_stay_until_it_is_saved(web: Web) -> None:
    complete(web)
    web.get("/save")
    web.submit()
    words = words_shown(web)
    for path in ("/save/words", "/save/words"):
        web.get(path)
        assert words_shown(web) == words
    web.get("/save")
    web.submit()
    assert words_shown(web) == words  # asked for once more, they are still the same
    form = web.page.one("main").one("form")
    assert form_values(form)["words"] == [" ".join(words)]
    assert web.client.post(form["action"], data=MultiDict(form_values(form))).status_code == 200
    web.get("/save/words")
    assert web.path == "/save"
    web.submit()
    assert words_shown(web) != words


def test_the_words_of_a_file_are_forgotten_after_fifteen_minutes(web: Web) -> None:
    complete(web)
    web.get("/save")
    web.submit()
    age_cookie(web, "words", "words of a file", MAX_AGE + 1)
    web.get("/save/words")
    assert web.path == "/save"


def test_the_words_of_a_file_do_not_change_with_the_language(web: Web) -> None:
    complete(web)
    web.get("/save")
    web.submit()
    words = words_shown(web)
    (pressed,) = web.page.all("button", name="language", value="ms")
    form = web.page.one("form", id=pressed["form"])
    page = web.post(form["action"], {**form_values(form), "language": "ms"})
    assert page.one("html")["lang"] == "ms"
    assert words_shown(web) == words
    assert page.one("ol", class_="phrase")["lang"] == "en"
