"""The words of the desk: states, reasons for closing, and messages that tell nothing of health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.storage.submissions.next_steps.steps import MOST_TRIES, Try
from screening.storage.submissions.record.records import State
from screening.wording.desk.spoken import MessageText
from screening.wording.language.languages import N_, Language

STATES: Mapping[str, str] = MappingProxyType(
    {
        State.NEW: N_("New"),
        State.TRIED: N_("Tried, no answer"),
        State.IN_CONTACT: N_("In contact"),
        State.AWAITING_DOCUMENTS: N_("Waiting for documents"),
        State.WITH_CLINICIAN: N_("With the clinician"),
        State.CLOSED: N_("Closed"),
        State.RESTRICTED: N_("Deletion asked"),
        State.WITHDRAWN: N_("Withdrawn"),
        State.ERASED: N_("Erased"),
    }
)
TRIES: Mapping[str, str] = MappingProxyType(
    {
        Try.NO_ANSWER: N_("No answer"),
        Try.BUSY: N_("Busy, cut off"),
        Try.SOMEBODY_ELSE: N_("Somebody else"),
        Try.WRONG_NUMBER: N_("Wrong number"),
        Try.LEFT_MESSAGE: N_("Left a message"),
    }
)
"""How a call ended that did not reach the person, in the order of the buttons: the most frequent first."""
REASONS: Mapping[str, str] = MappingProxyType(
    {
        "own_doctor": N_("Goes on with their own doctor"),
        "answered": N_("All questions were answered"),
        "appointment": N_("Has an appointment with a doctor"),
        "turned_away": N_("The clinic does not treat this"),
        "no_answer": N_("Not reached"),
        "not_wanted": N_("Wants no contact"),
        "emergency": N_("Sent to emergency help"),
        "duplicate": N_("Sent twice"),
        "other": N_("Another reason; see the notes"),
    }
)
"""Why a submission is closed, by the code that is stored."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text to copy into another program."""

    id: str
    title: str
    subject: str
    """Of an e-mail; empty for others."""
    text: str


def state_words(state: str, tries: int, language: Language) -> str:
    """A state in words."""
    if state == State.TRIED:
        return language.gettext("Tried, no answer (%(number)s of %(most)s)", number=tries, most=MOST_TRIES)
    return language.gettext(STATES[state])


def messages(texts: Mapping[str, MessageText], language: Language) -> tuple[Message, ...]:
    """The texts, each with its title for staff."""
    titles = {
        "sms_tried": N_("SMS or WhatsApp: not reached"),
        "sms_question": N_("SMS or WhatsApp: a question"),
        "email": N_("E-mail"),
    }
    return tuple(Message(name, language.gettext(titles[name]), text.subject, text.text) for name, text in texts.items())
