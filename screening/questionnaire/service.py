"""What the views share: the loaded rules, the settings, and the journey of the present request."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

from flask import Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from screening.config import Mode, Settings
from screening.questionnaire.cookie import AnswersCookie, Kept
from screening.questionnaire.journey import Journey
from screening.rulefiles.loading import LoadedRules
from screening.rulefiles.receipt import Receipt
from screening.rulefiles.review import ReviewState
from screening.ruleset.engine import Engine
from screening.storage.store import Store
from screening.wording.language import Language, language
from screening.wording.telling import SummaryInput, TypedBy

EXTENSION = "screening"
ANSWERING = ("me", "helper")
"""For whom questions are answered; others only read."""


@dataclass(frozen=True)
class Service:
    """What a process loads once."""

    rules: LoadedRules
    engine: Engine
    """Decides with the parts that this deployment offers."""
    settings: Settings
    receipt: Receipt | None
    """Of the proof of this very rule file, if one stands beside it."""
    cookie: AnswersCookie
    store: Store | None = None
    """Where submissions are kept; None: sharing is off."""

    @property
    def review(self) -> ReviewState:
        """What the review is worth today; it may expire while this process serves."""
        return self.rules.review.state(date.today())

    @property
    def parts_off(self) -> frozenset[str]:
        """The parts that this deployment does not offer."""
        return self.engine.parts_off

    @property
    def most_pages(self) -> int:
        """The most pages that anybody is shown before the answers are checked, this one and "who is it for" counted."""
        offered = [each for each in self.rules.rule_set.pages if each.part not in self.parts_off]
        return len(offered) + 2

    @property
    def duration(self) -> str:
        """How long the questions take with the parts that this deployment offers; empty where the file is silent."""
        rule_set = self.rules.rule_set
        longer = (each.duration for each in rule_set.parts if each.id not in self.parts_off)
        return next(filter(None, longer), rule_set.duration)

    @property
    def is_test(self) -> bool:
        """Whether every page and PDF is marked as a test."""
        return self.settings.demonstration or not self.review.signed


def parts_off(rules: LoadedRules, settings: Settings) -> frozenset[str]:
    """The parts of a rule file that a mode switches off."""
    return frozenset(each.id for each in rules.rule_set.parts) if settings.mode is Mode.MATCH else frozenset()


def service() -> Service:
    """The service of the present application."""
    found: Service = current_app.extensions[EXTENSION]
    return found


def spoken() -> Language:
    """The language of the present request."""
    return language(service().rules.rule_set.language)


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
        g.journey = Journey(found.rules, found.engine, found.cookie.read(request, now()))
    present: Journey = g.journey
    return present


def keep(kept: Kept, response: BaseResponse) -> BaseResponse:
    """Send the response with the answers sealed again."""
    if isinstance(response, Response):
        service().cookie.write(response, kept, now())
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
