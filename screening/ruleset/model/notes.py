"""What is added to an outcome by its own condition, for whom, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screening.ruleset.model.texts import Expression


class NoteKind(StrEnum):
    """What a note is for."""

    ACTION = "action"
    CONFLICT = "conflict"
    INFORMATION = "information"
    CAUTION = "caution"


class Audience(StrEnum):
    """Who reads a note."""

    PATIENT = "patient"
    CLINIC = "clinic"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Note:
    """A text added by its own condition; it never changes the category."""

    id: str
    kind: NoteKind
    audience: Audience
    when: Expression
    text: str
    time_frame: str = ""
    """Of an action that cannot wait: by when, in a few words."""
    call_first: bool = False
    in_short: str = ""
    """Of a note for which somebody is called first: the same for a row of the clinic's list; empty: `text` is there."""
    review: str = ""
    judgement: str = ""
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
