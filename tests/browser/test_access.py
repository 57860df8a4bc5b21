"""What axe cannot see: the keyboard, where the focus goes, enlarged text, other colours, and paper."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.states import STATES, answered, show
from tests.browser.visiting import begin, path_of, press
from tests.support.cases import RULES
from tests.support.person import complete
from tests.support.web import Web

FOCUSED = """
() => {
  const found = document.activeElement;
  return found.labels?.[0]?.textContent.trim() || found.textContent.trim() || found.id;
}
"""
SIZES = """
() => [...document.querySelectorAll("h1, label, button, .stamp")].map(e => parseFloat(getComputedStyle(e).fontSize))
"""


def focused(page: Page) -> str:
    """What has the focus, by its text, its label or its id."""
    found: str = page.evaluate(FOCUSED)
    return " ".join(found.split())


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(80):
        if focused(page).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} is never reached by Tab")


@pytest.mark.slow
def test_a_person_without_a_mouse_gets_from_the_start_past_the_first_pages(visit: Visit) -> None:
    page = visit(java_script_enabled=True)
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the main part"
    tab_to(page, "Start")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "For me")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "None of these")
    page.keyboard.press("Space")
    tab_to(page, "Continue")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "About how old are you?")
    page.keyboard.type("58")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert path_of(page) == "/questions/told"
    tab_to(page, page.locator("main label").first.inner_text())
    page.keyboard.press("ArrowDown")
    assert page.locator("input:checked").count() == 1


def test_the_focus_moves_in_the_order_of_the_page(visit: Visit) -> None:
    page = visit()
    begin(page)
    seen: list[float] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        place = page.evaluate("() => document.activeElement.getBoundingClientRect().top + scrollY")
        if focused(page).startswith("Delete my answers"):
            break
        seen.append(place)
    assert len(seen) > 10
    in_main = seen[2:]
    assert in_main == sorted(in_main)


def test_an_error_takes_the_focus_and_leads_to_its_input(visit: Visit) -> None:
    page = visit()
    begin(page)
    press(page, "main button")
    assert page.evaluate("() => document.activeElement.id") == "error-summary"
    assert page.title().startswith("Error: ")
    page.locator("#error-summary a").first.click()
    assert page.evaluate("() => document.activeElement.type") == "checkbox"
    assert page.locator("form .error").first.inner_text().startswith("Error:")


def test_a_larger_text_size_enlarges_everything(app: Flask, visit: Visit) -> None:
    page = visit(answered(app, STATES["/questions/red_flags"]), viewport={"width": 1280, "height": 800})
    show(page, STATES["/questions/red_flags"])
    before = page.evaluate(SIZES)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(SIZES) == pytest.approx([2 * text for text in before], rel=0.01)


def test_with_the_systems_own_colours_what_is_chosen_and_urgent_still_stands_out(app: Flask, visit: Visit) -> None:
    page = visit(answered(app, STATES["/questions/told answered"]), forced_colors="active")
    show(page, STATES["/questions/told answered"])
    width = "e => getComputedStyle(e).borderTopWidth"
    chosen = page.locator(".choice:has(input:checked)").first.evaluate(width)
    other = page.locator(".choice:not(:has(input:checked))").first.evaluate(width)
    assert float(chosen[:-2]) > float(other[:-2])
    page.goto("/")
    assert float(page.locator(".emergency").evaluate(width)[:-2]) >= 3


def test_what_is_matched_is_said_in_words_and_not_by_a_frame_alone(web: Web) -> None:
    complete(web)
    result = web.get("/result")
    cards = [element for element in result.all("div") if "card" in element.classes]
    matched = [element for element in cards if "matched" in element.classes]
    assert len(cards) == 3
    assert len(matched) == 1
    assert "Your answers are like this part" in matched[0].text
    assert all("Your answers" not in element.text for element in cards if element not in matched)


def test_without_motion_nothing_moves(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    page.goto("/")
    moving = "() => document.getAnimations().length"
    assert page.evaluate(moving) == 0
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_on_paper_there_is_the_text_without_what_can_only_be_pressed(app: Flask, visit: Visit) -> None:
    page = visit(answered(app, STATES["/result early_cirrhosis"]))
    show(page, STATES["/result early_cirrhosis"])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.get_by_text(RULES.rule_set.disclaimer.split(".")[0]).is_visible()
    for pressed in (".button", ".back", "header .help"):
        assert not page.locator(pressed).first.is_visible(), pressed
