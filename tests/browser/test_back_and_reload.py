"""Back, Forward and Reload after every form: no form is sent a second time, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.states import STATES, answered
from tests.browser.visiting import proceed
from tests.support.person import complete
from tests.support.sharing import CONTACT, open_form, visiting
from tests.support.web import Web

SENT = [name for name, state in STATES.items() if state.submit]
"""Pages whose form comes back, with errors or with what it gives."""
FORMS = ["/who", "/questions/age", "/questions/told", "/questions/blood_test/confirm", "/share/form", "/status/reach"]
"""Pages with a form, whose language is changed."""
QUICK = ("/questions/age with an error", "/status with an error", "/verify with an error")


def named(names: list[str], quick: tuple[str, ...]) -> pytest.MarkDecorator:
    """Each of these states; only some of them where only the quick tests run."""
    marks = [pytest.param(name, marks=() if name in quick else pytest.mark.slow) for name in names]
    return pytest.mark.parametrize("name", marks)


def sent_again(page: Page) -> list[str]:
    """Reload, go back and come again; every form that a browser sent thereby."""
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    shown = page.url
    page.reload()
    assert page.locator("main h1").count() == 1
    page.go_back()
    assert page.locator("main h1").count() == 1, page.url  # and not "Confirm Form Resubmission"
    page.go_forward()
    assert page.url == shown
    assert page.locator("main h1").count() == 1
    return posts


@named(SENT, QUICK)
def test_no_form_is_sent_again_by_reload_or_back(app: Flask, visit: Visit, name: str) -> None:
    state = STATES[name]
    page = visit(answered(app, state))
    page.goto("/about")
    page.goto(state.path)
    proceed(page)
    page.locator(state.comes).wait_for()
    before = page.locator("main").inner_text()
    assert sent_again(page) == []
    assert page.locator("main").inner_text() == before


@pytest.mark.slow
@named(FORMS, ("/questions/age",))
def test_no_form_is_sent_again_after_the_language_was_changed(app: Flask, visit: Visit, name: str) -> None:
    state = STATES[name]
    page = visit(answered(app, state))
    page.goto(state.path)
    page.locator("nav.languages summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Bahasa Melayu").click()
    assert page.locator("html").get_attribute("lang") == "ms"
    assert sent_again(page) == []


@pytest.mark.slow
def test_no_form_is_sent_again_that_was_none_of_ours(visit: Visit, web: Web) -> None:
    complete(web)
    for path in ("/questions/age", "/delete", "/who"):
        page = visit(web)
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('[name=csrf_token]')) each.value = 'wrong'")
        proceed(page)
        assert "Press the button once more" in page.locator("main").inner_text()
        assert sent_again(page) == []


@pytest.mark.slow
def test_no_file_is_sent_again_that_was_looked_at(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "any.pdf"
    file.write_bytes(b"nothing")
    page = visit()
    page.goto("/verify")
    page.locator("input[type=file]").set_input_files(file)
    proceed(page)
    assert "Cannot be read" in page.locator("main").inner_text()
    assert sent_again(page) == []
    assert "Cannot be read" in page.locator("main").inner_text()


@pytest.mark.slow
def test_saved_answers_that_were_opened_are_told_again(visit: Visit, web: Web, tmp_path: Path) -> None:
    complete(web)
    page = visit(web)
    page.goto("/save")
    proceed(page)
    words = page.locator(".phrase li").all_inner_texts()
    assert sent_again(page) == []
    assert page.locator(".phrase li").all_inner_texts() == words
    with page.expect_download() as started:
        page.locator("main button").click()
    file = tmp_path / "saved.txt"
    started.value.save_as(file)
    other = visit()
    other.goto("/open")
    other.locator("input[type=file]").set_input_files(file)
    other.locator("#words").fill(" ".join(words))
    proceed(other)
    assert "Your answers are back" in other.locator("h1").inner_text()
    assert sent_again(other) == []


@pytest.mark.slow
def test_what_was_sent_to_the_clinic_is_not_sent_again(visit: Visit, web: Web) -> None:
    open_form(web)
    page = visit(web)
    page.goto("/share/form")
    for name in ("name", "address"):
        page.locator(f"#{name}").fill(CONTACT[name])
    for value in (CONTACT["channel"], CONTACT["best_time"], CONTACT["speaks"]):
        page.locator(f'main input[value="{value}"]').check()
    for name in ("consent_read", "consent_contact"):
        page.locator(f"#{name}").check()
    proceed(page)
    proceed(page)  # the number was read back with its country
    assert page.locator(".words li").count() == 8
    assert sent_again(page) == []


@pytest.mark.slow
def test_no_form_of_a_visit_is_sent_again(visit: Visit, web: Web) -> None:
    visiting(web)
    page = visit(web)
    page.goto("/status/reach")
    page.locator("#address").fill("x")
    proceed(page)
    assert page.locator("#error-summary").count() == 1
    assert sent_again(page) == []
    assert page.locator("#address").input_value() == "x"
