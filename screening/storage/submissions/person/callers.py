"""Who is on the telephone: how far the latest call came in knowing it, from the events that are kept of it.

Nothing of what was said or typed is kept: neither the words that were wrong nor those that were right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from screening.storage.store import Members
from screening.storage.submissions.person.amendments import REACH_CHANGED
from screening.storage.submissions.record.events import Event
from screening.storage.submissions.record.records import UNCONFIRMED_CALLER

DIALLED = "dialled"
"""The kind of event that begins a call: staff called the number that is stored."""
CHECKED = "identity"
"""The kind of event that says what a check showed, or that there can be none."""
RESULT = "outcome"
UNCONFIRMED = "unconfirmed"
"""The member of an answer settled by a clinician who did not know that it was the person: why they went on."""
MOST_WRONG = 3
"""Wrong words in one call, after which the word is taken for lost."""


class CheckResult(StrEnum):
    """What a check showed."""

    RIGHT = "right"
    UNREADABLE = "unreadable"
    """It is no word of the list: misheard or mistyped, and no wrong try."""
    OTHER = "other"
    """A word of the list, but another one."""
    LOST = "lost"
    """The person has no word, or gave three that were wrong."""
    VOUCHED = "vouched"
    """A clinician goes on without a check, with a reason."""


@dataclass(frozen=True, slots=True)
class Caller:
    """How far the latest call came."""

    was_dialled: bool
    """Whether the number that is stored now was called."""
    result: CheckResult | None = None
    """None: nothing was checked yet. Never `VOUCHED`, which changes nothing of what was checked."""
    last: Event | None = None
    """The check that led there."""
    wrong: int = 0
    """Words of the list that were not the right one."""
    reason: str = ""
    """Why a clinician went on all the same; empty where none did."""

    @property
    def is_confirmed(self) -> bool:
        """Whether it is the person."""
        return self.result is CheckResult.RIGHT

    @property
    def may_try(self) -> bool:
        """Whether another word may be checked in this call."""
        return self.was_dialled and not self.is_confirmed and self.wrong < MOST_WRONG


def with_caller(members: Members, caller: Caller) -> Members:
    """The members of a row, marked where somebody was on the telephone who was not confirmed."""
    others = {name: value for name, value in members.items() if name != UNCONFIRMED_CALLER}
    return {**others, UNCONFIRMED_CALLER: True} if caller.result and not caller.is_confirmed else others


def caller_of(events: Sequence[Event], *, has_pair: bool) -> Caller:
    """Where the latest call stands, from all events, the latest first; without a pair the word is lost from its begin.

    A call ends with the next one, and with another number: who was called there is somebody else.
    """
    since = tuple(_latest_call(events))
    was_dialled = bool(since) and since[0].kind == DIALLED
    checks = [event for event in since if event.kind == CHECKED and RESULT in event.detail]
    result = CheckResult.LOST if was_dialled and not has_pair else None
    last, wrong, reason = None, 0, ""
    for check in checks:
        shown = CheckResult(check.detail[RESULT])
        if shown is CheckResult.VOUCHED:
            reason = str(check.detail["text"])
            continue
        wrong += shown is CheckResult.OTHER
        result, last = CheckResult.LOST if wrong >= MOST_WRONG else shown, check
        if result is CheckResult.RIGHT:
            break
    return Caller(was_dialled, result, last, wrong, reason)


def _latest_call(events: Sequence[Event]) -> Iterator[Event]:
    """What happened since the latest call began, that first; what happened at all where there is none."""
    begins = (place for place, event in enumerate(events) if event.kind in (DIALLED, REACH_CHANGED))
    return iter(reversed(events[: next(begins, len(events) - 1) + 1]))


def check_detail(result: CheckResult, **more: str) -> dict[str, str]:
    """What is kept of a check."""
    return {RESULT: result, **more}
