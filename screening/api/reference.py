"""The page that people read: each operation with a command that asks it, and what is really answered here."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from screening.api.answer_schemas import choosable, unit_codes
from screening.api.answers import asked_here
from screening.api.bodies import JSON
from screening.api.descriptions import cases_members, questions_members, rule_set_members
from screening.api.fhir import response_of, response_outcome, written_questionnaire
from screening.api.openapi import example_body, openapi_members
from screening.api.operation import FHIR, NDJSON, PREFIX, Operation
from screening.api.operations import offered
from screening.api.outcomes import batch_lines, evaluated, next_members
from screening.config.settings import Api
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.runtime import Service

MOST_LINES = 60
"""Lines of an answer that are shown; the rest is left to who asks."""
_WIDTH = 88

Members = Mapping[str, object]
_ANSWERS: Mapping[str, Callable[[Service, Any], Members]] = {
    "rule_set": lambda service, _: rule_set_members(service),
    "questions": lambda service, _: questions_members(service),
    "cases": lambda service, _: cases_members(service),
    "openapi": lambda service, _: openapi_members(service),
    "evaluate": lambda service, body: evaluated(body, service),
    "next": lambda service, body: next_members(body, service),
    "fhir_questionnaire": lambda service, _: written_questionnaire(service),
    "fhir_response": lambda service, body: response_of(body, service),
    "fhir_outcome": lambda service, body: response_outcome(body, service),
}


@dataclass(frozen=True, slots=True)
class Example:
    """What is sent, and what is answered to it; empty where it is no text."""

    body: str
    answer: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page tells it."""

    operation: Operation
    address: str
    example: Example

    @property
    def facts(self) -> tuple[str, ...]:
        """What it asks for and gives, in short."""
        operation = self.operation
        scope = f"Scope: `{operation.scope}`" if operation.scope else "Open to whoever reaches the service"
        takes = [f"takes `{operation.takes}`"] if operation.takes else []
        return (scope, *takes, f"gives `{operation.gives}`", *(["has an `ETag`"] if operation.has_etag else []))


def shown_operations(service: Service) -> tuple[Shown, ...]:
    """Every operation of this deployment."""
    return tuple(
        Shown(operation, PREFIX + operation.path, _example(operation, service))
        for operation in offered(service.settings)
    )


def _example(operation: Operation, service: Service) -> Example:
    body: Any = example_body(operation, service)
    if operation.gives == NDJSON:
        lines = [outcome_json(line) for line in batch_lines(str(body).encode(), service)]
        return Example(str(body), "\n".join(map(pretty, lines)), is_cut=False)
    sent = pretty(outcome_json(body)) if operation.takes in (JSON, FHIR) else ""
    answer = _ANSWERS.get(operation.id)
    if answer is None:
        return Example(sent, "", is_cut=False)
    lines = pretty(outcome_json(answer(service, body))).splitlines()
    return Example(sent, "\n".join(lines[:MOST_LINES]), is_cut=len(lines) > MOST_LINES)


def pretty(text: str) -> str:
    """JSON with line ends and spaces, each number as it is written."""
    return _pretty(json.loads(text, parse_float=Decimal), "")


def _pretty(data: Any, indent: str) -> str:
    if not isinstance(data, dict | list) or not data:
        return _scalar(data)
    flat = _flat(data, _WIDTH - len(indent))
    if flat is not None:
        return flat
    inner = indent + "  "
    if isinstance(data, list):
        return "[\n" + ",\n".join(inner + _pretty(member, inner) for member in data) + f"\n{indent}]"
    members = (f"{inner}{_scalar(name)}: {_pretty(member, inner)}" for name, member in data.items())
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"


def _flat(data: Any, most: int) -> str | None:
    """It on one line, where that has at most so many characters; a large one is given up as soon as it has more."""
    if not isinstance(data, dict | list):
        text = _scalar(data)
        return text if len(text) <= most else None
    members = [(f"{_scalar(name)}: ", value) for name, value in data.items()] if isinstance(data, dict) else None
    told, left = "", most - 2
    if left < 0:
        return None
    for head, member in members if members is not None else [("", element) for element in data]:
        before = (", " if told else "") + head
        flat = _flat(member, left - len(told) - len(before))
        if flat is None:
            return None
        told += before + flat
    return f"[{told}]" if members is None else f"{{{told}}}"


def _scalar(data: Any) -> str:
    return str(data) if isinstance(data, Decimal) else json.dumps(data, ensure_ascii=False)


# --- questions, and what goes wrong --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question, and what may be sent to it in short."""

    question: Question
    kind: str
    codes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


def accepted(service: Service) -> tuple[Accepted, ...]:
    """What each question takes."""
    return tuple(map(_accepted, asked_here(service.rules.rule_set, service.parts_off)))


def _accepted(question: Question) -> Accepted:
    if question.type is QuestionType.NUMBER:
        return Accepted(question, "a number", units=tuple(map(_unit, question.units)))
    if question.type is QuestionType.TEXT:
        return Accepted(question, f"a text of up to {question.most} characters")
    if question.type is QuestionType.DATE:
        return Accepted(question, "a date as `2024-05-17`, `2024-05` or `2024`")
    if question.type is QuestionType.CHOICE:
        return Accepted(question, "one of", tuple(choosable(question)))
    return Accepted(question, "a list of", tuple(option.code for option in question.options))


def _unit(unit: Unit) -> str:
    codes = " or ".join(f"`{code}`" for code in unit_codes(unit))
    return f"{unit.minimum} to {unit.maximum} {codes}{', whole numbers' if unit.whole else ''}"


PROBLEMS: tuple[tuple[str, str, str], ...] = (
    ("json", "400", "The body is no JSON that is read here; `detail` says where or why, `errors` which number."),
    ("request", "400", "The request itself cannot be read: an odd host or path."),
    ("key", "401", "No key was sent, or one that does not count: see the heading of this page."),
    ("forbidden", "403", "Who asks may not: another machine, another network, or a key without the scope."),
    ("not_found", "404", "There is no such address, or no such submission to read."),
    (
        "no_questionnaire",
        "404",
        "What these rules ask or warn of hangs on numbers that FHIRPath rounds; `detail` names it.",
    ),
    ("method", "405", "The address takes another method; `Allow` names it."),
    ("too_large", "413", "The body, or a line or the lines of a batch, are too large."),
    ("media_type", "415", "The body is of another media type than the address takes."),
    ("answers", "422", "Members or answers are wrong: every one is named by a JSON pointer into the body."),
    (
        "response",
        "422",
        "It is no QuestionnaireResponse, is not completed, or answers another Questionnaire or version.",
    ),
    ("too_costly", "422", "The file could not be read within the time that one file is given."),
    ("too_many", "429", "Too many requests; `Retry-After` says when there is one again."),
    ("busy", "429 or 503", "No worker had a turn; `Retry-After` says when to come again."),
    ("store", "503", "The store cannot be used just now."),
    ("ours", "500", "A mistake of ours. `instance` names the request for the operator's log."),
)
"""Every type of a problem, with its status and what it means."""

WHO: Mapping[Api, str] = {
    Api.LOCAL: "programs on this machine, at 127.0.0.1 or localhost",
    Api.KEYS: "programs with a key, sent as `Authorization: Bearer screening_...`; an operator issues it for scopes, a "
    "network and a time",
}
"""Who may ask, by the setting."""


def with_code(text: str) -> Markup:
    """A text with what stands between backquotes marked as code."""
    parts = (escape(part) for part in text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )
