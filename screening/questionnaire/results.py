"""What comes of the answers: the result page, the summary to download, and deleting the answers."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.documents.summary import summary_pdf
from screening.questionnaire.offer import is_offered
from screening.questionnaire.present import (
    ANSWERING,
    answers_cookie,
    go_on,
    is_whole,
    journey,
    printed,
    spoken,
    summary_input,
)
from screening.service import service
from screening.wording.result import told_document
from screening.wording.telling import Telling

blueprint = Blueprint("results", __name__)

PDF_NAME = "summary.pdf"
"""Nothing personal, and nothing of the subject: the file may lie on a shared phone."""


def _not_ready() -> BaseResponse | None:
    """Where to go instead, while something is still to be answered."""
    present = journey()
    if present.kept.who not in ANSWERING:
        return redirect(url_for("start.start"), 303)
    return None if present.next_page is None else go_on(present)


@blueprint.get("/before-result")
def before_result() -> str | BaseResponse:
    """Say that the result may be hard to read, and let the person choose how to take it."""
    return _not_ready() or render_template("questionnaire/before_result.html")


@blueprint.get("/result")
def result() -> str | BaseResponse:
    """Show which part of the guide the answers are like, and why."""
    if elsewhere := _not_ready():
        return elsewhere
    telling = Telling(summary_input(journey()))
    offered = is_offered(journey(), telling.outcome)
    clinic = service().settings.clinic if offered else None
    return render_template("questionnaire/result.html", document=told_document(telling), clinic=clinic)


def article_url(name: str) -> str:
    """Where an article of the rule file is read."""
    return url_for("reading.article", article_id=name)


@blueprint.get("/summary")
def summary() -> str | BaseResponse:
    """Say what the file holds before it is downloaded."""
    return _not_ready() or render_template("questionnaire/summary.html", is_whole=is_whole(spoken().tag))


@blueprint.get("/summary.pdf")
def download() -> BaseResponse:
    """The summary as a PDF."""
    if elsewhere := _not_ready():
        return elsewhere
    response = Response(summary_pdf(printed(summary_input(journey()))), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{PDF_NAME}"'
    return response


@blueprint.get("/delete")
def ask_to_delete() -> str:
    """Ask whether the answers shall be deleted."""
    return render_template("questionnaire/delete.html")


@blueprint.post("/delete")
def delete() -> BaseResponse:
    """Delete the answers: the cookie was all there was."""
    response = redirect(url_for("results.deleted"), 303)
    if isinstance(response, Response):
        answers_cookie().delete(response)
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.get("/deleted")
def deleted() -> str:
    """Say that the answers are deleted."""
    return render_template("questionnaire/deleted.html")
