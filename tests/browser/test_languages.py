"""Other languages in a real browser: longer words break no page, and what is typed outlives a change of language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.faults import cut_off
from tests.browser.states import STATES, answered, show, states
from tests.browser.visiting import begin, path_of
from tests.support.app_server import served_here
from tests.support.translating import LONG_WORDS, long_words
from tests.support.web_fixtures import make_app

NARROW = {"width": 360, "height": 740}
FEW = ("/", "/questions/red_flags", "/questions/blood_test with an error", "/check", "/result decompensated", "/who")


@pytest.fixture(scope="module")
def long_words_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The service in a language whose words need a third more room; where it is."""
    folder = tmp_path_factory.mktemp("long")
    with long_words(folder) as rules, served_here(make_app(folder, rules=str(rules))) as url:
        yield url


def opened(app: Flask, visit: Visit, name: str, url: str) -> Page:
    """A narrow window in a state, in the language with long words."""
    web = answered(app, STATES[name])
    page = visit(base_url=url, locale="fil-PH", viewport=NARROW)
    if web.cookie():
        page.context.add_cookies([{"name": "answers", "value": web.cookie(), "url": url}])
    show(page, STATES[name])
    return page


@pytest.mark.slow
@states(quick=FEW, every=3)
def test_no_page_needs_scrolling_sideways_where_words_are_longer(
    app: Flask, visit: Visit, long_words_at: str, name: str
) -> None:
    page = opened(app, visit, name, long_words_at)
    assert page.locator("html").get_attribute("lang") == LONG_WORDS
    assert "~" in page.locator("h1").inner_text()
    assert cut_off(page) == 0


@pytest.mark.slow
def test_what_is_typed_outlives_a_change_of_language_and_enter_goes_on(visit: Visit) -> None:
    page = visit(locale="en-GB")
    begin(page)
    page.get_by_label("None of these").check()
    page.locator("nav.languages summary").click()
    page.get_by_role("button", name="Bahasa Melayu").click()
    page.locator("html[lang=ms]").wait_for()
    assert page.get_by_label("Tiada satu pun").is_checked()
    page.get_by_role("button", name="Teruskan").click()
    page.wait_for_url("**/questions/age")
    page.locator("main input[type=text]").fill("52")
    page.locator("nav.languages summary").click()
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for()
    assert page.locator("main input[type=text]").input_value() == "52"
    page.locator("main input[type=text]").press("Enter")
    page.wait_for_url("**/questions/told")
    assert path_of(page) == "/questions/told"
    assert page.locator("html").get_attribute("lang") == "en"
