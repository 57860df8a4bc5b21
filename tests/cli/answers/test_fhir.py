"""`screening fhir`: what a developer of another program does with it, from the rule file to a document and back."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from screening.cli import main
from tests.cli.conftest import Call
from tests.conftest import ROOT

ANSWERS = json.dumps({"age": 3, "signs": ["lice"], "soil": "wet", "weight": {"value": 700, "unit": "g"}})
BASE = ("--base", "https://clinic.example/fhir/")


def response(small: Call, text: str = ANSWERS) -> dict[str, Any]:
    written = small("fhir", "response", "-", *BASE, "--date", "2026-11-30", text=text)
    assert written.exit_code == 0, written.output
    found: dict[str, Any] = json.loads(written.stdout)
    return found


def test_a_questionnaire_is_written_checked_and_its_codes_are_counted(small: Call, tmp_path: Path) -> None:
    written = small("fhir", "questionnaire", *BASE, "--check", "-o", tmp_path / "form.json")
    assert written.exit_code == 0, written.output
    assert "Codes: 0 of 6 questions and 0 of 11 options have one." in written.stderr
    assert "0 of 0 codes were seen with their meaning in the source that is named." in written.stderr
    form = json.loads((tmp_path / "form.json").read_text(encoding="utf-8"))
    assert form["url"] == "https://clinic.example/fhir/Questionnaire/small"


def test_a_response_gives_the_outcome_that_the_answers_give(small: Call) -> None:
    sent = json.dumps(response(small))
    found = small("fhir", "outcome", "-", *BASE, text=sent)
    evaluated = small("evaluate", "-", "--json", text=ANSWERS)
    assert json.loads(found.stdout) == json.loads(evaluated.stdout) | {"set_aside": []}


def test_what_is_set_aside_is_told_and_what_is_refused_ends_the_command(small: Call) -> None:
    sent = response(small, json.dumps({"age": 3, "light": "sun"}))
    found = small("fhir", "outcome", "-", *BASE, text=json.dumps(sent))
    assert json.loads(found.stdout)["set_aside"] == ["light was set aside: by the other answers this is not asked."]
    weight = {"value": 0.5, "code": "kg", "comparator": "ad"}
    sent["item"].append({"linkId": "weight", "answer": [{"valueQuantity": weight}]})
    sent["item"].append({"linkId": "soil", "answer": [{"valueCoding": {"code": "clay", "system": "urn:x"}}]})
    refused = small("fhir", "outcome", "-", *BASE, text=json.dumps(sent))
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        "soil has a code of urn:x. Send codes of https://clinic.example/fhir/CodeSystem/small.",
        'weight says "ad", which is no exact number and cannot be judged. Leave the answer out.',
    ]


def test_a_response_to_another_questionnaire_is_refused(small: Call) -> None:
    found = small("fhir", "outcome", "-", text=json.dumps(response(small)))
    assert found.exit_code == 1
    assert "Known here is https://example.org/fhir/Questionnaire/small|1.0.0." in found.stderr
    assert small("fhir", "outcome", "-", text="{").stderr == "<stdin> is not JSON.\n"


def test_a_bundle_is_made_of_answers_and_of_a_response(small: Call, tmp_path: Path) -> None:
    identity = ("--identity", "6f2d3a52-9c1f-4f0e-9a53-2f3c1d7f5b11")
    given = [ANSWERS, json.dumps(response(small))]
    for number, text in enumerate(given):
        call = (
            "fhir",
            "bundle",
            "-",
            *BASE,
            *identity,
            "--date",
            "2026-11-30",
            "--check",
            "-o",
            tmp_path / str(number),
        )
        written = small(*call, text=text)
        assert written.exit_code == 0, written.output
    first, second = (json.loads((tmp_path / str(number)).read_text(encoding="utf-8")) for number in range(2))
    kinds = [entry["resource"]["resourceType"] for entry in first["entry"]]
    assert kinds == ["Composition", "QuestionnaireResponse", "DocumentReference", "Device"]
    assert [entry["resource"] for entry in first["entry"][:2]] == [entry["resource"] for entry in second["entry"][:2]]


def test_an_address_that_is_none_is_refused(small: Call) -> None:
    refused = small("fhir", "questionnaire", "--base", "clinic")
    assert refused.exit_code == 2
    assert "it is an address such as https://clinic.example/fhir" in refused.stderr


def test_the_extra_is_named_where_it_is_missing(small: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B", None)
    refused = small("fhir", "questionnaire", "--check")
    assert refused.exit_code == 1
    assert refused.stderr == "--check needs the extra `fhir`: pip install 'screening[fhir]'.\n"


def test_the_commands_of_the_page_run_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "fhir.md").read_text(encoding="utf-8")
    shown = re.findall(r"^screening (fhir .*?)(?:\s{2,}#.*)?$", page, re.MULTILINE)
    assert len(shown) == 4
    monkeypatch.chdir(tmp_path)
    (tmp_path / "answers.json").write_text('{"age": 54, "ascites": "now"}')
    for command in shown:
        ran = CliRunner().invoke(main, shlex.split(command))
        assert ran.exit_code == 0, ran.output
        if command.startswith("fhir response"):
            (tmp_path / "response.json").write_text(ran.stdout)
    assert json.loads((tmp_path / "document.json").read_text())["type"] == "document"
