"""One change of one submission: whole or not at all, with an audit entry, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import abort, redirect, request, url_for

from screening.desk.access.current_request import current_staff, current_store
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.cipher import GoneError, RestrictedError
from screening.storage.submissions.record.events import Event
from screening.storage.submissions.record.records import ChangedMeanwhileError, Submission, open_submission

Work = Callable[[StoreTransaction, Submission], None]


def change_one(submission_id: str, action: str, work: Work, *, any_revision: bool = False) -> None:
    """Do `work` on a submission as the form showed it, and say so in the audit.

    Raises `ChangedMeanwhileError` where it is another by now: then nothing was written. With `any_revision` what
    somebody else did does not matter.
    """
    with none_where_gone(submission_id):
        change_readable(submission_id, action, work, any_revision=any_revision)


def change_readable(submission_id: str, action: str, work: Work, *, any_revision: bool = False) -> None:
    """The same, but `GoneError` where there is nothing to read."""
    revision, who = shown_revision(), current_staff().id

    def write(transaction: StoreTransaction) -> None:
        submission = open_submission(transaction, submission_id)
        if submission.row.revision != revision and not any_revision:
            raise ChangedMeanwhileError
        work(transaction, submission)
        add_entry(transaction, who, action, submission_id)

    current_store().write(write)


@contextmanager
def none_where_gone(submission_id: str) -> Iterator[None]:
    """End the request where there is nothing to read: gone, or at the page that says why nobody reads it."""
    try:
        yield
    except RestrictedError:
        abort(redirect(url_for("desk.page.page", submission_id=submission_id), 303))
    except GoneError:
        abort(410)


def shown_revision() -> int:
    """The revision of the submission when the form was shown."""
    text = request.form.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


def events_since(events: tuple[Event, ...], revision: int) -> tuple[Event, ...]:
    """What happened since a revision, the latest first."""
    return tuple(event for event in events if event.revision is None or event.revision > revision)
