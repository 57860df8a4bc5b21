"""Another authenticator app, set up by its owner: password and a code of the app until now, then a code of the new one.

The new secret is kept in the page alone, sealed for this one session, until the new app has shown that it reads it; up
to then the app of before goes on to count.
"""

from __future__ import annotations

import json

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.passwords import is_password
from screening.crypto.totp import new_secret
from screening.desk.access import current_request
from screening.desk.access.attempts import begin_attempt, end_attempt, guess_at_code, guess_at_password
from screening.desk.access.enrolment import qr_code, spelled
from screening.desk.access.guard import for_staff
from screening.desk.access.sign_in import demonstration_code
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.second_factor import accept_code, replace_app
from screening.storage.accounts.sessions import Stage, end_every_session
from screening.storage.accounts.staff import account
from screening.storage.store import StoreTransaction
from screening.wording.desk.accounts import wait_message

blueprint = Blueprint("other_app", __name__, url_prefix="/account/app")
Shown = str | Response | tuple[str, int]
_PURPOSE = "another app"
_LASTS = 20 * 60
"""Seconds to set it up."""


@blueprint.get("")
@for_staff
def ask() -> Shown:
    """Ask for the password and a code of the app until now."""
    return _ask([])


def _ask(errors: list[FormError]) -> str:
    return render_template("desk/ask_for_app.html", errors=errors, shown_code=demonstration_code())


@blueprint.post("")
@for_staff
def prove() -> Shown:
    """Read password and code; show the secret for the new app, which does not count yet."""
    staff, say = current_request.current_staff(), current_request.current_language().gettext
    by_password, by_code = guess_at_password(staff.name), guess_at_code(staff)
    if wait := begin_attempt(by_password) or begin_attempt(by_code):
        return _ask([FormError("current", wait_message(wait, current_request.current_language()))]), 429
    store, at, typed = current_request.current_store(), current_request.now(), request.form.get("code", "")
    with store.reading() as transaction:
        own = account(transaction, staff.id)
    has_password = is_password(own.password_hash if own else None, request.form.get("current", ""))
    has_code = has_password and store.write(lambda transaction: accept_code(transaction, staff.id, typed, at))
    end_attempt(by_password, right=has_code)
    if not has_code:
        return _ask([FormError("current", say("The password or the code is wrong. Wait for the next code."))]), 400
    end_attempt(by_code, right=True)
    return _show_secret(new_secret(), [])


@blueprint.post("/new")
@for_staff
def confirm() -> Shown:
    """Read a code of the new app; from then on it counts, and whoever is signed in elsewhere is out."""
    staff, say = current_request.current_staff(), current_request.current_language().gettext
    secret = _open(request.form.get("app", ""))
    if not secret:
        return redirect(url_for("desk.other_app.ask"), 303)
    guess = guess_at_code(staff)
    if wait := begin_attempt(guess):
        return _show_secret(secret, [FormError("code", wait_message(wait, current_request.current_language()))]), 429
    store, at, typed = current_request.current_store(), current_request.now(), request.form.get("code", "")

    def write(transaction: StoreTransaction) -> bool:
        if not replace_app(transaction, staff.id, secret, typed, at):
            return False
        end_every_session(transaction, staff.id)
        return True

    right = store.write(write)
    end_attempt(guess, right=right)
    if not right:
        message = say("This code does not fit. Check your telephone's clock and try the next.")
        return _show_secret(secret, [FormError("code", message)]), 400
    session = current_request.new_session(staff.id, Stage.SIGNED_IN)
    response = make_response(render_template("desk/app_replaced.html"))
    current_request.set_session(response, session)
    return response


def _show_secret(secret: str, errors: list[FormError]) -> str:
    members = {"session": current_request.session_cookie(), "secret": secret}
    at = int(current_request.now().timestamp())
    return render_template(
        "desk/other_app.html",
        errors=errors,
        picture=qr_code(secret),
        secret=spelled(secret),
        sealed=seal(json.dumps(members).encode(), current_service().cookie_keys, _PURPOSE, at),
    )


def _open(sealed: str) -> str:
    """The secret that was shown in this very session; empty where it was not."""
    at = int(current_request.now().timestamp())
    try:
        members = json.loads(open_sealed(sealed, current_service().cookie_keys, _PURPOSE, at, _LASTS))
    except SealError:
        return ""
    return str(members["secret"]) if members["session"] == current_request.session_cookie() else ""
