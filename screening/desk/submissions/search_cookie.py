"""What was typed into the field for finding: sealed in the browser for some minutes, in no address, history or log.

It is read by the page that lists what was found, as often as that is opened, and for whoever typed it alone.
"""

from __future__ import annotations

import json

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from screening.crypto.box import SealError, open_sealed, seal
from screening.desk.access.current_request import current_staff, now
from screening.runtime import current_service

KEPT_FOR = 10 * 60
"""Seconds in which somebody comes back from a submission to what they had found."""
LONGEST = 254
"""Characters: of an e-mail address; no name or number has as many."""
_PURPOSE = "desk search"


def keep_search(response: BaseResponse, typed: str) -> BaseResponse:
    """Let the browser keep what was typed."""
    if not isinstance(response, Response):
        raise TypeError
    members = {"owner": current_staff().id, "typed": typed[:LONGEST]}
    service, at = current_service(), int(now().timestamp())
    sealed = seal(json.dumps(members).encode(), service.cookie_keys, _PURPOSE, at)
    https = service.settings.https
    response.set_cookie(_name(), sealed, max_age=KEPT_FOR, secure=https, httponly=True, samesite="Strict", path="/")
    return response


def kept_search() -> str:
    """What the present person typed in the last minutes; empty where that is nothing."""
    service, at = current_service(), int(now().timestamp())
    try:
        content = open_sealed(request.cookies.get(_name(), ""), service.cookie_keys, _PURPOSE, at, KEPT_FOR)
    except SealError:
        return ""
    members = json.loads(content)
    return str(members["typed"]) if members["owner"] == current_staff().id else ""


def _name() -> str:
    """With https, a name that browsers accept from this host and path alone."""
    return "__Host-search" if current_service().settings.https else "search"
