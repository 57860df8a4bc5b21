"""The document Bundle: valid, whole, the same for the same input, and of nobody."""

from __future__ import annotations

from base64 import b64decode
from uuid import UUID

import pytest

from screening.fhir.bundle import DocumentBundle
from screening.fhir.checks import bundle_mistakes
from screening.fhir.names import Resource
from screening.fhir.reading import read_response
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.reading.answer_reader import read_answer
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from tests.agreement.foreign_forms import BASE, DAY
from tests.fhir.validation import r4_mistakes, r4b_takes

PDF = b"%PDF-1.7 as it was made"
IDENTITY = UUID("6f2d3a52-9c1f-4f0e-9a53-2f3c1d7f5b11")
RAW: dict[str, object] = {
    "red_flags": ["none"],
    "age": {"value": 52, "unit": "a"},
    "told": "cirrhosis_early",
    "cause": ["hbv"],
    "ascites": None,
    "bilirubin": {"value": "5.5", "unit": "mg/dL"},
    "albumin": {"value": 38, "unit": None},
    "scan_age": "lt1m",
}


@pytest.fixture(scope="module")
def assessment(liver: LoadedRules) -> Assessment:
    known = liver.rule_set.question
    answers = {name: read_answer(known[name], raw) for name, raw in RAW.items() if name != "scan_age"}
    answers["scan_age"] = read_answer(known["scan_age"], next(iter(known["scan_age"].option)))
    return Assessment(SummaryInput(liver, answers, language("en"), DAY, UNREVIEWED))


@pytest.fixture(scope="module")
def bundle(assessment: Assessment) -> Resource:
    return DocumentBundle(assessment, BASE, IDENTITY).written(PDF)


def resources(bundle: Resource, kind: str) -> list[Resource]:
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def test_it_is_valid_and_holds_together(bundle: Resource) -> None:
    assert (r4_mistakes(bundle), r4b_takes(bundle), bundle_mistakes(bundle)) == ([], True, [])
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"


def test_our_summary_is_its_narrative_with_what_this_is_not(assessment: Assessment, bundle: Resource) -> None:
    [composition] = resources(bundle, "Composition")
    told = " ".join(section["text"]["div"] for section in composition["section"])
    document = assessment.document
    assert document.heading in told
    assert document.disclaimer in told
    assert document.review in told
    assert "stays possible" in told or "possible" in told


def test_it_holds_the_answers_that_count_and_the_pdf(
    assessment: Assessment, bundle: Resource, liver: LoadedRules
) -> None:
    [response] = resources(bundle, "QuestionnaireResponse")
    read = read_response(liver.engine, response, BASE)
    assert read.findings == ()  # the scan's age is not asked without a scan, so it is not sent
    plain = plain_answers(liver.rule_set, read.answers)
    assert plain == {
        name: answer
        for name, answer in plain_answers(liver.rule_set, assessment.input.answers).items()
        if name in assessment.outcome.asked
    }
    [paper] = resources(bundle, "DocumentReference")
    assert b64decode(paper["content"][0]["attachment"]["data"]) == PDF


def test_coded_values_that_are_known_are_observations_in_the_unit_that_the_code_is_of(bundle: Resource) -> None:
    quantities = [observation["valueQuantity"] for observation in resources(bundle, "Observation")]
    assert [(str(quantity["value"]), quantity["code"]) for quantity in quantities] == [("52", "a"), ("94.05", "umol/L")]


def test_it_is_the_same_for_the_same_input_and_tells_of_nobody(assessment: Assessment, bundle: Resource) -> None:
    assert DocumentBundle(assessment, BASE, IDENTITY).written(PDF) == bundle
    assert resources(bundle, "Patient") == []


def test_a_reference_into_nothing_and_an_entry_of_nobody_are_found(bundle: Resource) -> None:
    without_paper = {**bundle, "entry": [entry for entry in bundle["entry"] if "content" not in entry["resource"]]}
    assert any("nothing is at" in mistake for mistake in bundle_mistakes(without_paper))
    more = {**bundle, "entry": [*bundle["entry"], {"fullUrl": "urn:uuid:1", "resource": {}}]}
    assert bundle_mistakes(more) == ["nothing refers to urn:uuid:1"]
