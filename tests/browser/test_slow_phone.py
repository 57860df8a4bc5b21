"""A slow phone: nothing moves under a finger while a page arrives, and every page is there soon after its bytes."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.browser.conftest import Visit
from tests.browser.slowness import EDGE, arrival, slow_down
from tests.browser.states import STATES, answered, show

pytestmark = pytest.mark.slow

PAGES = ("/", "/questions/red_flags", "/questions/blood_test", "/check", "/result early_cirrhosis")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_arrives_slowly(app: Flask, visit: Visit, name: str) -> None:
    page = visit(answered(app, STATES[name]), java_script_enabled=True)
    slow_down(page, EDGE)
    show(page, STATES[name])
    arrived = arrival(page)
    assert arrived.shift == 0
    assert arrived.kilobytes < 32
    assert arrived.requests <= (4 if name.startswith("/result") else 3)  # its style, and one script or two
