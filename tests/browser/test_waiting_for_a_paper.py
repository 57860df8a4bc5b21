"""While a paper is made, the page says so; a browser alone shows nothing until it comes."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.states import STATES, answered


@pytest.mark.slow
@pytest.mark.parametrize(("path", "first"), [("/result", "For me"), ("/summary", "Download the PDF")])
def test_a_press_on_a_paper_says_that_it_is_being_made(app: Flask, visit: Visit, path: str, first: str) -> None:
    page = visit(answered(app, STATES["/check"]))
    page.route("**/summary.pdf*", lambda route: route.fulfill(status=204))  # nothing comes, and the page stays
    page.goto(path)
    assert page.get_by_role("status").filter(has_text="PDF").count() == 0
    page.get_by_role("link", name=first, exact=True).click()
    expect(page.locator("[data-wait]").first).to_contain_text("Your PDF is being made")


@pytest.mark.slow
def test_a_message_about_a_choice_leads_to_it_with_its_question_in_sight(app: Flask, visit: Visit) -> None:
    state = STATES["/questions/told"]
    page = visit(answered(app, state), viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(state.path)
    page.get_by_role("button", name="Continue").click()
    page.locator("#error-summary a").click()
    page.wait_for_function("document.activeElement.type === 'radio'")
    for selector in ("main h1", "main .choice"):
        box = page.locator(selector).first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 800 - box["height"], selector


@pytest.mark.slow
def test_the_page_stays_where_it_is_under_the_finger_that_chooses(app: Flask, visit: Visit) -> None:
    state = STATES["/questions/red_flags"]
    page = visit(answered(app, state), viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(state.path)
    for choice in page.locator(".choice").all():
        choice.evaluate("element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 20)")
        before = page.evaluate("scrollY")
        place = choice.bounding_box()
        assert place is not None
        page.touchscreen.tap(place["x"] + 60, place["y"] + 20)
        assert choice.locator("input").is_checked()
        assert page.evaluate("scrollY") == before
