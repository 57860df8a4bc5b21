"""A number that a laboratory prints as a bound, on a phone: typed with its sign, read back with it, told with it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.faults import cut_off
from tests.browser.visiting import answer, answer_all, begin, path_of
from tests.support.person import inputs_with
from tests.support.web import Web

pytestmark = pytest.mark.slow


def test_a_bound_is_typed_read_back_and_told_as_it_is_printed(visit: Visit, web: Web) -> None:
    typed = {"bilirubin": "<0.5", "bilirubin_unit": "mg/dL", "albumin": "", "platelets": "", "alt": "≤ 40"}
    inputs = inputs_with(web, has_papers="yes", labs_age="1to6m", **typed)
    page = visit(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    begin(page)
    while not page.locator("main").get_by_text("<0.5").count():
        answer(page, inputs)
    assert "confirm" in path_of(page) or "read" in path_of(page), path_of(page)
    said = page.locator("main").inner_text()
    assert "<0.5 mg/dL (<8.55 µmol/L)" in said
    assert "≤40 U/L" in said
    assert cut_off(page) == 0
    answer_all(page, inputs)
    page.get_by_role("link", name="Continue").click()
    if path_of(page) == "/before-result":
        page.get_by_role("link", name="Read it now").click()
    assert "<0.5 mg/dL" in (page.locator("main").text_content() or "")
    line = page.locator(".number-line", has_text="Bilirubin")
    assert line.locator("svg path.span").count() == 1
    assert line.locator("svg path.pin").count() == 0
    assert cut_off(page) == 0
