"""A short visit to what was sent: begun with code and phrase, kept in a sealed cookie, over after some minutes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Request, Response

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.keys import KeyRing

IDLE = 20 * 60
"""Seconds after the last page until a visit is over."""
LONGEST = 2 * 60 * 60
"""Seconds after which it is over in any case."""
_PURPOSE = "status visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """Who may see one submission, and since when."""

    submission_id: str
    began_at: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True)
class VisitCookie:
    """Reads and writes the cookie of a visit."""

    ring: KeyRing
    https: bool

    @property
    def name(self) -> str:
        """With https, a name that browsers accept from this host and path alone."""
        return "__Host-visit" if self.https else "visit"

    def read(self, request: Request, now: int) -> Visit | None:
        """The visit that the request belongs to; None where there is none, it was altered, or it is over."""
        text = request.cookies.get(self.name, "")
        try:
            members: dict[str, Any] = json.loads(open_sealed(text, self.ring, _PURPOSE, now, IDLE))
        except SealError:
            return None
        visit = Visit(str(members["i"]), int(members["b"]))
        return visit if now - visit.began_at <= LONGEST else None

    def write(self, response: Response, visit: Visit, now: int) -> None:
        """Send the cookie; the browser forgets it when it is closed."""
        members = {"i": visit.submission_id, "b": visit.began_at}
        text = seal(json.dumps(members).encode(), self.ring, _PURPOSE, now)
        response.set_cookie(self.name, text, secure=self.https, httponly=True, samesite="Strict", path="/")

    def delete(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(self.name, secure=self.https, httponly=True, samesite="Strict", path="/")
