"""Who has a submission: taking it, handing it back to everybody, giving it to a colleague by name."""

from __future__ import annotations

from collections.abc import Collection

from flask import Blueprint, request
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.changes import Work, change_one
from screening.desk.submissions.rendering import after_keeping, conflict_page, rejected_form
from screening.storage.accounts.staff import accounts
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.handing_over import GIVEN, given_to
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import ChangedMeanwhileError, Submission, change

blueprint = Blueprint("assigning", __name__, url_prefix="/submissions")
Shown = str | Response | tuple[str, int]


@blueprint.post("/<submission_id>/take")
@for_roles(*READERS)
def take(submission_id: str) -> Shown:
    """Take it."""
    return _perform(submission_id, "taken", assigned_to(current_staff().id))


@blueprint.post("/<submission_id>/hand-back")
@for_roles(*READERS)
def hand_back(submission_id: str) -> Shown:
    """Hand it back to everybody."""
    return _perform(submission_id, "handed_back", assigned_to(None))


@blueprint.post("/<submission_id>/give")
@for_roles(*READERS)
def give(submission_id: str) -> Shown:
    """Give it to a colleague."""
    colleague = request.form.get("to", "")
    if colleague not in dict(colleagues()):
        return rejected_form(submission_id, "to", current_language().gettext("Choose to whom it is given."))
    return _perform(submission_id, given_to(colleague), assigned_to(colleague), {"to"})


def assigned_to(staff_id: str | None) -> Work:
    """What says who has a submission; None: nobody."""
    who = current_staff().id
    happened = "handed_back" if staff_id is None else "taken" if staff_id == who else GIVEN

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission, assignee_id=staff_id)
        add_event(transaction, submission, happened, {"to": staff_id} if happened == GIVEN else {}, who)

    return work


def _perform(submission_id: str, action: str, work: Work, kept: Collection[str] = ()) -> Shown:
    try:
        change_one(submission_id, action, work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    return after_keeping(submission_id, kept, "head")


def colleagues() -> list[tuple[str, str]]:
    """Whom something can be given to: id and name of those who read submissions, without whoever asks."""
    with current_store().reading() as transaction:
        people = accounts(transaction)
    return [
        (person.id, person.name)
        for person in people
        if person.active and person.role in READERS and person.id != current_staff().id
    ]
