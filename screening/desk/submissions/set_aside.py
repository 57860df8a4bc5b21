"""What was typed on the page of a submission and has no field there any more: shown as text, so that it is not lost.

A call that begins anew takes the fields away that ask for a confirmed caller; one that is closed has no next day.
"""

from __future__ import annotations

from collections.abc import Collection

from screening.desk.access.typed_fields import TOLD, TOLD_WORDS, Fields
from screening.desk.submissions.caller import ShownCaller, Stage

ALWAYS = frozenset({"note", "signs", "seen", "ground", "to"})
NEXT = frozenset({"day", "time", "paper", "reason"})
"""What says what is next, while it is open."""
PRESSED = frozenset({"outcome", "nearest", "action"})
"""What buttons say: pressed, not typed."""


def set_aside(typed: Fields, shown: Collection[str]) -> Fields:
    """What has no field among those that are shown."""
    return Fields([pair for pair in typed.items(multi=True) if pair[0] not in shown and pair[0] not in PRESSED])


def caller_fields(speaker: ShownCaller) -> frozenset[str]:
    """The fields of the first step of a call, as it stands."""
    asks_word = speaker.stage in (Stage.CALLED, Stage.UNREADABLE, Stage.OTHER) or (
        speaker.stage is Stage.LOST and speaker.caller.may_try and speaker.pair is not None
    )
    may_say_why = speaker.may_vouch and speaker.stage in (Stage.LOST, Stage.NO_NUMBER)
    return frozenset({"word"} if asks_word else ()) | frozenset({"vouch_reason"} if may_say_why else ())


def told_fields(questions: Collection[str]) -> frozenset[str]:
    """The fields of what was not sure, for these questions."""
    return frozenset(
        name
        for question in questions
        for name in (f"{TOLD}{question}", f"{TOLD}{question}-unit", f"{TOLD_WORDS}{question}")
    )


def comes_back(typed: Fields) -> list[tuple[str, str]]:
    """Of these, what goes along unseen, for its fields come back once the caller is confirmed."""
    return [pair for pair in typed.items(multi=True) if pair[0].startswith(TOLD)]
