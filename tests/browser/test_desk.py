"""The desk of the demonstration in a real browser: signing in, axe on every page, the keyboard, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from screening.crypto.totp import STEP
from screening.desk.demonstration.accounts import DEMONSTRATION
from tests.browser.conftest import WAIT, Server, serving
from tests.browser.faults import WIDTHS, faults

Open = Callable[[str], Page]
READING = ("/desk/", "/desk/?group=later", "/desk/?group=duplicates&language=ta", "/desk/find", "/desk/overview")
PAGES = [("coordinator", path) for path in (*READING, "/desk/export", "/desk/staff", "/desk/account")]
PAGES += [("manager", path) for path in ("/desk/staff", "/desk/overview", "/desk/overview?weeks=52", "/desk/audit")]


@pytest.fixture(scope="module")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration of its own, so that its codes are nobody else's."""
    with serving(tmp_path_factory.mktemp("desk")) as found:
        yield found


@pytest.fixture
def window(browser: Browser, desk_server: Server) -> Iterator[Page]:
    """A new window."""
    context = browser.new_context(base_url=desk_server.url, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


def enter(page: Page) -> None:
    """Press Enter in a form, and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_password(page: Page, name: str, password: str = DEMONSTRATION.password) -> None:
    """Type name and password."""
    page.goto("/desk/sign-in")
    page.fill("#name", name)
    page.fill("#password", password)
    enter(page)


def shown_code(page: Page) -> str:
    """The code that a demonstration shows openly."""
    found = re.search(r"is (\d{6})\b", page.inner_text("main"))
    assert found, page.inner_text("main")
    return found[1]


def sign_in(page: Page, name: str) -> None:
    """Sign in as one of the accounts of the demonstration, as its pages say; where the near steps are used, later."""
    give_password(page, name)
    for wait in (0, STEP / 2, STEP / 2):
        page.wait_for_timeout(wait * 1000)
        page.fill("#code", shown_code(page))
        enter(page)
        if "/sign-in" not in page.url:
            return
    raise AssertionError(page.inner_text("main"))


@pytest.mark.slow
def test_the_demonstration_says_how_to_sign_in_and_its_list_is_not_empty(window: Page) -> None:
    window.goto("/desk/")
    assert "each with the password demonstration" in window.inner_text("main")
    assert faults(window, WIDTHS[:1]) == []
    sign_in(window, "coordinator")
    assert window.locator("tbody tr").count() > 5
    assert "nobody in it is real" in window.inner_text("aside")
    assert faults(window, WIDTHS[:1]) == []
    window.locator("tbody a").first.focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/desk/submissions/*")


@pytest.mark.slow
def test_the_link_of_a_notice_opens_what_it_names_for_whoever_is_signed_in(window: Page, desk_server: Server) -> None:
    sign_in(window, "clinician")
    path = window.locator("tbody a").first.get_attribute("href")
    window.goto("about:blank")  # a page of another site, as a mailbox is
    window.set_content(f"<a href='{desk_server.url}{path}'>Open</a>")
    window.click("a")
    window.wait_for_url(f"**{path}")
    assert window.locator("header button").is_visible()


@pytest.mark.slow
def test_axe_finds_nothing_wrong_with_any_page_of_the_desk(window: Page) -> None:
    name = ""
    for who, path in PAGES:
        if who != name:
            if name:
                window.click("header button")
            sign_in(window, who)
            name = who
        window.goto(path)
        assert faults(window) == []


@pytest.mark.slow
def test_the_way_of_somebody_invited_has_no_faults_either(window: Page) -> None:
    sign_in(window, "manager")
    window.goto("/desk/staff")
    window.fill("#name", "Newcomer")
    window.check("#role-coordinator")
    window.click("form[action$='/desk/staff'] button")
    invitation = window.inner_text("main code")
    assert faults(window) == []
    window.click("header button")
    give_password(window, "Newcomer", "wrong")
    assert faults(window) == []
    give_password(window, "Newcomer", invitation)
    assert faults(window) == []
    for field in ("#password", "#again"):
        window.fill(field, "wide open window")
    enter(window)
    window.wait_for_selector("img")
    assert window.evaluate("document.querySelector('img').naturalWidth") > 100
    assert faults(window) == []
    window.fill("#code", shown_code(window))
    enter(window)
    window.wait_for_selector(".codes")
    assert window.locator(".codes li").count() == 10
    assert faults(window) == []


@pytest.mark.slow
def test_filtering_works_by_keyboard_alone_and_stands_in_the_address(window: Page) -> None:
    sign_in(window, "clinician")
    window.locator(".filter summary").focus()
    window.keyboard.press("Enter")
    window.locator("#filter-step-call_back").focus()
    window.keyboard.press("Space")
    window.keyboard.press("Enter")
    window.wait_for_url("**step=call_back**")
    window.locator("tbody a").first.click()
    window.wait_for_url("**/desk/submissions/*")
    window.go_back()
    assert "step=call_back" in window.url
    assert window.locator("#filter-step-call_back").is_checked()


def _take_down(page: Page) -> None:
    """Take the request down by a call back, on the page that asks how the person was identified."""
    page.click("text=Delete at the person's request")
    page.wait_for_url("**/deletion")
    assert faults(page) == []
    page.check("#identity-call_back")
    page.check("#called_back")
    page.click("main button[type=submit]")


def _by_phone(page: Page, group: str) -> str:
    """The path of the first one in a group that left a number."""
    page.goto(f"/desk/?group={group}")
    rows = page.locator("tbody tr").filter(has_text=re.compile("phone call|WhatsApp"))
    return str(rows.locator("a").first.get_attribute("href"))


@pytest.mark.slow
def test_deleting_at_request_is_walked_by_two_colleagues_and_has_no_faults(window: Page) -> None:
    sign_in(window, "coordinator")
    plain, first = _by_phone(window, "later"), _by_phone(window, "call_first")
    window.goto(plain)
    _take_down(window)
    assert window.inner_text("h1") == "Deletion asked"
    assert faults(window) == []
    window.goto(first)
    _take_down(window)
    assert "another colleague must agree" in window.inner_text("#deletion")
    assert faults(window) == []
    for path in ("/desk/", "/desk/?group=restricted"):
        window.goto(path)
        assert "Deletion asked" in window.inner_text("main")
        assert faults(window) == []
    window.click("header button")
    sign_in(window, "clinician")
    window.goto(first)
    assert faults(window) == []
    window.click("#deletion button >> nth=0")
    window.wait_for_selector("h1:has-text('Deletion asked')")
    assert "clinician agreed on" in window.inner_text("main")
    window.fill("#undo_note", "They rang again: it was not they who asked.")
    window.click("main button[type=submit]")
    window.wait_for_selector("#feed")
    assert "Undid the deletion" in window.inner_text("#feed")
