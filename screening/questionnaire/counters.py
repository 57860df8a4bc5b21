"""Counts for the clinic's overview: where people stop, and how results come out; no answer and nobody is in them."""

from __future__ import annotations

from screening.questionnaire.current_request import ANSWERING
from screening.questionnaire.journey import Journey
from screening.ruleset.model.questions import Page
from screening.runtime import current_service
from screening.storage.statistics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.statistics.tallies import Tallies


def count_step(before: Journey, after: Journey, page: Page | None = None) -> None:
    """Count what one step changed: `page` was answered, another one is next, or all is answered now."""
    tallies = current_service().tallies
    if tallies is None:
        return
    if page is not None and not before.is_answered(page) and after.is_answered(page):
        tallies.count(ANSWERED, page.id)
    was_next = before.next_page if before.state.who in ANSWERING else None
    if after.next_page is None:
        if before.next_page is not None:
            _count_result(tallies, after)
    elif after.next_page is not was_next and not after.is_answered(after.next_page):
        tallies.count(REACHED, after.next_page.id)


def _count_result(tallies: Tallies, after: Journey) -> None:
    outcome = after.engine.evaluate(after.plain)
    tallies.count(RESULT, outcome.category)
    if outcome.kind is not None:
        tallies.count(UNDETERMINED, outcome.kind)
        for name in current_service().rules.explainer_without(after.engine.parts_off).missing(after.plain):
            tallies.count(OPEN, name)
