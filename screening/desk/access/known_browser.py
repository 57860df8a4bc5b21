"""A browser in which somebody signed in before: it may try again whatever strangers do to the name meanwhile.

After the device cookies of OWASP ("Slow Down Online Guessing Attacks with Device Cookies"). The cookie is sealed and
names a few accounts by their keys, for a clinic's people share machines; it opens nothing, and whoever steals it is
slowed down like everybody else.
"""

from __future__ import annotations

import json
import secrets
from datetime import timedelta

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from screening.crypto.box import SealError, open_sealed, seal
from screening.desk.access.current_request import now
from screening.runtime import current_service

LASTS = timedelta(days=90)
"""After the last sign-in."""
_PURPOSE = "known browser"
_MOST_NAMES = 8
_LONGEST_VALUE = 4_000
"""Characters in the cookie; a longer one is none of ours."""


def known_browser(name_key: str) -> str:
    """A random name of the present browser, if this account signed in there before; else empty."""
    browser, names = _known_browser()
    return browser if name_key in names else ""


def _known_browser() -> tuple[str, list[str]]:
    """The name of the present browser, and the accounts known in it, the last one first."""
    text = request.cookies.get(_cookie(), "")
    if len(text) > _LONGEST_VALUE:
        return "", []
    keys, at, longest = current_service().cookie_keys, int(now().timestamp()), int(LASTS.total_seconds())
    try:
        browser, *names = json.loads(open_sealed(text, keys, _PURPOSE, at, longest))
    except SealError:
        return "", []
    return browser, names


def remember_browser(response: BaseResponse, name_key: str) -> None:
    """Let this account be known in the present browser from now on."""
    if not isinstance(response, Response):
        raise TypeError
    browser, names = _known_browser()
    others = [name for name in names if name != name_key]
    members = [browser or secrets.token_hex(8), name_key, *others][: 1 + _MOST_NAMES]
    service = current_service()
    response.set_cookie(
        _cookie(),
        seal(json.dumps(members).encode(), service.cookie_keys, _PURPOSE, int(now().timestamp())),
        max_age=LASTS,
        secure=service.settings.https,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def _cookie() -> str:
    """With https, a name that browsers accept from this host and path alone."""
    return "__Host-known" if current_service().settings.https else "known"
