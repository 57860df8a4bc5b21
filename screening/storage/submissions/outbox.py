"""Notices still to be sent: kept with the submission itself, so that none is forgotten and none told of what is not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import OutboxRow, fetch_all
from screening.storage.database.schema import outbox
from screening.storage.store import StoreTransaction, new_id
from screening.storage.submissions.cipher import GoneError
from screening.storage.submissions.records import open_submission

SHARED = "shared"
"""The kind of a notice: somebody sent their answers."""
WAITS = (1, 5, 15, 60, 240, 720, 1440, 1440, 1440)
"""Minutes between one try and the next; after as many tries and one more a notice is given up."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told: a code and where to read, nothing of what a person answered."""

    id: str
    submission_id: str
    channel: str
    kind: str
    code: str


def queue(transaction: StoreTransaction, submission_id: str, kind: str, channels: Iterable[str]) -> None:
    """Have something told by each of these channels, in the transaction of what is told."""
    moment = now()
    for channel in channels:
        values = {"id": new_id(), "submission_id": submission_id, "channel": channel, "kind": kind}
        transaction.connection.execute(insert(outbox).values(**values, made_at=moment, due_at=moment, tries=0))


def take_due(transaction: StoreTransaction, most: int = 20) -> list[Notice]:
    """Notices to send now; each is put off until its next try, so that no other process sends it too."""
    moment = now()
    query = select(outbox).where(outbox.c.due_at <= moment).order_by(outbox.c.due_at, outbox.c.id).limit(most)
    notices = []
    for row in fetch_all(transaction.connection, OutboxRow, query.with_for_update(skip_locked=True)):
        if row.tries > len(WAITS):
            transaction.connection.execute(delete(outbox).where(outbox.c.id == row.id))
            add_entry(transaction, SERVICE, "notice_given_up", row.submission_id)
            continue
        wait = timedelta(minutes=WAITS[min(row.tries, len(WAITS) - 1)])
        changed = update(outbox).where(outbox.c.id == row.id)
        transaction.connection.execute(changed.values(tries=row.tries + 1, due_at=moment + wait))
        try:
            code = open_submission(transaction, row.submission_id).code
        except GoneError:
            continue
        notices.append(Notice(row.id, row.submission_id, row.channel, row.kind, code))
    return notices


def mark_sent(transaction: StoreTransaction, notice_id: str) -> None:
    """Forget a notice that arrived."""
    transaction.connection.execute(delete(outbox).where(outbox.c.id == notice_id))
