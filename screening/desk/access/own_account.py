"""One's own account: another password, or new recovery codes; either ends what is open elsewhere."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.crypto.passwords import hash_password, is_password, weakness
from screening.desk.access import current_request
from screening.desk.access.attempts import begin_attempt, end_attempt, guess_at_code, guess_at_password
from screening.desk.access.guard import for_staff
from screening.desk.access.sign_in import demonstration_code
from screening.forms.submitted_form import FormError
from screening.storage.accounts.second_factor import accept_code, new_recovery_codes, recovery_codes_left
from screening.storage.accounts.sessions import Stage, end_every_session
from screening.storage.accounts.staff import account, store_password
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.wording.desk.accounts import wait_message, weakness_message

blueprint = Blueprint("own_account", __name__, url_prefix="/account")
Shown = str | Response | tuple[str, int]


@blueprint.get("")
@for_staff
def page() -> Shown:
    """Show what can be changed."""
    return _show([])


def _show(errors: list[FormError]) -> str:
    with current_request.current_store().reading() as transaction:
        left = recovery_codes_left(transaction, current_request.current_staff().id)
    return render_template("desk/account.html", errors=errors, left=left, shown_code=demonstration_code())


@blueprint.post("/password")
@for_staff
def change_password() -> Shown:
    """Keep another password; whoever is signed in with the earlier one elsewhere is out."""
    staff, language, store = (
        current_request.current_staff(),
        current_request.current_language(),
        current_request.current_store(),
    )
    chosen, again = request.form.get("password", ""), request.form.get("again", "")
    if problem := weakness(chosen, staff.name):
        return _show([FormError("password", weakness_message(problem, language))]), 400
    if chosen != again:
        return _show([FormError("again", language.gettext("The two passwords differ."))]), 400
    guess = guess_at_password(staff.name)
    if wait := begin_attempt(guess):
        return _show([FormError("current", wait_message(wait, language))]), 429
    with store.reading() as transaction:
        own = account(transaction, staff.id)
    right = is_password(own.password_hash if own else None, request.form.get("current", ""))
    end_attempt(guess, right=right)
    if not right:
        return _show([FormError("current", language.gettext("This is not your password."))]), 400
    hashed = hash_password(chosen)

    def write(transaction: StoreTransaction) -> None:
        store_password(transaction, staff.id, hashed)
        end_every_session(transaction, staff.id)
        add_entry(transaction, staff.id, "password_chosen", staff.id)

    store.write(write)
    response = redirect(url_for("desk.own_account.page"), 303)
    current_request.set_session(response, current_request.new_session(staff.id, Stage.SIGNED_IN))
    return response


@blueprint.post("/recovery-codes")
@for_staff
def renew_codes() -> Shown:
    """Show new recovery codes, this once; the earlier ones no longer count."""
    staff, language, store, at = (
        current_request.current_staff(),
        current_request.current_language(),
        current_request.current_store(),
        current_request.now(),
    )
    typed = request.form.get("code", "")
    guess = guess_at_code(staff)
    if wait := begin_attempt(guess):
        return _show([FormError("code", wait_message(wait, language))]), 429

    def write(transaction: StoreTransaction) -> list[str]:
        if not accept_code(transaction, staff.id, typed, at):
            return []
        end_every_session(transaction, staff.id)
        return new_recovery_codes(transaction, staff.id)

    codes = store.write(write)
    end_attempt(guess, right=bool(codes))
    if not codes:
        message = language.gettext("This code is wrong, or was used already. Wait for the next one.")
        return _show([FormError("code", message)]), 400
    session = current_request.new_session(staff.id, Stage.SIGNED_IN)
    response = make_response(render_template("desk/recovery_codes.html", codes=codes))
    current_request.set_session(response, session)
    return response
