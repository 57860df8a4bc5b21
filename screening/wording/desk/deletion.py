"""Deleting at a person's request, in the words of the desk: how they were identified, and what happens when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from babel.dates import format_datetime

from screening.storage.database.rows import DeletionRequestRow
from screening.storage.submissions.deletion.deletion_requests import Identity
from screening.storage.upkeep.requested_deletions import WAIT
from screening.wording.language.languages import N_, Language

IDENTITIES: Mapping[Identity, str] = MappingProxyType(
    {
        Identity.WORDS: N_("Their word on the telephone was right."),
        Identity.CALL_BACK: N_("Called back on the number that is stored."),
        Identity.EMAIL: N_("Code, name and day were right, and an answer came from the address that is stored."),
    }
)
"""How somebody was identified."""


@dataclass(frozen=True, slots=True)
class DeletionInWords:
    """A request as its page tells it: who and when, and nothing of what it is about."""

    asked: str
    identity: str
    agreed: str
    """Empty where nobody had to agree, or has yet."""
    next: str
    """What happens, and when."""


def deletion_in_words(request: DeletionRequestRow, names: Mapping[str, str], language: Language) -> DeletionInWords:
    """A request in whole sentences; `names` of staff by id."""
    say = language.gettext
    left = say("Somebody who has left")
    agreed_at = request.agreed_at
    agreed = (
        say(
            "%(name)s agreed on %(moment)s.",
            name=names.get(request.agreed_by or "", left),
            moment=_when(agreed_at, language),
        )
        if agreed_at
        else ""
    )
    return DeletionInWords(
        asked=say(
            "%(name)s wrote it down on %(moment)s.",
            name=names.get(request.asked_by, left),
            moment=_when(request.asked_at, language),
        ),
        identity=say(IDENTITIES[Identity(request.identity)]),
        agreed=agreed,
        next=_next(request, language),
    )


def _next(request: DeletionRequestRow, language: Language) -> str:
    if request.restricted_at:
        return language.gettext(
            "It is erased by the daily run after %(moment)s, unless it is undone.",
            moment=_when(request.restricted_at + WAIT, language),
        )
    return language.gettext(
        "A second colleague should agree by %(moment)s, or undo it. Until then it is neither hidden nor erased.",
        moment=_when(request.agree_by or request.asked_at, language),
    )


def deletion_in_short(request: DeletionRequestRow, at: datetime, language: Language) -> str:
    """A request as a row of the list says it."""
    if request.restricted_at:
        return language.gettext(
            "Deletion asked, erased after %(moment)s", moment=_when(request.restricted_at + WAIT, language)
        )
    if request.agree_by and request.agree_by < at:
        return language.gettext("Deletion asked; the second colleague is overdue")
    return language.gettext(
        "Deletion asked; a second colleague by %(moment)s", moment=_when(request.agree_by or at, language)
    )


def _when(moment: datetime, language: Language) -> str:
    """A moment where the server stands."""
    return str(format_datetime(moment.astimezone(), "d MMM y, HH:mm", locale=language.locale))
