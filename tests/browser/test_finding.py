"""Finding, single keys, what came since and the end of a session, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import WAIT, Server, serving
from tests.browser.faults import faults
from tests.browser.test_desk import sign_in

pytestmark = pytest.mark.slow
MINUTE = 60_000


@pytest.fixture(scope="module")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration of its own, so that its codes are nobody else's."""
    with serving(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture(scope="module")
def page(browser: Browser, desk_server: Server) -> Iterator[Page]:
    """A coordinator who has signed in."""
    context = browser.new_context(base_url=desk_server.url, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    opened = context.new_page()
    sign_in(opened, "coordinator")
    yield opened
    context.close()


def focused(page: Page) -> str:
    """The text of what has the focus."""
    text: str = page.evaluate("document.activeElement.textContent")
    return text


def test_a_name_is_found_by_keyboard_alone_and_stands_in_no_address(page: Page) -> None:
    page.goto("/desk/")
    page.focus("#find")
    page.keyboard.type("made")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/desk/find")
    assert page.locator("tbody tr").count() > 5
    assert page.input_value("#find") == "made"
    assert faults(page) == []


def test_single_keys_do_nothing_until_they_are_switched_on_nor_while_somebody_types(page: Page) -> None:
    page.goto("/desk/")
    before = focused(page)
    for key in ("j", "?", "/"):
        page.keyboard.press(key)
    assert focused(page) == before
    page.click("#keys summary")
    assert faults(page) == []
    with page.expect_navigation():
        page.click("#keys button")
    links = page.locator("tbody th > a").all_text_contents()
    for key, row in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("k", 0)):
        page.keyboard.press(key)
        assert focused(page) == links[row], key
    page.keyboard.press("/")
    page.keyboard.type("j?/k")
    assert page.input_value("#find") == "j?/k"
    assert not page.evaluate("document.getElementById('keys').open")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('keys').open")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/desk/submissions/" in page.url


def test_what_came_is_told_and_nothing_is_loaded_by_itself(page: Page) -> None:
    page.clock.install()
    page.goto("/desk/")
    page.route("**/desk/arrivals?*", lambda route: route.fulfill(json={"words": "3 new: show"}))
    page.clock.fast_forward(MINUTE + 1)
    page.wait_for_selector("#arrivals:visible")
    assert page.inner_text("#arrivals") == "3 new: show"
    with page.expect_navigation():
        page.click("#arrivals a")
    assert page.locator("#arrivals").is_hidden()
    page.unroute("**/desk/arrivals?*")


def test_the_end_of_a_session_is_told_two_minutes_before_and_staying_puts_it_off(page: Page) -> None:
    left = {"seconds": 119}
    page.goto("/desk/")
    page.route(
        "**/desk/session",
        lambda route: route.fulfill(json=left) if route.request.method == "GET" else route.continue_(),
    )
    page.clock.fast_forward(17 * MINUTE)
    assert page.locator("#session-warning").is_hidden()
    page.clock.fast_forward(2 * MINUTE)
    page.wait_for_selector("#session-warning:visible")
    assert faults(page, (360,)) == []
    page.click("#session-warning button")
    page.wait_for_selector("#session-warning", state="hidden")
    page.clock.fast_forward(19 * MINUTE)
    page.wait_for_selector("#session-warning:visible")
    left["seconds"] = 0
    page.clock.fast_forward(2 * MINUTE)
    page.wait_for_selector("#session-warning:has-text('The session is over')")
    assert page.locator("#session-warning button").is_hidden()
    page.unroute("**/desk/session")
