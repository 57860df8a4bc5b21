"""The token that says that a form is ours: made for one browser and, where somebody has come in, for that session.

Whoever could plant a cookie of their own in a browser (from a neighbouring host, or before somebody signs in) has a
token that fits it. Such a token is no use where somebody is signed in, or visits what they sent: there it is signed
with the session too.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, request
from flask_wtf.csrf import CSRFProtect, generate_csrf, validate_csrf
from wtforms import ValidationError

from screening.crypto.hashing import keyed_hash
from screening.desk.access.current_request import session_cookie
from screening.questionnaire.status_access import current_visit
from screening.runtime import PROGRAMS


def _visit() -> str:
    visit = current_visit()
    return f"{visit.submission_id}/{visit.began_at}" if visit else ""


_SESSIONS: dict[str, Callable[[], str]] = {"desk": session_cookie, "status": _visit, "amending": _visit}
"""Which session the forms belong to that stand on the pages of a blueprint, and that are sent to it."""


def protect_forms(app: Flask) -> None:
    """Refuse every POST whose token was not made for this browser and for its session."""
    _Protection(app)
    app.jinja_env.globals["csrf_token"] = _new_token
    app.context_processor(lambda: {"csrf_token": _new_token})


def _new_token() -> str:
    token: str = generate_csrf(secret_key=_secret(_session()))
    return token


def _session() -> str:
    session = _SESSIONS.get((request.blueprint or "").partition(".")[0])
    return session() if session else ""


def _secret(session: str) -> bytes:
    """The key by which tokens of a session are signed; an empty one stands for no session."""
    return keyed_hash(current_app.config["SECRET_KEY"], "form token", session.encode())


class _Protection(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's, with a key of the session's own in place of one for everybody."""

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002 - the signature of Flask-WTF's
        """Let the present request through, or raise `CSRFError`."""
        if apply_exemptions and (not request.endpoint or request.blueprint == PROGRAMS):
            return
        if request.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        for session in _accepted_sessions():
            try:
                validate_csrf(self._get_csrf_token(), secret_key=_secret(session))
            except ValidationError:
                continue
            return
        self._error_response("the token was not made for this browser or its session")


def _accepted_sessions() -> set[str]:
    """Pages of a visit have forms that lead elsewhere too, as the buttons for the language do."""
    is_own = (request.blueprint or "").partition(".")[0] in _SESSIONS and request.endpoint != "status.enter"
    return {_session()} if is_own else {"", _visit()}
