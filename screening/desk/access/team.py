"""Who works at the desk: a manager adds people, invites them anew, and lets them sign in no longer."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.crypto.passwords import hash_password
from screening.desk.access import current_request
from screening.desk.access.guard import for_roles
from screening.forms.submitted_form import FormError
from screening.storage.accounts.second_factor import APP_REPLACED
from screening.storage.accounts.staff import (
    Account,
    LastManagerError,
    NameTakenError,
    Role,
    account,
    accounts,
    add_staff,
    canonical_name,
    disable,
    reset,
)
from screening.storage.audit.lately import last_by_subject
from screening.storage.submissions.desk_list.handing_over import held_numbers
from screening.storage.submissions.record.reference_codes import new_invitation

blueprint = Blueprint("team", __name__)
Shown = str | Response | tuple[str, int]


@blueprint.get("/staff")
@for_roles(Role.MANAGER)
def team() -> Shown:
    """List everybody."""
    return _show([])


@blueprint.post("/staff")
@for_roles(Role.MANAGER)
def add() -> Shown:
    """Add somebody, and show the invitation for them this once."""
    name, role = canonical_name(request.form.get("name", "")), request.form.get("role", "")
    say = current_request.current_language().gettext
    if not name:
        return _show([FormError("name", say("Type a name."))], name, role), 400
    if role not in list(Role):
        return _show([FormError("role", say("Choose a role."))], name, role), 400
    store, by, invitation = current_request.current_store(), current_request.current_staff().id, new_invitation()
    hashed = hash_password(invitation)
    try:
        store.write(lambda transaction: add_staff(transaction, by, (name, Role(role)), hashed, invited=True))
    except NameTakenError:
        message = say("There is somebody called %(name)s already.", name=name)
        return _show([FormError("name", message)], name, role), 400
    return render_template("desk/invitation.html", name=name, invitation=invitation)


def _show(errors: list[FormError], name: str = "", role: str = "") -> str:
    with current_request.current_store().reading() as transaction:
        team_accounts = accounts(transaction)
        new_apps = last_by_subject(transaction, APP_REPLACED)
        held = held_numbers(transaction)
    return render_template(
        "desk/team.html",
        accounts=team_accounts,
        new_apps=new_apps,
        held=held,
        given=request.args.get("given", type=int),
        given_to=next((each.name for each in team_accounts if each.id == request.args.get("to")), ""),
        errors=errors,
        name=name,
        role=role,
        roles=list(Role),
    )


@blueprint.get("/staff/<staff_id>/disable")
@for_roles(Role.MANAGER)
def ask_to_switch_off(staff_id: str) -> Shown:
    """Say what disabling does, and ask once more."""
    with current_request.current_store().reading() as transaction:
        held = held_numbers(transaction).get(staff_id, 0)
    return render_template("desk/ask_to_disable.html", member=_account(staff_id), held=held)


@blueprint.post("/staff/<staff_id>/disable")
@for_roles(Role.MANAGER)
def switch_off(staff_id: str) -> Shown:
    """Let somebody sign in no longer, and offer to hand over what they have; the last manager stays."""
    member, store, by = _account(staff_id), current_request.current_store(), current_request.current_staff().id
    say = current_request.current_language().gettext
    if member.id == by:
        return _show([FormError("main", say("You cannot disable yourself."))]), 400
    try:
        store.write(lambda transaction: disable(transaction, by, member.id))
    except LastManagerError:
        message = say("%(name)s is the only manager. Add another one first.", name=member.name)
        return _show([FormError("main", message)]), 400
    with store.reading() as transaction:
        has_some = member.id in held_numbers(transaction)
    if has_some:
        return redirect(url_for("desk.handing_over.ask", staff_id=member.id), 303)
    return redirect(url_for("desk.team.team"), 303)


@blueprint.get("/staff/<staff_id>/reset")
@for_roles(Role.MANAGER)
def ask_to_invite_anew(staff_id: str) -> Shown:
    """Say what a new invitation does, and ask once more."""
    return render_template("desk/ask_to_invite.html", member=_account(staff_id))


@blueprint.post("/staff/<staff_id>/reset")
@for_roles(Role.MANAGER)
def invite_anew(staff_id: str) -> Shown:
    """Show a new invitation for somebody in place of password, app and recovery codes."""
    member, store, by, invitation = (
        _account(staff_id),
        current_request.current_store(),
        current_request.current_staff().id,
        new_invitation(),
    )
    hashed = hash_password(invitation)
    store.write(lambda transaction: reset(transaction, by, member.id, hashed))
    return render_template("desk/invitation.html", name=member.name, invitation=invitation)


def _account(staff_id: str) -> Account:
    with current_request.current_store().reading() as transaction:
        member = account(transaction, staff_id)
    return member or abort(404)
