"""What is done with a submission: taking it, its state, notes, what the clinic saw, an emergency on the call."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.config.notifications import NoticeEvent
from screening.desk.access.current_request import current_language, current_staff
from screening.desk.access.guard import READERS, for_roles
from screening.desk.submissions.caller import caller_at, may_tell, not_confirmed
from screening.desk.submissions.changes import Work, change_one, change_readable
from screening.desk.submissions.opened import ground_statuses_of, open_submission_page
from screening.desk.submissions.page import conflict_page, rejected_form
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.metrics.tallies import count
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.cipher import GoneError
from screening.storage.submissions.events import add_event
from screening.storage.submissions.outbox import queue
from screening.storage.submissions.records import ChangedMeanwhileError, State, Submission, change
from screening.wording.desk.call_script import hang_up
from screening.wording.desk.terms import REASONS

blueprint = Blueprint("actions", __name__, url_prefix="/submissions")

CHOSEN_STATES = (
    State.TRIED,
    State.IN_CONTACT,
    State.AWAITING_DOCUMENTS,
    State.WITH_CLINICIAN,
    State.CLOSED,
)
"""States that staff choose."""
REACHED = frozenset({State.IN_CONTACT, State.AWAITING_DOCUMENTS})
"""States that say that the person was reached."""
MOST_TEXT = 4_000
"""Characters in a note."""
MISREAD = "misread"
"""The name of the counts of questions that people misread."""
Shown = str | Response | tuple[str, int]


@blueprint.post("/<submission_id>/take")
@for_roles(*READERS)
def take(submission_id: str) -> Shown:
    """Take it."""
    return _assign(submission_id, current_staff().id, "taken")


@blueprint.post("/<submission_id>/hand-back")
@for_roles(*READERS)
def hand_back(submission_id: str) -> Shown:
    """Hand it back to everybody."""
    return _assign(submission_id, None, "handed_back")


def _assign(submission_id: str, assignee: str | None, happened: str) -> Shown:
    """Say who has it; None: nobody."""
    who = current_staff().id

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission, assignee_id=assignee)
        add_event(transaction, submission, happened, {}, who)

    return _perform(submission_id, happened, work, "doing")


def _perform(submission_id: str, action: str, work: Work, anchor: str) -> Shown:
    """Do it and show the submission, or say what somebody else did meanwhile."""
    try:
        change_one(submission_id, action, work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id, _form_values())
    return redirect(url_for("desk.page.page", submission_id=submission_id, _anchor=anchor), 303)


def _form_values() -> dict[str, str]:
    return {name: value for name, value in request.form.items() if name not in ("csrf_token", "revision")}


def _text(name: str) -> str:
    return request.form.get(name, "").strip()[:MOST_TEXT]


@blueprint.post("/<submission_id>/state")
@for_roles(*READERS)
def state(submission_id: str) -> Shown:
    """Say where it stands."""
    who, chosen, reason = current_staff().id, request.form.get("state", ""), request.form.get("reason", "")
    if chosen not in CHOSEN_STATES:
        abort(400)
    if chosen == State.CLOSED and reason not in REASONS:
        message = current_language().gettext("Say why it is closed.")
        return rejected_form(submission_id, "reason", message, _form_values())
    if chosen == State.AWAITING_DOCUMENTS and not may_tell(caller_at(open_submission_page(submission_id))):
        return rejected_form(submission_id, "call-who", not_confirmed(), _form_values())

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        moment, tries = now(), (submission.row.tries or 0) + (chosen == State.TRIED)
        reached = chosen in REACHED and submission.row.contacted_at is None
        change(
            transaction,
            submission,
            state=chosen,
            tries=tries,
            reason=reason if chosen == State.CLOSED else None,
            ended_at=moment if chosen == State.CLOSED else None,
            contacted_at=moment if reached else submission.row.contacted_at,
        )
        detail = {"state": chosen, "tries": tries} | ({"reason": reason} if chosen == State.CLOSED else {})
        add_event(transaction, submission, "state", detail, who)
        if chosen == State.CLOSED != submission.row.state:
            queue(transaction, submission.id, NoticeEvent.CLOSED)

    return _perform(submission_id, f"state_{chosen}", work, "doing")


@blueprint.post("/<submission_id>/note")
@for_roles(*READERS)
def note(submission_id: str) -> Shown:
    """Keep a note."""
    who, text = current_staff().id, _text("note")
    if not text:
        return rejected_form(submission_id, "note", current_language().gettext("Type the note."), _form_values())

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(transaction, submission, "note", {"text": text}, who)

    return _perform(submission_id, "noted", work, "feed")


@blueprint.post("/<submission_id>/emergency")
@for_roles(*READERS)
def emergency(submission_id: str) -> Shown:
    """Note an emergency on the call, and show what to say; that is shown even where it could not be noted."""
    try:
        note_emergency(submission_id)
    except (*NOT_USABLE, ChangedMeanwhileError, GoneError):
        return _what_to_say(submission_id, noted=False)
    return redirect(url_for("desk.actions.what_to_say", submission_id=submission_id), 303)


def note_emergency(submission_id: str) -> None:
    """Put a submission first because of an emergency on the call, whatever somebody else did meanwhile.

    `GoneError` where there is nothing to put first any more.
    """
    who = current_staff().id

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(
            transaction,
            submission,
            call_first=(submission.row.call_first or 0) + 1,
            contacted_at=submission.row.contacted_at or now(),
        )
        add_event(transaction, submission, "emergency", {}, who)

    change_readable(submission_id, "emergency", work, any_revision=True)


@blueprint.get("/<submission_id>/emergency")
@for_roles(*READERS)
def what_to_say(submission_id: str) -> Shown:
    """Show what is said in an emergency, and nothing else."""
    return _what_to_say(submission_id, noted=True)


def _what_to_say(submission_id: str, *, noted: bool) -> str:
    script = hang_up(current_service().rules.rule_set, current_language())
    return render_template("desk/emergency.html", script=script, submission_id=submission_id, noted=noted)


@blueprint.post("/<submission_id>/seen")
@for_roles(*READERS)
def seen_otherwise(submission_id: str) -> Shown:
    """Keep that the clinic saw something else than the answers said, and count the question."""
    who, text = current_staff().id, _text("seen")
    ground, _, question = request.form.get("ground", "").partition("/")
    opened = open_submission_page(submission_id)
    known = opened.rules.rule_set.ground
    if ground not in known or question not in ground_statuses_of(opened.context).questions(ground):
        return rejected_form(
            submission_id, "ground", current_language().gettext("Choose what the clinic saw otherwise."), _form_values()
        )
    if not text:
        return rejected_form(
            submission_id, "seen", current_language().gettext("Type what the clinic saw."), _form_values()
        )

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(
            transaction, submission, "seen_otherwise", {"ground": ground, "question": question, "text": text}, who
        )
        count(transaction, MISREAD, question)

    return _perform(submission_id, "seen_otherwise", work, "feed")
