"""What is next, as the person reads it on their page: what the clinic's messages promise stands here."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_time

from screening.storage.database.rows import SubmissionRow
from screening.storage.submissions.next_steps.working_time import day_of
from screening.storage.submissions.record.records import Step
from screening.wording.language.languages import Language


def what_is_next(
    row: SubmissionRow, call_from: datetime | None, papers: tuple[str, ...], now: datetime, language: Language
) -> tuple[str, ...]:
    """What the clinic does next and by when, or what it waits for; empty where nothing was said to the person.

    `call_from`: from when on they are called, until it is due. `papers`: what they are asked to bring, by its label. A
    time that is past is not told: that the clinic is late stands elsewhere.
    """
    say = language.gettext
    if row.step == Step.DECISION:  # no day is told, so that none can pass
        asked = say("The clinic could not reach you. A doctor or nurse of the clinic decides what is done next.")
        return asked, say("Please say here how and when to reach you better.")
    if row.due_at is None or row.due_at <= now:
        return ()
    day = language.date(day_of(row.due_at))
    match row.step:
        case Step.CALL_BACK if call_from is not None:
            return (_call(call_from, row.due_at, language),)
        case Step.WAIT:
            last = say("The clinic tried three times and does not call again by itself.")
            return last, say("It waits until %(day)s: say here how and when to reach you better.", day=day)
        case Step.OTHER_WAY:
            wrong = say("The number that you gave does not lead to you.")
            return wrong, say("Please change how the clinic can reach you.")
        case Step.PAPERS if papers:
            return (say("Please bring or send by %(day)s: %(papers)s.", day=day, papers=language.all_of(papers)),)
        case Step.PAPERS:
            return (say("Please bring or send the papers that the clinic named by %(day)s.", day=day),)
        case Step.ANSWER:
            return (say("The clinic waits for an answer of yours until %(day)s: add it to your answers.", day=day),)
        case Step.CLINICIAN:
            return (say("A doctor or nurse of the clinic is asked, by %(day)s.", day=day),)
        case _:
            return ()


def _call(begins: datetime, ends: datetime, language: Language) -> str:
    """When the clinic calls: a time that was agreed, or between two times of one day."""
    say, day = language.gettext, language.date(day_of(ends))
    if begins == ends:
        return say("The clinic calls you on %(day)s at %(time)s.", day=day, time=_clock(ends, language))
    return say(
        "The clinic calls you again on %(day)s, between %(begins)s and %(ends)s.",
        day=day,
        begins=_clock(begins, language),
        ends=_clock(ends, language),
    )


def _clock(moment: datetime, language: Language) -> str:
    return str(format_time(moment.astimezone(), "HH:mm", locale=language.locale))
