"""Telling a page that the file it offers came: a browser says so to no script, so the answer brings a cookie."""

from __future__ import annotations

import re

from flask import Response, request

from screening.runtime import current_service

PRESS = "press"
"""What names the press on a link or button, by chance; only pages with scripts send it."""
KEPT_FOR = 60
"""Seconds: as long as the page waits for it."""
_PRESS = re.compile(r"[0-9a-z]{1,12}")


def told_arrival(response: Response) -> Response:
    """The same answer, with the press that asked for it where there was one. Scripts read it; it says nothing else."""
    press = request.values.get(PRESS, "")
    if _PRESS.fullmatch(press):
        https = current_service().settings.https
        name = "__Host-arrived" if https else "arrived"
        response.set_cookie(name, press, max_age=KEPT_FOR, secure=https, samesite="Strict", path="/")
    return response
