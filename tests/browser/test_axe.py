"""Every page in every state, at three widths in light and dark: axe finds nothing, nothing is cut off or too small."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser.conftest import Visit
from tests.browser.faults import NARROWEST, WIDTHS, cut_off, faults, too_small, violations
from tests.browser.states import STATES, answered, show

QUICK = ["/", "/questions/red_flags with an error", "/questions/blood_test/confirm", "/help-first now"]
QUICK += ["/check", "/result unclear, several, maybe urgent", "/result early_cirrhosis"]
QUICK += ["/share/form with an error", "/status/standing too late"]
"""One page of each make, for the quick tests."""


def check(app: Flask, visit: Visit, name: str, widths: tuple[int, ...]) -> None:
    """Open a state once and look at it in every width and in both schemes."""
    state = STATES[name]
    page = visit(answered(app, state), bypass_csp=True, viewport={"width": NARROWEST, "height": 640})
    show(page, state)
    assert cut_off(page) == 0
    assert too_small(page) == []
    assert faults(page, widths) == []


@pytest.mark.parametrize("name", QUICK)
def test_nothing_is_wrong_with_a_page_of_each_make(app: Flask, visit: Visit, name: str) -> None:
    check(app, visit, name, WIDTHS[:1])


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_nothing_is_wrong_with_any_page_in_any_state(app: Flask, visit: Visit, name: str) -> None:
    check(app, visit, name, WIDTHS)


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
    assert [each.split(":")[0] for each in violations(page, ("label",))] == ["label"]
