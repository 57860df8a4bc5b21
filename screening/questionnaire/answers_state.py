"""What is kept of a person between two requests, in the cookie or in a saved file, and how it is read back strictly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from screening.rulefiles.model.foreign_json import read_foreign_json
from screening.rulefiles.model.shape import check_shape, saved_schema

_LETTERS = {
    "answers": "a",
    "confirmed": "c",
    "seen": "s",
    "seen_open": "p",
    "who": "w",
    "day": "d",
    "token": "t",
    "amends": "m",
    "days": "o",
    "claimed": "u",
}
"""What is kept, by the letter that stands for it in a cookie, where room is short."""


class StateError(ValueError):
    """Members are not what was kept of anybody."""


@dataclass
class AnswersState:
    """What is kept between two requests; nothing else is known of a person."""

    answers: dict[str, object] = field(default_factory=dict)
    """Raw answers by question."""
    confirmed: list[str] = field(default_factory=list)
    """Pages whose numbers were read back and confirmed."""
    seen: list[str] = field(default_factory=list)
    """Grounds whose interrupt was shown and left."""
    who: str = ""
    """For whom the answers are; empty before that was asked."""
    day: str = ""
    """The date of the last answer, ISO 8601."""
    token: str = ""
    """The token of the form by which the answers are sent to the clinic, in base64url; empty before it was opened."""
    amends: str = ""
    """The id of what was sent before and is being corrected."""
    lost: bool = False
    """Whether there was a cookie that could not be opened; never kept itself."""
    days: dict[str, str] = field(default_factory=dict)
    """By question: the date of an answer that is older than `day`; empty where nobody knows it."""
    claimed: str = ""
    """The date that an unsealed file named for the answers whose date nobody knows."""
    seen_open: list[str] = field(default_factory=list)
    """Grounds of which it was shown and left that they may hold."""

    def day_of(self, question: str) -> date | None:
        """When a question was answered; None where nobody knows."""
        day = self.days.get(question, self.day)
        return date.fromisoformat(day) if day else None

    def as_json(self) -> bytes:
        """The content of the cookie."""
        members = {letter: getattr(self, name) for name, letter in _LETTERS.items()}
        kept = {key: value for key, value in members.items() if value}
        return json.dumps(kept, separators=(",", ":"), default=str, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, content: bytes) -> AnswersState:
        """What a cookie holds, made by `as_json`, but perhaps of another version: raises `ValueError` otherwise."""
        members: Any = read_foreign_json(content)
        if not isinstance(members, dict) or members.keys() - set(_LETTERS.values()):
            raise StateError
        named = {name: members[letter] for name, letter in _LETTERS.items() if letter in members}
        ties = {name: named.pop(name) for name in ("token", "amends") if name in named}
        if not all(isinstance(tie, str) for tie in ties.values()):
            raise StateError
        state = replace(read_kept({"answers": {}, **named}), **ties)
        if state.answers and not state.day:
            raise StateError
        return state


SAVED_FIELDS = ("answers", "confirmed", "seen", "seen_open", "who", "day", "days", "claimed")
"""What of all that is kept goes into a file: not what ties a browser to something that was sent to a clinic."""


def read_kept(members: Mapping[str, Any]) -> AnswersState:
    """What these members say, by the schema of saved answers; raises `StateError`."""
    if check_shape({"kept": dict(members), "questions": {}}, saved_schema()):
        raise StateError
    state = AnswersState(**members)
    try:
        for day in filter(None, (state.day, state.claimed, *state.days.values())):
            date.fromisoformat(day)
    except ValueError:
        raise StateError from None
    return state
