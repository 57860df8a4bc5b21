"""The answers on their way: kept by the person's own browser, in a sealed cookie that expires."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request, Response

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.keys import KeyRing
from screening.questionnaire.answers_state import AnswersState

MAX_AGE = 24 * 60 * 60
"""Seconds from the last answer until the cookie can no longer be opened."""
MAX_SIZE = 3_900
"""Characters in the cookie's value; browsers drop cookies over 4,096 with name and attributes."""
_PURPOSE = "answers cookie"


class CookieTooLargeError(Exception):
    """The answers do not fit into the cookie."""


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
        except (SealError, ValueError):
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
