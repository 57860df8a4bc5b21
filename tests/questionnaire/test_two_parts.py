"""A height in feet and inches: asked in one field, asked about where it can be read in two ways, told as it was typed,
on the page, on both papers and to other programs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from screening.fhir.items import one_number_unit
from screening.fhir.names import Resource
from screening.fhir.reading import read_response
from screening.fhir.response import questionnaire_response
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer
from screening.wording.desk.spreadsheet import answer_cells
from tests.agreement.foreign_forms import BASE, DAY
from tests.rulefiles.edited import DATA
from tests.support.pdf import words_of
from tests.support.person import begin
from tests.support.web import Web
from tests.support.web_fixtures import make_app

BMI = DATA / "rules" / "bmi.yaml"
HEIGHT = {"height-unit": "[in_i]"}
PAPERS = ("/summary.pdf", "/summary.pdf?for=doctor")
WEIGHT = {"weight": "10 11", "weight-unit": "[lb_av]{stone}"}


@pytest.fixture(scope="module")
def rules() -> LoadedRules:
    return load_rule_file(BMI)


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    web = Web(make_app(tmp_path_factory.mktemp("bmi"), rules=str(BMI)))
    begin(web)
    return web


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_person_types_it_in_one_field_and_reads_it_as_it_was_meant(web: Web) -> None:
    assert web.path == "/questions/body"
    field = web.page.one("input", name="height")
    assert field.attributes["inputmode"] == "text"
    assert "feet and inches, such as 5 ft 7 in" in spaced(web.page.one("main").text)
    asked = web.submit({"height": "5.7", **HEIGHT, **WEIGHT}, status=400)
    assert "Type both numbers: 5 ft 7 in or 5 ft 8.4 in." in asked.text
    assert asked.one("input", name="height").attributes["value"] == "5.7"
    shown = spaced(web.submit({"height": "5'7\"", **HEIGHT, **WEIGHT}).one("main").text)
    assert "5 ft 7 in (170 cm)" in shown
    assert "10 st 11 lb (68.5 kg)" in shown
    web.get("/result")
    assert "Your index is 23.6 kg/m²: 5 ft 7 in (170 cm), 10 st 11 lb (68.5 kg)." in spaced(web.page.one("main").text)


def test_both_papers_tell_it(tmp_path: Path) -> None:
    web = Web(make_app(tmp_path, rules=str(BMI)))
    begin(web)
    web.submit({"height": "5 7", **HEIGHT, **WEIGHT})
    for paper in PAPERS:
        words = spaced(words_of(web.raw(paper).data))
        assert "5 ft 7 in" in words, paper
        assert "10 st 11 lb" in words, paper


# --- programs ------------------------------------------------------------------------------------


def answered(rules: LoadedRules) -> dict[str, Answer]:
    question = rules.rule_set.question
    return {
        "height": read_answer(question["height"], "5 ft 7.5 in"),
        "weight": read_answer(question["weight"], "10 st 11 lb"),
    }


def test_a_foreign_form_has_it_as_one_number_and_its_response_is_read_as_the_same(rules: LoadedRules) -> None:
    answers = answered(rules)
    written = questionnaire_response(rules.rule_set, answers, BASE, DAY)
    assert [item["valueQuantity"] for item in quantities(written)] == [
        {"value": Decimal("67.5"), "unit": "in", "system": "http://unitsofmeasure.org", "code": "[in_i]"},
        {"value": Decimal(151), "unit": "pounds", "system": "http://unitsofmeasure.org", "code": "[lb_av]"},
    ]
    sent = json.loads(json.dumps(written, default=str), parse_float=Decimal)
    for item, number in zip(quantities(sent), (Decimal("67.5"), Decimal(151)), strict=True):
        item["valueQuantity"]["value"] = number
    read = read_response(rules.engine, sent, BASE)
    assert not read.findings
    assert plain_answers(rules.rule_set, read.answers) == plain_answers(rules.rule_set, answers)
    offered = {one_number_unit(question, unit).code for question in rules.rule_set.questions for unit in question.units}
    assert offered == {"cm", "[in_i]", "kg", "[lb_av]"}


def quantities(response: Resource) -> Iterator[Resource]:
    return (answer for page in response["item"] for item in page["item"] for answer in item["answer"])


def test_a_spreadsheet_has_the_stored_number_the_unit_and_what_was_typed(rules: LoadedRules) -> None:
    height = rules.rule_set.question["height"]
    assert answer_cells(height, read_answer(height, "5 ft 7.5 in")) == [Decimal("171.45"), "[in_i]", "5 ft 7.5 in"]
