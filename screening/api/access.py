"""Who may ask: this machine alone, or whoever has a key. An address that names no scope is refused."""

from __future__ import annotations

from ipaddress import ip_address

from flask import current_app, g, request

from screening.api.limits import Limiter
from screening.api.operation import Scope
from screening.api.operations import BY_ID
from screening.api.problems import ProblemError
from screening.config.environment import LOCAL_ADDRESSES
from screening.config.settings import Api
from screening.network import request_network, take_turns_as
from screening.runtime import current_service
from screening.storage.accounts.api_keys import ApiKey, find_key, note_use
from screening.storage.accounts.request_pace import take_request
from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.store import Store

READERS = (Role.COORDINATOR, Role.CLINICIAN)
"""The roles of staff that read what people shared; a program reads as one of them."""
_LIMITER = "screening api limiter"


def guard() -> None:
    """Let the present request through, or raise `ProblemError`."""
    operation = BY_ID.get((request.endpoint or "").partition(".")[2])
    if operation is None:
        raise ProblemError(403, "forbidden", "This address is open to nobody")
    if current_service().settings.api is Api.LOCAL:
        _check_local()
    elif operation.scope is not None:
        g.api_key = key = _key_for(operation.scope)
        take_turns_as(f"key {key.id}")
        _count_key(key)
        return
    _count(request_network())


def present_key() -> ApiKey:
    """The key of the present request; where none is asked for, nothing that needs one is open."""
    key: ApiKey | None = g.get("api_key")
    if key is None:
        raise ProblemError(403, "forbidden", "This address needs a key")
    return key


def _count_key(key: ApiKey) -> None:
    """Count a request of a key, for all processes together; raise where there were too many."""
    service, moment = current_service(), now()
    if service.store is not None:
        per_minute = service.settings.api_per_minute
        _raise_if_too_many(service.store.write(lambda held: take_request(held, key.id, per_minute, moment)))


def _count(asker: str) -> None:
    """Count a request of somebody without a key, in this process; raise where there were too many.

    Not in the database: whoever has no key shall make nothing be written.
    """
    _raise_if_too_many(_limiter().wait(asker))


def _raise_if_too_many(wait: int) -> None:
    if wait:
        raise ProblemError(429, "too_many", "Too many requests", headers={"Retry-After": str(wait)})


def _key_for(scope: Scope) -> ApiKey:
    """The key that was sent, if it counts, here and for this scope; of one that does not, nothing is told."""
    store = current_service().store
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    key = None
    if store is not None and kind.lower() == "bearer":
        with store.reading() as transaction:
            key = find_key(transaction, token.strip())
    if store is None or key is None:
        _count(request_network())
        raise ProblemError(401, "key", "No key, or none that counts", headers={"WWW-Authenticate": "Bearer"})
    if not key.is_for(request.remote_addr or ""):
        raise ProblemError(403, "forbidden", "This key is for another network")
    if scope not in key.scopes:
        raise ProblemError(403, "forbidden", "This key is for something else", detail=f"It lacks the scope {scope}.")
    if scope is Scope.SUBMISSIONS and key.role not in READERS:
        raise ProblemError(403, "forbidden", "This key has no role that reads what people shared")
    _note_use(store, key)
    return key


def _note_use(store: Store, key: ApiKey) -> None:
    """Once a day."""
    today = now().date()
    if key.used_on != today.isoformat():
        store.write(lambda transaction: note_use(transaction, key.id, today))


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
