"""What a person changes of what they sent: the answers, how to be reached, or all of it taken back.

Every function takes a transaction of `Store.write`.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from screening.config.notifications import NoticeEvent
from screening.storage.audit.log import PERSON, add_entry
from screening.storage.database.clock import now
from screening.storage.store import Members, StoreTransaction
from screening.storage.submissions.assessments.heard import counts_with_heard
from screening.storage.submissions.assessments.versions import AssessmentRecord, add_amendment, versions
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.next_steps.standing import place, standing_of
from screening.storage.submissions.next_steps.steps import after_correction, after_new_number
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.person.sharing import Draft, Receipt, submit
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import (
    UNCONFIRMED_CALLER,
    WORSE,
    State,
    Submission,
    contact_hash,
    open_submission,
    with_news,
)

ANSWERS_CHANGED = "answers_changed"
REACH_CHANGED = "reach_changed"


def send(transaction: StoreTransaction, token: bytes, draft: Draft) -> Receipt:
    """Keep what a person sends with a form; sent again with other answers it becomes an amended version of the same."""
    receipt = submit(transaction, token, draft)
    if not receipt.is_new:
        send_again(transaction, receipt.id, draft)
    return receipt


def send_again(transaction: StoreTransaction, submission_id: str, draft: Draft) -> bool:
    """Keep changed answers beside the earlier ones and tell the clinic; False where nothing differs.

    A closed submission is new again, with a new promise. How to be reached stays; what was consented to is added.
    """
    submission = open_submission(transaction, submission_id)
    if _is_known(transaction, submission, draft.assessment):
        return False
    number = add_amendment(transaction, submission, draft.assessment, None)
    consents = [*submission.contact.get("consents", ()), *draft.contact.get("consents", ())]
    columns = {**counts_with_heard(submission, draft.assessment), "answered_on": draft.answered_on}
    if submission.row.state == State.CLOSED:
        columns |= {"reason": None, "ended_at": None, "promised_at": draft.promised_at}
    is_worse = columns["call_first"] > (submission.row.call_first or 0)
    standing = after_correction(standing_of(submission), draft.promised_at, now(), is_worse=is_worse)
    news = with_news(submission, ANSWERS_CHANGED, {**draft.row, **({WORSE: True} if is_worse else {})})
    contact = {**submission.contact, "consents": consents}
    place(transaction, submission, standing, contact=contact, row=news, **columns)
    add_event(transaction, submission, ANSWERS_CHANGED, {"version": number, WORSE: is_worse})
    add_entry(transaction, PERSON, ANSWERS_CHANGED, submission.id)
    return True


def change_reach(
    transaction: StoreTransaction,
    submission: Submission,
    contact: Members,
    best_time: str,
    call_by: datetime | None = None,
) -> None:
    """Change how the person is reached; `contact` holds only what changes, its `reach` the normalised address.

    `call_by`: until when they are called where the old way had failed; now unless told.
    """
    columns: dict[str, object] = {
        "best_time": best_time,
        "contact_hash": contact_hash(transaction.keys.current(transaction.connection), str(contact["reach"])),
        "language": contact["language"],
    }
    listed = {name: contact[name] for name in ("name", "channel", "reach") if name in contact}
    row = with_news(submission, REACH_CHANGED, {**submission.row_members, **listed})
    row = {name: value for name, value in row.items() if name != UNCONFIRMED_CALLER}
    standing = after_new_number(standing_of(submission), call_by or now())
    place(transaction, submission, standing, contact={**submission.contact, **contact}, row=row, **columns)
    add_event(transaction, submission, REACH_CHANGED, {})
    queue(transaction, submission.id, NoticeEvent.CHANGED)
    add_entry(transaction, PERSON, REACH_CHANGED, submission.id)


def withdraw(transaction: StoreTransaction, submission_id: str) -> bool:
    """Take all of it back; a tombstone stays. False where it was gone already."""
    return erase(transaction, submission_id, (State.WITHDRAWN, "asked"), PERSON)


def _is_known(
    transaction: StoreTransaction, submission: Submission, assessment: AssessmentRecord, beside: Collection[str] = ()
) -> bool:
    """Whether these very answers are the latest ones, or the latest that the person sent: the button pressed twice.

    `beside`: members of the input that may differ.
    """
    all_versions = versions(transaction, submission)
    own = [version for version in all_versions if version.made_by is None]
    latest = (version.input for version in (all_versions[-1], *own[-1:]))
    return any(_are_equal(_without(members, beside), _without(assessment.input, beside)) for members in latest)


def _without(members: Members, names: Collection[str]) -> Members:
    return {name: value for name, value in members.items() if name not in names}


def _are_equal(one: Members, other: Members) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def is_sent(transaction: StoreTransaction, submission_id: str, assessment: AssessmentRecord) -> bool:
    """Whether the clinic has these very answers already, in whatever language they are told."""
    return _is_known(transaction, open_submission(transaction, submission_id), assessment, beside=("language",))
