"""Whether what a list of deletions names is deleted again when a backup is restored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from screening.storage.database.deletion_list import Deletion
from screening.storage.database.rows import SubmissionRow, fetch_one
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.deletion.told_limits import told_limits
from screening.storage.upkeep.purging import RetentionPeriods, is_over


def must_go(transaction: StoreTransaction, deletion: Deletion, retention: RetentionPeriods, moment: datetime) -> bool:
    """What anybody asked for, always; what was deleted by its age, only if the restored row is old enough at `moment`.

    A clock that had leapt may have deleted it: then a backup brings it back.
    """
    if not deletion.is_by_age:
        return True
    row = fetch_one(transaction.connection, SubmissionRow, select(submission).where(submission.c.id == deletion.id))
    return row is not None and is_over(row, retention, told_limits(transaction), moment)
