"""What is done with a submission: notes, who is calling, what the clinic saw, an emergency on the call."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.access.typed_fields import Fields, typed_fields
from screening.desk.submissions.changes import Work, change_one, change_readable, shown_revision
from screening.desk.submissions.opened import ground_statuses_of, open_submission_page
from screening.desk.submissions.rendering import after_keeping, conflict_page, rejected_form, their_language
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.statistics.tallies import count
from screening.storage.store import NOT_USABLE, StoreTransaction
from screening.storage.submissions.assessments.heard import SIGNS, with_heard
from screening.storage.submissions.next_steps.standing import (
    EMERGENCY,
    EMERGENCY_TAKEN_BACK,
    place,
    standing_of,
    take_emergency_back,
    undoable,
)
from screening.storage.submissions.next_steps.steps import after_emergency
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import Event, add_event, events
from screening.storage.submissions.record.records import ChangedMeanwhileError, Submission, change, open_submission
from screening.wording.desk.call_script import HangUp, hang_up
from screening.wording.language.languages import Language
from screening.wording.language.languages import language as language_of

blueprint = Blueprint("actions", __name__, url_prefix="/submissions")

MOST_TEXT = 4_000
"""Characters in a note."""
MOST_SIGNS = 40
"""Signs in one form: more than any rule file asks for at once."""
_SIGN = re.compile("[a-z0-9_]{1,64}/[a-z0-9_]{1,64}")
MISREAD = "misread"
"""The name of the counts of questions that people misread."""
Shown = str | Response | tuple[str, int]


def _perform(submission_id: str, action: str, work: Work, kept: Collection[str], anchor: str) -> Shown:
    """Do it and show the submission, or say what somebody else did meanwhile. `kept`: the fields that it takes."""
    try:
        change_one(submission_id, action, work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    return after_keeping(submission_id, kept, anchor)


def _text(name: str) -> str:
    return request.form.get(name, "").strip()[:MOST_TEXT]


@blueprint.post("/<submission_id>/note")
@for_roles(*READERS)
def note(submission_id: str) -> Shown:
    """Keep a note."""
    who, text = current_staff().id, _text("note")
    if not text:
        return rejected_form(submission_id, "note", current_language().gettext("Type the note."))

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(transaction, submission, "note", {"text": text}, who)

    return _perform(submission_id, "noted", work, {"note"}, "feed")


@blueprint.post("/<submission_id>/emergency")
@for_roles(*READERS)
def emergency(submission_id: str) -> Shown:
    """Note an emergency on the call, and show what to say; that is shown even where it could not be noted."""
    try:
        note_emergency(submission_id, _signs())
    except (*NOT_USABLE, ChangedMeanwhileError, GoneError):
        return _what_to_say(submission_id, noted=False, left=typed_fields())
    return after_emergency_noted(submission_id, {"note", SIGNS})


def after_emergency_noted(submission_id: str, kept: Collection[str]) -> Shown:
    """Show what to say; what was typed beside the fields `kept` goes along, and is shown on the way back."""
    if left := typed_fields(kept):
        return _what_to_say(submission_id, noted=True, left=left)
    return redirect(url_for("desk.actions.what_to_say", submission_id=submission_id), 303)


def _signs() -> tuple[str, ...]:
    """The warning signs that were ticked, as `question/option`."""
    return tuple(sign for sign in request.form.getlist(SIGNS)[:MOST_SIGNS] if _SIGN.fullmatch(sign))


def note_emergency(submission_id: str, signs: tuple[str, ...] = ()) -> None:
    """Put a submission first because of an emergency on the call, whatever somebody else did meanwhile.

    `signs`: what was heard; it stands apart from what the person gave. The same form sent twice notes it once.
    `GoneError` where there is nothing to put first any more.
    """
    who, text, revision = current_staff().id, _text("note"), shown_revision()

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        moment = now()
        if _is_noted(events(transaction, submission), revision, (who, list(signs), text)):
            return
        before = undoable(submission)
        standing = after_emergency(standing_of(submission), moment)
        place(
            transaction,
            submission,
            standing,
            row=with_heard(submission.row_members, signs),
            call_first=(submission.row.call_first or 0) + 1,
            contacted_at=submission.row.contacted_at or moment,
            **({"reason": None, "ended_at": None} if submission.row.ended_at else {}),
        )
        detail = before | {SIGNS: list(signs)} | ({"text": text} if text else {})
        add_event(transaction, submission, EMERGENCY, detail, who)

    change_readable(submission_id, "emergency", work, any_revision=True)


def _is_noted(happened: Sequence[Event], revision: int, noted: tuple[str, list[str], str]) -> bool:
    """Whether the latest that happened is this very emergency, noted from a form that was shown before it."""
    last = happened[0] if happened else None
    if last is None or last.kind != EMERGENCY or last.revision is None or last.revision <= revision:
        return False
    return noted == (last.by, last.detail.get(SIGNS), last.detail.get("text", ""))


@blueprint.post("/<submission_id>/emergency/mistake")
@for_roles(*READERS)
def no_emergency(submission_id: str) -> Shown:
    """Take an emergency back that was none, with a note: what was next before is next again."""
    who, text = current_staff().id, _text("mistake")
    if not text:
        message = current_language().gettext("Say why it was no emergency.")
        return rejected_form(submission_id, "mistake", message)

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        if not take_emergency_back(transaction, submission, text, who):
            raise ChangedMeanwhileError

    return _perform(submission_id, EMERGENCY_TAKEN_BACK, work, {"mistake"}, "head")


@blueprint.get("/<submission_id>/emergency")
@for_roles(*READERS)
def what_to_say(submission_id: str) -> Shown:
    """Show what is said in an emergency, and nothing else."""
    return _what_to_say(submission_id, noted=True)


def _what_to_say(submission_id: str, *, noted: bool, left: Fields | None = None) -> str:
    script = hang_up(current_service().rules.rule_set, current_language())
    pairs = list(left.items(multi=True)) if left else []
    return render_template(
        "desk/emergency.html",
        script=script,
        theirs=_in_their_language(submission_id) if noted else None,
        submission_id=submission_id,
        noted=noted,
        left=pairs,
    )


def _in_their_language(submission_id: str) -> tuple[Language, HangUp] | None:
    """The same in the language in which the person wants to be called, where that is another and can be read.

    Whatever fails here, what to say in an emergency is shown all the same.
    """
    try:
        with current_store().reading() as transaction:
            submission = open_submission(transaction, submission_id)
    except (*NOT_USABLE, GoneError):
        return None
    tag = their_language(str(submission.contact.get("language", "")), submission.row.language or "")
    if not tag:
        return None
    return language_of(tag), hang_up(current_service().rules_in(tag).rule_set, language_of(tag))


@blueprint.post("/<submission_id>/seen")
@for_roles(*READERS)
def seen_otherwise(submission_id: str) -> Shown:
    """Keep that the clinic saw something else than the answers said, and count the question."""
    who, text = current_staff().id, _text("seen")
    ground, _, question = request.form.get("ground", "").partition("/")
    opened = open_submission_page(submission_id)
    known = opened.rules.rule_set.ground
    if ground not in known or question not in ground_statuses_of(opened.context).questions(ground):
        message = current_language().gettext("Choose what the clinic saw otherwise.")
        return rejected_form(submission_id, "ground", message)
    if not text:
        return rejected_form(submission_id, "seen", current_language().gettext("Type what the clinic saw."))

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        change(transaction, submission)
        add_event(
            transaction, submission, "seen_otherwise", {"ground": ground, "question": question, "text": text}, who
        )
        count(transaction, MISREAD, question)

    return _perform(submission_id, "seen_otherwise", work, {"seen", "ground"}, "feed")
