"""Erasing a submission: its key is destroyed, and what is left says only that it was there."""

from __future__ import annotations

import logging

from sqlalchemy import delete, update

from screening.config.notifications import NoticeEvent
from screening.crypto.box import SealError
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import now
from screening.storage.database.connections import after_commit
from screening.storage.database.deletion_list import Deletion, DeletionsError, append_deletions
from screening.storage.database.schema import (
    deletion_request,
    event,
    outbox,
    program_reading,
    submission,
    told_promise,
    version,
)
from screening.storage.keys.key_store import KeyMissingError, KeyStore
from screening.storage.store import StoreTransaction
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import State, open_submission

log = logging.getLogger(__name__)


def erase(transaction: StoreTransaction, submission_id: str, why: tuple[State, str], actor: str = SERVICE) -> bool:
    """Destroy the key and everything about the person; a tombstone stays. False where it is one already.

    The keyed hash of the phrase stays on it for a while, so that whoever has the right words learns that it is deleted.

    `why`: the state that the tombstone is in, withdrawn or erased, and the reason.
    """
    state, reason = why
    values: dict[str, object] = {column.name: None for column in submission.c if column.name in _PERSONAL}
    code = _code(transaction, submission_id)
    moment = now()
    values |= {"state": state, "reason": reason, "ended_at": moment, "changed_at": moment}
    statement = update(submission).where(submission.c.id == submission_id, submission.c.data_key_wrapped.is_not(None))
    if transaction.connection.execute(statement.values(values)).rowcount != 1:
        return False
    for table in (version, event, outbox, deletion_request, told_promise, program_reading):
        transaction.connection.execute(delete(table).where(table.c.submission_id == submission_id))
    queue(transaction, submission_id, NoticeEvent.WITHDRAWN, code)
    add_entry(transaction, actor, str(state), submission_id)
    deletion = Deletion(submission_id, state, reason, moment.isoformat())
    after_commit(transaction.connection, lambda: _list_deletion(transaction.keys, deletion))
    return True


def _code(transaction: StoreTransaction, submission_id: str) -> str:
    """The reference code, for those who are told that it is deleted; empty where it cannot be read or nobody is told.

    What cannot be read must be deleted all the same.
    """
    if not transaction.notices.recipients:
        return ""
    try:
        return open_submission(transaction, submission_id).code
    except (GoneError, SealError, KeyMissingError):
        return ""


def _list_deletion(keys: KeyStore, deletion: Deletion) -> None:
    """Add it to the list; where that fails the tombstone stands all the same, and is added to the list later."""
    try:
        append_deletions(keys.deletions, [deletion])
    except DeletionsError as error:
        log.error("%s; it will be tried again", error)  # noqa: TRY400 - what happened is said; no person is named


_PERSONAL = frozenset(
    {
        "contact_hash",
        "data_key_wrapped",
        "master_key_id",
        "answered_on",
        "best_time",
        "assignee_id",
        "language",
        "category",
        "call_first",
        "conflicts",
        "unsure",
        "tries",
        "step",
        "due_at",
        "news_at",
        "for_other",
        "row_sealed",
        "contact_sealed",
        "pair_sealed",
    }
)
"""The columns of a submission that a tombstone does not keep."""
