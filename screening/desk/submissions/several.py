"""What is done with several submissions of the list at once: taken, given to a colleague, closed for a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from flask import request
from flask import session as form_session

from screening.config.notifications import NoticeEvent
from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.submissions.assigning import assigned_to, colleagues
from screening.desk.submissions.changes import Work
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import request_of
from screening.storage.submissions.desk_list.handing_over import given_to
from screening.storage.submissions.next_steps.standing import place, standing_of, undoable
from screening.storage.submissions.next_steps.steps import after_closing
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import OPEN, ChangedMeanwhileError, State, Submission, open_submission
from screening.wording.desk.terms import REASONS

CLOSED_TOGETHER = ("duplicate", "not_wanted", "no_answer")
"""The reasons for which several may be closed at once; any other one needs a look at each."""
_MOST = 500
"""Submissions at once: more than a page of the list shows."""
_CHOICES = ("action", "to", "reason")
"""The fields of the form that say what is done."""
_SESSION_KEY = "several"


class _NeedsLookError(Exception):
    """It must be called first, or waits for a second colleague: it is not closed together with others."""


def work_on_marked() -> bool:
    """Do it with each that was marked and is still as it was shown; what came of it stands above the list.

    False where nothing that can be done was chosen: then nothing was.
    """
    chosen = _chosen_work()
    if chosen is None:
        return False
    audited, work = chosen
    done = changed = refused = 0
    for submission_id, revision in _marked():
        try:
            current_store().write(_write(submission_id, revision, audited, work))
            done += 1
        except (ChangedMeanwhileError, GoneError):
            changed += 1
        except _NeedsLookError:
            refused += 1
    form_session[_SESSION_KEY] = [done, changed, refused, *(request.form.get(name, "") for name in _CHOICES)]
    return True


def _marked() -> Iterator[tuple[str, int]]:
    for mark in request.form.getlist("marked")[:_MOST]:
        submission_id, _, revision = mark.partition(".")
        with suppress(ValueError):
            yield submission_id, int(revision)


def _chosen_work() -> tuple[str, Work] | None:
    """How the audit calls what was chosen, and what does it; None: nothing, or nothing that can be done."""
    action, to, reason = (request.form.get(name, "") for name in _CHOICES)
    if action == "take":
        return "taken", assigned_to(current_staff().id)
    if action == "give" and to in dict(colleagues()):
        return given_to(to), assigned_to(to)
    if action == "close" and reason in CLOSED_TOGETHER:
        return "state_closed", _closing(reason)
    return None


def _closing(reason: str) -> Work:
    who, moment = current_staff().id, now()

    def work(transaction: StoreTransaction, submission: Submission) -> None:
        if submission.row.state not in OPEN:
            raise ChangedMeanwhileError
        if submission.row.call_first or request_of(transaction, submission.id):
            raise _NeedsLookError
        before = undoable(submission)
        place(transaction, submission, after_closing(standing_of(submission)), reason=reason, ended_at=moment)
        add_event(transaction, submission, "state", {"state": State.CLOSED, "reason": reason, **before}, who)
        queue(transaction, submission.id, NoticeEvent.CLOSED)

    return work


def _write(submission_id: str, revision: int, action: str, work: Work) -> Callable[[StoreTransaction], None]:
    who = current_staff().id

    def write(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, submission_id)
        if submission.row.revision != revision:
            raise ChangedMeanwhileError
        work(transaction, submission)
        add_entry(transaction, who, action, submission_id)

    return write


def outcome_of_several() -> list[str]:
    """What came of the last time, in words; said once."""
    kept = form_session.pop(_SESSION_KEY, None)
    if not (isinstance(kept, list) and len(kept) == 3 + len(_CHOICES)):
        return []
    done, changed, refused, *choices = kept
    say = current_language().ngettext
    lines = [
        (done, _done_in_words(done, *choices)),
        (
            changed,
            say(
                "%(number)s was changed by somebody meanwhile, and left as it is.",
                "%(number)s were changed by somebody meanwhile, and left as they are.",
                changed,
            ),
        ),
        (
            refused,
            say(
                "%(number)s has a warning or a deletion that was asked for: open it to close it.",
                "%(number)s have a warning or a deletion that was asked for: open each to close it.",
                refused,
            ),
        ),
    ]
    said = [text for number, text in lines if number]
    return said or [current_language().gettext("Nothing was marked.")]


def _done_in_words(number: int, pressed: str, to: str, reason: str) -> str:
    """What was done with so many."""
    say, language = current_language().ngettext, current_language()
    if pressed == "take":
        return say("%(number)s is yours now.", "%(number)s are yours now.", number)
    if pressed == "give":
        name = dict(colleagues()).get(to, "")
        return say("%(number)s was given to %(name)s.", "%(number)s were given to %(name)s.", number, name=name)
    words = language.gettext(REASONS[reason]) if reason in REASONS else ""
    return say("%(number)s was closed: %(reason)s.", "%(number)s were closed: %(reason)s.", number, reason=words)
