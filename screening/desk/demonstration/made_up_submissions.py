"""Made-up submissions for a demonstration, from the cases of the rule file, so that there is something to look at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from screening.config.clinic_hours import USUAL_HOURS
from screening.ruleset.model.rule_set import Tone
from screening.runtime import Service
from screening.storage.database.clock import now
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.next_steps.steps import (
    Calendar,
    Standing,
    Try,
    after_closing,
    after_reaching,
    after_try,
)
from screening.storage.submissions.person.sharing import Draft, submit
from screening.storage.submissions.record.records import State, Step, any_sent, change, open_submission
from screening.wording.language.languages import Language
from screening.wording.sharing.word_pair import new_pair
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryContext, SummaryInput, TypedBy

_DIGITS = 10_000_000


@dataclass(frozen=True, slots=True)
class Fate:
    """When one was sent, how the person is reached, and what became of it."""

    hours_ago: int
    state: State = State.NEW
    tries: int = 0
    channel: str = "phone"
    time: str = "any"
    language: str = "en"
    for_other: bool = False
    is_twin: bool = False
    """Sent from the same number as the others that say so."""


FATES = (
    Fate(5, time="morning", language="ms"),
    Fate(26, channel="whatsapp", time="afternoon", language="zh-Hans"),
    Fate(50, State.TRIED, 1, time="evening"),
    Fate(75, State.TRIED, 2, channel="whatsapp", for_other=True),
    Fate(98, State.AWAITING_DOCUMENTS, 1, channel="email", language="id"),
    Fate(30, time="morning", is_twin=True),
    Fate(8, time="afternoon", is_twin=True),
    Fate(120, State.IN_CONTACT, 1, language="ta"),
    Fate(150, State.WITH_CLINICIAN, 1, for_other=True),
    Fate(2, channel="email", time="evening", for_other=True, language="ms"),
    Fate(400, State.CLOSED, 2),
    Fate(60, time="afternoon", language="yue"),
    Fate(12, channel="whatsapp", time="morning"),
    Fate(170, State.TRIED, 3, time="evening"),
    Fate(1, for_other=True),
    Fate(700, State.CLOSED, 1, channel="email"),
)


def make_up_submissions(service: Service, store: Store, language: Language) -> int:
    """Keep made-up submissions where nobody ever sent one; how many. Only for a demonstration."""
    with store.reading() as transaction:
        if any_sent(transaction):
            return 0
    drafts = list(zip(FATES, _drafts(service, language), strict=False))

    def write(transaction: StoreTransaction) -> None:
        for fate, draft in drafts:
            receipt = submit(transaction, os.urandom(16), draft)
            _let_time_pass(transaction, receipt.id, fate)

    store.write(write)
    return len(drafts)


def _drafts(service: Service, language: Language) -> Iterator[Draft]:
    """One for each fate, of the cases that a person could have sent."""
    fates = iter(enumerate(FATES, start=1))
    for case in service.rules.cases:
        summary_input = SummaryInput(
            rules=service.rules,
            answers=case.answers,
            language=language,
            answered_on=now().date(),
            review=service.review,
            parts_off=service.parts_off,
            demonstration=True,
        )
        assessment = Assessment(summary_input)
        if not assessment.context.category.share or _calls_for_help(assessment.context):
            continue
        number, fate = next(fates, (0, None))
        if fate is None:
            return
        yield _draft(assessment, number, fate)


def _calls_for_help(context: SummaryContext) -> bool:
    return any(context.rule_set.category[category].tone is Tone.URGENT for category in context.outcome.possible)


def _draft(assessment: Assessment, number: int, fate: Fate) -> Draft:
    source = assessment.input
    say = source.language.gettext
    sent_at = now() - timedelta(hours=fate.hours_ago)
    own = SummaryInput(
        rules=source.rules,
        answers=source.answers,
        language=source.language,
        answered_on=sent_at.date(),
        review=source.review,
        typed_by=TypedBy.HELPER if fate.for_other else TypedBy.PERSON,
        parts_off=source.parts_off,
        demonstration=True,
    )
    name = say("Made-up person %(number)s", number=number)
    which = 0 if fate.is_twin else number
    reach = f"person{which}@example.com" if fate.channel == "email" else f"+60 11 {_DIGITS + which}".replace(" ", "")
    contact = {
        "name": name,
        "channel": fate.channel,
        "address": reach,
        "reach": reach,
        "best_time": fate.time,
        "speaks": fate.language,
        "language": fate.language,
        "note": say("Made up for the demonstration: nobody answers this."),
        "helper": {"name": say("Made-up helper"), "relation": "child"} if fate.for_other else {},
        "terms": [],
        "consents": [],
    }
    listed = {"name": name, "channel": fate.channel, "for": "helper" if fate.for_other else "me"}
    return Draft(
        assessment=Assessment(own).record(),
        row={**listed, **_warnings(assessment)},
        contact=contact,
        reach=reach,
        language=fate.language,
        answered_on=sent_at.date().isoformat(),
        best_time=fate.time,
        promised_at=sent_at + timedelta(days=3),
        pair=new_pair(fate.language),
    )


def _warnings(assessment: Assessment) -> dict[str, list[str]]:
    """Why it is called first."""
    return {"safety": list(assessment.safety_texts), "safety_notes": list(assessment.safety_notes)}


def _standing(fate: Fate, sent_at: datetime, *, has_warning: bool) -> Standing:
    """What is next with it, as if what happened last had happened after half of its time."""
    at = sent_at + timedelta(hours=fate.hours_ago / 2)
    calendar = Calendar(at, USUAL_HOURS, fate.time)
    standing = Standing(State.NEW, Step.FIRST_CALL, sent_at + timedelta(days=3))
    match fate.state:
        case State.TRIED:
            for _ in range(fate.tries):
                standing = after_try(standing, Try.NO_ANSWER, calendar, has_warning=has_warning)
            return standing
        case State.IN_CONTACT:
            return after_reaching(Step.CALL_BACK, calendar, now() + timedelta(hours=1))
        case State.AWAITING_DOCUMENTS:
            return after_reaching(Step.PAPERS, calendar)
        case State.WITH_CLINICIAN:
            return after_reaching(Step.CLINICIAN, calendar)
        case _:
            return standing if fate.state is State.NEW else after_closing(standing)


def _let_time_pass(transaction: StoreTransaction, submission_id: str, fate: Fate) -> None:
    """Make it as old as its fate says, and read, reached or closed where that is part of it."""
    sent_at = now() - timedelta(hours=fate.hours_ago)
    submission = open_submission(transaction, submission_id)
    standing = _standing(fate, sent_at, has_warning=bool(submission.row.call_first))
    columns: dict[str, Any] = {"received_at": sent_at, **standing.columns}
    if fate.state is not State.NEW:
        columns["opened_at"] = sent_at + timedelta(hours=fate.hours_ago / 4)
    if fate.state not in (State.NEW, State.TRIED):
        columns["contacted_at"] = sent_at + timedelta(hours=fate.hours_ago / 2)
    if fate.state is State.CLOSED:
        columns |= {"ended_at": now() - timedelta(hours=1), "reason": "answered"}
    change(transaction, submission, **columns)
