"""Deleting at a person's request: asked for by staff, agreed to by a second colleague where that is needed, lifted.

What is asked for is restricted at once: nobody reads it. A submission that must be called first is not, until a second
colleague agrees: whoever asks for somebody else must not silence a warning. Erasing after the wait is
`upkeep.requested_deletions`. Every function that writes takes a transaction of `Store.write`, and writes the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select, update

from screening.storage.audit.log import PERSON, add_entry
from screening.storage.database.rows import DeletionRequestRow, fetch_one
from screening.storage.database.running_time import Instant, instant
from screening.storage.database.schema import deletion_request
from screening.storage.store import Members, StoreTransaction
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import (
    ChangedMeanwhileError,
    State,
    Submission,
    change,
    contact_hash,
    has_number,
    row_of,
    unseal,
    with_news,
)

ASKED = "deletion_asked"
AGREED = "deletion_agreed"
LIFTED = "deletion_lifted"
NOT_ASKED = "deletion_not_asked"
"""Kinds of events; the person says the last one."""
_NEXT = "next"
"""The member of a row that nobody reads: what was next with it, and when that was due."""


class Identity(StrEnum):
    """How somebody who asks was identified as the person."""

    WORDS = "words"
    """The word of the pair on the telephone, which was right; on their own page the person deletes by themselves."""
    CALL_BACK = "call_back"
    """A call back on the number that is stored."""
    EMAIL = "email"
    """Where no number is stored: code, name and day, and an answer from the address that is stored."""


class IdentityError(Exception):
    """The person cannot be identified so, from what is stored of them."""


class SameColleagueError(Exception):
    """Who asked cannot be the second colleague who agrees."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A person's wish as somebody of the staff takes it down."""

    by: str
    identity: Identity
    agree_by: datetime
    """Until when a second colleague should agree, where one is needed."""


def identities_for(contact: Members) -> tuple[Identity, ...]:
    """How the person may be identified, by how they can be reached."""
    if has_number(contact):
        return (Identity.WORDS, Identity.CALL_BACK)
    return (Identity.EMAIL,) if contact.get("reach") else ()


def needs_second_colleague(submission: Submission) -> bool:
    """Whether there is a reason to call first, wherever it stands now."""
    return bool(submission.row.call_first)


def request_of(transaction: StoreTransaction, submission_id: str) -> DeletionRequestRow | None:
    """What was asked for; None where nothing was, or where it was lifted or done."""
    query = select(deletion_request).where(deletion_request.c.submission_id == submission_id)
    return fetch_one(transaction.connection, DeletionRequestRow, query)


def ask(transaction: StoreTransaction, submission: Submission, asking: Asking, at: Instant | None = None) -> None:
    """Take a request down; where no second colleague is needed nobody reads the submission from now on.

    `IdentityError` where the person cannot be identified so; `ChangedMeanwhileError` where somebody asked already.
    """
    at = at or instant()
    if asking.identity not in identities_for(submission.contact):
        raise IdentityError
    if request_of(transaction, submission.id) is not None:
        raise ChangedMeanwhileError
    values = {
        "submission_id": submission.id,
        "asked_at": at.wall,
        "asked_by": asking.by,
        "identity": asking.identity,
        "agree_by": asking.agree_by if needs_second_colleague(submission) else None,
        "seconds_waited": 0,
    }
    transaction.connection.execute(insert(deletion_request).values(values))
    if needs_second_colleague(submission):
        change(transaction, submission)
    else:
        _restrict(transaction, submission, at)
    add_event(transaction, submission, ASKED, {"identity": asking.identity}, asking.by)
    add_entry(transaction, asking.by, f"{ASKED}_{asking.identity}", submission.id)


def agree(transaction: StoreTransaction, submission: Submission, by: str, at: Instant | None = None) -> None:
    """Let a second colleague agree: nobody reads the submission from now on.

    `SameColleagueError` for who asked; `ChangedMeanwhileError` where nothing waits for that.
    """
    at = at or instant()
    request = request_of(transaction, submission.id)
    if request is None or request.restricted_at is not None:
        raise ChangedMeanwhileError
    if request.asked_by == by:
        raise SameColleagueError
    _update(transaction, submission.id, agreed_at=at.wall, agreed_by=by)
    _restrict(transaction, submission, at)
    add_event(transaction, submission, AGREED, {}, by)
    add_entry(transaction, by, AGREED, submission.id)


def lift(transaction: StoreTransaction, submission_id: str, by: str, note: str) -> None:
    """Undo a request, with the reason; it stands again where it stood. `ChangedMeanwhileError` where there is none."""
    _lift(transaction, submission_id, by, (LIFTED, {"text": note}))


def lift_by_person(transaction: StoreTransaction, submission_id: str) -> None:
    """The same where the person says that they did not ask; the clinic is told that there is news."""
    _lift(transaction, submission_id, None, (NOT_ASKED, {}))


def _lift(transaction: StoreTransaction, submission_id: str, by: str | None, happened: tuple[str, Members]) -> None:
    request, row = request_of(transaction, submission_id), row_of(transaction, submission_id)
    if row is None or row.data_key_wrapped is None:
        raise GoneError
    if request is None:
        raise ChangedMeanwhileError
    submission = unseal(transaction.keys, row, for_upkeep=True)
    columns, members = dict[str, Any](), {**submission.row_members}
    if request.restricted_at is not None:
        master = transaction.keys.current(transaction.connection)
        reach = str(submission.row_members.get("reach", ""))
        columns = {"state": request.state_before, "contact_hash": contact_hash(master, reach)}
        columns |= _next_before(members.pop(_NEXT, {}))
    kind, detail = happened
    news = with_news(submission, kind, {}) if by is None else members
    change(transaction, submission, row={name: news[name] for name in news if name != _NEXT}, **columns)
    transaction.connection.execute(delete(deletion_request).where(deletion_request.c.submission_id == submission_id))
    add_event(transaction, submission, kind, detail, by)
    add_entry(transaction, by or PERSON, kind, submission_id)


def _restrict(transaction: StoreTransaction, submission: Submission, at: Instant) -> None:
    """Let nobody read it: neither opened, nor listed with anything about the person, nor noticed as sent twice."""
    row = submission.row
    following = {"step": row.step, "due_at": row.due_at.isoformat()} if row.due_at else {}
    members = {**submission.row_members, _NEXT: following}
    change(transaction, submission, row=members, state=State.RESTRICTED, contact_hash=None)
    seen = {"seen_at": at.wall, "seen_boot": at.boot, "seen_uptime": at.uptime}
    _update(transaction, submission.id, restricted_at=at.wall, state_before=submission.row.state, **seen)


def _next_before(following: Members) -> dict[str, Any]:
    """What was next, and when it was due, before nobody read it; empty where nothing was, or it was not kept."""
    if not following:
        return {}
    return {"step": following["step"], "due_at": datetime.fromisoformat(following["due_at"])}


def _update(transaction: StoreTransaction, submission_id: str, **values: object) -> None:
    statement = update(deletion_request).where(deletion_request.c.submission_id == submission_id)
    transaction.connection.execute(statement.values(values))
