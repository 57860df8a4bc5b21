"""The words of a file that is about to be saved: the same, however often the page is opened, until it is saved."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Request, Response

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.keys import KeyRing
from screening.questionnaire.saved_answers import SECRET_BYTES
from screening.runtime import current_service
from screening.wording.language.secret_phrases import draw_secret, phrase_words

MAX_AGE = 15 * 60
"""Seconds from the first look until they are forgotten."""
_PURPOSE = "words of a file"


@dataclass(frozen=True, slots=True)
class FileWords:
    """A secret, and the language in which it was first shown: another would say it in other words."""

    secret: bytes
    language: str

    @property
    def words(self) -> tuple[str, ...]:
        """What is written down."""
        return phrase_words(self.secret, self.language)


@dataclass(frozen=True, slots=True)
class WordsCookie:
    """Reads and writes the cookie."""

    ring: KeyRing
    https: bool

    @property
    def name(self) -> str:
        """With https, a name that browsers accept from this host and path alone."""
        return "__Host-words" if self.https else "words"

    def read(self, request: Request, now: int) -> FileWords | None:
        """The words that were shown; None where none were, or too long ago."""
        try:
            text = request.cookies.get(self.name, "")
            members: dict[str, Any] = json.loads(open_sealed(text, self.ring, _PURPOSE, now, MAX_AGE))
        except SealError:
            return None
        return FileWords(bytes.fromhex(members["secret"]), members["language"])

    def write_new(self, response: Response, language: str, now: int) -> None:
        """Send new words along."""
        secret = draw_secret(partial(secrets.token_bytes, SECRET_BYTES))
        members = {"secret": secret.hex(), "language": language}
        text = seal(json.dumps(members).encode(), self.ring, _PURPOSE, now)
        response.set_cookie(
            self.name, text, max_age=MAX_AGE, secure=self.https, httponly=True, samesite="Strict", path="/"
        )

    def delete(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(self.name, secure=self.https, httponly=True, samesite="Strict", path="/")


def words_cookie() -> WordsCookie:
    """Reads and writes the words of a file in the present request."""
    service = current_service()
    return WordsCookie(service.cookie_keys, service.settings.https)
