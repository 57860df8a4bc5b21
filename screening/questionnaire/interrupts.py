"""What does not wait for the result: an emergency that is certain, and one that answers leave open."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from screening.questionnaire.current_request import (
    ANSWERING,
    current_journey,
    current_language,
    redirect_to_next_page,
)
from screening.questionnaire.journey import Journey
from screening.ruleset.model.texts import Speed
from screening.wording.document.emergency import open_emergency, phone_numbers
from screening.wording.document.told_values import filled

blueprint = Blueprint("interrupts", __name__)


@blueprint.get("/help-first")
def interrupt() -> str | Response:
    """Show at once what cannot wait until all is answered."""
    journey = current_journey()
    if not journey.interrupts:
        return redirect(url_for("questions.resume"), 303)
    rule_set = journey.rule_set
    reasons = [_filled(ground.because, journey) for ground in journey.interrupts]
    return render_template(
        "questionnaire/interrupt.html",
        grounds=journey.interrupts,
        reasons=reasons,
        phones=phone_numbers(rule_set),
        deciding_page=(page := journey.deciding_page(journey.interrupts[0])),
        gives_way=next(
            (option.text for question in page.questions for option in question.options if option.yields), ""
        ),
    )


@blueprint.post("/help-first")
def leave_interrupt() -> Response:
    """Go on with the questions after all."""
    return redirect_to_next_page(current_journey().after_interrupts())


@blueprint.get("/help-may-be-needed")
def open_interrupt() -> str | Response:
    """Show that help may be needed, as soon as answers leave that open for good; not only with the result."""
    journey = current_journey()
    if not journey.open_interrupts:
        return redirect(url_for("questions.resume"), 303)
    return render_template(
        "questionnaire/open_interrupt.html",
        emergency=open_emergency(
            journey.rule_set, [_filled(ground.open, journey) for ground in journey.open_interrupts], current_language()
        ),
        phones=phone_numbers(journey.rule_set),
        deciding_page=journey.deciding_page(journey.open_interrupts[0]),
    )


@blueprint.post("/help-may-be-needed")
def leave_open_interrupt() -> Response:
    """Go on with the questions; the pages that follow name it in a line."""
    return redirect_to_next_page(current_journey().after_open_interrupts())


def _filled(text: str, journey: Journey) -> str:
    """What a ground says, with what was answered so far in its places."""
    return filled(text, journey.engine, journey.confirmed_answers, journey.plain, current_language())


def open_interrupt_speed() -> Speed | None:
    """How fast help is needed by answers that leave an emergency open; None where they leave none."""
    journey = current_journey()
    is_open = journey.state.who in ANSWERING and journey.open_interrupts
    return journey.rule_set.emergency.cautious if is_open else None
