"""The data that a summary carries along: what was answered and what came of it, as JSON that a program can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from screening.rulefiles.cases.outcome_json import outcome_json, outcome_members
from screening.rulefiles.model.foreign_json import read_foreign_json
from screening.rulefiles.model.shape import check_shape, summary_schema
from screening.ruleset.reading.answer_reader import raw_answer
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.clinic import typed_by_sentence
from screening.wording.summary.context import OlderAnswers

FILE_NAME = "answers.json"
MAX_RECORD = 64 * 1024
"""Characters that a record may have; those of this service are far smaller."""


class RecordError(Exception):
    """A text is not the record of a summary."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was read; whether its answers fit a rule set is not known yet."""

    rules: Mapping[str, str]
    answered_on: str
    answered_since: str | None
    """The date of the oldest answer, which may be the same; None where nobody knows it."""
    answers: Mapping[str, object]
    parts_off: frozenset[str]
    outcome: Mapping[str, object]
    today: str = ""
    """The day on which dates were judged; empty where none is asked."""


def record_json(assessment: Assessment) -> str:
    """The record of a summary; the same input gives the same text."""
    summary_input = assessment.input
    until = summary_input.review.valid_until
    members = {
        "schema": summary_schema()["$id"],
        "about": typed_by_sentence(summary_input),
        "rules": summary_input.rules.identity,
        "answered_on": summary_input.answered_on.isoformat(),
        **_answered_since(summary_input.older),
        **({"today": summary_input.judged_on.isoformat()} if summary_input.rules.rule_set.has_dates else {}),
        "answers": {
            question.id: raw_answer(summary_input.answers[question.id])
            for question in summary_input.rules.rule_set.questions
            if question.id in summary_input.answers
        },
        "settings": {
            "language": summary_input.language.tag,
            "typed_by": str(summary_input.typed_by),
            "amended": summary_input.amended,
            "parts_off": sorted(summary_input.parts_off),
            "demonstration": summary_input.demonstration,
        },
        "review": {"signed": summary_input.review.signed, "valid_until": until.isoformat() if until else None},
        "outcome": outcome_members(summary_input.rules.rule_set, assessment.outcome),
    }
    return outcome_json(members)


def _answered_since(older: OlderAnswers) -> dict[str, str | None]:
    """The date of the oldest answer where it is another one; None where nobody knows it."""
    if older.is_undated:
        return {"answered_since": None}
    return {"answered_since": older.earliest.isoformat()} if older.earliest else {}


def read_record(text: str) -> Record:
    """The record in a text that anybody may have written, or `RecordError`."""
    if len(text) > MAX_RECORD:
        raise RecordError
    try:
        data = read_foreign_json(text.encode())
        problems = check_shape(data, summary_schema())
    except ValueError:
        raise RecordError from None
    if problems:
        raise RecordError
    return Record(
        rules=data["rules"],
        answered_on=data["answered_on"],
        answered_since=data.get("answered_since", data["answered_on"]),
        answers=data["answers"],
        parts_off=frozenset(data["settings"]["parts_off"]),
        outcome=data["outcome"],
        today=data.get("today", ""),
    )


def comparable(outcome: Mapping[str, object]) -> Mapping[str, object]:
    """An outcome as it is read from a record."""
    members: Mapping[str, object] = json.loads(outcome_json(outcome), parse_float=Decimal)
    return members
