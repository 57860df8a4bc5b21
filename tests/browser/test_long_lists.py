"""A long list in a real browser: whole and usable without scripts, shortened by what is typed with them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, serving
from tests.browser.faults import WIDTHS, cut_off, too_small, violations
from tests.browser.visiting import begin, path_of, proceed
from tests.support.rules.long_lists import COUNTRIES, with_long_lists

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def plants(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A rule file with two lists of all countries, served."""
    folder = tmp_path_factory.mktemp("plants")
    file = folder / "small.yaml"
    file.write_text(with_long_lists(), encoding="utf-8")
    with serving(folder, rules=str(file)) as found:
        yield found


def at_origin(page: Page) -> None:
    """To the question about countries."""
    begin(page)
    for label in ("None of these", "They stand up"):
        page.get_by_label(label, exact=True).click()
        proceed(page)
    page.get_by_label("How old is the plant?").fill("3")
    page.get_by_label("Moist", exact=True).click()
    page.get_by_label("Yes", exact=True).click()
    proceed(page)
    proceed(page)
    assert path_of(page) == "/questions/origin"


def test_without_scripts_the_list_is_whole(browser: Browser, plants: Server) -> None:
    page = browser.new_context(base_url=plants.url, java_script_enabled=False).new_page()
    at_origin(page)
    assert page.get_by_label("shorten the list").count() == 2
    assert not page.locator(".shortening:visible").count()
    page.get_by_label("In which country did it grow?").select_option(label="Malaysia")
    page.get_by_role("group", name="In which countries").get_by_label("Singapore", exact=True).click()
    proceed(page)
    assert path_of(page) == "/check"
    assert "Malaysia" in page.inner_text("main")


def test_what_is_typed_shortens_the_list_and_loses_no_answer(browser: Browser, plants: Server) -> None:
    page = browser.new_context(base_url=plants.url).new_page()
    at_origin(page)
    menu = page.locator("select#origin")
    menu.select_option(label="Singapore")
    typed = page.locator("#origin-shorten")
    typed.fill(" MALAY")
    options = menu.locator("option").all_inner_texts()
    assert options == ["Choose one", "I'm not sure", "Malaysia", "Singapore"], "what was chosen stays"
    assert page.locator("[role=status]").first.inner_text() == "Answers in the list: 2"
    typed.fill("reunion")
    assert "Réunion" in menu.locator("option").all_inner_texts()
    typed.fill("")
    assert menu.locator("option").count() == len(COUNTRIES) + 2
    assert menu.input_value() == "SG"
    typed.fill("malay")
    typed.press("Enter")
    assert path_of(page) == "/questions/origin", "Enter sends nothing"
    assert page.evaluate("document.activeElement.id") == "origin"
    menu.select_option(label="Malaysia")
    boxes = page.get_by_role("group", name="In which countries")
    boxes.get_by_label("Japan", exact=True).click()
    page.locator("#seen-shorten").fill("sing")
    seen = boxes.locator(".choice label:visible").all_inner_texts()
    assert seen == ["Japan", "Singapore", "I'm not sure"]
    assert violations(page) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (cut_off(page), too_small(page)) == (0, [])
    boxes.get_by_label("Singapore", exact=True).click()
    proceed(page)
    assert path_of(page) == "/check"
    told = page.inner_text("main")
    assert all(name in told for name in ("Malaysia", "Japan", "Singapore"))
