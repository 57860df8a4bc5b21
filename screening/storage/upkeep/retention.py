"""Which submissions wait to be erased by their age, since which counted run, and since which they are announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import ColumnElement, and_, case, delete, exists, insert, select, update

from screening.storage.database.rows import SubmissionRow
from screening.storage.database.schema import retention, submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.idle import IDLE, was_idle
from screening.storage.submissions.deletion.told_limits import ToldLimit
from screening.storage.submissions.record.records import State

UNOPENED = "unopened"
CLOSED = "closed"
_c = submission.c

_WAITS = and_(_c.data_key_wrapped.is_not(None), _c.state != State.RESTRICTED)
"""What nobody reads, because its deletion was asked for, waits for that alone."""
_REASON = case((_c.state == State.CLOSED, CLOSED), (_c.opened_at.is_(None), UNOPENED), else_=IDLE)
_BEGAN = case((_c.state == State.CLOSED, _c.ended_at), (_c.opened_at.is_(None), _c.received_at), else_=_c.changed_at)
_STILL_WAITS = and_(
    _c.id == retention.c.submission_id, _WAITS, retention.c.reason == _REASON, retention.c.began_at == _BEGAN
)
"""Nothing happened to it since the retention was noted."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something is kept for one reason, and how long it must have been announced."""

    reason: str
    days: int
    early: timedelta
    """So long before its end it is announced."""
    announced_runs: int
    """For so many counted runs it must have been announced."""
    told: ToldLimit | None = None
    """Who was told of it; None: everybody who ever sent anything."""

    @property
    def counted_runs(self) -> int:
        """How many counted runs must have passed too: half of it."""
        return ceil(self.days / 2)


def waits_since(row: SubmissionRow) -> tuple[str, datetime] | None:
    """For which reason a submission waits to be erased, and since when; None where it does not."""
    if row.data_key_wrapped is None or row.state == State.RESTRICTED:
        return None
    if row.state == State.CLOSED:
        return (CLOSED, row.ended_at) if row.ended_at else None
    return (UNOPENED, row.received_at) if row.opened_at is None else (IDLE, row.changed_at)


def follow(transaction: StoreTransaction, run: int) -> None:
    """Note what waits since this run, and forget what something happened to meanwhile.

    What is restricted is neither: where the request is lifted it stands again where it stood, and so does its time.
    """
    restricted = and_(_c.id == retention.c.submission_id, _c.state == State.RESTRICTED)
    stays = exists(select(_c.id).where(_STILL_WAITS)) | exists(select(_c.id).where(restricted))
    transaction.connection.execute(delete(retention).where(~stays))
    known = exists(select(retention.c.submission_id).where(retention.c.submission_id == _c.id))
    query = select(_c.id, _REASON.label("reason"), _BEGAN.label("began_at")).where(_WAITS, ~known)
    rows = [
        {"submission_id": row.id, "reason": row.reason, "began_at": row.began_at, "first_run": run}
        for row in transaction.connection.execute(query)
    ]
    if rows:
        transaction.connection.execute(insert(retention), rows)


def announce(transaction: StoreTransaction, run: int, limit: Limit, moment: datetime) -> set[str]:
    """Announce what the limit is nearly over for; the ids of all that is announced now."""
    old = _is_old(limit, moment + limit.early)
    ids = select(retention.c.submission_id).join(submission, _c.id == retention.c.submission_id).where(old)
    new = update(retention).where(retention.c.submission_id.in_(ids), retention.c.announced_run.is_(None))
    transaction.connection.execute(new.values(announced_run=run))
    return set(transaction.connection.execute(ids).scalars())


def due_for_deletion(transaction: StoreTransaction, run: int, limit: Limit, moment: datetime) -> list[str]:
    """The ids of what the limit is over for by the clock and by counted runs, and which was announced long enough."""
    if limit.told and (limit.told.first_run is None or limit.told.first_run > run - limit.counted_runs):
        return []
    query = select(retention.c.submission_id).where(
        _STILL_WAITS,
        _is_old(limit, moment),
        retention.c.first_run <= run - limit.counted_runs,
        retention.c.announced_run <= run - limit.announced_runs,
    )
    return list(transaction.connection.execute(query.order_by(retention.c.began_at)).scalars())


def still_waiting(transaction: StoreTransaction, ids: list[str], reason: str) -> list[str]:
    """Those of these to which nothing happened since they were followed; nobody else changes them meanwhile."""
    query = select(_c.id).join(retention, _STILL_WAITS).where(_c.id.in_(ids), retention.c.reason == reason)
    return list(transaction.connection.execute(query.with_for_update(of=submission)).scalars())


def _is_old(limit: Limit, moment: datetime) -> ColumnElement[bool]:
    if limit.told:
        return and_(retention.c.reason == limit.reason, was_idle(limit.told, moment))
    return and_(retention.c.reason == limit.reason, retention.c.began_at < moment - timedelta(days=limit.days))
