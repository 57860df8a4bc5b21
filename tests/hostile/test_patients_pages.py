"""Hostile input to the patient's pages: answered with a page in words, guarded, with nothing of it as markup."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given, settings
from werkzeug.test import TestResponse

from tests.hostile.naughty import ANY_TEXT, STRINGS, sendable
from tests.support.page import Element, read_page
from tests.support.person import answer_until, begin, inputs_with
from tests.support.web import Web, errors_on

PAGES = ("red_flags", "age", "told", "scan", "blood_test")
SILENT_TRACES = ("Traceback", "werkzeug", "jinja2", "site-packages", 'File "')


def harmless(response: TestResponse) -> None:
    """It is a page of ours, guarded, without a stack trace and without a mistake of ours."""
    assert response.status_code < 500, response.status_code
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert not [trace for trace in SILENT_TRACES if trace in response.text]
    if response.mimetype == "text/html" and response.data and response.status_code != 303:
        page = read_page(response.text)
        assert {element["src"].split("?")[0] for element in page.all("script")} <= {
            "/static/idle.js",
            "/static/share.js",
        }
        assert not page.all("iframe", "object", "embed", "base")
        assert not [name for element in page.walk() for name in element.attributes if name.startswith("on")]


@pytest.fixture(scope="module")
def answering(app: Flask) -> Web:
    """Somebody who has answered everything, so that every page can be opened."""
    web = Web(app)
    begin(web)
    answer_until(web, inputs_with(web, has_papers="yes", lsm="6.5", scan_age="?", inr="1.1", labs_age="?"))
    return web


def send(web: Web, form: Element, value: str) -> TestResponse:
    """Send one text as the value of every input of a form, but for its token."""
    fields = {element["name"]: value for element in form.all("input")}
    fields["csrf_token"] = form.one("input", name="csrf_token")["value"]
    return web.client.post(form["action"], data=fields, base_url=web.base_url)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_naughty_strings_as_answers_are_refused_in_words(answering: Web, page: str) -> None:
    form = answering.reopen(f"/questions/{page}").one("form")
    for text in STRINGS:
        response = send(answering, form, sendable(text))
        harmless(response)
        if response.status_code == 400:
            assert errors_on(read_page(response.text))
        else:
            assert response.status_code == 303, text


@settings(max_examples=40)
@given(text=ANY_TEXT)
def test_any_text_as_an_answer_is_read_or_refused_in_words(answering: Web, text: str) -> None:
    for page in ("age", "scan"):
        response = send(answering, answering.reopen(f"/questions/{page}").one("form"), text)
        harmless(response)
        assert response.status_code in (303, 400)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["/{}", "/questions/{}", "/read/{}", "/static/{}", "/schema/{}", "/?q={}"])
def test_naughty_strings_in_addresses_lead_to_a_page_in_words(app: Flask, where: str) -> None:
    web = Web(app)
    for text in STRINGS:
        path = where.format(sendable(text).replace("?", "%3F").replace("#", "%23"))
        if not path.startswith("//"):  # another host: a browser asks that one
            response = web.client.get(path, base_url=web.base_url)
            harmless(response)
            assert response.status_code in (200, 303, 308, 400, 404, 405), (path, response.status_code)


def test_naughty_strings_as_cookies_are_no_answers(app: Flask) -> None:
    web = Web(app)
    for text in STRINGS:
        value = "".join(letter for letter in sendable(text) if letter.isprintable() and letter not in ';,"\\ ')[:900]
        for name in (web.cookies.name, "form", "language"):
            web.client.set_cookie(name, value)
        response = web.client.get("/who", base_url=web.base_url)
        harmless(response)
        assert response.status_code == 200, text


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-URL", "Referer"])
def test_no_header_of_a_request_reaches_a_link(app: Flask, header: str) -> None:
    for path in ("/", "/who", "/continue", "/read", "/nothing"):
        response = app.test_client().get(path, headers={header: "evil.example"})
        assert "evil.example" not in response.text
        assert "evil.example" not in response.headers.get("Location", "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"age=%ff%fe&csrf_token=%00", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(4000)), "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="age"\r\n\r\n1', "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (b"x" * 70_000, "application/x-www-form-urlencoded"),
        (b'{"age": 50}', "application/json"),
    ],
    ids=["bytes", "escapes", "many", "half", "no boundary", "large", "json"],
)
def test_a_malformed_body_is_refused_in_words(web: Web, body: bytes, kind: str) -> None:
    begin(web)
    sent = {"data": body, "content_type": kind, "base_url": web.base_url}
    response = web.client.post("/questions/red_flags", follow_redirects=True, **sent)
    harmless(response)
    assert response.status_code in (400, 413)
