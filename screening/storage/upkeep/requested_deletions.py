"""Erasing what people asked to have deleted, once the wait is over; and, later, the hash of their phrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from screening.storage.database.rows import DeletionRequestRow, fetch_all
from screening.storage.database.running_time import Instant, instant, seconds_between
from screening.storage.database.schema import deletion_request, submission
from screening.storage.database.tidying import tidy
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import Identity
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.records import State

WAIT = timedelta(days=3)
"""Between restricting and erasing: so long the person can say that they did not ask."""
REQUESTED = "requested"
"""The reason on the tombstone."""
PHRASE_KEPT = timedelta(days=90)
"""So long after a deletion the right words still learn of it."""
_c = deletion_request.c


@dataclass(frozen=True, slots=True)
class RequestReport:
    """What was done about requests, and what waits."""

    erased: int
    waiting: int
    """For a second colleague."""
    overdue: int
    """Of these, how many longer than the working day that they have."""


def erase_requested(store: Store, at: Instant | None = None) -> RequestReport:
    """Erase every restricted submission whose wait is over by the wall clock and by the time that surely passed."""
    at = at or instant()
    erased = store.write(lambda transaction: _erase_due(transaction, at))
    if erased:
        store.note_deletions()
        tidy(store.database)
    with store.reading() as transaction:
        return RequestReport(erased, *_waiting(transaction, at))


def _erase_due(transaction: StoreTransaction, at: Instant) -> int:
    query = select(deletion_request).where(_c.restricted_at.is_not(None)).with_for_update()
    erased = 0
    for request in fetch_all(transaction.connection, DeletionRequestRow, query):
        waited = _count_time(transaction, request, at)
        if _is_due(request, waited, at):
            erased += erase(transaction, request.submission_id, (State.ERASED, REQUESTED))
    return erased


def _count_time(transaction: StoreTransaction, request: DeletionRequestRow, at: Instant) -> int:
    """Add the time since the last look; seconds that have surely passed since the submission was restricted."""
    before = Instant(request.seen_at or at.wall, request.seen_boot or "", request.seen_uptime or 0)
    waited = request.seconds_waited + seconds_between(before, at)
    values = {"seconds_waited": waited, "seen_at": at.wall, "seen_boot": at.boot, "seen_uptime": at.uptime}
    transaction.connection.execute(
        update(deletion_request).where(_c.submission_id == request.submission_id).values(values)
    )
    return waited


def _is_due(request: DeletionRequestRow, waited: int, at: Instant) -> bool:
    """Whether it is restricted rightly and has waited; who wrote the row is not trusted with more than that."""
    is_agreed = request.agree_by is None or request.agreed_by not in (None, request.asked_by)
    has_waited = request.restricted_at is not None and at.wall - request.restricted_at >= WAIT
    return request.identity in list(Identity) and is_agreed and has_waited and waited >= WAIT.total_seconds()


def _waiting(transaction: StoreTransaction, at: Instant) -> tuple[int, int]:
    """How many requests wait for a second colleague, and how many of them for too long."""
    waiting = select(func.count()).select_from(deletion_request).where(_c.restricted_at.is_(None))
    overdue = waiting.where(_c.agree_by < at.wall)
    return (
        int(transaction.connection.execute(waiting).scalar_one()),
        int(transaction.connection.execute(overdue).scalar_one()),
    )


def forget_phrases(transaction: StoreTransaction, moment: datetime) -> None:
    """Forget the keyed hash of the phrase on tombstones that are old enough at a moment that is believed."""
    is_old = submission.c.data_key_wrapped.is_(None) & (submission.c.ended_at < moment - PHRASE_KEPT)
    statement = update(submission).where(is_old, submission.c.secret_hash.is_not(None))
    transaction.connection.execute(statement.values(secret_hash=None))
