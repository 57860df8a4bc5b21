"""Notices as JSON posted to an address, signed so that the receiver knows from whom and when they come.

Signed by the convention of https://www.standardwebhooks.com (specification 1.0.0), so that receivers can use its
libraries: `webhook-id` names the notice and stays the same where it is tried again, `webhook-timestamp` is when this
try was made in seconds of Unix time, and `webhook-signature` is `v1,` and the base64 of the HMAC-SHA256 of
"id.timestamp.body". The headers of before, `Screening-Timestamp` and `Screening-Signature`, are sent beside them for
one version longer.
"""

from __future__ import annotations

import hmac
import http.client
import json
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import SplitResult, urlsplit

from screening.config.notifications import Webhook
from screening.notifications.deadline import Deadline
from screening.notifications.failures import NotDeliveredError, connection_failure
from screening.storage.submissions.notices.outbox import DeliveryFailure


def post_webhook(settings: Webhook, identity: str, members: Mapping[str, str]) -> None:
    """Post it once, following no redirect; raises `NotDeliveredError` unless the receiver answered with a success.

    What stands in the answer beside its status is not read. `identity`: names the notice, the same each time that it
    is tried; no dot may stand in it.
    """
    body = json.dumps(members, separators=(",", ":"), sort_keys=True).encode()
    headers = {"Content-Type": "application/json", **_signed(settings, identity, str(int(time.time())), body)}
    parts = urlsplit(settings.url)
    with Deadline() as deadline:
        connection = _connected(parts, deadline)
        try:
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
            status = connection.getresponse().status
        except (http.client.RemoteDisconnected, OSError) as error:
            raise NotDeliveredError(connection_failure(error, deadline, DeliveryFailure.CUT)) from error
        except (http.client.InvalidURL, UnicodeError) as error:  # an address may hold what no request can
            raise NotDeliveredError(DeliveryFailure.ADDRESS_NOT_ENCODABLE) from error
        except http.client.HTTPException as error:
            failure = DeliveryFailure.TOO_SLOW if deadline.has_passed else DeliveryFailure.NOT_UNDERSTOOD
            raise NotDeliveredError(failure) from error
        finally:
            connection.close()
    if not 200 <= status < 300:
        raise NotDeliveredError(_REFUSALS.get(status // 100, DeliveryFailure.NOT_UNDERSTOOD), status)


_REFUSALS = {3: DeliveryFailure.REDIRECTED, 4: DeliveryFailure.REQUEST_REFUSED, 5: DeliveryFailure.RECEIVER_FAILED}
"""What a status that is no success says, by its first digit."""


def _connected(parts: SplitResult, deadline: Deadline) -> http.client.HTTPConnection:
    """A connection that is there, encrypted where the address says so."""
    host = str(parts.hostname)
    is_encrypted = parts.scheme == "https"
    kind = http.client.HTTPSConnection if is_encrypted else http.client.HTTPConnection
    connection = kind(host, parts.port)
    try:
        bare = connection.sock = deadline.connect(host, connection.port)
        if is_encrypted:
            connection.sock = ssl.create_default_context().wrap_socket(bare, server_hostname=host)
    except (OSError, UnicodeError) as error:
        connection.close()
        raise NotDeliveredError(connection_failure(error, deadline, DeliveryFailure.UNREACHABLE)) from error
    return connection


def _signed(settings: Webhook, identity: str, timestamp: str, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows who sent this body, and when."""
    return {
        "webhook-id": identity,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(settings.secret, identity, timestamp, body),
        "Screening-Timestamp": timestamp,
        "Screening-Signature": earlier_signature(settings.key, timestamp, body),
    }


def signature(secret: bytes, identity: str, timestamp: str, body: bytes) -> str:
    """What the header `webhook-signature` holds."""
    digest = hmac.new(secret, f"{identity}.{timestamp}.".encode() + body, sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def earlier_signature(key: str, timestamp: str, body: bytes) -> str:
    """What the header `Screening-Signature` holds, whose receivers know the key as the setting spells it."""
    return "sha256=" + hmac.new(key.encode(), f"{timestamp}.".encode() + body, sha256).hexdigest()
