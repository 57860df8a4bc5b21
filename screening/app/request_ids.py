"""An id for every request: on each page that tells of an error, in a header of each response, and in the log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask

from screening.logs.request_id import begin_request, end_request, request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"


def name_requests(app: Flask) -> None:
    """Give every request an id before anything else looks at it, and templates that of theirs as `request_id`."""
    app.wsgi_app = _NamingRequests(app.wsgi_app)  # type: ignore[method-assign]
    app.context_processor(lambda: {"request_id": request_id()})


class _NamingRequests:
    """Passes requests on, each with an id of its own."""

    def __init__(self, inner: WSGIApplication) -> None:
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        identity = begin_request()

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            return start_response(status, [*headers, (HEADER, identity)], *exc_info)

        return _Parts(self._inner(environ, start))


class _Parts:
    """A response as it is sent. With its end the id ends; where sending fails the server says so, with the id still."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts
        end_request()

    def close(self) -> None:
        """Let go of what the response holds."""
        if close := getattr(self._parts, "close", None):
            close()
