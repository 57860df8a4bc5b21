"""Promises of an answer that passed: the clinic is told of each once."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, insert, or_, select

from screening.config.notifications import NoticeEvent
from screening.storage.database.clock import now
from screening.storage.database.locking import take_turns
from screening.storage.database.schema import submission, told_promise
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.record.records import LIVING, State

_BATCH = 100
"""Promises queued in one transaction."""


def queue_passed_promises(store: Store) -> int:
    """Queue a notice of every promise that has passed and of which none was queued before; how many."""
    if NoticeEvent.PROMISE_PASSED not in store.notices.events or not store.notices.recipients:
        return 0
    queued = 0
    while some := store.write(_queue_some):
        queued += some
    return queued


def passed_promises(transaction: StoreTransaction) -> int:
    """How many wait for an answer of which the clinic said that it would have come by now."""
    return int(transaction.connection.execute(select(func.count()).where(*_passed())).scalar_one())


def _passed() -> tuple[ColumnElement[bool], ...]:
    waits = submission.c.state.in_(LIVING - {State.CLOSED})
    return waits, submission.c.contacted_at.is_(None), submission.c.promised_at < now()


def _queue_some(transaction: StoreTransaction) -> int:
    take_turns(transaction.connection, b"passed promises")
    told = told_promise.c
    transaction.connection.execute(delete(told_promise).where(told.promised_at > now()))  # told by a clock that leapt
    query = (
        select(submission.c.id, submission.c.promised_at)
        .outerjoin(told_promise, told.submission_id == submission.c.id)
        .where(*_passed())
        .where(or_(told.promised_at.is_(None), told.promised_at != submission.c.promised_at))
        .order_by(submission.c.promised_at, submission.c.id)
        .limit(_BATCH)
    )
    passed = transaction.connection.execute(query).all()
    for identity, promised_at in passed:
        transaction.connection.execute(delete(told_promise).where(told.submission_id == identity))
        transaction.connection.execute(insert(told_promise).values(submission_id=identity, promised_at=promised_at))
        queue(transaction, identity, NoticeEvent.PROMISE_PASSED)
    return len(passed)
