"""The data that a summary carries along: complete, the same each time, and read with suspicion."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from screening.documents.attachments import NoRecordError, record_in
from screening.documents.record import FILE_NAME, MAX_RECORD, RecordError, comparable, read_record, record_json
from screening.documents.summary import Copy, summary_pdf
from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.cases.outcome_json import outcome_members
from screening.rulefiles.model.shape import summary_schema
from screening.ruleset.reading.answer_reader import read_answer
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import TypedBy
from screening.wording.summary.selection import Reader
from tests.documents.full_sets import LENGTHS
from tests.support.cases import CASES, ONE_OF_EACH, RULES, given
from tests.support.every import for_every

FULL = given(LENGTHS["everything"])


def test_the_schema_is_one_and_every_case_fits_it() -> None:
    Draft202012Validator.check_schema(summary_schema())
    validator = Draft202012Validator(summary_schema())
    for case in CASES:
        validator.validate(json.loads(record_json(Assessment(given(case)))))


def test_a_record_holds_answers_outcome_rules_settings_and_date() -> None:
    parts = frozenset(part.id for part in RULES.rule_set.parts)
    told = json.loads(
        record_json(Assessment(replace(FULL, typed_by=TypedBy.HELPER, parts_off=parts, demonstration=True)))
    )
    assert told["rules"] == {"id": "liver", "version": RULES.rule_set.version, "sha256": RULES.hash}
    assert told["answered_on"] == "2026-11-22"
    assert told["settings"] == {
        "language": "en",
        "typed_by": "helper",
        "amended": False,
        "parts_off": sorted(parts),
        "demonstration": True,
    }
    assert told["review"] == {"signed": False, "valid_until": None}
    assert "Nobody has checked them" in told["about"]
    read = {name: read_answer(RULES.rule_set.question[name], raw) for name, raw in told["answers"].items()}
    assert read == FULL.answers


def test_what_staff_wrote_down_on_a_call_is_said_and_one_made_before_that_was_told_still_reads() -> None:
    told = json.loads(record_json(Assessment(replace(FULL, amended=True))))
    assert told["settings"]["amended"] is True
    assert "as they were told on a call" in told["about"]
    del told["settings"]["amended"]
    assert read_record(json.dumps(told)).answers == told["answers"]


@pytest.mark.slow
@pytest.mark.parametrize("reader", Reader)
def test_it_is_attached_to_the_pdf_as_its_data_and_found_there(reader: Reader) -> None:
    content = summary_pdf(FULL, Copy(reader))
    pdf = pikepdf.open(io.BytesIO(content))
    attached = pdf.attachments[FILE_NAME]
    assert attached.get_file().read_bytes().decode() == record_json(Assessment(FULL))
    assert attached.obj.AFRelationship == "/Data"
    assert attached.get_file().mime_type == "application/json"
    record = record_in(content)
    outcome = RULES.engine.evaluate(plain_answers(RULES.rule_set, FULL.answers))
    assert record.outcome == comparable(outcome_members(RULES.rule_set, outcome))


def test_a_copy_without_it_holds_no_file() -> None:
    content = summary_pdf(FULL, Copy(with_record=False))
    assert not list(pikepdf.open(io.BytesIO(content)).attachments)
    with pytest.raises(NoRecordError):
        record_in(content)


def without(name: str) -> str:
    """A record in which one member is missing."""
    told = json.loads(record_json(Assessment(given(ONE_OF_EACH["fibrosis"]))))
    del told[name]
    return json.dumps(told)


def changed(**members: Any) -> str:
    """A record with other members."""
    return json.dumps(json.loads(record_json(Assessment(given(ONE_OF_EACH["fibrosis"])))) | members)


HOSTILE = {
    "nothing": "",
    "no object": "[1]",
    "nested": "[" * 100_000,
    "nested within": changed(answers=0).replace('"answers": 0', '"answers": {"a": ' + "[" * 5000 + "]" * 5000 + "}"),
    "huge number": changed(answers=0).replace('"answers": 0', '"answers": {"a": ' + "9" * 5000 + "}"),
    "infinite": changed(answers=0).replace('"answers": 0', '"answers": {"a": Infinity}'),
    "too long": changed(about="x" * (MAX_RECORD + 1)),
    "other description": changed(schema="other.schema.json"),
    "hash of another kind": changed(rules={"id": "liver", "version": "1", "sha256": "x"}),
    "more": changed(more=1),
    **{f"no {name}": without(name) for name in summary_schema()["required"]},
}


@for_every("name", HOSTILE)
def test_what_is_no_record_is_refused(name: str) -> None:
    with pytest.raises(RecordError):
        read_record(HOSTILE[name])
