"""The views: a request becomes data, and what comes of it a response. What is answered is made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from flask import Response, render_template, request

from screening.api.access import present_key
from screening.api.bodies import JSON, read_json
from screening.api.descriptions import cases_members, questions_members, rule_set_members
from screening.api.fhir import (
    questionnaire_tag,
    response_document,
    response_of,
    response_outcome,
    written_questionnaire,
)
from screening.api.openapi import openapi_json
from screening.api.operation import FHIR, NDJSON, PDF, PREFIX
from screening.api.operations import BY_ID
from screening.api.outcomes import batch_lines, evaluated, next_members, standing
from screening.api.papers import summary_pdf, verified
from screening.api.problems import ProblemError
from screening.api.reference import PROBLEMS, WHO, accepted, shown_operations
from screening.api.submissions import submission_document, submission_members, submissions_members
from screening.rulefiles.cases.outcome_json import outcome_json
from screening.runtime import current_service
from screening.wording.language.languages import SOURCE_LANGUAGE, language


def sent_body() -> bytes:
    """The body, if it is of the media type that its address takes."""
    operation = BY_ID[(request.endpoint or "").partition(".")[2]]
    if request.mimetype != operation.takes:
        detail = f"Send {operation.takes}, and say so in Content-Type."
        raise ProblemError(415, "media_type", "The body is of another media type", detail=detail)
    content = request.get_data(cache=False)
    if len(content) > operation.most:
        raise ProblemError(413, "too_large", "Too much was sent", detail=f"Send at most {operation.most} bytes.")
    return content


def sent_json() -> Any:
    """The JSON of the body."""
    return read_json(sent_body())


def json_response(members: Mapping[str, object], media_type: str = JSON) -> Response:
    """Members as a response."""
    return Response(outcome_json(members), mimetype=media_type)


def _tagged(content: str, tag: str, media_type: str = JSON) -> Response:
    """What changes only with its tag; not sent again to who has it."""
    response = Response(content, mimetype=media_type)
    response.set_etag(tag)
    response.make_conditional(request)
    return response


def rule_set() -> Response:
    """The rule set. Its tag holds the review state too, which may expire any day."""
    service = current_service()
    state = sha256(outcome_json(standing(service)).encode()).hexdigest()[:16]
    return _tagged(outcome_json(rule_set_members(service)), f"{service.rules.hash}-{state}")


def questions() -> Response:
    """The questions."""
    return _tagged(outcome_json(questions_members(current_service())), current_service().rules.hash)


def cases() -> Response:
    """The cases."""
    return _tagged(outcome_json(cases_members(current_service())), current_service().rules.hash)


def openapi() -> Response:
    """The API described."""
    return _tagged(openapi_json(current_service()), current_service().rules.hash)


def reference() -> Response:
    """The API as a page; written by no language but the one of those who write programs."""
    service = current_service()
    page = render_template(
        "api/reference.html",
        say=language(SOURCE_LANGUAGE).gettext,
        title=service.rules.rule_set.title,
        standing=standing(service),
        rules=service.rules.identity,
        prefix=PREFIX,
        who=WHO[service.settings.api],
        operations=shown_operations(service),
        accepted=accepted(service),
        problems=PROBLEMS,
    )
    return Response(page, mimetype="text/html")


def evaluate() -> Response:
    """The outcome of an answer set."""
    return json_response(evaluated(sent_json(), current_service()))


def next_question() -> Response:
    """What is asked next."""
    return json_response(next_members(sent_json(), current_service()))


def summary() -> Response:
    """A paper of an answer set."""
    return Response(summary_pdf(sent_json(), current_service()), mimetype=PDF)


def verify() -> Response:
    """What can be found out about a paper."""
    return json_response(verified(sent_body(), current_service()))


def batch() -> Response:
    """Outcomes of many answer sets."""
    lines = [outcome_json(members) for members in batch_lines(sent_body(), current_service())]
    return Response("".join(f"{line}\n" for line in lines), mimetype=NDJSON)


def submissions() -> Response:
    """What people shared."""
    after = request.args.get("after", "")
    return json_response(submissions_members(current_service(), present_key().actor, after))


def submission(code: str) -> Response:
    """One submission."""
    return json_response(submission_members(current_service(), present_key().actor, code))


def fhir_questionnaire() -> Response:
    """The questions as a Questionnaire."""
    service = current_service()
    return _tagged(outcome_json(written_questionnaire(service)), questionnaire_tag(service), FHIR)


def fhir_response() -> Response:
    """Answers as a QuestionnaireResponse."""
    return json_response(response_of(sent_json(), current_service()), FHIR)


def fhir_outcome() -> Response:
    """The outcome of a QuestionnaireResponse."""
    return json_response(response_outcome(sent_json(), current_service()))


def fhir_bundle() -> Response:
    """The document of a QuestionnaireResponse."""
    language_tag = request.args.get("language", "")
    return json_response(response_document(sent_json(), language_tag, current_service()), FHIR)


def fhir_submission(code: str) -> Response:
    """The document of one submission."""
    return json_response(submission_document(current_service(), present_key().actor, code), FHIR)


VIEWS: Mapping[str, Callable[..., Response]] = {
    "rule_set": rule_set,
    "questions": questions,
    "cases": cases,
    "openapi": openapi,
    "reference": reference,
    "evaluate": evaluate,
    "next": next_question,
    "batch": batch,
    "summary": summary,
    "verify": verify,
    "submissions": submissions,
    "submission": submission,
    "fhir_questionnaire": fhir_questionnaire,
    "fhir_response": fhir_response,
    "fhir_outcome": fhir_outcome,
    "fhir_bundle": fhir_bundle,
    "fhir_submission": fhir_submission,
}
"""By the operation that each answers."""
