"""What comes of the answers: the result page, the summary to download, and deleting the answers."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.content_policy import widen_policy
from screening.documents.font_checks import is_on_paper
from screening.documents.summary import Copy, summary_printing
from screening.questionnaire.arrival import told_arrival
from screening.questionnaire.current_request import (
    ANSWERING,
    answers_cookie,
    answers_gone,
    current_assessment,
    current_journey,
    current_language,
    input_for_paper,
    is_shown_in_full,
    languages,
    redirect_to_next_page,
    summary_input,
)
from screening.questionnaire.form_reply import forget_reply
from screening.questionnaire.sharing_offer import is_offered, sent_before
from screening.questionnaire.status_access import visit_cookie
from screening.questionnaire.words_cookie import words_cookie
from screening.runtime import current_service
from screening.wording.document.blocks import Part
from screening.wording.language.languages import Language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.clinic import older_sentence
from screening.wording.summary.on_page import result_page, without_sources
from screening.wording.summary.selection import Reader

blueprint = Blueprint("results", __name__)

_PDF_NAMES = {Reader.PERSON: "summary", Reader.DOCTOR: "summary-for-doctor"}
WITHOUT_DATA = "without-data"


@blueprint.get("/before-result")
def before_result() -> str | BaseResponse:
    """Say that the result may be hard to read, where it may, and let the person choose how to take it."""
    if elsewhere := _not_ready():
        return elsewhere
    if not current_assessment().context.is_hard_to_read:
        return redirect(url_for("results.result"), 303)
    return render_template("questionnaire/before_result.html", cannot_wait=_cannot_wait())


def _cannot_wait() -> Part | None:
    """What the result says before all else, for pages that lead past it; they list no sources."""
    return without_sources(current_assessment().document.part("cannot_wait"))


def _not_ready() -> BaseResponse | None:
    """Where to go instead, while something is still to be answered."""
    journey = current_journey()
    if journey.state.who not in ANSWERING:
        return answers_gone()
    return None if journey.next_page is None else redirect_to_next_page(journey)


@blueprint.get("/result")
def result() -> str | BaseResponse:
    """Show which part of the guide the answers are like, and why."""
    if elsewhere := _not_ready():
        return elsewhere
    offered = is_offered(current_journey(), current_assessment().outcome)
    clinic = current_service().settings.clinic if offered else None
    sent = sent_before(current_journey()) if offered else ""
    older = older_sentence(current_assessment().input.older, current_language())
    document = current_assessment().document
    return render_template(
        "questionnaire/result.html",
        document=document,
        page=result_page(document),
        clinic=clinic,
        sent=sent,
        older=older,
        doctor_language=_copy_languages(Reader.DOCTOR)[0],
    )


def article_url(name: str) -> str:
    """Where an article of the rule file is read."""
    return url_for("articles.article", article_id=name)


@blueprint.get("/summary")
def summary() -> str | BaseResponse:
    """Say what the file holds before it is downloaded."""
    if elsewhere := _not_ready():
        return elsewhere
    for_doctor = _copy_languages(Reader.DOCTOR)
    widen_policy(connect_src="'self'")  # the script that shares a paper fetches it first
    return render_template(
        "questionnaire/summary.html",
        cannot_wait=_cannot_wait(),
        doctor_first=request.args.get("first") == Reader.DOCTOR,
        for_doctor=for_doctor,
        at_hand=[choice for choice in for_doctor if choice in (for_doctor[0], current_language())],
        name=pdf_name,
        after_result=request.args.get("after") == "result",
        is_signed=current_service().signing is not None,
        is_whole=is_shown_in_full(current_language().tag),
        can_print=is_on_paper(current_language().tag),
    )


def pdf_name(reader: Reader, *, with_record: bool) -> str:
    """The name of a file: which copy it is, and nothing personal or of the subject: it may lie on a shared phone."""
    return f"{_PDF_NAMES[reader]}.pdf" if with_record else f"{_PDF_NAMES[reader]}-{WITHOUT_DATA}.pdf"


def _copy_languages(reader: Reader) -> tuple[Language, ...]:
    """The languages of a copy: the person's own, or those that doctors read."""
    if reader is Reader.PERSON:
        return (current_language(),)
    paper = current_service().rules.rule_set.doctor_paper
    offered = {language.tag: language for language in languages()}
    read = tuple(offered[tag] for tag in (paper.languages if paper else ()) if tag in offered)
    return read or (current_language(),)


@blueprint.get("/summary.pdf")
def download() -> BaseResponse:
    """The summary as a PDF: for whom, in which language, and whether with the answers as data, the address says."""
    if elsewhere := _not_ready():
        return elsewhere
    wanted = request.args.get("for", Reader.PERSON)
    reader = Reader(wanted) if wanted in list(Reader) else abort(404)
    tag = request.args.get("language", _copy_languages(reader)[0].tag)
    chosen_language = next((offered for offered in _copy_languages(reader) if offered.tag == tag), None) or abort(404)
    service = current_service()
    with_record = request.args.get("copy") != WITHOUT_DATA
    copy = Copy(reader, with_record=with_record, key=service.naming_key)
    printing = summary_printing(Assessment(input_for_paper(summary_input(current_journey(), chosen_language))), copy)
    content = service.pdf(printing)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{pdf_name(reader, with_record=with_record)}"'
    return told_arrival(response)


@blueprint.get("/delete")
def ask_to_delete() -> str:
    """Ask whether the answers shall be deleted."""
    return render_template("questionnaire/delete.html")


@blueprint.post("/delete")
def delete() -> BaseResponse:
    """Delete the answers, whose cookie was all there was, and end the visit to what was sent."""
    response = redirect(url_for("results.after_deletion"), 303)
    if isinstance(response, Response):
        answers_cookie().delete(response)
        response.headers["Clear-Site-Data"] = '"cache"'
        words_cookie().delete(response)
        visit_cookie().delete(response)
    return forget_reply(response)


@blueprint.get("/deleted")
def after_deletion() -> str:
    """Say that the answers are deleted."""
    return render_template("questionnaire/deleted.html")
