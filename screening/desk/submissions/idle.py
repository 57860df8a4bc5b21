"""What will be deleted because nothing happens to it: listed for everybody, put off by a manager with a reason."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import for_roles, for_staff
from screening.desk.submissions.changes import none_where_gone, shown_revision
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.staff import Role, accounts
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.idle import find_listed, listed_idle, postpone, shown_idle
from screening.storage.submissions.record.records import ChangedMeanwhileError
from screening.wording.desk.idle import IdleInWords, idle_in_words, idle_notice

blueprint = Blueprint("idle", __name__, url_prefix="/idle")
ON_A_PAGE = 200
"""Of more the first are shown: those come next, once something is done with these."""
LEAST_TEXT = 10
"""Characters in a reason: "ok" is none."""
MOST_TEXT = 1_000
"""Characters in a reason."""
Shown = str | Response | tuple[str, int]


@blueprint.get("/")
@for_staff
def index() -> str:
    """List what will be deleted within the month; a manager, who reads nothing of it, is shown codes and days."""
    with current_store().reading() as transaction:
        names = _names(transaction)
        number = len(listed_idle(transaction, now()))
        shown = [
            idle_in_words(submission, names, current_language())
            for submission in shown_idle(transaction, now(), ON_A_PAGE)
        ]
    return render_template(
        "desk/idle.html",
        rows=shown,
        more=number - len(shown),
        days=current_service().settings.keep_idle_days,
        may_postpone=current_staff().role is Role.MANAGER,
        changed="changed" in request.args,
        put_off="put_off" in request.args,
    )


def _names(transaction: StoreTransaction) -> dict[str, str]:
    return {account.id: account.name for account in accounts(transaction)}


@blueprint.get("/<submission_id>")
@for_roles(Role.MANAGER)
def ask_to_postpone(submission_id: str) -> Shown:
    """Say what putting it off does, and ask for the reason."""
    return _show(submission_id)


def _show(submission_id: str, message: str = "", reason: str = "") -> str:
    errors = [FormError("reason", message)] if message else []
    return render_template(
        "desk/postpone.html",
        one=_idle_or_back(submission_id),
        days=current_service().settings.keep_idle_days,
        errors=errors,
        reason=reason,
    )


def _idle_or_back(submission_id: str) -> IdleInWords:
    """One that is listed; back to the list where it is not, or no more."""
    with current_store().reading() as transaction:
        shown, names = find_listed(transaction, submission_id, now()), _names(transaction)
    return idle_in_words(shown, names, current_language()) if shown else abort(_back_to_list())


def _back_to_list() -> Response:
    return redirect(url_for("desk.idle.index", changed=1), 303)


@blueprint.post("/<submission_id>")
@for_roles(Role.MANAGER)
def put_off(submission_id: str) -> Shown:
    """Put it off, with the reason; where something happened to it meanwhile that has put it off already."""
    reason, revision, who = request.form.get("reason", "").strip()[:MOST_TEXT], shown_revision(), current_staff().id
    if len(reason) < LEAST_TEXT:
        message = current_language().gettext("Say why it must be kept, so that others understand it in half a year.")
        return _show(submission_id, message, reason), 400

    def write(transaction: StoreTransaction) -> None:
        shown = find_listed(transaction, submission_id, now())
        if shown is None or shown.listed.revision != revision:
            raise ChangedMeanwhileError
        postpone(transaction, shown.listed, who, reason, now())

    try:
        with none_where_gone(submission_id):
            current_store().write(write)
    except ChangedMeanwhileError:
        return _back_to_list()
    return redirect(url_for("desk.idle.index", put_off=1), 303)


def number_listed() -> int:
    """How many are listed."""
    with current_store().reading() as transaction:
        return len(listed_idle(transaction, now()))


def notice_of(submission_id: str) -> str:
    """What the page of a submission says of it; empty where it is not listed."""
    with current_store().reading() as transaction:
        shown = find_listed(transaction, submission_id, now())
    return idle_notice(shown.listed, current_language()) if shown else ""
