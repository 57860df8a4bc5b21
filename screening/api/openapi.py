"""The OpenAPI 3.1 document: the operations, with schemas and examples made from the rule set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from screening.api.bodies import JSON
from screening.api.descriptions import cases_here, sent_answers
from screening.api.fhir import response_of
from screening.api.openapi_schemas import component_schemas
from screening.api.operation import FHIR, PREFIX, Operation
from screening.api.operations import offered
from screening.api.papers import paper_languages
from screening.api.problems import MEDIA_TYPE
from screening.config.settings import Api
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.ruleset.model.questions import Question, QuestionType
from screening.runtime import Service
from screening.storage.submissions.record.reference_codes import GROUP, SYMBOLS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ABOUT = (
    "Information, never advice: every outcome carries the text that says so, and what the review of the rules is worth "
    "today. Send all answers each time; none is kept or logged. A body is valid by its schema if and only if it is "
    "accepted, where it is JSON that is read here: UTF-8, at most 64 kB, no name twice in an object, no NaN, and no "
    "number that, written out, has more than 38 characters (binary numbers of 64 bits never have). What a "
    "QuestionnaireResponse may hold is said by FHIR and the Questionnaire; one has at most 256 kB. Of dates a schema "
    "says which there are; one that lies too far from today is refused all the same."
)
_PROBLEMS: Mapping[str, str] = {
    "400": "No JSON that is read here",
    "401": "No key, or none that counts",
    "403": "Not open to who asks",
    "404": "There is none such",
    "413": "Too much was sent",
    "415": "Another media type than is taken",
    "422": "Wrong members or answers, every one of them with its place",
    "429": "Too many requests; `Retry-After` says when to come again",
    "503": "Not possible just now; `Retry-After` says when to come again",
}


def openapi_json(service: Service) -> str:
    """The document as JSON."""
    return outcome_json(openapi_members(service))


def openapi_members(service: Service) -> dict[str, object]:
    """The document."""
    rule_set = service.rules.rule_set
    paths: dict[str, dict[str, object]] = {}
    for operation in offered(service.settings):
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = _operation(operation, service)
    return {
        "openapi": "3.1.0",
        "info": {"title": rule_set.title, "version": rule_set.version, "description": _ABOUT},
        "jsonSchemaDialect": DIALECT,
        "paths": paths,
        "components": {"schemas": component_schemas(service), **(_KEYS if _asks_for_keys(service) else {})},
    }


_KEYS: dict[str, object] = {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}}


def _asks_for_keys(service: Service) -> bool:
    return service.settings.api is Api.KEYS


def _operation(operation: Operation, service: Service) -> dict[str, object]:
    members: dict[str, object] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "description": operation.description,
        "responses": _responses(operation),
    }
    if parameters := _parameters(operation, service):
        members["parameters"] = parameters
    if operation.scope and _asks_for_keys(service):
        members["security"] = [{"key": [operation.scope]}]
    if operation.takes:
        example = example_body(operation, service)
        content = {"schema": _ref(operation.body), **({} if example is None else {"example": example})}
        members["requestBody"] = {"required": True, "content": {operation.takes: content}}
    return members


_CODE = "A reference code as it is printed, such as ABC-DEF-GHJ"


def _parameters(operation: Operation, service: Service) -> list[dict[str, object]]:
    three = f"[{SYMBOLS}]{{{GROUP}}}"
    code: dict[str, object] = {"type": "string", "pattern": f"^{three}-{three}-{three}$", "description": _CODE}
    schemas = {"code": code, "after": code, "language": {"type": "string", "enum": list(paper_languages(service))}}
    placed = {
        **dict.fromkeys(re.findall(r"{(\w+)}", operation.path), "path"),
        **dict.fromkeys(operation.query, "query"),
    }
    return [
        {"name": name, "in": place, "required": place == "path", "schema": schemas[name]}
        for name, place in placed.items()
    ]


def _responses(operation: Operation) -> dict[str, object]:
    responses: dict[str, object] = {
        "200": {"description": operation.summary, "content": {operation.gives: {"schema": _ref(operation.answer)}}}
    }
    if operation.has_etag:
        responses["304"] = {"description": "Not changed since the `ETag` that was sent in `If-None-Match`"}
    return responses | {status: _problem(_PROBLEMS[status]) for status in _statuses(operation)}


def _statuses(operation: Operation) -> list[str]:
    taking = ["400", "413", "415", "422"] if operation.takes else []
    taking += ["400", "404"] if operation.query or "{" in operation.path else []
    taking += ["404"] if operation.answer == "Questionnaire" else []
    return sorted({*taking, "401", "403", "429", *(["503"] if operation.is_busy else [])})


def _problem(description: str) -> dict[str, object]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": _ref("Problem")}}}


def _ref(name: str) -> dict[str, object]:
    return {"$ref": f"#/components/schemas/{name}"}


# --- examples ------------------------------------------------------------------------------------


def example_body(operation: Operation, service: Service) -> object:
    """A body that is accepted: the answers of the first case, or the least that gives an outcome."""
    answers = example_answers(service)
    if operation.body == "Lines":
        bodies: list[dict[str, object]] = [{"answers": answers, "explain": False}, {"answers": {}}]
        return "".join(f"{outcome_json(body)}\n" for body in bodies)
    if operation.takes == FHIR:
        return response_of({"answers": answers}, service)
    if operation.takes != JSON:
        return None
    if operation.id == "next":
        return {"answers": dict(list(answers.items())[:2])}
    if operation.id == "summary":
        return {"answers": answers, "for": "doctor"}
    return {"answers": answers}


def example_answers(service: Service) -> dict[str, object]:
    """An answer set that has an outcome."""
    for case in cases_here(service):
        return sent_answers(case)
    return {question.id: _least(question) for question in service.rules.rule_set.questions if question.required}


def _least(question: Question) -> object:
    if question.type is QuestionType.DATE:
        return date.today().isoformat()
    return question.stored_unit.minimum if question.type is QuestionType.NUMBER else question.options[0].code
