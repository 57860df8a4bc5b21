"""What rows of submissions must always hold, and the indexes from which alone the desk's pages are read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Index, TextClause, text
from sqlalchemy.schema import SchemaItem

_WAITS, _ENDED = text("ended_at IS NULL"), text("ended_at IS NOT NULL")
LISTED = ("call_first", "best_time", "language", "category", "assignee_id", "for_other")
"""The columns by which the list groups and filters."""

DUE = ("state", "best_time", "language", "category", "assignee_id", "for_other")
"""The columns by which what is due is filtered."""
COUNTED = ("contacted_at", "ended_at", "promised_at", "state", "reason", "assignee_id")
"""The columns out of which the overview is counted."""
_DUE = text("due_at IS NOT NULL")
_FIRST = text("due_at IS NOT NULL AND call_first > 0")
_NEWS = text("due_at IS NOT NULL AND news_at IS NOT NULL")
HAS_STEP = (
    "(state IN ('new', 'tried', 'in_contact', 'awaiting_documents', 'with_clinician')) = (due_at IS NOT NULL) "
    "AND (step IS NULL) = (due_at IS NULL)"
)


def _only(condition: TextClause) -> dict[str, Any]:
    """An index of the rows alone for which a condition holds."""
    return {"sqlite_where": condition, "postgresql_where": condition}


def constraints() -> tuple[SchemaItem, ...]:
    """Checks and indexes for the table of submissions."""
    return (
        # an open one has exactly one next step and one time at which it is due, any other one neither
        CheckConstraint(HAS_STEP, name="has_step"),
        CheckConstraint("tries BETWEEN 0 AND 3", name="most_tries"),
        # from these alone the list reads its groups, their numbers, and who wrote twice
        Index("ix_submission_due", "due_at", "id", "step", "call_first", "news_at", *DUE, **_only(_DUE)),
        Index("ix_submission_first", "due_at", "id", "step", "news_at", *DUE, **_only(_FIRST)),
        Index("ix_submission_news", "due_at", "id", "step", "call_first", *DUE, **_only(_NEWS)),
        Index("ix_submission_listing", "state", "received_at", "id", *LISTED),
        Index("ix_submission_groups", "state", *LISTED),
        Index("ix_submission_twins", "contact_hash", **_only(_WAITS)),
        # from this alone the overview counts what became of all that came
        Index("ix_submission_overview", "received_at", *COUNTED),
        Index("ix_submission_ended_at", "ended_at", **_only(_ENDED)),
    )
