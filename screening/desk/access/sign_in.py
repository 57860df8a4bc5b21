"""Signing in and out: a password, then a code of the authenticator app or a recovery code."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.addresses import endpoint_of, has_control_symbols, own_page
from screening.crypto.passwords import hash_password, is_outdated, is_password
from screening.crypto.totp import code_at, step_at
from screening.desk.access import current_request
from screening.desk.access.attempts import begin_attempt, end_attempt, guess_at_code, guess_at_password
from screening.desk.access.guard import at_stage, for_anyone, for_staff, page_of
from screening.desk.access.known_browser import remember_browser
from screening.desk.access.unsent_form import UNSENT, open_unsent
from screening.desk.demonstration.accounts import DEMONSTRATION
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.second_factor import accept_code, app_secret, last_step, use_recovery_code
from screening.storage.accounts.sessions import Stage
from screening.storage.accounts.staff import Account, find_account, name_key, note_locked_accounts, store_password
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.store import StoreTransaction
from screening.wording.desk.accounts import wait_message

blueprint = Blueprint("sign_in", __name__)
Shown = str | Response | tuple[str, int]


@blueprint.get("/sign-in")
@for_anyone
def sign_in() -> Shown:
    """Ask for name and password."""
    return _ask_password("", [])


@blueprint.post("/sign-in")
@for_anyone
def check_password() -> Shown:
    """Read name and password; go on to what proves the rest."""
    name, password = request.form.get("name", ""), request.form.get("password", "")
    guess = guess_at_password(name)
    if wait := begin_attempt(guess):
        return _ask_password(name, [FormError("name", wait_message(wait, current_request.current_language()))]), 429
    with current_request.current_store().reading() as transaction:
        account = find_account(transaction, name)
    matches = is_password(account.password_hash if account and _is_usable(account, password) else None, password)
    if not account or not matches:
        end_attempt(guess, right=False)
        _note_failure(account)
        message = current_request.current_language().gettext(
            "Name or password is wrong, or the invitation has expired."
        )
        return _ask_password(name, [FormError("name", message)]), 400
    _hash_anew(account, password)
    stage = _stage_of(account)
    if stage is Stage.PASSWORD and _unsent():
        return _ask_code_with_unsent(account.id)
    return current_request.sign_in_stage(account.id, stage, url_for(page_of(stage), next=_next() or None))


def _unsent() -> str:
    """What was typed before somebody was signed out, sealed; it comes along from page to page."""
    return request.form.get(UNSENT, "")


def _ask_code_with_unsent(staff_id: str) -> Response:
    """Ask for the code at once: no redirect takes along what was typed."""
    session = current_request.new_session(staff_id, Stage.PASSWORD)
    response = make_response(_ask_code([]))
    current_request.set_session(response, session)
    return response


def _is_usable(account: Account, password: str) -> bool:
    """Whether an account lets anybody in; one that a demonstration made does so in demonstrations alone."""
    if password == DEMONSTRATION.password and not current_service().settings.demonstration:
        return False
    return account.active and not account.has_stale_invitation(current_request.now())


def _ask_password(name: str, errors: list[FormError]) -> str:
    session = current_request.current_session()
    signed_in = session is not None and session.stage is Stage.SIGNED_IN
    return render_template(
        "desk/sign_in.html", name=name, errors=errors, next=_next(), unsent=_unsent(), signed_in=signed_in
    )


def _stage_of(account: Account) -> Stage:
    if account.invited_until:
        return Stage.INVITED
    return Stage.PASSWORD if account.enrolled else Stage.ENROLLING


def _hash_anew(account: Account, password: str) -> None:
    """Keep the password hashed with today's parameters."""
    if not account.invited_until and is_outdated(account.password_hash):
        anew = hash_password(password)
        current_request.current_store().write(lambda transaction: store_password(transaction, account.id, anew))


def _note_failure(account: Account | None) -> None:
    store = current_request.current_store()
    if account and account.locked:
        store.write(note_locked_accounts)
    store.write(lambda transaction: add_entry(transaction, SERVICE, "sign_in_failed", account.id if account else ""))


def _next() -> str:
    """Where to go afterwards: a page of the desk, or nowhere."""
    typed = request.values.get("next", "")
    if has_control_symbols(typed):
        abort(400)
    return (own_page(typed) or "") if endpoint_of(typed).startswith("desk.") else ""


@blueprint.get("/sign-in/code")
@at_stage(Stage.PASSWORD)
def code() -> Shown:
    """Ask for a code of the app."""
    return _ask_code([])


@blueprint.post("/sign-in/code")
@at_stage(Stage.PASSWORD)
def check_code() -> Shown:
    """Read a code of the app, or a recovery code."""
    staff = current_request.current_staff()
    guess = guess_at_code(staff)
    if wait := begin_attempt(guess):
        return _ask_code([FormError("code", wait_message(wait, current_request.current_language()))]), 429
    typed = request.form.get("code", "")
    store, at = current_request.current_store(), current_request.now()

    def write(transaction: StoreTransaction) -> bool:
        by_app = accept_code(transaction, staff.id, typed, at)
        right = by_app or use_recovery_code(transaction, staff.id, typed, at)
        add_entry(transaction, staff.id, "signed_in" if right else "code_failed", staff.id)
        return right

    right = store.write(write)
    end_attempt(guess, right=right)
    if not right:
        message = current_request.current_language().gettext(
            "This code is wrong, or was used already. Wait for the next one."
        )
        return _ask_code([FormError("code", message)]), 400
    end_attempt(guess_at_password(staff.name), right=True)
    session = current_request.new_session(staff.id, Stage.SIGNED_IN)
    response = _first_page(staff.id)
    current_request.set_session(response, session)
    remember_browser(response, name_key(staff.name))
    return response


def _first_page(staff_id: str) -> Response:
    """What is shown after signing in: what could not be sent before, if there is such a thing, and where one was."""
    if unsent := open_unsent(_unsent(), staff_id):
        return make_response(render_template("desk/unsent.html", unsent=unsent))
    return redirect(_next() or url_for("desk.listing.index"), 303)


def _ask_code(errors: list[FormError]) -> str:
    return render_template(
        "desk/code.html", errors=errors, next=_next(), unsent=_unsent(), shown_code=demonstration_code()
    )


def demonstration_code() -> str:
    """In a demonstration the code that the app would show, since nobody has set one up; otherwise nothing."""
    if not current_service().settings.demonstration:
        return ""
    store, staff = current_request.current_store(), current_request.current_staff()
    with store.reading() as transaction:
        secret = app_secret(transaction, staff.id)
        used = last_step(transaction, staff.id)
    step = max(step_at(current_request.now()), (used or 0) + 1)
    return code_at(secret, step) if secret else ""


@blueprint.post("/sign-out")
@for_staff
def sign_out() -> Shown:
    """End the session."""
    store, staff = current_request.current_store(), current_request.current_staff()
    store.write(lambda transaction: add_entry(transaction, staff.id, "signed_out", staff.id))
    return current_request.end_session_response(url_for("desk.sign_in.sign_in"))
