"""What a disabled colleague still has, handed over by a manager, who sees how many there are and their codes alone."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access import current_request
from screening.desk.access.guard import READERS, for_roles
from screening.forms.submitted_form import FormError
from screening.storage.accounts.staff import Account, Role, account, accounts
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.handing_over import give_all, held_codes, held_numbers
from screening.storage.submissions.desk_list.list_groups import NOBODY

blueprint = Blueprint("handing_over", __name__)
MOST_CODES = 200
"""So many codes are listed; all that there are, are handed over."""
Shown = str | Response | tuple[str, int]


@blueprint.get("/staff/<staff_id>/hand-over")
@for_roles(Role.MANAGER)
def ask(staff_id: str) -> Shown:
    """Say how many there are, and ask to whom they go; where there are none any more, the page of the staff."""
    return _show(staff_id)


@blueprint.post("/staff/<staff_id>/hand-over")
@for_roles(Role.MANAGER)
def hand_over(staff_id: str) -> Shown:
    """Give all of them to whoever is chosen."""
    by, chosen = current_request.current_staff().id, request.form.get("receiver", "")

    def write(transaction: StoreTransaction) -> int | None:
        """Who may receive is asked in the same transaction: somebody else may disable them this very moment."""
        _holder(transaction, staff_id)
        if chosen != NOBODY and chosen not in {colleague.id for colleague in _receivers(transaction)}:
            return None
        return give_all(transaction, by, staff_id, None if chosen == NOBODY else chosen)

    given = current_request.current_store().write(write)
    if given is None:
        return _rejected(staff_id)
    return redirect(url_for("desk.team.team", given=given, to=chosen), 303)


def _rejected(staff_id: str) -> Shown:
    """The question once more, for nobody was chosen who may have them."""
    page = _show(staff_id, current_request.current_language().gettext("Choose who gets them."))
    return (page, 400) if isinstance(page, str) else page


def _show(staff_id: str, message: str = "") -> Shown:
    with current_request.current_store().reading() as transaction:
        holder = _holder(transaction, staff_id)
        number = held_numbers(transaction).get(staff_id, 0)
        codes = held_codes(transaction, staff_id, MOST_CODES)
        receivers = _receivers(transaction)
    if not number:
        return redirect(url_for("desk.team.team"), 303)
    errors = [FormError("receiver", message)] if message else []
    return render_template(
        "desk/hand_over.html",
        holder=holder,
        number=number,
        codes=codes,
        receivers=receivers,
        nobody=NOBODY,
        errors=errors,
    )


def _holder(transaction: StoreTransaction, staff_id: str) -> Account:
    """Somebody who can sign in no longer; who still can hands over what they have themselves."""
    holder = account(transaction, staff_id)
    return holder if holder and not holder.active else abort(404)


def _receivers(transaction: StoreTransaction) -> list[Account]:
    """Who may read submissions, and sign in."""
    return [colleague for colleague in accounts(transaction) if colleague.active and colleague.role in READERS]
