"""Deleting at the person's request: taking it down, agreeing as the second colleague, undoing it with a note."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.caller import shown_caller
from screening.desk.submissions.changes import none_where_gone, shown_revision
from screening.desk.submissions.opened import open_submission_page
from screening.desk.submissions.rendering import after_keeping, conflict_page, rejected_form
from screening.desk.submissions.restricted import restricted_page
from screening.forms.submitted_form import FormError
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import (
    Asking,
    Identity,
    SameColleagueError,
    agree,
    ask,
    identities_for,
    lift,
    needs_second_colleague,
    request_of,
)
from screening.storage.submissions.person.callers import Caller, caller_of
from screening.storage.submissions.record.events import events
from screening.storage.submissions.record.records import (
    ChangedMeanwhileError,
    Submission,
    open_submission,
    row_of,
)
from screening.wording.sharing.promise import promise_due_at

blueprint = Blueprint("deletion", __name__, url_prefix="/submissions")
MOST_TEXT = 4_000
"""Characters in a note."""
DAYS_TO_AGREE = 1
"""Working days that the second colleague has."""
CONFIRMED = {Identity.CALL_BACK: ("called_back",), Identity.EMAIL: ("told_code", "told_name", "told_day", "answered")}
"""What staff say that they did, by the way of identifying somebody; the word was checked at the call."""
Shown = str | Response | tuple[str, int]


class _NotConfirmedError(Exception):
    """In the latest call the word was not right, or there was none."""


@blueprint.get("/<submission_id>/deletion")
@for_roles(*READERS)
def form(submission_id: str) -> Shown:
    """Ask how the person was identified; where that was done already, show what it led to."""
    with current_store().reading() as transaction:
        is_asked = request_of(transaction, submission_id) is not None
    return _back(submission_id) if is_asked else _show(submission_id, [])


def _show(submission_id: str, errors: list[FormError]) -> str:
    opened = open_submission_page(submission_id)
    return render_template(
        "desk/deletion.html",
        opened=opened,
        contact=opened.submission.contact,
        speaker=shown_caller(opened),
        identities=identities_for(opened.submission.contact),
        needs_second=needs_second_colleague(opened.submission),
        errors=errors,
        chosen=request.form.get("identity", ""),
        ticked=frozenset(request.form),
    )


@blueprint.post("/<submission_id>/deletion")
@for_roles(*READERS)
def take_down(submission_id: str) -> Shown:
    """Take the request down, where the person was identified in one of the ways that are left for this one."""
    contact = open_submission_page(submission_id).submission.contact
    try:
        identity = Identity(request.form.get("identity", ""))
    except ValueError:
        identity = None
    if identity is None or identity not in identities_for(contact):
        return _refuse(submission_id, "identity", current_language().gettext("Say how the person was identified."))
    if any(name not in request.form for name in CONFIRMED.get(identity, ())):
        message = current_language().gettext("Each of these must be done. Where one was not, it is no request.")
        return _refuse(submission_id, "identity", message)
    try:
        return _ask(submission_id, identity)
    except _NotConfirmedError:
        message = current_language().gettext("In the latest call their word was not right. Check it at the call first.")
        return _refuse(submission_id, "identity", message)


def _refuse(submission_id: str, anchor: str, message: str) -> Shown:
    return _show(submission_id, [FormError(anchor, message)]), 400


def _ask(submission_id: str, identity: Identity) -> Shown:
    revision = shown_revision()
    asking = Asking(current_staff().id, identity, promise_due_at(now(), DAYS_TO_AGREE))

    def write(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, submission_id)
        if submission.row.revision != revision:
            raise ChangedMeanwhileError
        if identity is Identity.WORDS and not _caller(transaction, submission).is_confirmed:
            raise _NotConfirmedError
        ask(transaction, submission, asking)

    try:
        with none_where_gone(submission_id):
            current_store().write(write)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    return _back(submission_id)


def _caller(transaction: StoreTransaction, submission: Submission) -> Caller:
    return caller_of(events(transaction, submission), has_pair=submission.row.pair_sealed is not None)


def _back(submission_id: str) -> Response:
    return redirect(url_for("desk.page.page", submission_id=submission_id), 303)


@blueprint.post("/<submission_id>/deletion/agree")
@for_roles(*READERS)
def agree_to_it(submission_id: str) -> Shown:
    """Agree as the second colleague: from now on nobody reads it."""
    revision, who = shown_revision(), current_staff().id

    def write(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, submission_id)
        if submission.row.revision != revision:
            raise ChangedMeanwhileError
        agree(transaction, submission, who)

    try:
        with none_where_gone(submission_id):
            current_store().write(write)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    except SameColleagueError:
        message = current_language().gettext("You wrote it down yourself: another colleague must agree.")
        return rejected_form(submission_id, "deletion", message)
    return _back(submission_id)


@blueprint.post("/<submission_id>/deletion/undo")
@for_roles(*READERS)
def undo(submission_id: str) -> Shown:
    """Undo it, with the reason as a note."""
    revision, who = shown_revision(), current_staff().id
    note = request.form.get("undo_note", "").strip()[:MOST_TEXT]
    if not note:
        error = FormError("undo_note", current_language().gettext("Type why it is undone."))
        restricted = restricted_page(submission_id, (error,))
        return (restricted, 400) if restricted else rejected_form(submission_id, error.anchor, error.message)

    def write(transaction: StoreTransaction) -> None:
        row = row_of(transaction, submission_id)
        if row is not None and row.revision != revision:
            raise ChangedMeanwhileError
        lift(transaction, submission_id, who, note)

    try:
        with none_where_gone(submission_id):
            current_store().write(write)
    except ChangedMeanwhileError:
        restricted = restricted_page(submission_id, note=note)
        return (restricted, 409) if restricted else conflict_page(submission_id)
    return after_keeping(submission_id, {"undo_note"}, "head")
