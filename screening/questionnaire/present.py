"""The present request of a person: journey, language, day, and what is sent back with the answers sealed."""

from __future__ import annotations

import time
from datetime import date

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.questionnaire.cookie import AnswersCookie, Kept
from screening.questionnaire.journey import Journey
from screening.service import service
from screening.wording.language import Language, language
from screening.wording.telling import SummaryInput, TypedBy

ANSWERING = ("me", "helper")
"""For whom questions are answered; others only read."""


def spoken() -> Language:
    """The language of the present request."""
    return language(service().rules.rule_set.language)


def answers_cookie() -> AnswersCookie:
    """Reads and writes the answers on their way."""
    found = service()
    return AnswersCookie(found.cookie_keys, found.settings.https)


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


def today() -> str:
    """Today's date where the server stands, ISO 8601."""
    return date.today().isoformat()


def journey() -> Journey:
    """The journey of the person who sent the present request."""
    if "journey" not in g:
        found = service()
        g.journey = Journey(found.rules, found.engine, answers_cookie().read(request, now()))
    present: Journey = g.journey
    return present


def keep(kept: Kept, response: BaseResponse) -> BaseResponse:
    """Send the response with the answers sealed again."""
    if isinstance(response, Response):
        answers_cookie().write(response, kept, now())
    return response


def go_on(after: Journey) -> BaseResponse:
    """Redirect to what comes next on a journey, and keep its answers."""
    if after.unseen_interrupts:
        target = url_for("questionnaire.interrupt")
    elif after.next_page is None:
        target = url_for("questionnaire.check_answers")
    elif after.is_answered(after.next_page):
        target = url_for("questionnaire.confirm", page_id=after.next_page.id)
    else:
        target = url_for("questionnaire.question", page_id=after.next_page.id)
    return keep(after.kept, redirect(target, 303))


def summary_input(present: Journey) -> SummaryInput:
    """What the result page and the PDF are made from."""
    found = service()
    return SummaryInput(
        rules=found.rules,
        answers=present.counted,
        language=spoken(),
        answered_on=date.fromisoformat(present.kept.day),
        review=found.review,
        typed_by=TypedBy.HELPER if present.kept.who == "helper" else TypedBy.PERSON,
        parts_off=found.parts_off,
        demonstration=found.is_test,
    )
