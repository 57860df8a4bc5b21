"""Wherever a request leads on to, it is a page of our own: over odd paths, odd `back` and `next`, and odd hosts."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from screening.app.guards import GUARDS
from screening.storage.accounts.staff import Role
from tests.support.cheap_passwords import cheap_passwords
from tests.support.desk import Desk, add, current_code, signed_in
from tests.support.web import Web, form_values
from tests.support.web_fixtures import app

__all__ = ["app", "cheap_passwords"]

ENDS = ("\r", "\n", "\r\n", "\t", "\x00", "\x0b", "\x1f", "\x7f", "\x85", "\u2028")
PIECES = st.sampled_from(
    ["/", "//", "///", "\\", "evil.example", "desk", "who", "/desk/", "..", ".", ":", "@", "?", "#", "%2f", "%5c",
     "%09", "%0d%0a", "http:", "https:", "javascript:", "[", "]", "=", "&", "_external=1", "_scheme=x", "next=", " ",
     "\u00e4", "submissions/x", "questions/", "status", "static/style.css", *ENDS]
)  # fmt: skip
ODD = st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=3)), max_size=7).map(
    "".join
)


def leads_to_us(app: Flask, response: TestResponse) -> None:
    """A redirect goes to a path that one of our own endpoints has, spelled as we spell it; nothing fails."""
    assert response.status_code < 500, response.status_code
    assert all(response.headers[name] for name in GUARDS if name != "Content-Security-Policy")
    location = response.headers.get("Location")
    if location is None:
        return
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert not any(symbol in location for symbol in ENDS)
    with app.test_request_context(location):
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        try:
            adapter.match(location.partition("#")[0].partition("?")[0], method="GET")
        except HTTPException as error:
            raise AssertionError(location) from error


@pytest.mark.slow
@pytest.mark.parametrize("method", ["GET", "POST"])
@settings(max_examples=150)
@given(path=ODD)
def test_an_odd_path_leads_nowhere_else(app: Flask, method: str, path: str) -> None:
    sent = {"PATH_INFO": f"/{path}".encode().decode("latin-1")}
    response = app.test_client().open("/", method=method, data={"language": "en"}, environ_overrides=sent)
    leads_to_us(app, response)


@pytest.mark.parametrize(
    "path", ["/%09/evil.com/phish", "/%2F/evil.com", "/%5Cevil.com", "/%0D%0A/evil.com", "/;//evil.com"]
)
def test_the_language_of_no_page_leads_nowhere(app: Flask, path: str) -> None:
    response = app.test_client().post(path, data={"language": "en"})
    assert response.status_code in (400, 404, 405)
    assert "Location" not in response.headers


def test_a_number_that_no_database_holds_is_one_of_nothing(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR)
    addresses = [
        rule.rule.replace("<submission_id>", "0" * 16) for rule in app.url_map.iter_rules() if "<int:" in rule.rule
    ]
    assert len(addresses) >= 7
    for address in addresses:
        for number in (2**31, 2**63, 10**40):
            path = re.sub("<int:[a-z]+>", str(number), address)
            assert desk.raw(path).status_code == 404, path


@pytest.fixture(scope="module")
def ours(app: Flask) -> tuple[Web, str]:
    """A browser and the token of its forms."""
    web = Web(app)
    return web, form_values(web.get("/").one("form"))["csrf_token"][0]


@pytest.mark.parametrize(
    "path", ["/save/words", "/save/file", "/language", "/questions/nothing", "/who", "/status/leave", "/desk/sign-out"]
)
def test_the_language_of_a_page_leads_to_that_page_or_to_the_start(
    app: Flask, ours: tuple[Web, str], path: str
) -> None:
    web, token = ours
    leads_to_us(app, web.client.post(path, data={"language": "ms", "csrf_token": token}))


@settings(max_examples=150)
@given(back=ODD)
def test_an_odd_page_to_go_back_to_leads_nowhere_else(app: Flask, ours: tuple[Web, str], back: str) -> None:
    web, token = ours
    for value in (back, "/" + back):
        response = web.client.post("/language", data={"language": "ms", "back": value, "csrf_token": token})
        leads_to_us(app, response)


def test_a_page_to_go_back_to_is_opened(app: Flask, ours: tuple[Web, str]) -> None:
    web, token = ours
    for back in ("/who", "/read/", "/about"):
        response = web.client.post("/language", data={"language": "ms", "back": back, "csrf_token": token})
        assert response.headers["Location"] == back


@pytest.mark.usefixtures("cheap_passwords")
@pytest.mark.parametrize(
    "target",
    [
        "///desk/x",
        "//desk/",
        "/\\desk/",
        "/desk//evil.example",
        "/desk/../who",
        "/desk/?_external=1&_scheme=x",
        "/who",
        "/desk\t/",
    ],
)
def test_signing_in_leads_to_pages_of_the_desk_alone(app: Flask, target: str) -> None:
    desk = Desk(app)
    staff_id = add(desk.store, Role.COORDINATOR)
    desk.get("/desk/sign-in")
    desk.submit({"name": "coordinator", "password": "four words for tests"})
    token = desk.page.one("main").one("input", name="csrf_token")["value"]
    sent = {"csrf_token": token, "code": current_code(desk.store, staff_id), "next": target}
    response = desk.raw("/desk/sign-in/code", "POST", sent)
    leads_to_us(app, response)
    assert response.status_code == 400 or response.headers["Location"].startswith("/desk/")


@settings(max_examples=100)
@given(target=ODD)
def test_an_odd_next_stands_in_no_page(app: Flask, target: str) -> None:
    desk = Desk(app)
    for value in (target, "/desk/" + target):
        response = desk.client.get("/desk/sign-in", query_string={"next": value})
        leads_to_us(app, response)
        if response.status_code == 200:
            shown = response.text.split('name="next" value="', 1)[1].split('"', 1)[0]
            assert shown == "" or (shown.startswith("/desk/") and not shown.startswith("//"))


HOSTS = [
    "x" * 64, "a." * 200 + "b", f"{'y' * 64}.example", "a b", "ex@mple", "a/b", "a\\b", "[::1", "a:b", "a:999999",
    ":80", "..", "-", "a..b", "\u00e4.example", "\u00fc" * 40, "evil.example#", "%0d%0a", "a,b",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_an_odd_host_is_refused_calmly_on_a_page_like_others(
    app: Flask, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent = host.encode().decode("latin-1")
    for method, path in (("GET", "/"), ("POST", "/language"), ("GET", "/nothing"), ("GET", "/desk/")):
        response = app.test_client(use_cookies=False).open(path, method=method, environ_overrides={"HTTP_HOST": sent})
        assert response.status_code == 400
        leads_to_us(app, response)
        assert "X-Request-Id" in response.headers
        assert "<h1>" in response.text
    assert "Traceback" not in caplog.text
    assert len(caplog.records) <= 4


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "a-b.example.", "x" * 63, ""]
)
def test_a_host_as_hosts_are_named_is_answered(app: Flask, host: str) -> None:
    assert app.test_client(use_cookies=False).get("/", environ_overrides={"HTTP_HOST": host}).status_code == 200


@settings(max_examples=100)
@given(host=st.one_of(ODD, st.text(st.characters(max_codepoint=255), max_size=80)))
def test_no_host_makes_the_service_fail(app: Flask, host: str) -> None:
    sent = host.encode("utf-8").decode("latin-1")
    response = app.test_client(use_cookies=False).post(
        "/who", environ_overrides={"HTTP_HOST": sent}, data={"language": "en"}
    )
    leads_to_us(app, response)


@pytest.mark.parametrize("end", ["%0D%0A", "%0A", "%0D", "%00", "%C2%85", "%E2%80%A8"])
def test_a_path_with_line_ends_is_refused_calmly(app: Flask, end: str) -> None:
    for path in ("/{}", "/questions/{}", "/read/a{}b", "/desk/submissions/{}", "/nothing{}", "/static/{}"):
        for method in ("GET", "POST"):
            response = app.test_client(use_cookies=False).open(path.format(end), method=method, data={"language": "en"})
            assert response.status_code == 400
            leads_to_us(app, response)
