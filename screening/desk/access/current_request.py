"""The present request of somebody at the desk: who it is, their session and its cookie, the time, the language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response, g, redirect, request
from flask import session as form_session
from werkzeug.wrappers import Response as BaseResponse

from screening.runtime import current_service
from screening.storage.accounts.sessions import (
    Session,
    Stage,
    begin_session,
    end_session,
    find_session,
    sweep_sessions,
    touch_session,
)
from screening.storage.accounts.staff import Role
from screening.storage.database import clock
from screening.storage.store import Store, StoreTransaction
from screening.wording.language.languages import SOURCE_LANGUAGE, Language, language

_OWNER = "staff"
_LONGEST_VALUE = 100
"""Characters in the cookie; a longer one is none of ours."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who sent the present request."""

    id: str
    name: str
    role: Role


def current_store() -> Store:
    """Where everything is kept; the desk is there only where sharing is on."""
    store = current_service().store
    if store is None:
        raise LookupError("sharing is off")
    return store


def current_language() -> Language:
    """The language of the desk."""
    return language(SOURCE_LANGUAGE)


def now() -> datetime:
    """The time of the present request, the same however often it is asked."""
    if "desk_now" not in g:
        g.desk_now = clock.now()
    moment: datetime = g.desk_now
    return moment


def current_staff() -> Staff:
    """Who sent the present request; a view that the guard lets through always has one."""
    session = current_session()
    if session is None:
        raise LookupError("nobody is signed in")
    return Staff(session.account.id, session.account.name, session.account.role)


def current_session() -> Session | None:
    """The session of the present request, however far it has come."""
    if "desk_session" not in g:
        g.desk_session = _read_session()
    session: Session | None = g.desk_session
    return session


def _read_session() -> Session | None:
    value = session_cookie()
    if not value:
        return None
    store = current_store()
    with store.reading() as transaction:
        session = find_session(transaction, value, now())
    if session and session.is_stale(now()) and not g.get("desk_unattended"):
        store.write(lambda transaction: touch_session(transaction, value, now()))
        return replace(session, seen_at=now())
    return session


def seconds_left() -> int:
    """Until the present session is over if nobody opens a page; 0 where there is none."""
    session = current_session()
    return max(0, int((session.ends_at - now()).total_seconds())) if session else 0


def forget_read_session() -> None:
    """Read the session anew when it is asked for next."""
    g.pop("desk_session", None)


def sign_in_stage(staff_id: str, stage: Stage, target: str) -> BaseResponse:
    """Go on at another stage, in a session of its own: the one before is over, and so are its forms."""
    response = redirect(target, 303)
    set_session(response, new_session(staff_id, stage))
    return response


def new_session(staff_id: str, stage: Stage) -> str:
    """The cookie's value of a new session that takes the place of the present one."""
    store, value, at = current_store(), _value(), now()

    def write(transaction: StoreTransaction) -> str:
        sweep_sessions(transaction, at)
        if value:
            end_session(transaction, value)
        return begin_session(transaction, staff_id, stage, at)

    return _begin_forms(store.write(write), staff_id)


def _begin_forms(value: str, staff_id: str) -> str:
    """From here on forms are made for a new session; who it is of is known even when it is over."""
    form_session.clear()
    form_session[_OWNER] = staff_id
    g.desk_cookie = value
    for outdated in ("csrf_token", "desk_session"):
        g.pop(outdated, None)
    return value


def last_owner() -> str:
    """The id of whoever signed in last in this browser, though the session may be over; empty where nobody did."""
    return str(form_session.get(_OWNER, ""))


def session_cookie() -> str:
    """The value by which this browser is known from now on; forms are made for it alone."""
    value: str = g.get("desk_cookie") or _value()
    return value


def set_session(response: BaseResponse, value: str) -> None:
    """Send the cookie of a session."""
    if not isinstance(response, Response):
        raise TypeError
    secure = current_service().settings.https
    response.set_cookie(_name(), value, secure=secure, httponly=True, samesite="Lax", path="/")


def end_session_response(target: str) -> BaseResponse:
    """End the present session and its cookie, and go elsewhere."""
    store, value = current_store(), _value()
    if value:
        store.write(lambda transaction: end_session(transaction, value))
    form_session.clear()
    response = redirect(target, 303)
    response.delete_cookie(_name(), secure=current_service().settings.https, httponly=True, samesite="Lax", path="/")
    return response


def _name() -> str:
    """With https, a name that browsers accept from this host and path alone."""
    return "__Host-desk" if current_service().settings.https else "desk"


def _value() -> str:
    value = request.cookies.get(_name(), "")
    return value if len(value) <= _LONGEST_VALUE else ""
