"""A person answers in a real browser with scripts switched off, reads the result and takes the PDF along."""

from __future__ import annotations

import pytest

from screening.rulefiles.cases.case_file import Case
from screening.ruleset.reading.answer_types import Quantity
from screening.wording.document.answers import answer_in_words
from screening.wording.document.blocks import Items
from tests.browser.conftest import Server, Visit
from tests.browser.visiting import answer_all, begin, download, path_of
from tests.support.cases import ENGLISH, ONE_OF_EACH, RULES, document_of, outcome_of
from tests.support.pdf import squeezed, words_of
from tests.support.person import inputs_of
from tests.support.web import Web

pytestmark = pytest.mark.slow


def reasons_of(case: Case) -> list[str]:
    """Why the category of a case was matched, in words."""
    part = document_of(case).part("reasons")
    return [item for block in part.blocks if isinstance(block, Items) for item in block.items] if part else []


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_person_answers_reads_the_result_and_takes_the_pdf_along(visit: Visit, web: Web, kind: str) -> None:
    case = ONE_OF_EACH[kind]
    page = visit(java_script_enabled=False)
    begin(page)
    answer_all(page, inputs_of(web, case.answers))
    page.get_by_role("link", name="Continue").click()
    if path_of(page) == "/before-result":
        page.get_by_role("link", name="Read it now").click()
    assert path_of(page) == "/result"
    document = document_of(case)
    lead = document.part("lead")
    assert page.locator("h1").inner_text() == (lead.title if lead else document.heading)
    shown = squeezed(page.locator("main").text_content() or "")
    for reason in reasons_of(case):
        assert squeezed(reason) in shown
    page.get_by_role("link", name="Other ways to keep or send it").click()
    text = squeezed(words_of(download(page, page.get_by_role("link", name="Download the PDF"))))
    for said in (document.heading, *reasons_of(case)[:3]):
        assert squeezed(said) in text
    for name, answer in case.answers.items():
        if isinstance(answer, Quantity) and name in outcome_of(case).asked:
            assert squeezed(answer_in_words(RULES.rule_set.question[name], answer, ENGLISH)) in text


def test_the_browsers_own_back_shows_what_was_answered(visit: Visit, web: Web) -> None:
    page = visit(java_script_enabled=False)
    begin(page)
    page.get_by_label("None of these").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("About how old are you?").fill("47")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/questions/told")  # a browser that is still on its way cannot go back
    page.go_back()
    assert page.get_by_label("About how old are you?").input_value() == "47"
    page.go_back()
    assert page.get_by_label("None of these").is_checked()
    page.go_forward()
    page.go_forward()
    assert path_of(page) == "/questions/told"


def test_a_click_anywhere_on_an_answer_chooses_it(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    begin(page)
    row = page.locator(".choice").nth(2)
    box = row.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    assert row.locator("input").is_checked()


def test_the_server_logs_no_answer(visit: Visit, web: Web, server: Server) -> None:
    page = visit(java_script_enabled=False)
    begin(page)
    case = next(case for case in ONE_OF_EACH.values() if "lsm" in case.answers)
    answer_all(page, inputs_of(web, case.answers))
    page.goto("/result")
    page.goto("/nothing")
    logged = server.log.read_text()
    for answer in case.answers.values():
        if isinstance(answer, Quantity) and len(answer.typed) > 2:
            assert answer.typed not in logged
    assert "liver_no_scar" not in logged
    assert "Traceback" not in logged
