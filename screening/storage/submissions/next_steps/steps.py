"""What is next after each thing that happens to a submission, and when it is due. Pure: nothing is read or written.

An open submission has exactly one next step, due at one time; `Standing` cannot be made otherwise, and the table of
submissions refuses it. Overdue is what is due and not done, whoever looked at it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from screening.config.clinic_hours import ClinicHours
from screening.storage.submissions.next_steps.working_time import (
    closing_time,
    day_of,
    end_of_hours,
    next_call,
    opening_time,
    working_days_after,
)
from screening.storage.submissions.record.records import OPEN, State, Step

MOST_TRIES = 3
"""After so many tries in a row without reaching anybody the clinic waits for the person."""
WAIT_FOR_PERSON = timedelta(days=14)
"""So long after the last try; then it is closed as not reached."""
DAYS_FOR_PAPERS = timedelta(days=7)
"""For papers, and for an answer."""
CLINICIAN_WORKING_DAYS = 2
FOR_OTHERS = (Step.WAIT, Step.PAPERS, Step.ANSWER, Step.CLINICIAN)
"""Steps that somebody else does, not who telephones."""
AFTER_CONTACT = (Step.PAPERS, Step.ANSWER, Step.CLINICIAN)
"""Those of them to which it comes only once the person was reached."""
UNREACHED = (Step.WAIT, Step.OTHER_WAY, Step.DECISION)
"""Steps to which it comes where calls did not reach the person."""
CHOSEN = (Step.CALL_BACK, Step.PAPERS, Step.ANSWER, Step.CLINICIAN)
"""What may be chosen as the next step once somebody was reached."""


class Try(StrEnum):
    """How a call ended that did not reach the person."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SOMEBODY_ELSE = "somebody_else"
    LEFT_MESSAGE = "left_message"
    WRONG_NUMBER = "wrong_number"
    """Ends trying this number."""


class Decision(StrEnum):
    """What a clinician decides where the last try did not reach somebody with a warning."""

    CALL_AGAIN = "call_again"
    WAIT = "wait"


class StandingError(ValueError):
    """An open submission without exactly one step and one due time, or another one with any."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a submission stands: its state, and what is next by when."""

    state: State
    step: Step | None
    due_at: datetime | None
    tries: int = 0
    """Dialled in a row since the person was reached, wrote, or gave another number."""
    call_from: datetime | None = None
    """From when on the person is called, where it was said to them; until `due_at`."""

    def __post_init__(self) -> None:
        is_open = self.state in OPEN
        if is_open != (self.step is not None) or is_open != (self.due_at is not None):
            raise StandingError(f"{self.state} with step {self.step} due at {self.due_at}")
        if not 0 <= self.tries <= MOST_TRIES:
            raise StandingError(f"{self.tries} tries")

    @property
    def columns(self) -> Mapping[str, object]:
        """The plain columns."""
        return {"state": self.state, "step": self.step, "due_at": self.due_at, "tries": self.tries}


@dataclass(frozen=True, slots=True)
class Calendar:
    """By what times are counted: the moment, the clinic's hours, and when the person wants to be called."""

    at: datetime
    hours: ClinicHours
    best_time: str = ""


def after_try(before: Standing, outcome: Try, calendar: Calendar, *, has_warning: bool) -> Standing:
    """After a call that did not reach the person: another one, or after the last one a wait for them.

    `has_warning`: there is a reason to call first. Then nobody waits: a clinician decides, as soon as the clinic works.
    Until they did, one more try changes nothing of when that was due.
    """
    tries = min(before.tries + 1, MOST_TRIES)
    if before.step is Step.HELP:  # whether help came is asked until somebody knows
        return replace(before, tries=tries, due_at=calendar.at, call_from=None)
    if outcome is Try.WRONG_NUMBER:
        return Standing(State.TRIED, Step.OTHER_WAY, _by(before, closing_time(calendar.at, calendar.hours)), tries)
    if tries < MOST_TRIES and before.step not in (Step.OTHER_WAY, Step.DECISION):
        return _call_on_next_day(calendar, tries)
    if not has_warning:
        return _wait(calendar, tries)
    return Standing(State.TRIED, Step.DECISION, _by(before, opening_time(calendar.at, calendar.hours)), tries)


def after_decision(before: Standing, decision: Decision, calendar: Calendar) -> Standing:
    """After a clinician decided what is done about somebody with a warning whom the last try did not reach.

    `StandingError` where nothing is to be decided.
    """
    if before.step is not Step.DECISION:
        raise StandingError(f"nothing is to be decided at {before.step}")
    if decision is Decision.WAIT:
        return _wait(calendar, before.tries)
    return _call_on_next_day(calendar, before.tries)


def _wait(calendar: Calendar, tries: int) -> Standing:
    return Standing(State.TRIED, Step.WAIT, calendar.at + WAIT_FOR_PERSON, tries)


def _call_on_next_day(calendar: Calendar, tries: int) -> Standing:
    begins, ends = next_call(calendar.at, calendar.best_time, calendar.hours)
    return Standing(State.TRIED, Step.CALL_BACK, ends, tries, call_from=begins)


def after_reaching(step: Step, calendar: Calendar, agreed: datetime | None = None) -> Standing:
    """After the person was reached: the step that was chosen; a call back at the time that was agreed.

    `StandingError` for a step that cannot be chosen, or a call back without a time.
    """
    match step:
        case Step.CALL_BACK if agreed is not None:
            return Standing(State.IN_CONTACT, step, agreed, call_from=agreed)
        case Step.PAPERS:
            return Standing(State.AWAITING_DOCUMENTS, step, agreed or _in_days(calendar))
        case Step.ANSWER:
            return Standing(State.IN_CONTACT, step, agreed or _in_days(calendar))
        case Step.CLINICIAN:
            day = working_days_after(day_of(calendar.at), CLINICIAN_WORKING_DAYS, calendar.hours)
            return Standing(State.WITH_CLINICIAN, step, end_of_hours(day, calendar.hours))
        case _:
            raise StandingError(f"{step} cannot be chosen")


def _in_days(calendar: Calendar) -> datetime:
    return end_of_hours(day_of(calendar.at + DAYS_FOR_PAPERS), calendar.hours)


def after_hearing(before: Standing, calendar: Calendar) -> Standing:
    """After something was settled with the person on the telephone: they were reached, so that tries are over.

    What was due stays due, so that it is overdue until somebody says what is next.
    """
    if before.state is not State.TRIED and before.state is not State.NEW:
        return before
    due = (
        before.due_at if before.due_at and before.step not in FOR_OTHERS else closing_time(calendar.at, calendar.hours)
    )
    step = Step.HELP if before.step is Step.HELP else Step.CALL_BACK
    return Standing(State.IN_CONTACT, step, due)


def after_emergency(before: Standing, at: datetime) -> Standing:
    """After warning signs were heard: at once, whether help came."""
    state = before.state if before.state in OPEN else State.IN_CONTACT
    return Standing(state, Step.HELP, at, before.tries)


def after_correction(before: Standing, promised_at: datetime, at: datetime, *, is_worse: bool) -> Standing:
    """After the person corrected their answers. `promised_at`: until when an answer to this is promised.

    A closed one is new again. One that waited for them is called; one that is more dangerous now is called at once.
    """
    if before.state not in OPEN:
        return Standing(State.NEW, Step.FIRST_CALL, promised_at)
    after = before
    if before.step in (*UNREACHED, Step.ANSWER):
        after = _call_again(before, promised_at)
    if not is_worse or after.due_at is None:
        return after
    due = min(after.due_at, at)
    if after.step in FOR_OTHERS:
        return _call_again(after, due)
    return replace(after, due_at=due, call_from=None)


def after_new_number(before: Standing, call_by: datetime) -> Standing:
    """After the person said how else to reach them: tries begin anew where the old way had failed."""
    return _call_again(before, call_by) if before.step in UNREACHED else before


def _call_again(before: Standing, due_at: datetime) -> Standing:
    state = State.IN_CONTACT if before.state not in (State.TRIED, State.NEW) else State.NEW
    return Standing(state, Step.CALL_BACK, _by(before, due_at))


def _by(before: Standing, due_at: datetime) -> datetime:
    """When something is due; where a clinician was to decide no later than that was due."""
    return min(before.due_at, due_at) if before.step is Step.DECISION and before.due_at else due_at


def after_closing(before: Standing) -> Standing:
    """After it was closed; how often it was tried stays, for the person is told."""
    return Standing(State.CLOSED, None, None, before.tries)


def after_reopening(calendar: Calendar, *, was_reached: bool) -> Standing:
    """After the clinic opened a closed one again: called today."""
    state, step = (State.IN_CONTACT, Step.CALL_BACK) if was_reached else (State.NEW, Step.FIRST_CALL)
    return Standing(state, step, closing_time(calendar.at, calendar.hours))
