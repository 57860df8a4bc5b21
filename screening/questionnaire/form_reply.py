"""What came of a form, kept sealed by the browser for some minutes and shown by the page that it is sent on to.

Every form is answered by a redirect, so that Back and Reload only open pages and never send a form twice. What was
typed, and what is wrong with it, waits for that page in a cookie; secret words, passwords and files never do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, g, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from screening.crypto.box import SealError, open_sealed, seal
from screening.forms.submitted_form import FormError
from screening.questionnaire.current_request import LANGUAGE_FIELD, now
from screening.runtime import current_service

KEPT_FOR = 10 * 60
"""Seconds in which a page shows again what was typed on it."""
MAX_SIZE = 3_400
"""Characters of the cookie: with the answers and all others it must fit into one header of 8 KB."""
_CUTS = (2_000, 400, 100, 0)
"""Characters that each text may have, tried one after the other until all of it fits; no input may hold 400."""
_NOT_TYPED = frozenset({"csrf_token", LANGUAGE_FIELD})
_PURPOSE = "reply to a form"

Typed = Mapping[str, Sequence[str]]
"""The values sent under each name."""


@dataclass(frozen=True)
class FormReply:
    """What the page at a path shows of a form that was sent there."""

    path: str
    typed: Typed = field(default_factory=dict)
    errors: tuple[FormError, ...] = ()
    """What is wrong beside what the form finds when it reads `typed` again."""
    is_read: bool = True
    """False: nothing is said of what was typed, as where only the language was changed."""
    status: int = 400
    """Of the page that shows it."""
    wait: int = 0
    """Seconds after which it is worth trying again; 0: at once."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """What the page needs besides, as JSON."""

    @property
    def fields(self) -> MultiDict[str, str]:
        """What was typed, as forms read it."""
        return MultiDict({name: list(values) for name, values in self.typed.items()})

    def as_json(self) -> bytes:
        """The content of the cookie."""
        members = {
            "path": self.path,
            "typed": {name: list(values) for name, values in self.typed.items()},
            "errors": [[error.anchor, error.message] for error in self.errors],
            "is_read": self.is_read,
            "status": self.status,
            "wait": self.wait,
            "more": dict(self.more),
        }
        return json.dumps(members, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def cookie_name() -> str:
    """With https, a name that browsers accept from this host and path alone."""
    return "__Host-reply" if current_service().settings.https else "reply"


def submitted() -> Typed:
    """All that the present request typed or chose."""
    return {name: values for name, values in request.form.lists() if name not in _NOT_TYPED}


def refused(address: str, errors: Sequence[FormError] = (), **more: Any) -> BaseResponse:
    """Send the browser on to a page of ours that shows what was typed, and what is wrong with it."""
    return reply_at(address, FormReply(_path_of(address), **{"typed": submitted(), "errors": tuple(errors), **more}))


def shown_in_other_language(address: str) -> BaseResponse:
    """Send the browser on to the same page in another language, with what was typed and nothing said of it."""
    return reply_at(address, FormReply(_path_of(address), submitted(), is_read=False, status=200))


def _path_of(address: str) -> str:
    return address.removeprefix(request.script_root)


def reply_at(address: str, reply: FormReply) -> BaseResponse:
    """Send the browser on to a page of ours that shows this reply."""
    settings = current_service().settings
    response = redirect(address, 303)
    g.replied = True
    if isinstance(response, Response):
        sealed = next(_fitting(reply), "")
        response.set_cookie(
            cookie_name(), sealed, max_age=KEPT_FOR, secure=settings.https, httponly=True, samesite="Strict", path="/"
        )
    return response


def _fitting(reply: FormReply) -> Iterator[str]:
    """The reply sealed, with texts cut as far as it takes: no browser lets anybody type so much."""
    ring = current_service().cookie_keys
    for longest in _CUTS:
        typed = {name: [value[:longest] for value in values] for name, values in reply.typed.items() if longest}
        cut = FormReply(reply.path, typed, reply.errors, reply.is_read, reply.status, reply.wait, reply.more)
        sealed = seal(cut.as_json(), ring, _PURPOSE, now())
        if len(sealed) <= MAX_SIZE:
            yield sealed


def reply_here() -> FormReply | None:
    """The reply that waits for the page at the present path, as often as the page is opened while it is kept."""
    if "form_reply" not in g:
        g.form_reply = _read()
    reply: FormReply | None = g.form_reply
    return reply


def _read() -> FormReply | None:
    sealed = request.cookies.get(cookie_name(), "")
    try:
        members: Any = json.loads(open_sealed(sealed, current_service().cookie_keys, _PURPOSE, now(), KEPT_FOR))
        errors = tuple(FormError(anchor, message) for anchor, message in members.pop("errors"))
        reply = FormReply(errors=errors, **members)
    except (SealError, ValueError, TypeError, KeyError):  # none, too old, altered, or of another version
        return None
    return reply if reply.path == request.path else None


def with_status(page: str, reply: FormReply | None) -> Response:
    """A page with the status of what it tells."""
    response = Response(page, reply.status if reply else 200)
    if reply and reply.wait:
        response.headers["Retry-After"] = str(reply.wait)
    return response


def forget_reply(response: BaseResponse) -> BaseResponse:
    """Take away what waits, whatever page it waits for."""
    if isinstance(response, Response) and request.cookies.get(cookie_name()):
        response.delete_cookie(
            cookie_name(), secure=current_service().settings.https, httponly=True, samesite="Strict", path="/"
        )
    return response


def forget_accepted(response: Response) -> Response:
    """After every request: what was typed on a page waits no longer once that page's form was accepted."""
    is_accepted = request.method == "POST" and response.status_code in (200, 303) and not g.get("replied")
    return response if not is_accepted or reply_here() is None else _without_reply(response)


def _without_reply(response: Response) -> Response:
    forget_reply(response)
    return response
