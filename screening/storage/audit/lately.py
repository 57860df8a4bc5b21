"""What the audit says of late, for a page: when something was last done to whom."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from screening.storage.database.clock import now
from screening.storage.database.schema import audit
from screening.storage.store import StoreTransaction

LATELY = timedelta(days=90)
"""How far back a page looks."""


def last_by_subject(transaction: StoreTransaction, action: str) -> dict[str, datetime]:
    """When this was last done to each subject, within the last 90 days."""
    query = (
        select(audit.c.subject, func.max(audit.c.at).label("last"))
        .where(audit.c.action == action, audit.c.at > now() - LATELY)
        .group_by(audit.c.subject)
    )
    return {row.subject: row.last for row in transaction.connection.execute(query)}
