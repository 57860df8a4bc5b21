"""What happened to a submission: notes, states, calls, what was seen; all of it sealed but the kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from screening.storage.database.clock import now
from screening.storage.database.rows import EventRow, fetch_all
from screening.storage.database.schema import event
from screening.storage.store import Members, StoreTransaction, new_id
from screening.storage.submissions.record.records import Submission

REVISION = "revision"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a submission."""

    id: str
    at: datetime
    by: str | None
    kind: str
    detail: Members

    @property
    def revision(self) -> int | None:
        """The revision that the submission had afterwards; None where that was not kept."""
        revision: int | None = self.detail.get(REVISION)
        return revision


def add_event(
    transaction: StoreTransaction, submission: Submission, kind: str, detail: Members, by: str | None = None
) -> str:
    """Add to what happened, in the transaction of the `change` that it belongs to; the new id."""
    identity = new_id()
    detail = {**detail, REVISION: submission.row.revision + 1}
    sealed = submission.cipher.seal(detail, "event", identity, "detail")
    values = {
        "id": identity,
        "submission_id": submission.id,
        "at": now(),
        "by": by,
        "kind": kind,
        "detail_sealed": sealed,
    }
    transaction.connection.execute(insert(event).values(values))
    return identity


def events(transaction: StoreTransaction, submission: Submission) -> list[Event]:
    """What happened, the latest first: by the revision, which no clock that leapt changes.

    What is from before revisions were kept comes before all others.
    """
    query = select(event).where(event.c.submission_id == submission.id)
    unsorted = [
        Event(row.id, row.at, row.by, row.kind, submission.cipher.open(row.detail_sealed, "event", row.id, "detail"))
        for row in fetch_all(transaction.connection, EventRow, query)
    ]
    return sorted(unsorted, key=lambda event: (event.revision or 0, event.at), reverse=True)
