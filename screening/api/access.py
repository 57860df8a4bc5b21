"""Who may ask: this machine alone, or whoever has a key. An address that names no scope is refused."""

from __future__ import annotations

from ipaddress import ip_address

from flask import current_app, request

from screening.api.limits import Limiter
from screening.api.operations import BY_ID
from screening.api.problems import ProblemError
from screening.config.environment import LOCAL_ADDRESSES
from screening.network import request_network
from screening.runtime import current_service

_LIMITER = "screening api limiter"


def guard() -> None:
    """Let the present request through, or raise `ProblemError`."""
    name = (request.endpoint or "").partition(".")[2]
    if name not in BY_ID:
        raise ProblemError(403, "forbidden", "This address is open to nobody")
    _check_local()
    wait = _limiter().wait(request_network())
    if wait:
        raise ProblemError(429, "too_many", "Too many requests", headers={"Retry-After": str(wait)})


def _limiter() -> Limiter:
    """What counts the requests of this process."""
    extensions = current_app.extensions
    if _LIMITER not in extensions:
        extensions.setdefault(_LIMITER, Limiter(current_service().settings.api_per_minute))
    limiter: Limiter = extensions[_LIMITER]
    return limiter


def _check_local() -> None:
    """A page of a stranger that leads a browser here by a name of its own (DNS rebinding) is refused, too."""
    host = request.host.rpartition(":")[0] if not request.host.endswith("]") else request.host
    name = (host or request.host).strip("[]")
    if not _is_loopback(request.remote_addr or "") or name not in LOCAL_ADDRESSES:
        raise ProblemError(
            403, "forbidden", "This API is for this machine alone", detail="Ask it at 127.0.0.1 or localhost."
        )


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return ip.is_loopback
