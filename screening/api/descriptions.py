"""What the rule set is and asks, as the members of JSON objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from screening.api.answer_schemas import question_schema
from screening.api.answers import asked_here
from screening.api.outcomes import standing
from screening.rulefiles.cases.case_file import Case
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Code, Option, Question, Unit
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure, Written
from screening.runtime import Service


def rule_set_members(service: Service) -> dict[str, object]:
    """The rule set: its identity, categories and sources, and what the review is worth today."""
    rule_set = service.rules.rule_set
    return {
        "rules": service.rules.identity,
        "title": rule_set.title,
        "about": rule_set.about,
        "language": rule_set.language,
        "regulatory_statement": rule_set.regulatory_statement,
        "categories": [
            {"id": category.id, "name": category.name, "severity": category.severity, "overrides": category.overrides}
            for category in rule_set.categories
        ],
        "undetermined": rule_set.undetermined.category,
        "parts_off": sorted(service.parts_off),
        "sources": [{"id": source.id, "title": source.title, "address": source.address} for source in rule_set.sources],
        **standing(service),
    }


def questions_members(service: Service) -> dict[str, object]:
    """The questions by page, in the order asked; each with the schema of its answer."""
    asked = {question.id for question in asked_here(service.rules.rule_set, service.parts_off)}
    pages = [page for page in service.rules.rule_set.pages if page.part not in service.parts_off]
    return {
        "pages": [
            {
                "id": page.id,
                "title": page.title,
                "questions": [_question(question) for question in page.questions if question.id in asked],
            }
            for page in pages
        ],
        "rules": service.rules.identity,
    }


def _question(question: Question) -> dict[str, object]:
    return {
        "id": question.id,
        "type": question.type,
        "text": question.text,
        "label": question.label,
        "help": question.help,
        "required": question.required,
        "strict": question.strict,
        "ask_if": question.ask_if.text if question.ask_if else None,
        "options": [_option(option) for option in question.options],
        "units": [_unit(unit) for unit in question.units],
        "codes": _codes(question.codes),
        "schema": question_schema(question),
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "code": option.code,
        "text": option.text,
        "means_unsure": option.means_unsure,
        "exclusive": option.exclusive,
        "codes": _codes(option.codes),
    }


def _codes(codes: Iterable[Code]) -> list[dict[str, object]]:
    return [asdict(code) for code in codes]


def _unit(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "also": unit.also,
        "label": unit.label,
        "minimum": unit.minimum,
        "maximum": unit.maximum,
        "whole": unit.whole,
        "factor": unit.factor,
        "parts": _parts(unit),
    }


def _parts(unit: Unit) -> dict[str, object] | None:
    """In which two parts people say a number that is sent in the second; None where it has none."""
    parts = unit.parts
    return {"first": parts.first.label, "second": parts.second.label, "holds": parts.holds} if parts else None


def cases_members(service: Service) -> dict[str, object]:
    """The cases that travel with the rule file, with what each expects: answers as they may be sent.

    Those that answer what this deployment does not ask are left out.
    """
    cases = [_case(case) for case in cases_here(service)]
    return {"cases": cases, "rules": service.rules.identity}


def cases_here(service: Service) -> tuple[Case, ...]:
    """The cases that can be sent to this deployment."""
    asked = {question.id for question in asked_here(service.rules.rule_set, service.parts_off)}
    return tuple(case for case in service.rules.cases if case.answers.keys() <= asked)


def _case(case: Case) -> dict[str, object]:
    expected = {name: value for name, value in case.expected.items() if name not in ("name", "answers")}
    return {"name": case.name, "answers": sent_answers(case), "expected": expected}


def sent_answers(case: Case) -> dict[str, object]:
    """The answers of a case as a program sends them."""
    return {name: sent(answer) for name, answer in case.answers.items()}


def sent(answer: Answer) -> object:
    """An answer as a program sends it: what was typed as the number that was understood."""
    match answer:
        case Unsure():
            return None
        case Chosen(code=code):
            return code
        case Ticked(codes=codes, unsure_of_rest=unsure):
            return [*codes, None] if unsure else list(codes)
        case Quantity(amount=amount, unit=None as unit) | Quantity(amount=amount, unit=unit, sign=""):
            return {"value": amount, "unit": unit}
        case Quantity(amount=amount, unit=unit, sign=sign):
            return {"value": amount, "unit": unit, "sign": sign}
        case Written(text=text):
            return text
        case PartialDate():
            return answer.text
