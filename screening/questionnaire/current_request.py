"""The present request of a person: journey, language, day, and what is sent back with the answers sealed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.documents.font_checks import is_on_paper
from screening.questionnaire.answers_cookie import AnswersCookie
from screening.questionnaire.answers_state import AnswersState
from screening.questionnaire.journey import Journey
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.model.questions import Page
from screening.runtime import current_service
from screening.wording.language.languages import Language, language
from screening.wording.language.negotiation import best_language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import OlderAnswers, SummaryInput, TypedBy

ANSWERING = ("me", "helper")
"""For whom questions are answered; others only read."""
LANGUAGE_FIELD = "language"
"""What a button that changes the language sends."""


def language_cookie(https: bool) -> str:  # noqa: FBT001 - the setting itself
    """The name of the cookie that holds the language chosen; with https, one from this host and path alone."""
    return "__Host-language" if https else "language"


def current_language() -> Language:
    """The language of the present request, found once: as chosen, or else as the browser says."""
    if "spoken" not in g:
        g.spoken = _negotiate_language()
    negotiated: Language = g.spoken
    return negotiated


def _negotiate_language() -> Language:
    offered = current_service().languages
    tag = g.get("language_choice") or request.cookies.get(language_cookie(current_service().settings.https), "")
    if tag not in offered:
        tag = best_language(request.accept_languages.values(), offered) if len(offered) > 1 else None
    return language(tag or offered[0])


def translated_rules() -> LoadedRules:
    """The rules in the language of the present request."""
    return current_service().rules_in(current_language().tag)


def duration() -> str:
    """How long the questions take with the parts that this deployment offers; empty where the file is silent."""
    rule_set = translated_rules().rule_set
    longer = (part.duration for part in rule_set.parts if part.id not in current_service().parts_off)
    return next(filter(None, longer), rule_set.duration)


def answers_cookie() -> AnswersCookie:
    """Reads and writes the answers on their way."""
    service = current_service()
    return AnswersCookie(service.cookie_keys, service.settings.https)


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


def today() -> str:
    """Today's date by the clinic's clock, the time zone of this server, ISO 8601."""
    return date.today().isoformat()


def current_journey() -> Journey:
    """The journey of the person who sent the present request."""
    if "journey" not in g:
        service = current_service()
        rules = translated_rules()
        engine = rules.explainer_without(service.parts_off).engine
        g.journey = Journey(rules, engine, answers_cookie().read(request, now()), date.fromisoformat(today()))
    journey: Journey = g.journey
    return journey


def save_state(state: AnswersState, response: BaseResponse) -> BaseResponse:
    """Send the response with the answers sealed again."""
    if isinstance(response, Response):
        answers_cookie().write(response, state, now())
    return response


def redirect_to_next_page(after: Journey, went_back_to: Page | None = None) -> BaseResponse:
    """Redirect to what comes next, and keep the answers; page by page after one to which they went back."""
    page = after.page_to_go_on_with(went_back_to)
    if after.unseen_interrupts:
        target = url_for("interrupts.interrupt")
    elif after.unseen_open_interrupts:
        target = url_for("interrupts.open_interrupt")
    elif page is None:
        target = url_for("questions.check_answers")
    elif after.is_answered(page) and after.awaits_confirmation(page):
        target = url_for("questions.confirm", page_id=page.id)
    else:
        target = url_for("questions.question", page_id=page.id)
    return save_state(after.state, redirect(target, 303))


def answers_gone() -> BaseResponse:
    """Where somebody goes who opens what needs answers: to the start if they chose to, else to what is said of it."""
    return redirect(url_for("start.start" if current_journey().state.who else "questions.answers_gone"), 303)


def current_assessment() -> Assessment:
    """What follows from the answers of the present request, worked out once however many parts of it ask."""
    if "assessment" not in g:
        g.assessment = Assessment(summary_input(current_journey()))
    assessment: Assessment = g.assessment
    return assessment


def languages() -> tuple[Language, ...]:
    """Those in which this deployment can say everything, the rule file's own first."""
    return tuple(language(tag) for tag in current_service().languages if is_shown_in_full(tag))


def summary_input(journey: Journey, other_language: Language | None = None) -> SummaryInput:
    """What the result page and the PDF are made from; in the language of the request, or another one."""
    service = current_service()
    document_language = other_language or current_language()
    return SummaryInput(
        rules=service.rules_in(document_language.tag),
        answers=journey.sent_answers,
        language=document_language,
        answered_on=date.fromisoformat(journey.state.day),
        review=service.review,
        typed_by=TypedBy.HELPER if journey.state.who == "helper" else TypedBy.PERSON,
        parts_off=service.parts_off,
        demonstration=service.is_test,
        older=older_answers(journey),
        today=journey.today,
    )


def older_answers(journey: Journey) -> OlderAnswers:
    """What is said of the dates of a journey's answers, beside that of the last one."""
    claimed = date.fromisoformat(journey.state.claimed) if journey.state.claimed else None
    is_undated = journey.has_undated_answers
    return OlderAnswers(journey.earliest_day, is_undated=is_undated, claimed=claimed if is_undated else None)


def input_for_paper(screen_input: SummaryInput) -> SummaryInput:
    """The same for paper: a PDF is in one language, so where a translation has gaps it is in the rule file's own.

    So it is where letters of a script would come out of the PDF as others.
    """
    service = current_service()
    if is_shown_in_full(screen_input.language.tag) and is_on_paper(screen_input.language.tag):
        return screen_input
    return replace(screen_input, rules=service.rules, language=language(service.rules.rule_set.language))


def is_shown_in_full(name: str) -> bool:
    """Whether every text is there in a language."""
    translation = current_service().translations.get(name)
    return translation is None or not translation.gaps
