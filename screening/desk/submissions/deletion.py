"""Deleting at the person's request: taking it down, agreeing as the second colleague, undoing it with a note."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.changes import change_one, none_where_gone, shown_revision
from screening.desk.submissions.opened import open_submission_page
from screening.desk.submissions.page import conflict_page, rejected_form
from screening.desk.submissions.restricted import restricted_page
from screening.forms.pages import FormError
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion_requests import (
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
from screening.storage.submissions.events import add_event
from screening.storage.submissions.records import (
    ChangedMeanwhileError,
    Submission,
    change,
    has_secret,
    open_submission,
    row_of,
)
from screening.wording.language.phrases import PhraseError, read_phrase
from screening.wording.sharing.promise import promise_due_at

blueprint = Blueprint("deletion", __name__, url_prefix="/submissions")
MOST_TEXT = 4_000
"""Characters in a note."""
DAYS_TO_AGREE = 1
"""Working days that the second colleague has."""
CONFIRMED = {Identity.CALL_BACK: ("called_back",), Identity.EMAIL: ("told_code", "told_name", "told_day", "answered")}
"""What staff say that they did, by the way of identifying somebody; the words are checked instead."""
Shown = str | Response | tuple[str, int]


class _WrongWordsError(Exception):
    """The words are not those of this submission."""


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
        secrets = read_phrase(request.form.get("phrase", "")) if identity is Identity.WORDS else ()
        return _ask(submission_id, identity, secrets)
    except PhraseError:
        message = current_language().gettext(
            "These are not the words of a phrase. Ask for them once more, word by word."
        )
        return _refuse(submission_id, "phrase", message)
    except _WrongWordsError:
        _note_wrong_words(submission_id)
        return _refuse(submission_id, "phrase", current_language().gettext("These are not the words of this one."))


def _refuse(submission_id: str, anchor: str, message: str) -> Shown:
    return _show(submission_id, [FormError(anchor, message)]), 400


def _ask(submission_id: str, identity: Identity, secrets: tuple[bytes, ...]) -> Shown:
    revision = shown_revision()
    asking = Asking(current_staff().id, identity, promise_due_at(now(), DAYS_TO_AGREE))

    def write(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, submission_id)
        if submission.row.revision != revision:
            raise ChangedMeanwhileError
        if identity is Identity.WORDS and not any(has_secret(transaction, submission.id, each) for each in secrets):
            raise _WrongWordsError
        ask(transaction, submission, asking)

    try:
        with none_where_gone(submission_id):
            current_store().write(write)
    except ChangedMeanwhileError:
        return conflict_page(submission_id, {})
    return _back(submission_id)


def _note_wrong_words(submission_id: str) -> None:
    who = current_staff().id

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(transaction, submission, "identity", {"right": False}, who)

    change_one(submission_id, "checked_identity", work, any_revision=True)


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
        return conflict_page(submission_id, {})
    except SameColleagueError:
        message = current_language().gettext("You took it down yourself: another colleague must agree.")
        return rejected_form(submission_id, "deletion", message, {})
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
        return (restricted, 400) if restricted else rejected_form(submission_id, error.anchor, error.message, {})

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
        return (restricted, 409) if restricted else conflict_page(submission_id, {"undo_note": note})
    return _back(submission_id)
