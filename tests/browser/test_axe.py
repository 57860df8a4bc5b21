"""Every page in every state, checked by axe at three widths in light and dark: it must find nothing."""

from __future__ import annotations

from typing import Literal

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.states import STATES, answered, show
from tests.conftest import ROOT

AXE = (ROOT / "tests" / "data" / "axe" / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
QUICK = ["/", "/questions/red_flags with an error", "/questions/blood_test/confirm", "/help-first now"]
QUICK += ["/check", "/result unclear, several, maybe urgent", "/result early_cirrhosis"]
QUICK += ["/share/form with an error", "/status/standing too late"]
"""One page of each make, for the quick tests."""
RUN = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
  return found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.html}`));
}
"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is shown; folded parts are opened."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN)
    return found


def check(app: Flask, visit: Visit, name: str, widths: tuple[int, ...] = WIDTHS) -> None:
    """Open a state once and look at it in every width and in both schemes."""
    state = STATES[name]
    page = visit(answered(app, state), bypass_csp=True, reduced_motion="reduce")
    show(page, state)
    found: list[str] = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {each}" for each in violations(page)]
    assert found == []


@pytest.mark.parametrize("name", QUICK)
def test_axe_finds_nothing_wrong_with_a_page_of_each_make(app: Flask, visit: Visit, name: str) -> None:
    check(app, visit, name, (360,))


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_wrong_with_any_page_in_any_state(app: Flask, visit: Visit, name: str) -> None:
    check(app, visit, name)


WRONG = """
document.querySelector("main").insertAdjacentHTML("beforeend", "<input><p style='color:#eee'>Hardly to be seen</p>")
"""


def test_axe_would_find_what_is_wrong(visit: Visit) -> None:
    page = visit(bypass_csp=True)
    page.goto("/")
    page.evaluate(WRONG)
    found = "\n".join(violations(page))
    assert "label" in found
    assert "color-contrast" in found
