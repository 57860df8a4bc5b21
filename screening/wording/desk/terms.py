"""The words of the desk: states, reasons for closing, and messages that tell nothing of health."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screening.storage.submissions.records import State
from screening.wording.language.languages import N_, Language

MOST_TRIES = 3
"""After so many tries without an answer nobody needs to try again."""

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


def messages(code: str, link: str, clinic: str, language: Language) -> tuple[Message, ...]:
    """Texts that hold the code and a link and nothing else about the person: neither a name nor what it is about."""
    say = language.gettext
    tried = say(
        "%(clinic)s tried to call you about your message %(code)s. See when we try again, or tell us when to call: "
        "%(link)s",
        clinic=clinic,
        code=code,
        link=link,
    )
    papers = say(
        "%(clinic)s has a question about your message %(code)s. Please look here with your secret words: %(link)s",
        clinic=clinic,
        code=code,
        link=link,
    )
    never = say("We never ask for your secret words, neither in a message nor on the telephone.")
    return (
        Message("sms_tried", say("SMS or WhatsApp: not reached"), "", f"{tried} {never}"),
        Message("sms_question", say("SMS or WhatsApp: a question"), "", f"{papers} {never}"),
        Message(
            "email",
            say("E-mail"),
            say("Your message %(code)s", code=code),
            "\n\n".join((say("Hello,"), papers, never, clinic)),
        ),
    )
