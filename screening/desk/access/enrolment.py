"""The first sign-in: choosing a password in place of the invitation, and setting up the authenticator app."""

from __future__ import annotations

import segno
from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.crypto.passwords import hash_password, weakness
from screening.crypto.totp import address
from screening.desk.access import current_request
from screening.desk.access.attempts import begin_attempt, end_attempt, guess_at_code, guess_at_password
from screening.desk.access.guard import at_stage
from screening.desk.access.known_browser import remember_browser
from screening.desk.access.sign_in import demonstration_code
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.second_factor import accept_code, new_recovery_codes, prepare_app
from screening.storage.accounts.sessions import Stage
from screening.storage.accounts.staff import name_key, store_password
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.wording.desk.accounts import wait_message, weakness_message

blueprint = Blueprint("enrolment", __name__)
Shown = str | Response | tuple[str, int]


@blueprint.get("/sign-in/password")
@at_stage(Stage.INVITED)
def password() -> Shown:
    """Ask for a password of one's own."""
    return render_template("desk/password.html", errors=[], name=current_request.current_staff().name)


@blueprint.post("/sign-in/password")
@at_stage(Stage.INVITED)
def choose_password() -> Shown:
    """Keep the password that somebody chose; the invitation is used up."""
    chosen, again = request.form.get("password", ""), request.form.get("again", "")
    staff, language = current_request.current_staff(), current_request.current_language()
    problem = weakness(chosen, staff.name)
    if problem or chosen != again:
        message = weakness_message(problem, language) if problem else language.gettext("The two passwords differ.")
        error = FormError("password" if problem else "again", message)
        return render_template("desk/password.html", errors=[error], name=staff.name), 400
    store, hashed = current_request.current_store(), hash_password(chosen)

    def write(transaction: StoreTransaction) -> None:
        store_password(transaction, staff.id, hashed)
        add_entry(transaction, staff.id, "password_chosen", staff.id)

    store.write(write)
    return current_request.sign_in_stage(staff.id, Stage.ENROLLING, url_for("desk.enrolment.app"))


@blueprint.get("/sign-in/app")
@at_stage(Stage.ENROLLING)
def app() -> Shown:
    """Show the secret that the app needs, and ask for a first code."""
    return _show_secret([])


@blueprint.post("/sign-in/app")
@at_stage(Stage.ENROLLING)
def confirm_app() -> Shown:
    """Read the first code; sign in and show the recovery codes, this once."""
    staff = current_request.current_staff()
    guess = guess_at_code(staff)
    if wait := begin_attempt(guess):
        return _show_secret([FormError("code", wait_message(wait, current_request.current_language()))]), 429
    store, at, typed = current_request.current_store(), current_request.now(), request.form.get("code", "")

    def write(transaction: StoreTransaction) -> list[str]:
        if not accept_code(transaction, staff.id, typed, at):
            return []
        add_entry(transaction, staff.id, "signed_in", staff.id)
        return new_recovery_codes(transaction, staff.id)

    codes = store.write(write)
    end_attempt(guess, right=bool(codes))
    if not codes:
        message = current_request.current_language().gettext(
            "This code does not fit. Check your telephone's clock and try the next."
        )
        return _show_secret([FormError("code", message)]), 400
    end_attempt(guess_at_password(staff.name), right=True)
    session = current_request.new_session(staff.id, Stage.SIGNED_IN)
    response = make_response(render_template("desk/recovery_codes.html", codes=codes))
    current_request.set_session(response, session)
    remember_browser(response, name_key(staff.name))
    return response


def _show_secret(errors: list[FormError]) -> str:
    store, staff = current_request.current_store(), current_request.current_staff()
    secret = store.write(lambda transaction: prepare_app(transaction, staff.id))
    return render_template(
        "desk/app.html",
        errors=errors,
        picture=qr_code(secret),
        secret=spelled(secret),
        shown_code=demonstration_code(),
    )


def qr_code(secret: str) -> str:
    """The picture that an app reads, as the address of an image."""
    issuer = current_service().rules.rule_set.title
    drawn = segno.make(address(secret, current_request.current_staff().name, issuer), micro=False, error="m")
    return drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def spelled(secret: str) -> str:
    """A secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
