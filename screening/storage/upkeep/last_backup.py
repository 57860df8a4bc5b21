"""When a backup was written last: noted where every host sees it, so that its age can be watched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from screening.storage.database.clock import TOLERANCE, now
from screening.storage.database.schema import last_backup
from screening.storage.store import StoreTransaction


def note_backup(transaction: StoreTransaction) -> None:
    """Note that a backup was written now. Takes a transaction of `Store.write`."""
    if transaction.connection.execute(update(last_backup).values(at=now())).rowcount == 0:
        transaction.connection.execute(insert(last_backup).values(id=1, at=now()))


def backed_up_at(transaction: StoreTransaction) -> datetime | None:
    """When the last backup was written; None: none was, or by a clock that had leapt, or a version that noted none."""
    moment: datetime | None = transaction.connection.execute(select(last_backup.c.at)).scalar()
    return None if moment is None or moment > now() + TOLERANCE else moment
