"""How a call ended, and what is next: one press each, with the note; and one's own last step taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from screening.config.notifications import NoticeEvent
from screening.desk.access.current_request import current_language, current_staff, now
from screening.desk.access.guard import READERS, for_roles
from screening.desk.access.typed_fields import PAGE, typed_fields
from screening.desk.narrowing.filters import list_url
from screening.desk.submissions.actions import MOST_TEXT
from screening.desk.submissions.caller import caller_at, may_tell, not_confirmed
from screening.desk.submissions.changes import Work, change_one
from screening.desk.submissions.clinic_calendar import calendar_of
from screening.desk.submissions.identity import check
from screening.desk.submissions.last_done import keep_done
from screening.desk.submissions.neighbours import next_of
from screening.desk.submissions.opened import open_submission_page
from screening.desk.submissions.rendering import (
    RedisplayedForm,
    conflict_page,
    not_kept_yet,
    rejected_form,
    render_submission,
)
from screening.storage.accounts.staff import Role
from screening.storage.store import StoreTransaction
from screening.storage.submissions.next_steps.standing import PAPERS, UNDONE, place, standing_of, undo, undoable
from screening.storage.submissions.next_steps.steps import (
    CHOSEN,
    Decision,
    Standing,
    Try,
    after_closing,
    after_decision,
    after_reaching,
    after_reopening,
    after_try,
)
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.person.callers import UNCONFIRMED
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import OPEN, ChangedMeanwhileError, State, Step, Submission
from screening.wording.desk.terms import REASONS

blueprint = Blueprint("call_outcomes", __name__, url_prefix="/submissions")
Shown = str | Response | tuple[str, int]
ASKS_THEM = (Step.PAPERS, Step.ANSWER)
"""Steps that ask the person for something: only once it is known that it is them."""
SPOKEN_WITH = frozenset({"own_doctor", "answered", "appointment", "not_wanted"})
"""Reasons for closing that nobody can know but from the person: whoever gives one has reached them."""


TAKEN = frozenset({"outcome", "note", "paper"})
"""The fields that every way in which a call ends takes with it."""
TAKEN_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {Step.CALL_BACK: frozenset({"day", "time"}), "close": frozenset({"reason"})}
)
"""Those that one way takes besides."""


class _NotForCoordinatorError(Exception):
    """A clinician has it, or decides about it: only a clinician says what is next."""


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What was pressed, with all that was typed beside it."""

    name: str
    note: str
    agreed: datetime | None = None
    reason: str = ""
    papers: tuple[str, ...] = field(default_factory=tuple)
    unconfirmed: str = ""
    """Why a clinician goes on though it is not known that it is the person."""


@blueprint.post("/<submission_id>/draft")
@for_roles(*READERS)
def draft(submission_id: str) -> Shown:
    """Check the word that was typed, or keep nothing and show all that was: what Enter does on the page."""
    if request.form.get("word", "").strip() and "revision" in request.form:
        return check(submission_id)
    said = current_language().gettext("Nothing was kept yet. Press the button of what happened.")
    return render_submission(submission_id, RedisplayedForm(typed=typed_fields(), said=said))


@blueprint.post("/<submission_id>/outcome")
@for_roles(*READERS)
def outcome(submission_id: str) -> Shown:
    """Keep how the call ended and what is next; after a try the next one of the list opens."""
    say, name = current_language().gettext, request.form.get("outcome", "")
    note = request.form.get("note", "").strip()[:MOST_TEXT]
    papers, reason = tuple(request.form.getlist("paper")), request.form.get("reason", "")
    caller = caller_at(open_submission_page(submission_id))
    if name in ASKS_THEM and not may_tell(caller):
        return rejected_form(submission_id, "call-who", not_confirmed())
    pressed = CallOutcome(name, note, _agreed(), reason, papers, "" if caller.is_confirmed else caller.reason)
    if name == Step.CALL_BACK and (pressed.agreed is None or pressed.agreed <= now()):
        message = say("Say on which day and at what time to call back; it must lie ahead.")
        return rejected_form(submission_id, "day", message)
    if name == "close" and pressed.reason not in REASONS:
        return rejected_form(submission_id, "reason", say("Say why it is closed."))
    work = _work(pressed)
    if work is None:
        return draft(submission_id)
    following = next_of(submission_id) if name in list(Try) else None
    try:
        change_one(submission_id, _action(name), work)
    except ChangedMeanwhileError:
        return conflict_page(submission_id)
    except _NotForCoordinatorError:
        message = say("Only a clinician says what is next here. You may write a note.")
        page, _ = rejected_form(submission_id, "outcome", message)
        return page, 403
    return _after(submission_id, name, following)


def _after(submission_id: str, name: str, following: str | None) -> Shown:
    """Where it goes on: at the next one after a try, else where one is; the page says what was kept. What was typed
    and not kept by it holds it here.
    """
    keep_done(submission_id, name)
    if left := typed_fields(TAKEN | TAKEN_BY.get(name, frozenset())):
        return render_submission(submission_id, RedisplayedForm(typed=left, said=not_kept_yet()))
    if name not in list(Try):
        return redirect(url_for("desk.page.page", submission_id=submission_id, _anchor="head"), 303)
    return redirect(url_for("desk.page.page", submission_id=following) if following else list_url(), 303)


def _agreed() -> datetime | None:
    """The moment that was typed, by the clock of the server's place; None where it is none."""
    typed = f"{request.form.get('day', '')}T{request.form.get('time', '')}"
    try:
        return datetime.strptime(typed, "%Y-%m-%dT%H:%M").astimezone()
    except (ValueError, OverflowError):
        return None


def _action(name: str) -> str:
    """How the audit calls it."""
    if name in list(Try):
        return f"try_{name}"
    if name == "close":
        return "state_closed"
    if name in list(Decision):
        return f"decided_{name}"
    return "reopened" if name == "reopen" else f"next_{name}"


def _work(pressed: CallOutcome) -> Work | None:
    """What writes an outcome; None where nothing of the kind can be pressed."""
    known = {*Try, *CHOSEN, *Decision, "close", "reopen"}
    if pressed.name not in known:
        return None
    who, role, at = current_staff().id, current_staff().role, now()

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        before = standing_of(submission)
        if role is not Role.CLINICIAN and _is_for_clinicians(before, pressed):
            raise _NotForCoordinatorError
        if (before.state in OPEN) is (pressed.name == "reopen"):
            raise ChangedMeanwhileError
        if pressed.name in list(Decision) and before.step is not Step.DECISION:
            raise ChangedMeanwhileError
        standing, columns = _standing(pressed, submission, at)
        members = {**submission.row_members, PAPERS: list(pressed.papers)}
        detail = undoable(submission) | _detail(pressed, standing)
        place(transaction, submission, standing, row=members, **columns)
        add_event(transaction, submission, _kind(pressed.name), detail, who)
        if standing.state is State.CLOSED:
            queue(transaction, submission.id, NoticeEvent.CLOSED)

    return work


def _is_for_clinicians(before: Standing, pressed: CallOutcome) -> bool:
    """Whether only a clinician may press this now. Anybody may call somebody about whom a clinician decides, note how
    that ended, and say what is next once the person was reached.
    """
    if before.step is not Step.DECISION:
        return before.step is Step.CLINICIAN or pressed.name in list(Decision)
    is_ended = pressed.name == "close" and pressed.reason not in SPOKEN_WITH
    return is_ended or pressed.name in list(Decision)


def _standing(pressed: CallOutcome, submission: Submission, at: datetime) -> tuple[Standing, dict[str, Any]]:
    """Where it stands afterwards, and the other columns that change."""
    row, before = submission.row, standing_of(submission)
    calendar = calendar_of(submission, at)
    if pressed.name in list(Try):
        return after_try(before, Try(pressed.name), calendar, has_warning=bool(row.call_first)), {}
    if pressed.name in list(Decision):
        return after_decision(before, Decision(pressed.name), calendar), {}
    if pressed.name == "close":
        reached = row.contacted_at or (at if pressed.reason in SPOKEN_WITH else None)
        return after_closing(before), {"reason": pressed.reason, "ended_at": at, "contacted_at": reached}
    if pressed.name == "reopen":
        return after_reopening(calendar, was_reached=row.contacted_at is not None), {"reason": None, "ended_at": None}
    step = Step(pressed.name)
    agreed = pressed.agreed if step is Step.CALL_BACK else None
    return after_reaching(step, calendar, agreed), {"contacted_at": row.contacted_at or at}


def _kind(name: str) -> str:
    if name in list(Try):
        return "try"
    if name in list(Decision):
        return "decided"
    return {"close": "state", "reopen": "reopened"}.get(name, "reached")


def _detail(pressed: CallOutcome, standing: Standing) -> dict[str, object]:
    note: dict[str, object] = {"text": pressed.note} if pressed.note else {}
    if pressed.name == "close":
        return note | {"state": State.CLOSED, "reason": pressed.reason}
    if pressed.unconfirmed and pressed.name in ASKS_THEM:
        note |= {UNCONFIRMED: pressed.unconfirmed}
    due = standing.due_at.isoformat() if standing.due_at else None
    return note | {"outcome": pressed.name, "step": standing.step, "due": due, "tries": standing.tries}


@blueprint.post("/<submission_id>/undo")
@for_roles(*READERS)
def take_back(submission_id: str) -> Shown:
    """Take one's own last step back, if nothing happened since and it is not ten minutes old."""
    who = current_staff().id
    said = current_language().gettext("It was taken back: all stands as before. What happened says both.")

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        if not undo(transaction, submission, who, now()):
            raise ChangedMeanwhileError

    try:
        change_one(submission_id, UNDONE, work, any_revision=True)
    except ChangedMeanwhileError:
        said = current_language().gettext(
            "It cannot be taken back any more: something happened since, or ten minutes have passed."
        )
    open_submission_page(submission_id)
    shown_on, left = request.form.get(PAGE), typed_fields()
    if shown_on and left:
        return render_submission(shown_on, RedisplayedForm(typed=left, said=said))
    keep_done(submission_id, "", said)
    return redirect(url_for("desk.page.page", submission_id=submission_id, _anchor="head"), 303)
