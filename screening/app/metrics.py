"""The page of numbers that a monitoring system reads, where there is one; and the time that every request took."""

from __future__ import annotations

import hmac
import time
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, g, request

from screening.config.settings import Settings, SettingsError
from screening.crypto.keys import KeyFileError, check_private
from screening.monitoring.meters import Meters
from screening.runtime import EXTENSION, Service

SETTING = "SCREENING_METRICS_TOKEN"
LEAST = 32
"""Characters of a token: of 16 random bytes in hexadecimal as many."""
TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
"""The media type of the text format of Prometheus."""


def meters_of(settings: Settings) -> Meters:
    """What listens to what this process does; nobody where no token is given."""
    if settings.metrics_token is None:
        return Meters()
    # Read when it is imported: whether counts of several processes are put together.
    from screening.monitoring.prometheus import PrometheusMeters  # noqa: PLC0415

    return PrometheusMeters()


def time_requests(app: Flask, meters: Meters) -> None:
    """Tell how long each request took. Comes before all that looks at requests, so that refused ones count too."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        meters.answered(request.endpoint or "", response.status_code, time.perf_counter() - g.began)
        return response


def serve_metrics(app: Flask) -> None:
    """Add the page to an application whose settings name a token."""
    service: Service = app.extensions[EXTENSION]
    if service.settings.metrics_token is None:
        return
    from screening.monitoring.prometheus import PrometheusMeters  # noqa: PLC0415 - see above
    from screening.monitoring.stored_numbers import StoredNumbers  # noqa: PLC0415 - the same

    digest = sha256(read_token(service.settings.metrics_token)).digest()
    numbers = StoredNumbers(service.store, service.settings.pace)
    meters = service.meters
    assert isinstance(meters, PrometheusMeters)  # noqa: S101 - `meters_of` made them by the same setting

    @app.get("/metrics", endpoint="metrics")
    def metrics() -> Response:
        """What this host counted, and how the store stands, for whoever has the token."""
        if not _is_allowed(digest):
            return Response("not allowed\n", 401, {"WWW-Authenticate": "Bearer"}, mimetype="text/plain")
        return Response(meters.exposition(numbers), content_type=TEXT_FORMAT)


def _is_allowed(digest: bytes) -> bool:
    """Compared as digests and in constant time: neither length nor beginning of the token can be told by the time."""
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(sha256(sent.strip().encode()).digest(), digest)


def read_token(path: Path) -> bytes:
    """The token in a file; raises `SettingsError` where it is none."""
    try:
        check_private(path)
        token = path.read_bytes().strip()
    except KeyFileError as error:
        raise SettingsError([f"{SETTING} is {path}: {error}."]) from None
    except OSError as error:
        raise SettingsError([f"{SETTING} is {path}. It cannot be read: {error.strerror}."]) from None
    if len(token) < LEAST or not token.isascii() or len(token.split()) != 1:
        raise SettingsError([f"{SETTING} is {path}. The file must hold {LEAST} characters or more, without spaces."])
    return token
