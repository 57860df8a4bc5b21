"""FHIR for programs: the questions as a Questionnaire, what a response to it leads to, documents. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

from screening.api.outcomes import NO_OPTIONS, sent_answers, standing
from screening.api.papers import paper_languages
from screening.api.problems import Mistake, ProblemError
from screening.fhir.names import Resource
from screening.fhir.questionnaire import questionnaire
from screening.fhir.reading import Finding, ReadResponse, ResponseError, read_response
from screening.fhir.response import questionnaire_response
from screening.fhir.texts import texts_of
from screening.fhir.variables import NotExactError
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.runtime import Service
from screening.wording.authors.mistakes.foreign_forms import finding_line, not_exact_lines, response_error
from screening.wording.document.explained_outcome import explained_members
from screening.wording.language.languages import SOURCE_LANGUAGE, language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput

_ENGLISH = language(SOURCE_LANGUAGE)
Path = tuple[str | int, ...]


def questionnaire_tag(service: Service) -> str:
    """What the Questionnaire changes with: the rules, what the review is worth, and the languages offered today."""
    state = outcome_json({**standing(service), "languages": list(service.languages)})
    return f"{service.rules.hash}-{sha256(state.encode()).hexdigest()[:16]}"


def written_questionnaire(service: Service) -> Resource:
    """The Questionnaire of what this deployment asks."""
    translations = {tag: service.rules_in(tag) for tag in service.languages[1:]}
    texts = texts_of(service.rules, translations, service.review)
    try:
        return questionnaire(service.engine, texts, service.settings.fhir_base, service.review)
    except NotExactError as error:
        detail = " ".join(not_exact_lines(error.places, _ENGLISH))
        raise ProblemError(404, "no_questionnaire", "These rules have no Questionnaire", detail=detail) from None


def response_of(data: Any, service: Service) -> Resource:
    """The answers in a body as a QuestionnaireResponse of today."""
    rule_set = service.rules.rule_set
    answers, _ = sent_answers(data, rule_set, service.parts_off, NO_OPTIONS, whole=False)
    return questionnaire_response(rule_set, answers, service.settings.fhir_base, date.today())


def response_outcome(data: Any, service: Service) -> dict[str, object]:
    """The outcome of a QuestionnaireResponse, and what of it was set aside."""
    response = _read(data, service)
    members = explained_members(
        service.rules, response.answers, date.today(), explain=True, parts_off=service.parts_off
    )
    return members | {"set_aside": [_line(finding) for finding in response.set_aside]} | standing(service)


def response_document(data: Any, tag: str, service: Service) -> Resource:
    """The document of a QuestionnaireResponse in a language; of an empty one in the rule file's own."""
    languages = paper_languages(service)
    if tag and tag not in languages:
        detail = f"The language is one of these: {', '.join(languages)}."
        raise ProblemError(422, "answers", "There is no document in this language", detail=detail)
    assessment = Assessment(
        SummaryInput(
            rules=service.rules_in(tag or languages[0]),
            answers=_read(data, service).answers,
            language=language(tag or languages[0]),
            answered_on=date.today(),
            review=service.review,
            parts_off=service.parts_off,
            demonstration=service.is_test,
        )
    )
    return service.fhir_document(assessment, uuid4())


def _read(data: Any, service: Service) -> ReadResponse:
    """A response of which nothing is refused; else `ProblemError` with all that is."""
    try:
        response = read_response(service.engine, data, service.settings.fhir_base, date.today())
    except ResponseError as error:
        detail = response_error(error.code, error.values, _ENGLISH)
        raise ProblemError(422, "response", "This response cannot be read", detail=detail) from None
    if response.refused:
        places = dict(_places(data, ()))
        mistakes = [_mistake(finding, places) for finding in response.refused]
        raise ProblemError(422, "answers", "Some of it cannot be read", mistakes)
    return response


def _mistake(finding: Finding, places: Mapping[str, Path]) -> Mistake:
    """What is refused, with its place; what is missing has that of all items."""
    return Mistake(places.get(finding.link, ("item",)), str(finding.remark), _line(finding))


def _line(finding: Finding) -> str:
    return finding_line(finding.link, finding.remark, finding.values, finding.error, _ENGLISH)


def _places(element: Mapping[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    """Where each item stands that the reader has looked at; of two with one linkId the later."""
    items: Sequence[Any] = element.get("item", [])
    for index, item in enumerate(items):
        at = (*path, "item", index)
        yield item["linkId"], at
        yield from _places(item, at)
        for number, answer in enumerate(item.get("answer", [])):
            if isinstance(answer, Mapping):
                yield from _places(answer, (*at, "answer", number))
