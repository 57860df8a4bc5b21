"""An archive of PDFs from a server that runs, in a real browser that is held to the policy of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WAIT, Server, serving
from tests.browser.faults import WIDTHS, faults
from tests.browser.test_desk import sign_in

pytestmark = pytest.mark.slow
GROUP = "/desk/export?group=closed"
"""A few of the demonstration's submissions."""


@pytest.fixture(scope="module")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demonstration of its own, so that its codes are nobody else's."""
    with serving(tmp_path_factory.mktemp("archive")) as server:
        yield server


@pytest.fixture(scope="module")
def window(browser: Browser, desk_server: Server) -> Iterator[Page]:
    """A coordinator's window, which policies hold."""
    context = browser.new_context(base_url=desk_server.url, reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    sign_in(page, "coordinator")
    yield page
    context.close()


def told(page: Page, words: str) -> None:
    """Wait until the frame says this."""
    expect(page.frame_locator("iframe").locator("main")).to_contain_text(words, timeout=WAIT)


def test_the_browser_saves_an_archive_while_the_page_tells_how_far_it_is(window: Page) -> None:
    window.goto(GROUP)
    number = re.search(r"(\d+) submission", window.inner_text("main"))
    assert number
    window.check("#format-pdf")
    with window.expect_download() as download:
        window.click("main button[type=submit]")
    told(window, f"of {number[1]}.")
    assert "/archives/" in window.url
    told(window, "The file is complete.")
    assert faults(window, WIDTHS[:1]) == []
    assert re.fullmatch(r"submissions-\d{8}T\d{6}[+-]\d{4}\.zip", download.value.suggested_filename)
    with ZipFile(download.value.path()) as archive:
        assert archive.testzip() is None
        pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
        assert len(pdfs) >= int(number[1]) > 0
        assert archive.namelist()[0] == "00-about.txt"
        assert all(archive.read(name).startswith(b"%PDF-") for name in pdfs)


def test_a_download_that_is_cancelled_ends_the_work_and_the_page_says_so(window: Page) -> None:
    window.goto("/desk/export")
    window.check("#format-pdf")
    with window.expect_download() as download:
        window.click("main button[type=submit]")
    download.value.cancel()
    told(window, "was cut off")
    window.get_by_text("Export again").last.click()
    window.wait_for_url("**/desk/export?*")
