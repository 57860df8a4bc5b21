"""What is next with a submission and by when, in few words: for a row of the list, and the head of its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from babel.dates import format_date, format_datetime, format_time

from screening.storage.submissions.next_steps.steps import MOST_TRIES, Decision
from screening.storage.submissions.next_steps.working_time import day_of, end_of_day
from screening.storage.submissions.record.records import Step
from screening.wording.desk.terms import TRIES
from screening.wording.language.languages import N_, Language

STEPS: Mapping[Step, str] = MappingProxyType(
    {
        Step.FIRST_CALL: N_("First call"),
        Step.CALL_BACK: N_("Call back"),
        Step.WAIT: N_("Wait for them to write"),
        Step.OTHER_WAY: N_("Number wrong: ask by another way"),
        Step.PAPERS: N_("They bring papers"),
        Step.ANSWER: N_("They answer a question"),
        Step.CLINICIAN: N_("A clinician looks at it"),
        Step.DECISION: N_("A clinician decides"),
        Step.HELP: N_("Call again: did help come?"),
    }
)
ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        **TRIES,
        **{str(step): words for step, words in STEPS.items()},
        Decision.CALL_AGAIN: N_("Call again"),
        "close": N_("Closed"),
        "reopen": N_("Opened again"),
    }
)
"""What a press at the end of a call did, by what its button sends."""
_A_WEEK = 6
"""For so many days before and after a day the name of a weekday is enough."""


def step_words(step: Step | None, tries: int, language: Language) -> str:
    """The next step in words, and which try a call is; empty where there is none."""
    if step is None:
        return ""
    words = language.gettext(STEPS[step])
    if step not in (Step.FIRST_CALL, Step.CALL_BACK) or not 0 < tries < MOST_TRIES:
        return words  # after the last try a clinician said to call: no number of tries stands for that
    number = tries + 1
    if number >= MOST_TRIES:
        return language.gettext("%(step)s: try %(number)s, the last", step=words, number=number)
    return language.gettext("%(step)s: try %(number)s of %(most)s", step=words, number=number, most=MOST_TRIES)


def due_words(due_at: datetime | None, at: datetime, language: Language) -> str:
    """By when something is due, from where one stands; empty where nothing is."""
    if due_at is None:
        return ""
    day, today, say = day_of(due_at), day_of(at), language.gettext
    clock = "" if due_at == end_of_day(day) else _clock(due_at, language)
    name = _day(due_at, at, language)
    if due_at < at:
        return (
            say("overdue since %(time)s", time=clock)
            if day == today and clock
            else say("overdue since %(day)s", day=name)
        )
    if day == today:
        return say("due %(time)s", time=clock) if clock else say("due today")
    if day == today + timedelta(days=1):
        name = say("tomorrow")
    return say("due %(day)s, %(time)s", day=name, time=clock) if clock else say("due %(day)s", day=name)


def moment_words(moment: datetime, language: Language) -> str:
    """A moment as the head of the list says it: weekday, day, clock."""
    return str(format_datetime(moment.astimezone(), "EEEE d MMMM, HH:mm", locale=language.locale))


def _clock(moment: datetime, language: Language) -> str:
    return str(format_time(moment.astimezone(), "HH:mm", locale=language.locale))


def _day(moment: datetime, at: datetime, language: Language) -> str:
    """A day by the name of its weekday where it is near, else by its date."""
    day = day_of(moment)
    near = abs((day - day_of(at)).days) <= _A_WEEK
    return str(format_date(day, "EEEE" if near else "d MMM", locale=language.locale))
