"""Cases of the liver rules that together tell all, answered page by page as a person would."""

from __future__ import annotations

import pytest

from screening.rulefiles.cases.case_file import Case
from screening.wording.document.blocks import Items
from tests.support.cases import ONE_OF_EACH, by_name, document_of, enough_cases
from tests.support.page import Element
from tests.support.person import answer_until, begin, inputs_of
from tests.support.web import Web


def points(part: Element) -> list[str]:
    """The points of a part of the result, without the numbers of their sources."""
    entries = part.all("li") or part.all("p")
    return ["".join(child for child in entry.children if isinstance(child, str)) for entry in entries]


def answered_by_a_person(web: Web, case: Case) -> Element:
    """The result page of a case."""
    begin(web)
    answer_until(web, inputs_of(web, case.answers))
    return web.get("/result")


def check_result(web: Web, case: Case) -> None:
    """The page says what the Document of the same answers says."""
    page = answered_by_a_person(web, case)
    document = document_of(case)
    lead = document.part("lead")
    assert page.one("h1").text == (lead.title if lead else document.heading)
    urgent = [element for element in page.one("main").all("section") if "is-urgent" in element.classes]
    assert len(urgent) == (document.part("emergency") is not None)
    is_urgent = document.tone == "urgent"
    why = document.part("reasons" if is_urgent else "why")
    wanted = [item for block in why.blocks if isinstance(block, Items) for item in block.items] if why else []
    if is_urgent:
        assert all(reason in urgent[0].text for reason in wanted)
    else:
        assert [point for part in page.all("section", id="why") for point in points(part)] == wanted


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_case_of_each_kind_is_told_on_the_page_as_its_document_tells_it(web: Web, kind: str) -> None:
    check_result(web, ONE_OF_EACH[kind])


@pytest.mark.slow
@pytest.mark.parametrize("case", enough_cases(), ids=by_name)
def test_all_that_any_case_tells_is_told_on_the_page_as_its_document_tells_it(web: Web, case: Case) -> None:
    check_result(web, case)
