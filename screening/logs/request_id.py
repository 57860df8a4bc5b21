"""The id of the request that is being answered: it stands on the page that tells of an error, and in the log."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowel, so that it spells no word; no digit, so that nobody takes it for an answer or for a code of theirs."""
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> str:
    """A new id for the request that this thread now answers. What a browser or a proxy calls it is not looked at."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(10))
    identity = f"{drawn[:5]}-{drawn[5:]}"
    _current.set(identity)
    return identity


def end_request() -> None:
    """What follows in this thread belongs to no request."""
    _current.set("")


def request_id() -> str:
    """The id of the request that this thread answers; empty where it answers none."""
    return _current.get()
