"""The application as a whole: what every response carries, errors in plain words, and what keeps it from starting."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from screening.app import create_app, judge_once
from screening.config.reading import read_settings
from screening.config.settings import SettingsError
from screening.crypto.keys import KeyFileError
from screening.forms.uploads import MAX_FIELDS
from screening.rulefiles.loading.loader import RuleFileError
from screening.runtime import EXTENSION
from tests.conftest import ROOT
from tests.rulefiles.edited import SMALL, edited
from tests.support.person import begin, complete
from tests.support.web import Web
from tests.support.web_fixtures import app, make_app, match_app, match_web, settings_of, web

__all__ = ["app", "match_app", "match_web", "web"]


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/nothing", "/questions/nothing", "/read/nothing", "/static/nothing.css", "/..%2f"])
def test_a_page_that_is_not_there_is_said_in_words(web: Web, path: str) -> None:
    page = web.get(path, status=404)
    assert page.one("h1").text == "Page not found"
    assert "Your answers are still here" in page.text


def test_from_a_page_that_is_not_there_a_person_goes_on_where_they_were(web: Web) -> None:
    assert not [link for link in web.get("/nothing", status=404).all("a") if link.text == "Go on with my answers"]
    begin(web)
    web.submit({"red_flags": ["none"]})
    web.get("/nothing", status=404)
    web.follow("Go on with my answers")
    assert web.path == "/questions/age"


@pytest.mark.parametrize(("path", "method"), [("/result", "POST"), ("/delete", "PUT"), ("/check", "DELETE")])
def test_a_method_that_does_not_fit_is_refused(web: Web, path: str, method: str) -> None:
    response = web.raw(path, method)
    assert response.status_code in (400, 405)
    assert "Traceback" not in response.text
    assert "<h1>" in response.text


def test_a_method_without_a_form_is_said_not_to_work(web: Web) -> None:
    response = web.raw("/", "OPTIONS")
    assert response.status_code == 200
    assert "That does not work here" in web.raw("/check", "TRACE").text


def test_a_body_that_is_too_large_is_refused(web: Web) -> None:
    complete(web)
    before = web.cookie()
    page = web.post("/questions/age", {"age": "5" * (MAX_FIELDS + 1)}, status=413)
    assert page.one("h1").text == "Too much was sent"
    assert web.cookie() == before


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_a_body_of_another_kind_is_refused(web: Web, content_type: str) -> None:
    response = web.client.post("/questions/age", data=b'{"age": 47}', content_type=content_type)
    assert response.status_code == 400


def failing(folder: Path) -> Flask:
    """An application with a view that fails."""
    made = make_app(folder)

    @made.get("/fails")
    def fails() -> str:
        raise RuntimeError("the age is 47 and told is cirrhosis_late")

    return made


def test_a_mistake_of_ours_is_a_page_with_no_stack_trace(tmp_path: Path) -> None:
    web = Web(failing(tmp_path))
    complete(web)
    before = web.cookie()
    page = web.get("/fails", status=500)
    assert page.one("h1").text == "Something went wrong"
    assert "This is our mistake, not yours" in page.text
    for word in ("Traceback", "RuntimeError", "cirrhosis_late", ".py"):
        assert word not in page.text
    assert web.cookie() == before


def test_a_mistake_of_ours_is_logged_without_what_it_says(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Web(failing(tmp_path)).get("/fails", status=500)
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.getMessage() == "unexpected error in fails: RuntimeError"
    assert "cirrhosis_late" not in caplog.text


# --- what every response carries -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/result", "/nothing", "/summary.pdf", "/static/style.css"])
def test_every_response_is_guarded(web: Web, path: str) -> None:
    headers = web.raw(path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_only_the_style_may_be_kept_by_a_browser(web: Web) -> None:
    page = web.get("/")
    style = next(link["href"] for link in page.all("link", rel="stylesheet"))
    assert "immutable" in web.raw(style).headers["Cache-Control"]
    assert web.raw("/static/nothing.css").headers["Cache-Control"] == "no-store"


def test_the_address_of_the_style_changes_with_it(web: Web) -> None:
    page = web.get("/")
    address = next(link["href"] for link in page.all("link", rel="stylesheet"))
    assert address.startswith("/static/style.css?v=")
    assert len(address.removeprefix("/static/style.css?v=")) == 12


@pytest.mark.parametrize(("path", "more"), [("/", []), ("/check", []), ("/result", ["/static/wait.js"])])
def test_the_style_and_one_script_or_two_are_all_that_a_page_loads(web: Web, path: str, more: list[str]) -> None:
    complete(web)
    loaded = [part["src"] or part["href"] for part in web.get(path).all("link", "img", "script", "iframe")]
    assert [address.split("?")[0] for address in loaded] == ["data:,", "/static/style.css", "/static/idle.js", *more]


def test_the_style_itself_loads_nothing() -> None:
    style = (ROOT / "screening" / "static" / "style.css").read_text(encoding="utf-8")
    assert "url(" not in style
    assert "@import" not in style


# --- the marks of an unreviewed deployment ---------------------------------------------------------


def test_a_demonstration_says_so_on_every_page(web: Web) -> None:
    complete(web)
    for path in ("/", "/who", "/questions/age", "/check", "/result", "/about", "/emergency", "/nothing"):
        page = web.get(path, status=404 if path == "/nothing" else 200)
        mark = page.one("aside", class_="test-mark").text
        test = (
            "A test, but this advice to get help is real."
            if path == "/emergency"
            else "Test version, not health advice."
        )
        assert mark == f"{test} This is a demonstration on this machine."


def test_unsigned_rules_are_marked_on_every_page(match_web: Web) -> None:
    mark = match_web.get("/").one("aside", class_="test-mark").text
    assert mark == "Test version, not health advice. No clinician has reviewed these rules and texts yet."
    assert "not reviewed by a clinician" in match_web.page.one("footer").text


def test_every_page_names_the_rules_and_says_that_it_is_not_advice(web: Web) -> None:
    complete(web)
    rules = web.service.rules
    for path in ("/", "/check", "/result", "/read/", "/delete"):
        footer = web.get(path).one("footer").text
        assert "Information, not medical advice." in footer
        assert f"{rules.rule_set.id} {rules.rule_set.version} · {rules.hash[:12]}" in footer


def test_who_takes_responsibility_is_shown_on_the_about_page(tmp_path: Path) -> None:
    named = {"demonstration": "0", "host": "0.0.0.0", "serve_unreviewed": "Dr Tan, Penang", "made_by": "A charity"}
    more = {"paid_by": "Its members", "contact": "help@example.org"}
    page = Web(make_app(tmp_path, **named, **more)).get("/about")
    for name in ("Dr Tan, Penang", "A charity", "Its members", "help@example.org"):
        assert name in page.text


def test_names_in_the_settings_never_become_markup(tmp_path: Path) -> None:
    page = Web(make_app(tmp_path, made_by="<script>alert(1)</script>")).get("/about")
    assert "<script>alert(1)</script>" in page.text


# --- starting ------------------------------------------------------------------------------------


def test_unsigned_rules_are_not_served_to_others_unless_somebody_answers_for_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SCREENING_SERVE_UNREVIEWED"):
        make_app(tmp_path, demonstration="0", host="0.0.0.0")


ALWAYS_MEASURED = edited(
    ("    part: measures\n", "    read_back: true\n"),
    ("parts: [{id: measures, text: Numbers from a kitchen scale}]\n", ""),
)
"""The small rule file where its numbers come from a paper and belong to no part that can be switched off."""


def test_rules_that_cannot_do_without_numbers_are_served_only_where_numbers_are_asked_for(tmp_path: Path) -> None:
    rules = tmp_path / "always.yaml"
    rules.write_text(ALWAYS_MEASURED, encoding="utf-8")
    with pytest.raises(SettingsError, match="SCREENING_REGULATORY_VIEW"):
        make_app(tmp_path, rules=str(rules), demonstration="0", mode="match")
    for settings in ({"demonstration": "0", "mode": "numbers", "regulatory_view": "Letter of 3 May"}, {}):
        assert Web(make_app(tmp_path, rules=str(rules), **settings)).get("/").one("h1").text


def test_a_rule_file_with_mistakes_keeps_it_from_starting(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError):
        make_app(tmp_path, rules=str(ROOT / "tests" / "data" / "invalid" / "alias.yaml"))


def test_a_key_that_is_none_keeps_it_from_starting(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="64 hexadecimal digits"):
        make_app(tmp_path, cookie_keys="abc")


@pytest.mark.slow
def test_without_keys_in_the_settings_they_are_made_and_kept(tmp_path: Path) -> None:
    environment = settings_of(tmp_path / "new" / "folder")
    del environment["SCREENING_COOKIE_KEYS"]
    first, second = (Web(create_app(read_settings(environment))) for _ in range(2))
    complete(first)
    second.set_cookie(first.cookie())
    second.get("/continue")
    assert second.path == "/check"
    assert [path.name for path in (tmp_path / "new" / "folder").glob("cookie*")] == ["cookie.keys"]


# --- another subject -------------------------------------------------------------------------------


def test_another_rule_file_is_served_by_the_same_pages(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, rules=str(SMALL)))
    web.get("/")
    web.follow("Start")
    web.submit({"who": "me"})
    assert web.page.one("h1").text == "Do you see one of these?"
    web.submit({"signs": "none"})
    web.submit({"leaves": "upright"})
    assert web.page.one("h1").text == "The pot"
    web.submit({"age": "2", "soil": "dry", "light": "sun"})
    web.submit({"weight": "300", "weight-unit": "g"})
    assert web.path == "/check"
    assert web.get("/result").one("h1").text == "Your answers are like the part about thirst"
    assert "liver" not in web.page.text.lower()


def test_what_judging_makes_at_its_first_use_is_made_once_for_every_case(tmp_path: Path) -> None:
    fresh = make_app(tmp_path, rules=str(ROOT / "rules" / "phq-9.yaml"))
    engine = fresh.extensions[EXTENSION].rules.engine
    before = set(engine._conditions)
    judge_once(fresh)
    made = set(engine._conditions)
    assert made > before
    judge_once(fresh)
    assert set(engine._conditions) == made
