"""FHIR over the API: what a response leads to is what its answers lead to, and nothing that is sent breaks it."""

from __future__ import annotations

import json
from base64 import b64decode
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.fhir.checks import bundle_mistakes, questionnaire_mistakes
from tests.api.asking import PROBLEM, Asking, Literal, read, written
from tests.support.pdf import words_of
from tests.support.web_fixtures import make_app

FHIR = "application/fhir+json"
ANSWERS = {
    "red_flags": ["none"],
    "age": {"value": "54", "unit": "a"},
    "told": "cirrhosis_early",
    "ascites": None,
    "bilirubin": {"value": 5, "unit": "mg/dL", "sign": "<"},
    "situation": ["pregnant", None],
}


@pytest.fixture(scope="module")
def response(api_app: Flask) -> dict[str, Any]:
    """A response that is accepted, with an answer of each kind."""
    answered = Asking(api_app.test_client()).post("/fhir/response", {"answers": ANSWERS})
    assert (answered.status_code, answered.mimetype) == (200, FHIR), answered.text
    told: dict[str, Any] = read(answered)
    return told


def item(response: dict[str, Any], name: str) -> dict[str, Any]:
    """The item of a question; every question stands on a page."""
    found: dict[str, Any]
    (found,) = (item for page in response["item"] for item in page["item"] if item["linkId"] == name)
    return found


def test_the_questionnaire_is_whole_and_is_not_sent_again(api: Asking) -> None:
    answered = api.get("/fhir/questionnaire")
    assert (answered.status_code, answered.mimetype) == (200, FHIR)
    form = read(answered)
    assert questionnaire_mistakes(form) == []
    assert form["url"].startswith("https://example.org/fhir/")
    languages = {extension["extension"][0]["valueCode"] for extension in form["_title"]["extension"]}
    assert languages == {"ms", "id", "zh-Hans"}
    again = api.get("/fhir/questionnaire", **{"If-None-Match": answered.headers["ETag"]})
    assert again.status_code == 304


def test_what_a_response_leads_to_is_what_its_answers_lead_to(api: Asking, response: dict[str, Any]) -> None:
    outcome = read(api.post("/fhir/outcome", written(response), FHIR))
    assert outcome.pop("set_aside") == []
    assert outcome == api.evaluate(ANSWERS)
    assert outcome["not_advice"]


def test_what_is_not_asked_is_set_aside_and_said(api: Asking) -> None:
    questions = [question for page in read(api.get("/questions"))["pages"] for question in page["questions"]]
    (code,) = (question["options"][0]["code"] for question in questions if question["id"] == "scan_age")
    sent = api.post("/fhir/response", {"answers": {**ANSWERS, "scan_age": code}}).text
    assert read(api.post("/fhir/outcome", sent, FHIR))["set_aside"] == [
        "scan_age was set aside: by the other answers this is not asked."
    ]


def test_every_mistake_is_told_with_its_place(api: Asking, response: dict[str, Any]) -> None:
    wrong = deepcopy(response)
    item(wrong, "age")["answer"] = [{"valueQuantity": {"value": 400, "code": "a"}}]
    item(wrong, "told")["answer"] = [{"valueCoding": {"system": "http://loinc.org", "code": "x"}}]
    item(wrong, "ascites")["linkId"] = "colour"
    answered = api.post("/fhir/outcome", written(wrong), FHIR)
    assert (answered.status_code, answered.mimetype) == (422, PROBLEM)
    errors = {error["pointer"]: error for error in read(answered)["errors"]}
    assert {error["code"] for error in errors.values()} == {"unreadable", "other_system", "unknown_item"}
    for pointer, value in errors.items():
        place: Any = wrong
        for step in pointer.split("/")[1:]:
            place = place[int(step) if isinstance(place, list) else step]
        assert value["detail"].startswith(place["linkId"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"status": "in-progress"}, "Send it once it is completed"),
        ({"questionnaire": "https://example.org/fhir/Questionnaire/liver|0"}, "Known here is https://example.org"),
        ({"status": []}, "Send it once it is completed"),
        ({"resourceType": "Patient"}, "This is no QuestionnaireResponse"),
        ({"item": {}}, "not as FHIR has them"),
    ],
)
def test_what_is_no_response_to_this_questionnaire_is_refused(
    api: Asking, response: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    for path in ("/fhir/outcome", "/fhir/bundle"):
        answered = api.post(path, written({**response, **change}), FHIR)
        assert answered.status_code == 422
        assert said in read(answered)["detail"]


def test_the_document_is_whole_in_the_language_asked_for_and_dated_today(api: Asking, response: dict[str, Any]) -> None:
    answered = api.post("/fhir/bundle?language=ms", written(response), FHIR)
    assert (answered.status_code, answered.mimetype) == (200, FHIR), answered.text
    bundle = read(answered)
    assert (bundle["language"], bundle_mistakes(bundle)) == ("ms", [])
    (paper,) = (
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "DocumentReference"
    )
    assert "Umur" in words_of(b64decode(paper["content"][0]["attachment"]["data"]))
    refused = api.post("/fhir/bundle?language=ta", written(response), FHIR)
    assert refused.status_code == 422
    assert "en, " in read(refused)["detail"]


def test_addresses_begin_with_what_the_operator_has_set(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("instance")
    api = Asking(make_app(folder, api="local", fhir_base="https://clinic.example/fhir/").test_client())
    assert read(api.get("/fhir/questionnaire"))["url"] == "https://clinic.example/fhir/Questionnaire/liver"


MEMBERS = st.sampled_from(
    (
        *("linkId", "item", "answer", "value", "code", "unit", "system", "comparator", "extension", "url", "valueCode"),
        *("valueQuantity", "valueCoding", "valueString", "_valueString"),
    )
)
SCALARS = st.sampled_from([None, True, "", "x", "now", Literal("0"), Literal("-1e3"), Literal("1e30")])
ODD = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(MEMBERS, inner, max_size=2))


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container in a response, with each key of it."""
    found: list[tuple[Any, Any]] = []
    keys = list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
    for key in keys:
        found += [(data, key), *places(data[key])]
    return found


def test_no_response_however_odd_breaks_it(api: Asking, response: dict[str, Any]) -> None:
    @settings(max_examples=150)
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        odd = deepcopy(response)
        for _ in range(data.draw(st.integers(1, 3))):
            holder, key = data.draw(st.sampled_from(places(odd)))
            if isinstance(holder, dict) and data.draw(st.booleans()):
                key = data.draw(MEMBERS)
            holder[key] = data.draw(ODD)
        answered = api.post("/fhir/outcome", written(odd), FHIR)
        assert answered.status_code in (200, 400, 422), (answered.status_code, written(odd))
        assert answered.status_code == 200 or json.loads(answered.text)["status"] == answered.status_code

    holds()
