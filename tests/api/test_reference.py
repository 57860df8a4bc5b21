"""The page that people read: every example of it is what is really accepted and answered."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask

from screening.api.openapi_schemas import component_schemas
from screening.api.operations import BY_ID, OPERATIONS
from screening.api.problems import ProblemError
from screening.api.reference import PROBLEMS, pretty
from screening.runtime import EXTENSION
from tests.api.asking import Asking
from tests.conftest import ROOT
from tests.support.page import read_page


def blocks(text: str, kind: str) -> dict[str, str]:
    """The examples of a page by their operation."""
    found = re.findall(rf'<pre tabindex="0" data-{kind}="(\w+)">(.*?)</pre>', text, re.DOTALL)
    return {name: unescape(item) for name, item in found}


def holds(asking: Asking) -> int:
    """Send every example; how many answers were compared."""
    page = asking.get("/reference")
    assert page.status_code == 200
    assert page.mimetype == "text/html"
    bodies, answers = blocks(page.text, "body"), blocks(page.text, "answer")
    assert set(bodies) == {
        operation.id for operation in OPERATIONS if operation.takes and operation.takes != "application/pdf"
    }
    for operation in OPERATIONS:
        if operation.method == "GET":
            if operation.id not in answers:
                continue
            response = asking.get(operation.path)
        elif operation.id in bodies:
            response = asking.post(operation.path, bodies[operation.id], operation.takes)
        else:
            continue
        assert response.status_code == 200, response.text
        assert response.mimetype == operation.gives
        if operation.id in answers:
            told = "\n".join(map(pretty, response.text.splitlines()))
            assert told.startswith(answers[operation.id]), operation.id
    return len(answers)


def test_every_example_is_accepted_and_answered_as_it_is_shown(api: Asking) -> None:
    assert holds(api) >= 7


def test_so_it_is_without_numbers(match_api_app: Flask) -> None:
    assert holds(Asking(match_api_app.test_client())) >= 7


def test_it_needs_no_script_and_nothing_from_elsewhere(api: Asking) -> None:
    text = api.get("/reference").text
    page = read_page(text)
    assert "<script" not in text
    assert "style=" not in text
    links = [link["href"] for link in [*page.all("a"), *page.all("link")]]
    assert links
    assert all(link.startswith(("/", "#")) for link in links)
    ids = {element["id"] for element in page.all() if "id" in element.attributes}
    assert {link[1:] for link in links if link.startswith("#")} <= ids


def test_every_problem_that_is_raised_is_explained_there(api: Asking) -> None:
    explained = {code for code, _, _ in PROBLEMS}
    raised: set[str] = set()
    for file in (ROOT / "screening" / "api").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        raised |= set(re.findall(r'ProblemError\(\s*\w+,\s*"(\w+)"', text))
        raised |= set(re.findall(r'^    \d{3}: \("(\w+)"', text, re.MULTILINE))
    assert len(raised) > 8
    assert raised <= explained
    assert ProblemError(422, "answers", "").members["type"] == "/api/v1/reference#problem-answers"
    page = api.get("/reference").text
    assert all(f'id="problem-{code}"' in page for code in explained)


def test_every_schema_that_an_operation_names_is_there(api_app: Flask) -> None:
    schemas = component_schemas(api_app.extensions[EXTENSION])
    assert {operation.answer for operation in BY_ID.values()} | {operation.body for operation in BY_ID.values()} - {
        ""
    } <= schemas.keys()
