"""The schemas of what the API takes and answers, by name; those of answers and outcomes from the rule set."""

from __future__ import annotations

from collections.abc import Mapping

from screening.api.answer_schemas import Schema, answers_schema
from screening.api.answers import asked_here
from screening.api.papers import paper_options
from screening.ruleset.model.rule_set import Kind
from screening.runtime import Service
from screening.wording.summary.verification import Attached, Seal

_TEXT: Schema = {"type": "string"}
_TRUTH: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_ANY: Schema = {"type": "object"}
LINES: Schema = {"type": "string", "description": "One JSON object a line."}


def component_schemas(service: Service) -> dict[str, Schema]:
    """Every schema by its name."""
    questions = asked_here(service.rules.rule_set, service.parts_off)
    return {
        "Answers": answers_schema(questions, whole=True),
        "SomeAnswers": answers_schema(questions, whole=False),
        "EvaluateBody": _strict({"answers": _ref("Answers")}, {"explain": {**_TRUTH, "default": True}}),
        "NextBody": _strict({"answers": _ref("SomeAnswers")}),
        "Lines": LINES,
        "Page": _TEXT,
        "Pdf": {"type": "string", "contentMediaType": "application/pdf"},
        "PaperBody": _strict({"answers": _ref("Answers")}, _options(paper_options(service))),
        "Verdict": _VERDICT,
        "Submission": _SUBMISSION,
        "Submissions": _open({"submissions": _list(_LISTED), "next": {"type": ["string", "null"]}}),
        "Object": _ANY,
        **{kind: _resource(kind) for kind in ("Questionnaire", "QuestionnaireResponse", "Bundle")},
        "FhirOutcome": {"allOf": [_ref("Outcome"), _open({"set_aside": _list(_TEXT)})]},
        "Problem": _PROBLEM,
        "Rules": _RULES,
        "Range": _RANGE,
        **_standing(),
        "Outcome": _outcome(service),
        "Next": _next(service),
        "RuleSet": _rule_set(service),
        "Questions": _open({"pages": _list(_ANY), "rules": _ref("Rules")}),
        "Cases": _open({"cases": _list(_CASE), "rules": _ref("Rules")}),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(names: list[str]) -> Schema:
    return {"type": "string", "enum": names}


def _strict(required: Schema, optional: Schema | None = None) -> Schema:
    """An object with these members and no others."""
    return {**_open(required, optional), "additionalProperties": False}


def _open(required: Schema, optional: Schema | None = None) -> Schema:
    """An object with these members; a later version may tell more."""
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _options(options: Mapping[str, tuple[object, ...]]) -> Schema:
    """Members of which each is one of some values, the first where it is left out."""
    return {name: {"enum": list(allowed), "default": allowed[0]} for name, allowed in options.items()}


def _resource(kind: str) -> Schema:
    """A resource of FHIR R4, whose members FHIR defines."""
    return _open({"resourceType": {"const": kind}})


_RULES = _strict({"id": _TEXT, "version": _TEXT, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}})
_END: Schema = {"type": ["number", "null"]}
_RANGE = _open({"from": _END, "to": _END}, {"above": {"const": True}, "below": {"const": True}})
"""Between which numbers something lies; an end that is null is none, one that is `above` or `below` is not in it."""
_CASE = _open({"name": _TEXT, "answers": _ANY, "expected": _ANY})
_PROBLEM = _open(
    {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}},
    {
        "detail": _TEXT,
        "instance": _TEXT,
        "errors": _list(
            _strict(
                {
                    "pointer": {"type": "string", "description": "JSON pointer (RFC 6901) into the body"},
                    "code": _TEXT,
                    "detail": _TEXT,
                }
            )
        ),
    },
)


_REASSESSED: Schema = {
    "anyOf": [
        {"type": "null"},
        _open(
            {"rules": _TEXT, "category": _TEXT, "possible": _list(_TEXT), "unreadable": _list(_TEXT), "same": _TRUTH}
        ),
    ]
}
_VERDICT = _open(
    {
        "seal": _one_of([*map(str, Seal)]),
        "attached": _one_of([*map(str, Attached)]),
        "signer": _TEXT,
        "fingerprint": _TEXT,
        "recorded_rules": _TEXT,
        "answered_on": _TEXT,
        "answered_since": {"type": ["string", "null"]},
        "again": {**_REASSESSED, "description": "By the very rule set of the paper, where it is at hand."},
        "today": {**_REASSESSED, "description": "By the rules served today, where they are others."},
    }
)


_COUNTED: Schema = {"type": ["integer", "null"]}
_LISTED = _open(
    {
        "code": _TEXT,
        "state": _TEXT,
        "received_at": _TEXT,
        "opened_by_clinic": _TRUTH,
        "category": {"type": ["string", "null"]},
        "call_first": _COUNTED,
        "conflicts": _COUNTED,
        "unsure": _COUNTED,
    }
)
_JUDGED = _open(
    {
        "number": _COUNT,
        "made_at": _TEXT,
        "made_by": _one_of(["person", "clinic"]),
        "answers": _ANY,
        "outcome": _ANY,
        "rules": _ANY,
        "review": _ANY,
        "not_advice": _TEXT,
    }
)
_SUBMISSION: Schema = {"allOf": [_LISTED, _open({"versions": _list(_JUDGED)})]}


def _standing() -> dict[str, Schema]:
    review: Schema = _open(
        {
            "signed": _TRUTH,
            "notice": {"type": "string", "minLength": 1},
            "valid_until": {"type": ["string", "null"], "format": "date"},
            "served_unreviewed_by": _TEXT,
        }
    )
    not_advice: Schema = {"type": "string", "minLength": 1, "description": "Show it beside every outcome."}
    return {"Standing": _open({"review": review, "test": _TRUTH, "not_advice": not_advice})}


def _outcome(service: Service) -> Schema:
    rule_set = service.rules.rule_set
    category = _one_of([category.id for category in rule_set.categories])
    question = _one_of([question.id for question in rule_set.questions])
    categories = {**_list(category), "minItems": 1, "uniqueItems": True}
    members: Schema = {
        "category": category,
        "possible": {**categories, "description": "Every category that some answer to what is open would give."},
        "kind": {"enum": [*map(str, Kind), None]},
        "underlying": {"anyOf": [category, {"type": "null"}]},
        "grounds": _list(_TEXT),
        "open_grounds": {"type": "object", "additionalProperties": _list(_TEXT)},
        "notes": _list(_TEXT),
        "values": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": ["boolean", "number", "null"]}, _ref("Range")]},
            "description": "A range where an answer is a bound.",
        },
        "not_asked": _list(question),
        "ignored": {**_list(question), "description": "Answered, but not asked: these answers count for nothing."},
        "ranges": {"type": "object", "additionalProperties": {"anyOf": [_ref("Range"), {"type": "null"}]}},
        "unusual": {"type": "object", "additionalProperties": _TEXT},
        "rules": _ref("Rules"),
    }
    explained: Schema = {
        "missing": _list(question),
        "settled_by": _ANY,
        "disagree": _list(_ANY),
        "unknown_values": _ANY,
        "cut_short": _list(_TEXT),
    }
    return {"allOf": [_ref("Standing"), _open(members, explained)]}


def _next(service: Service) -> Schema:
    question = _one_of([question.id for question in service.rules.rule_set.questions])
    interrupt = _open({"ground": _TEXT, "category": _TEXT, "speed": {"type": ["string", "null"]}, "text": _TEXT})
    page: Schema = {"anyOf": [_open({"id": _TEXT, "title": _TEXT}), {"type": "null"}]}
    members: Schema = {
        "interrupts": {**_list(interrupt), "description": "Certain, and not to wait for the rest: tell them first."},
        "may_need_help": _list(interrupt),
        "page": page,
        "ask": _list(question),
        "left": _list(question),
        "at_most_pages": _COUNT,
        "ignored": _list(question),
        "rules": _ref("Rules"),
    }
    return {"allOf": [_ref("Standing"), _open(members)]}


def _rule_set(service: Service) -> Schema:
    category = _one_of([category.id for category in service.rules.rule_set.categories])
    members: Schema = {
        "rules": _ref("Rules"),
        "title": _TEXT,
        "about": _TEXT,
        "language": _TEXT,
        "regulatory_statement": _TEXT,
        "categories": _list(_open({"id": category, "name": _TEXT})),
        "undetermined": category,
        "parts_off": _list(_TEXT),
        "sources": _list(_ANY),
    }
    return {"allOf": [_ref("Standing"), _open(members)]}
