"""The page that verifies a summary, and the descriptions of the data that this service writes. Nothing is kept."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.documents.attachments import MAX_FILE
from screening.documents.workers import FilesBusyError, TooCostlyError
from screening.forms.submitted_form import FormError
from screening.forms.uploads import sent_file, takes_file
from screening.questionnaire.current_request import current_language
from screening.questionnaire.form_reply import refused, reply_at, reply_here, with_status
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.rulefiles.model.shape import published_schemas
from screening.runtime import FILES_RETRY_AFTER, current_service
from screening.wording.document.busy import files_busy_text, too_costly_text
from screening.wording.summary.verification import verdict_from, verdict_members, verdict_parts

blueprint = Blueprint("verification", __name__)


@blueprint.get("/verify")
def verify() -> BaseResponse:
    """Ask for the file; or say what was found out about the one that was sent."""
    reply = reply_here()
    verdict = verdict_from(reply.more) if reply and reply.more else None
    page = render_template(
        "questionnaire/verify.html",
        verdict=verdict_parts(verdict, current_language()) if verdict else None,
        errors=reply.errors if reply else (),
    )
    return with_status(page, reply)


@blueprint.post("/verify")
@preserves_input
@takes_file(MAX_FILE)
def show_verdict() -> BaseResponse:
    """Find out what can be found out about the file sent."""
    address = url_for("verification.verify")
    if is_language_change():  # a verdict that is shown stays, in other words
        shown = reply_here()
        return reply_at(address, replace(shown, errors=(), status=200)) if shown else redirect(address, 303)
    content = sent_file()
    if not content:
        error = current_language().gettext("Choose the PDF that you want to check.")
        return refused(address, [FormError("file", error)], typed={})
    try:
        verdict = current_service().verifier.verdict(content)
    except FilesBusyError:
        busy = [FormError("file", files_busy_text(current_language()))]
        return refused(address, busy, typed={}, status=429, wait=int(FILES_RETRY_AFTER["Retry-After"]))
    except TooCostlyError:
        costly = [FormError("file", too_costly_text(current_language()))]
        return refused(address, costly, typed={}, status=422)
    return refused(address, typed={}, status=200, more=verdict_members(verdict))


@blueprint.get("/schema/<name>")
def schema(name: str) -> Response:
    """The JSON Schema of some data that this service writes or reads."""
    published = published_schemas().get(name) or abort(404)
    return Response(json.dumps(published, indent=2, ensure_ascii=False), mimetype="application/schema+json")
