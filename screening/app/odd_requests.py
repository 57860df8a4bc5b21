"""Requests that no browser sends: refused with a page like every other error, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from screening.addresses import has_control_symbols

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ODD_HOST = "screening.odd_host"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::[0-9]{{1,5}})?")
"""A name in labels of at most 63 characters (RFC 1035, section 2.3.4), or an IPv6 address; with a port or without."""
_LONGEST_HOST = 253 + len(":65535")
_MOST = 2**31 - 1
"""The largest number that a column of whole numbers holds in every database."""


class _StorableNumber(IntegerConverter):
    """A number in an address, if it can be one of something that is stored; there is no page of any other."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=_MOST)


def refuse_odd_requests(app: Flask) -> None:
    """Answer 400 where the Host is no name of a host, or a path holds line ends and the like; 404 to numbers too large.

    Before any address is made.
    """
    app.url_map.converters["int"] = _StorableNumber
    app.wsgi_app = _CheckingHosts(app.wsgi_app)  # type: ignore[method-assign]

    @app.before_request
    def refuse() -> Response | None:
        if _ODD_HOST in request.environ or has_control_symbols(request.path):
            abort(400)
        return None


class _CheckingHosts:
    """Takes an odd Host away before the framework reads it: where it fails there, no page and no header is ours."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        host = environ.get("HTTP_HOST")
        if host and (len(host) > _LONGEST_HOST or not _HOST.fullmatch(host)):
            environ["HTTP_HOST"] = "localhost"
            environ[_ODD_HOST] = True
        return self._inner(environ, start_response)
