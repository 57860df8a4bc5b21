"""Answers as a QuestionnaireResponse (FHIR R4) to the Questionnaire of the same rule set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from screening.fhir.items import one_number_unit, quantity_of
from screening.fhir.names import ABSENT_REASONS, ASKED_UNKNOWN, STRUCTURES, Addresses, Resource, page_link
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure, Written, unit_of


def questionnaire_response(rule_set: RuleSet, answers: Mapping[str, Answer], base: str, answered_on: date) -> Resource:
    """The answers of a set; a question without one has no item."""
    addresses = Addresses(base, rule_set)
    groups = []
    for page in rule_set.pages:
        items = [
            {"linkId": question.id, "text": question.text, "answer": list(_values(question, answer, addresses))}
            for question in page.questions
            if (answer := answers.get(question.id)) is not None
        ]
        if items:
            groups.append({"linkId": page_link(page), "text": page.title, "item": items})
    written: Resource = {
        "resourceType": "QuestionnaireResponse",
        "language": rule_set.language,
        "questionnaire": addresses.versioned,
        "status": "completed",
        "authored": answered_on.isoformat(),
    }
    return written | ({"item": groups} if groups else {})


def _values(question: Question, answer: Answer, addresses: Addresses) -> Iterator[Resource]:
    match answer:
        case Unsure():
            yield _unsure(question)
        case Chosen(code=code):
            yield _option(question, code, addresses)
        case Ticked(codes=codes, unsure_of_rest=unsure):
            yield from (_option(question, code, addresses) for code in codes)
            if unsure:
                yield _unsure(question)
        case Quantity(unit=None):
            yield _unsure(question)  # the number alone says nothing, and may be one of two readings
        case Written(text=text):
            yield {"valueString": text}
        case PartialDate():
            yield {"valueDate": answer.text}
        case Quantity(amount=amount, unit=code, sign=sign):
            yield {"valueQuantity": quantity_of(amount, one_number_unit(question, unit_of(question, code)), sign)}


def _option(question: Question, code: str, addresses: Addresses) -> Resource:
    return {"valueCoding": {"system": addresses.options, "code": code, "display": question.option[code].text}}


def _unsure(question: Question) -> Resource:
    reason = {"extension": [{"url": f"{STRUCTURES}/data-absent-reason", "valueCode": ASKED_UNKNOWN}]}
    match question.type:
        case QuestionType.NUMBER:
            return {"valueQuantity": reason}
        case QuestionType.TEXT:
            return {"_valueString": reason}
        case QuestionType.DATE:
            return {"_valueDate": reason}
        case QuestionType.CHOICE | QuestionType.SEVERAL:
            return {"valueCoding": {"system": ABSENT_REASONS, "code": ASKED_UNKNOWN}}
