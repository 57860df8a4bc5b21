"""What stands around a page takes little room: the question, the numbers to call and Start come at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page

from screening.wording.language.languages import CATALOGUES
from tests.browser.conftest import Visit
from tests.browser.faults import cut_off
from tests.browser.states import STATES, State, answered, show, states

PHONE = {"width": 360, "height": 740}
LANGUAGES = ["en", *sorted(path.stem for path in CATALOGUES.glob("*.po"))]
QUESTIONS = [
    name for name in STATES if name.startswith("/questions/") and " " not in name and not name.endswith("/confirm")
]
LARGER = "html { font-size: %d%% }"
NUMBERS = ["999", "995", "119"]


def top_of(page: Page, selector: str) -> float:
    """Where something begins, in pixels below the edge of the window."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


def bottom_of(page: Page, selector: str) -> float:
    """Where something ends."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", *(pytest.param(tag, marks=pytest.mark.slow) for tag in LANGUAGES[1:])])
def test_on_a_telephone_every_question_begins_above_220_pixels(app: Flask, visit: Visit, language: str) -> None:
    names = QUESTIONS if language != "en" else QUESTIONS[:3]
    for name in names:
        page = visit(answered(app, STATES[name]), viewport=PHONE, extra_http_headers={"Accept-Language": language})
        show(page, STATES[name])
        assert page.locator("html").get_attribute("lang") == language
        assert top_of(page, "main h1") < 220, name
        page.context.close()


@pytest.mark.parametrize("language", ["en", *(pytest.param(tag, marks=pytest.mark.slow) for tag in LANGUAGES[1:])])
def test_so_it_does_below_the_line_that_leads_to_help(app: Flask, visit: Visit, language: str) -> None:
    half_way = replace(STATES["/result unclear, nothing_known, maybe urgent"], path="/questions/told")
    on_the_last_page = State("/questions/red_flags", {"red_flags": "?"})
    for state in (half_way, on_the_last_page):
        page = visit(answered(app, state), viewport=PHONE, extra_http_headers={"Accept-Language": language})
        show(page, state)
        assert page.locator(".open-interrupt").count() == 1
        assert top_of(page, "main h1") < 220
        page.context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_and_every_number_to_call_are_on_the_first_screen(visit: Visit, language: str) -> None:
    page = visit(viewport=PHONE, extra_http_headers={"Accept-Language": language})
    page.goto("/")
    assert bottom_of(page, "main .button") <= PHONE["height"]
    assert bottom_of(page, ".phones") <= PHONE["height"] / 2 + 100
    assert page.locator(".phones strong").all_inner_texts() == NUMBERS
    assert all(page.locator(".phones span").all_inner_texts())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["/emergency", "/help-first now", "/help-first today"])
def test_every_number_to_call_is_on_the_first_screen_where_help_is_needed(app: Flask, visit: Visit, name: str) -> None:
    for language in LANGUAGES:
        page = visit(answered(app, STATES[name]), viewport=PHONE, extra_http_headers={"Accept-Language": language})
        show(page, STATES[name])
        assert bottom_of(page, ".phones") <= PHONE["height"], language
        page.context.close()


@pytest.mark.parametrize(
    ("accepted", "first"),
    [
        ("en-SG,en;q=0.9", "995"),
        ("ms-SG", "995"),
        ("id-ID,id;q=0.9", "119"),
        ("zh-Hans-MY", "999"),
        ("en-GB,id-ID;q=0.5", "119"),
        ("id", "999"),
        ("fr-FR", "999"),
        ("", "999"),
    ],
)
def test_the_number_of_the_country_that_the_browser_names_comes_first(visit: Visit, accepted: str, first: str) -> None:
    page = visit(viewport=PHONE, extra_http_headers={"Accept-Language": accepted})
    for path in ("/", "/emergency"):
        page.goto(path)
        assert page.locator(".phones strong").all_inner_texts()[0] == first
        assert sorted(page.locator(".phones strong").all_inner_texts()) == sorted(NUMBERS)


@pytest.mark.slow
@states(quick=["/", "/questions/red_flags", "/status/standing"], every=3)
def test_larger_text_needs_no_scrolling_sideways(app: Flask, visit: Visit, name: str) -> None:
    for language, size in (("en", 200), ("ms", 150)):
        page = visit(
            answered(app, STATES[name]),
            viewport=PHONE,
            bypass_csp=True,
            extra_http_headers={"Accept-Language": language},
        )
        show(page, STATES[name])
        page.add_style_tag(content=LARGER % size)
        assert cut_off(page) == 0, f"{language} at {size} %"
        page.context.close()


def test_how_far_one_is_never_rises_from_the_first_question_on(visit: Visit, app: Flask) -> None:
    page = visit(viewport=PHONE)
    page.goto("/who")
    page.get_by_label("For me").click()
    page.get_by_role("button", name="Continue").click()
    assert page.locator(".progress").inner_text() == "Warning signs · at most 19 more pages"
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Continue").click()
    assert page.locator(".progress").inner_text() == "You and your liver · at most 18 more pages"
