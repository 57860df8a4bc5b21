"""The first page, the emergency page and what the service says of itself."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from screening.questionnaire.current_request import current_language, duration, translated_rules
from screening.questionnaire.sharing_offer import terms_to_read
from screening.runtime import current_service
from screening.wording.document.emergency import emergency_document, phone_numbers
from screening.wording.document.review_state import review_sentences
from screening.wording.summary.translations import translation_notice

blueprint = Blueprint("start", __name__)


@blueprint.get("/")
def start() -> str:
    """Say what this is, with the emergency block above everything."""
    service = current_service()
    return render_template(
        "questionnaire/start.html",
        phones=phone_numbers(translated_rules().rule_set),
        duration=duration(),
        most_pages=service.most_pages,
    )


@blueprint.get("/emergency")
def emergency() -> str:
    """Say whom to call, with nothing to answer."""
    document = emergency_document(translated_rules().rule_set, current_language())
    return render_template("questionnaire/emergency.html", document=document)


@blueprint.get("/about")
def about() -> str:
    """Say what the service is meant for, who stands behind it, and what changed in its rules."""
    receipt = current_service().receipt
    proved_on = current_language().date(date.fromisoformat(receipt.proved_on)) if receipt else ""
    sentences = [*review_sentences(current_service().review, current_language())]
    if notice := translation_notice(translated_rules(), current_service().review, current_language()):
        sentences.append(notice)
    return render_template("questionnaire/about.html", proved_on=proved_on, review_sentences=sentences)


@blueprint.get("/privacy")
def privacy() -> str:
    """Say what is stored, where and for how long."""
    clinic = current_service().settings.clinic
    return render_template("questionnaire/privacy.html", terms=terms_to_read(clinic) if clinic else None)
