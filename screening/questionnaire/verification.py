"""The page that verifies a summary, and the descriptions of the data that this service writes. Nothing is kept."""

from __future__ import annotations

import json

from flask import Blueprint, Response, abort, render_template

from screening.documents.attachments import MAX_FILE
from screening.documents.workers import FilesBusyError, TooCostlyError
from screening.forms.uploads import sent_file, takes_file
from screening.questionnaire.current_request import current_language
from screening.questionnaire.locale import is_language_change, preserves_input
from screening.rulefiles.model.shape import published_schemas
from screening.runtime import FILES_RETRY_AFTER, current_service
from screening.wording.document.busy import files_busy_text, too_costly_text
from screening.wording.summary.verification import verdict_parts

blueprint = Blueprint("verification", __name__)


@blueprint.get("/verify")
def verify() -> str:
    """Ask for the file."""
    return render_template("questionnaire/verify.html", verdict=None, error="")


@blueprint.post("/verify")
@preserves_input
@takes_file(MAX_FILE)
def show_verdict() -> str | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Say what can be found out about the file sent."""
    if is_language_change():
        return verify()
    content = sent_file()
    if not content:
        error = current_language().gettext("Choose the PDF that you want to check.")
        return render_template("questionnaire/verify.html", verdict=None, error=error), 400
    try:
        verdict = verdict_parts(current_service().verifier.verdict(content), current_language())
    except FilesBusyError:
        busy = files_busy_text(current_language())
        return render_template("questionnaire/verify.html", verdict=None, error=busy), 429, FILES_RETRY_AFTER
    except TooCostlyError:
        costly = too_costly_text(current_language())
        return render_template("questionnaire/verify.html", verdict=None, error=costly), 422
    return render_template("questionnaire/verify.html", verdict=verdict, error="")


@blueprint.get("/schema/<name>")
def schema(name: str) -> Response:
    """The JSON Schema of some data that this service writes or reads."""
    published = published_schemas().get(name) or abort(404)
    return Response(json.dumps(published, indent=2, ensure_ascii=False), mimetype="application/schema+json")
