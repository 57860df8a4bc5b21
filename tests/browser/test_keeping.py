"""What is shown once is printed, saved or copied by the browser itself; a file that came is told."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.states import STATES, answered
from tests.support.sharing import CONTACT, open_form, pair_on, receipt_on
from tests.support.web import Web


@pytest.mark.slow
def test_code_and_words_are_copied_and_saved_by_the_browser_and_asked_of_nobody(web: Web, visit: Visit) -> None:
    open_form(web)
    web.submit(CONTACT)
    receipt, pair = receipt_on(web.page), pair_on(web.page)
    page = visit(web, viewport={"width": 360, "height": 740}, accept_downloads=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/shared")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    told = page.locator(".keep").get_by_role("status")
    page.get_by_role("button", name="Copy").click()
    expect(told).to_contain_text("Copied.")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as a file").click()
    expect(told).to_contain_text("Saved as my-code-and-words.txt.")
    assert started.value.suggested_filename == "my-code-and-words.txt"
    saved = started.value.path().read_text(encoding="utf-8")
    assert saved == copied
    for text in (receipt.code, receipt.phrase, *pair[:2]):
        assert text in saved
    assert [url for url in asked if not url.startswith("blob:")] == []


@pytest.mark.slow
def test_without_scripts_nothing_is_offered_that_needs_them(web: Web, visit: Visit) -> None:
    open_form(web)
    web.submit(CONTACT)
    page = visit(web, java_script_enabled=False)
    page.goto("/shared")
    assert page.locator(".words li").count() == 8
    assert not page.locator(".keep").is_visible()


@pytest.mark.slow
def test_a_file_that_came_is_told_and_nothing_says_any_more_that_it_is_being_made(app: Flask, visit: Visit) -> None:
    page = visit(answered(app, STATES["/check"]), accept_downloads=True)
    page.goto("/save")
    page.get_by_role("button", name="Show me the words").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Save the file").click()
    assert started.value.suggested_filename == "my-answers.sealed.txt"
    expect(page.locator("[data-wait]")).to_contain_text("It is saved as my-answers.sealed.txt.")
    page.goto("/result")
    with page.expect_download():
        page.get_by_role("link", name="For me", exact=True).click()
    expect(page.locator("[data-wait]")).to_have_text("Your PDF is here, among the downloads of this browser.")
