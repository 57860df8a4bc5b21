"""A preview in a browser: a save shows the page anew, with what was typed and not sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from screening.app.preview import Preview
from tests.browser.conftest import WAIT
from tests.rulefiles.edited import DATA, edited
from tests.support.app_server import served_here

TEXT = (DATA / "rules" / "framed.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_save_shows_the_page_anew_with_what_was_chosen(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "eyes.yaml"
    file.write_text(TEXT, encoding="utf-8")
    shown = Preview(file, tmp_path / "instance")
    with served_here(shown) as url:
        context = browser.new_context(base_url=url)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.goto("/")
        page.locator("main .button, main button").first.click()
        page.check("input[value=me]")
        page.get_by_role("button", name="Continue").click()
        page.check("input[value=daily]")
        file.write_text(edited(("Some days a week}", "Some days}"), text=TEXT), encoding="utf-8")
        expect(page.get_by_text("Some days", exact=True)).to_be_visible()
        expect(page.locator("input[value=daily]")).to_be_checked()
        file.write_text(TEXT.replace("frame: 1", "frame: 12"), encoding="utf-8")
        expect(page.locator("main li p")).to_contain_text("There is no frame 12. Known are: 1.")
        file.write_text(TEXT, encoding="utf-8")
        expect(page.get_by_text("Some days a week", exact=True)).to_be_visible()
        expect(page.locator("input[value=daily]")).to_be_checked()
        context.close()
    shown.close()
