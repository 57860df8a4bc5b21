"""Every page in every state, in three widths in light and dark, and narrow in one more language, each in its turn.

axe finds nothing wrong with it, nothing is cut off or too small.
"""

from __future__ import annotations

from flask import Flask

from screening.wording.language.languages import CATALOGUES
from tests.browser.conftest import Visit
from tests.browser.faults import NARROWEST, WIDTHS, cut_off, faults, too_small, violations
from tests.browser.states import STATES, answered, show, states

QUICK = [
    "/questions/red_flags with an error",
    "/check",
    "/result unclear, several, maybe urgent",
    "/share/form with an error",
]
"""The pages with most on them, for the quick tests."""
OTHER_LANGUAGES = [path.stem for path in sorted(CATALOGUES.glob("*.po"))]
TURN = {name: OTHER_LANGUAGES[index % len(OTHER_LANGUAGES)] for index, name in enumerate(STATES)}
"""In which language a state is looked at beside English; `test_languages` looks at all where words are longer."""


@states(quick=QUICK)
def test_nothing_is_wrong_with_any_page_in_any_state(app: Flask, visit: Visit, name: str) -> None:
    page = visit(answered(app, STATES[name]), bypass_csp=True, viewport={"width": NARROWEST, "height": 640})
    show(page, STATES[name])
    assert cut_off(page) == 0
    assert too_small(page) == []
    assert faults(page) == []
    page.set_viewport_size({"width": WIDTHS[0], "height": 740})
    page.emulate_media(color_scheme="light")
    page.context.set_extra_http_headers({"Accept-Language": TURN[name]})
    show(page, STATES[name])
    assert page.locator("html").get_attribute("lang") == TURN[name]
    assert cut_off(page) == 0
    assert violations(page) == []


WRONG = """
document.querySelector("main").insertAdjacentHTML(
  "beforeend", "<input><p style='color:#eee;width:3000px'>Hardly to be seen</p><a href='/'>x</a>")
"""


def test_what_is_wrong_would_be_found(visit: Visit) -> None:
    page = visit(bypass_csp=True)
    page.goto("/")
    page.evaluate(WRONG)
    found = "\n".join(faults(page, WIDTHS[:1]))
    assert "label" in found
    assert "color-contrast" in found
    assert "cut off" in found
    assert too_small(page) == ["x"]
    assert [violation.split(":")[0] for violation in violations(page, ("label",))] == ["label"]
