"""What people shared, as a program with a key of its own for that reads it: audited, and no opening by the clinic."""

from __future__ import annotations

from functools import partial

from screening.api.problems import ProblemError
from screening.fhir.names import Resource
from screening.rulefiles.cases.outcome_json import outcome_members
from screening.rulefiles.loading.loader import LoadedRules
from screening.runtime import Service
from screening.storage.store import Store
from screening.storage.submissions.assessments.versions import Version
from screening.storage.submissions.handed_out.program_reading import (
    ProgramReading,
    ProgramRow,
    list_for_program,
    read_for_program,
)
from screening.storage.submissions.record.reference_codes import CodeError, read_code
from screening.wording.document.review_state import review_notice
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.stored import input_from

AT_ONCE = 50
"""Submissions of one list."""


def submissions_members(service: Service, actor: str, after: str) -> dict[str, object]:
    """A list of submissions, the oldest first, and the code to send as `after` where there may be more."""
    code = _code(after) if after else ""
    rows = _store(service).write(partial(list_for_program, actor=actor, after=code, most=AT_ONCE))
    if rows is None:
        raise _not_there()
    return {"submissions": [_row(row) for row in rows], "next": rows[-1].code if len(rows) == AT_ONCE else None}


def submission_members(service: Service, actor: str, code: str) -> dict[str, object]:
    """One submission with every assessment, as it was judged then."""
    store = _store(service)
    reading = _read(store, actor, code)
    with store.reading() as transaction:
        rules = {
            version.rules_hash: service.stored_rules(transaction, version.rules_hash) for version in reading.versions
        }
    row = _row(ProgramRow(reading.code, reading.row))
    return row | {"versions": [_version(version, rules[version.rules_hash]) for version in reading.versions]}


def submission_document(service: Service, actor: str, code: str) -> Resource:
    """The document of FHIR of its latest assessment."""
    store = _store(service)
    reading = _read(store, actor, code)
    return service.stored_fhir_document(store, reading.row.id, reading.versions[-1])


def _read(store: Store, actor: str, code: str) -> ProgramReading:
    """One submission, once it is recorded that it is read."""
    reading = store.write(partial(read_for_program, actor=actor, code=_code(code)))
    if reading is None:
        raise _not_there()
    return reading


def _store(service: Service) -> Store:
    if service.store is None:
        raise _not_there()
    return service.store


def _code(typed: str) -> str:
    try:
        return read_code(typed)
    except CodeError:
        raise _not_there() from None


def _not_there() -> ProblemError:
    """The same of what never was, was deleted, or is not to be read: a code tells nothing of itself."""
    return ProblemError(404, "not_found", "There is no such submission to read")


def _row(listed: ProgramRow) -> dict[str, object]:
    row = listed.row
    return {
        "code": listed.code,
        "state": row.state,
        "received_at": row.received_at.isoformat(),
        "promised_at": row.promised_at.isoformat(),
        "opened_by_clinic": row.opened_at is not None,
        "answered_on": row.answered_on,
        "language": row.language,
        "for_other": bool(row.for_other),
        "category": row.category,
        "call_first": row.call_first,
        "conflicts": row.conflicts,
        "unsure": row.unsure,
    }


def _version(version: Version, rules: LoadedRules) -> dict[str, object]:
    own_language = language(rules.rule_set.language)
    judged = Assessment(input_from(version.input, rules, own_language))
    return {
        "number": version.number,
        "made_at": version.made_at.isoformat(),
        "made_by": "clinic" if version.made_by else "person",
        "answered_on": judged.input.answered_on.isoformat(),
        "answers": version.input["answers"],
        "outcome": outcome_members(rules.rule_set, judged.outcome),
        "rules": rules.identity,
        "review": {
            "signed": judged.input.review.signed,
            "notice": review_notice(judged.input.review, own_language),
        },
        "not_advice": rules.rule_set.disclaimer,
    }
