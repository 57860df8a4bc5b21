"""The pages of one submission in a real browser: axe at three widths in light and dark, and the PDF in its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from screening.storage.accounts.staff import Role
from tests.browser.conftest import WAIT
from tests.browser.faults import faults
from tests.support.app_server import served_here
from tests.support.desk import Desk, signed_in
from tests.support.submissions import EARLY, FIBROSIS, LATE, UNCLEAR, send
from tests.support.web_fixtures import make_app


@dataclass(frozen=True)
class Served:
    """The desk of a server of its own, with a clinician who has signed in."""

    url: str
    desk: Desk
    pages: dict[str, str]
    """Addresses by name."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    app = make_app(tmp_path_factory.mktemp("desk"))
    desk = signed_in(app, Role.CLINICIAN)
    cases = {"unclear": UNCLEAR, "early": EARLY, "late": LATE, "fibrosis": FIBROSIS}
    paths = {name: f"/desk/submissions/{send(desk.store, case).id}" for name, case in cases.items()}
    desk.get(paths["unclear"])
    desk.submit({"note": "Nobody there."}, action="/note")
    pages = {
        **paths,
        "an answer": f"{paths['unclear']}/answers/told",
        "several answers": f"{paths['unclear']}/answers/other_comp",
        "what was seen": f"{paths['early']}/versions/0",
        "an emergency": f"{paths['late']}/emergency",
        "misread": "/desk/misread",
    }
    with served_here(app) as url:
        yield Served(url, desk, pages)


@pytest.fixture
def window(browser: Browser, served: Served) -> Iterator[Page]:
    """A window of the clinician."""
    context: BrowserContext = browser.new_context(base_url=served.url, bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    context.add_cookies([{"name": "desk", "value": served.desk.cookie(), "url": served.url}])
    yield context.new_page()
    context.close()


NAMES = (
    "unclear",
    "early",
    "late",
    "fibrosis",
    "an answer",
    "several answers",
    "what was seen",
    "an emergency",
    "misread",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_wrong_with_any_page(window: Page, served: Served, name: str) -> None:
    window.goto(served.pages[name])
    assert faults(window) == []


@pytest.mark.slow
def test_a_note_typed_while_somebody_else_was_first_is_kept(window: Page, served: Served) -> None:
    window.goto(served.pages["fibrosis"])
    window.get_by_label("Note", exact=True).fill("She calls back")
    served.desk.get(served.pages["fibrosis"])
    served.desk.submit({"note": "I was first"}, action="/note")
    window.get_by_role("button", name="Keep the note").click()
    told = window.get_by_role("alert")
    expect(told).to_contain_text("I was first")
    expect(window.get_by_label("Note", exact=True)).to_have_value("She calls back")
    window.get_by_role("button", name="Keep the note").click()
    expect(window.locator("#feed")).to_contain_text("She calls back")


@pytest.mark.slow
def test_the_pdf_stands_in_its_page(browser: Browser, served: Served) -> None:
    """With the policy in force: a browser that obeys it loads the PDF, and nothing is refused."""
    context = browser.new_context(base_url=served.url)
    context.set_default_timeout(WAIT)
    context.add_cookies([{"name": "desk", "value": served.desk.cookie(), "url": served.url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_response(lambda response: "summary.pdf" in response.url) as loaded:
        page.goto(served.pages["what was seen"])
    assert loaded.value.headers["content-type"] == "application/pdf"
    assert said == []
    context.close()
