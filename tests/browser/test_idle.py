"""A phone left lying: a page that nobody touches is covered, and what was deleted does not come back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.visiting import answer_all, begin, path_of
from tests.support.person import inputs_with
from tests.support.web import Web

pytestmark = pytest.mark.slow

FOUR_MINUTES, SIX_MINUTES = 4 * 60 * 1000, 6 * 60 * 1000


def at_age(page: Page) -> None:
    """To the question about age, with the clock of the page in the test's hands."""
    page.clock.install()
    begin(page)
    page.get_by_label("None of these").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("About how old are you?").fill("47")


def test_a_page_that_nobody_touches_is_covered_and_keeps_what_was_typed(visit: Visit) -> None:
    page = visit(java_script_enabled=True)
    at_age(page)
    page.clock.fast_forward(FOUR_MINUTES)
    assert page.get_by_label("About how old are you?").is_visible()
    page.keyboard.press("Shift")  # somebody is there
    page.clock.fast_forward(FOUR_MINUTES)
    assert page.get_by_label("About how old are you?").is_visible()
    page.clock.fast_forward(SIX_MINUTES)
    assert not page.get_by_label("About how old are you?").is_visible()
    assert "Nothing is lost" in page.inner_text("#idle-cover")
    page.keyboard.press("Enter")  # the focus is on the only button
    assert page.get_by_label("About how old are you?").input_value() == "47"
    assert page.locator("#idle-cover").is_hidden()


READING = {
    "pointer": lambda page: page.mouse.move(100, 300),
    "marking words": lambda page: page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))"),
    "focus": lambda page: page.evaluate("document.querySelector('footer a').focus()"),
}


@pytest.mark.parametrize("sign", READING)
def test_who_only_reads_is_not_covered(visit: Visit, sign: str) -> None:
    page = visit(java_script_enabled=True)
    at_age(page)
    page.clock.fast_forward(FOUR_MINUTES)
    READING[sign](page)
    page.clock.fast_forward(FOUR_MINUTES)
    assert page.locator("#idle-warning").is_hidden()
    assert page.get_by_label("About how old are you?").is_visible()


def test_half_a_minute_before_it_is_covered_a_page_says_so(visit: Visit) -> None:
    page = visit(java_script_enabled=True)
    at_age(page)
    assert page.locator("#idle-warning").is_hidden()
    page.clock.fast_forward(FOUR_MINUTES + 35_000)
    assert page.locator("#idle-warning").is_visible()
    assert page.get_by_label("About how old are you?").is_visible()
    page.get_by_role("button", name="I am still reading").click()
    assert page.locator("#idle-warning").is_hidden()
    page.clock.fast_forward(FOUR_MINUTES + 35_000)
    assert page.locator("#idle-warning").is_visible()
    page.clock.fast_forward(35_000)
    assert page.locator("#idle-cover").is_visible()


def test_what_is_printed_is_the_page_and_not_its_cover(visit: Visit) -> None:
    page = visit(java_script_enabled=True)
    at_age(page)
    page.clock.fast_forward(FOUR_MINUTES + 35_000)
    page.clock.fast_forward(35_000)
    assert page.locator("#idle-cover").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#idle-cover").is_hidden()
    assert page.get_by_label("About how old are you?").is_visible()


@pytest.mark.parametrize("path", ["/", "/emergency"])
def test_who_to_call_is_never_covered(visit: Visit, path: str) -> None:
    page = visit(java_script_enabled=True)
    page.clock.install()
    page.goto(path)
    page.clock.fast_forward(SIX_MINUTES)
    assert page.get_by_text("999").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_after_deleting_back_shows_nothing_of_the_answers(visit: Visit, web: Web, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    begin(page)
    answer_all(page, inputs_with(web))
    assert path_of(page) == "/check"
    page.get_by_role("link", name="Delete my answers").click()
    page.locator("main button").first.click()
    page.wait_for_url("**/deleted")
    for _ in range(3):
        page.go_back()
        shown = page.content()
        assert "early cirrhosis" not in shown.casefold()
        assert "50" not in page.locator("main").inner_text()
