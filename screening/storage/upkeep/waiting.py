"""Which submissions wait to be erased by their age, since which counted run, and since which they are announced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, case, delete, exists, insert, or_, select, update

from screening.storage.database.rows import SubmissionRow
from screening.storage.database.schema import retention, submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.records import State

ANNOUNCED_RUNS = 7
"""For so many counted runs a submission is announced before it is erased."""

_CLOSED = submission.c.state == State.CLOSED
_WAITS = submission.c.data_key_wrapped.is_not(None) & or_(_CLOSED, submission.c.opened_at.is_(None))
_REASON = case((_CLOSED, "closed"), else_="unopened")
_BEGAN = case((_CLOSED, submission.c.ended_at), else_=submission.c.received_at)


def waits_since(row: SubmissionRow, reason: str) -> datetime | None:
    """Since when a submission waits to be erased for this reason; None where it does not."""
    if reason == "closed":
        return row.ended_at if row.state == State.CLOSED else None
    return row.received_at if row.opened_at is None else None


def follow(transaction: StoreTransaction, run: int) -> None:
    """Note what waits since this run, and forget what was opened, reopened or erased meanwhile."""
    same = and_(
        submission.c.id == retention.c.submission_id,
        _WAITS,
        retention.c.reason == _REASON,
        retention.c.began_at == _BEGAN,
    )
    transaction.connection.execute(delete(retention).where(~exists(select(submission.c.id).where(same))))
    known = exists(select(retention.c.submission_id).where(retention.c.submission_id == submission.c.id))
    query = select(submission.c.id, _REASON.label("reason"), _BEGAN.label("began_at")).where(_WAITS, ~known)
    rows = [
        {"submission_id": row.id, "reason": row.reason, "began_at": row.began_at, "first_run": run}
        for row in transaction.connection.execute(query)
    ]
    if rows:
        transaction.connection.execute(insert(retention), rows)


def announce(transaction: StoreTransaction, run: int, reason: str, began_before: datetime) -> int:
    """Announce what began to wait before this moment; how many are announced now."""
    old = (retention.c.reason == reason) & (retention.c.began_at < began_before)
    new = update(retention).where(old, retention.c.announced_run.is_(None))
    transaction.connection.execute(new.values(announced_run=run))
    return len(transaction.connection.execute(select(retention.c.submission_id).where(old)).all())


def due_for_deletion(
    transaction: StoreTransaction, run: int, reason: str, began_before: datetime, counted: int
) -> list[str]:
    """The ids of what began to wait before this moment, `counted` runs ago, and was announced long enough."""
    query = select(retention.c.submission_id).where(
        retention.c.reason == reason,
        retention.c.began_at < began_before,
        retention.c.first_run <= run - counted,
        retention.c.announced_run <= run - ANNOUNCED_RUNS,
    )
    return list(transaction.connection.execute(query.order_by(retention.c.began_at)).scalars())
