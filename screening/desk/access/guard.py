"""Who may open which page of the desk: nobody, unless the view itself says who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import abort, current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.addresses import present_address
from screening.desk.access import current_request
from screening.desk.access.unsent_form import page_behind, seal_unsent
from screening.storage.accounts.sessions import Stage
from screening.storage.accounts.staff import Role

READERS = (Role.COORDINATOR, Role.CLINICIAN)
"""Who reads what people sent; a manager needs none of it."""
View = TypeVar("View", bound=Callable[..., Any])
_NEEDS = "desk_needs"


@dataclass(frozen=True, slots=True)
class AccessRule:
    """What a view asks of who opens it."""

    stage: Stage | None
    """How far they must have come; None: nothing is asked of anybody."""
    roles: frozenset[Role] = frozenset()
    is_unattended: bool = False
    """Whether a page asks by itself: then nobody need be there, and the session lasts no longer for it."""


def for_anyone(view: View) -> View:
    """A view that needs no sign-in."""
    return _declare(view, AccessRule(None))


def at_stage(stage: Stage) -> Callable[[View], View]:
    """A view on the way of signing in."""
    return lambda view: _declare(view, AccessRule(stage))


def for_roles(*roles: Role) -> Callable[[View], View]:
    """A view for those who are signed in and have one of these roles."""
    return lambda view: _declare(view, AccessRule(Stage.SIGNED_IN, frozenset(roles)))


def for_staff(view: View) -> View:
    """A view for everybody who is signed in."""
    return _declare(view, AccessRule(Stage.SIGNED_IN, frozenset(Role)))


def unattended(view: View) -> View:
    """A view that a page asks by itself, beside the rule that says for whom."""
    return _declare(view, replace(getattr(view, _NEEDS), is_unattended=True))


def _declare(view: View, needs: AccessRule) -> View:
    setattr(view, _NEEDS, needs)
    return view


def access_rule_of(view: Callable[..., Any]) -> AccessRule | None:
    """What a view says about who may open it; None: it says nothing."""
    return getattr(view, _NEEDS, None)


def guard() -> Response | None:
    """Let the present request through, send it to where it has to sign in, or refuse it."""
    needs = access_rule_of(current_app.view_functions[request.endpoint or ""])
    if needs is None:
        abort(403)
    if needs.stage is None:
        return None
    g.desk_unattended = needs.is_unattended
    session = current_request.current_session()
    if session is None:
        return _ask_to_sign_in()
    if session.stage is not needs.stage:
        return redirect(url_for(page_of(session.stage)), 303)
    if needs.roles and current_request.current_staff().role not in needs.roles:
        abort(403)
    return None


def _ask_to_sign_in() -> Response:
    """The way to sign in; what was typed into a form comes along, sealed, and is not done before it is sent again."""
    target = present_address() if request.method == "GET" else page_behind(request.view_args or {})
    if request.method == "POST" and (sealed := seal_unsent()):
        page = render_template("desk/sign_in.html", name="", errors=[], next=target, unsent=sealed, signed_in=False)
        return make_response(page, 403)
    return redirect(url_for("desk.sign_in.sign_in", next=target), 303)


def page_of(stage: Stage) -> str:
    """Where somebody goes on who has come so far."""
    pages = {
        Stage.INVITED: "desk.enrolment.password",
        Stage.ENROLLING: "desk.enrolment.app",
        Stage.PASSWORD: "desk.sign_in.code",
        Stage.SIGNED_IN: "desk.listing.index",
    }
    return pages[stage]
