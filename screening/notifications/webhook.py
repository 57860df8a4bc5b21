"""Notices as JSON posted to an address, signed so that the receiver knows from whom and when they come.

The signature is the HMAC-SHA256, with the shared key, of the header `Screening-Timestamp`, a dot and the body. A
receiver refuses what is older than some minutes, and what it has seen by its `id`.
"""

from __future__ import annotations

import hmac
import http.client
import json
import ssl
import time
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from screening.config.notifications import Webhook

TIMEOUT = 20
"""Seconds."""


class RefusedError(OSError):
    """The receiver did not answer with a success."""


def post_webhook(settings: Webhook, members: Mapping[str, str]) -> None:
    """Post it once, following no redirect; raises `OSError` where that fails."""
    body = json.dumps(members, separators=(",", ":"), sort_keys=True).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "Screening-Timestamp": timestamp,
        "Screening-Signature": signature(settings.key, timestamp, body),
    }
    parts = urlsplit(settings.url)
    host = str(parts.hostname)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, parts.port, timeout=TIMEOUT, context=context
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
        status = connection.getresponse().status
    except (http.client.HTTPException, UnicodeError) as error:  # an address may hold what no request can
        raise RefusedError(type(error).__name__) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise RefusedError(f"status {status}")


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What the header `Screening-Signature` holds."""
    return "sha256=" + hmac.new(key.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()
