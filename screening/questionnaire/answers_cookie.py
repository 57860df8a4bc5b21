"""The answers on their way: kept by the person's own browser, in a sealed cookie that expires."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Request, Response

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.keys import KeyRing

MAX_AGE = 24 * 60 * 60
"""Seconds from the last answer until the cookie can no longer be opened."""
MAX_SIZE = 3_900
"""Characters in the cookie's value; browsers drop cookies over 4,096 with name and attributes."""
_PURPOSE = "answers cookie"


class CookieTooLargeError(Exception):
    """The answers do not fit into the cookie."""


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

    def as_json(self) -> bytes:
        """The content of the cookie."""
        members = {
            "a": self.answers,
            "c": self.confirmed,
            "s": self.seen,
            "w": self.who,
            "d": self.day,
            "t": self.token,
            "m": self.amends,
        }
        return json.dumps({key: value for key, value in members.items() if value}, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, content: bytes) -> AnswersState:
        """What a cookie holds; it was made by `as_json`, as its seal shows."""
        members: dict[str, Any] = json.loads(content)
        return cls(
            members.get("a", {}),
            members.get("c", []),
            members.get("s", []),
            members.get("w", ""),
            members.get("d", ""),
            members.get("t", ""),
            members.get("m", ""),
        )


@dataclass(frozen=True, slots=True)
class AnswersCookie:
    """Reads and writes the cookie."""

    ring: KeyRing
    https: bool

    @property
    def name(self) -> str:
        """With https, a name that browsers accept from this host and path alone."""
        return "__Host-answers" if self.https else "answers"

    def read(self, request: Request, now: int) -> AnswersState:
        """What the request's cookie holds; nothing where there is none, or it was altered or has expired."""
        text = request.cookies.get(self.name, "")
        if not text:
            return AnswersState()
        try:
            return AnswersState.from_json(open_sealed(text, self.ring, _PURPOSE, now, MAX_AGE))
        except SealError:
            return AnswersState(lost=True)

    def write(self, response: Response, state: AnswersState, now: int) -> None:
        """Send the cookie, or raise `CookieTooLargeError`."""
        text = seal(state.as_json(), self.ring, _PURPOSE, now)
        if len(text) > MAX_SIZE:
            raise CookieTooLargeError
        response.set_cookie(
            self.name, text, max_age=MAX_AGE, secure=self.https, httponly=True, samesite="Lax", path="/"
        )

    def delete(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(self.name, secure=self.https, httponly=True, samesite="Lax", path="/")
