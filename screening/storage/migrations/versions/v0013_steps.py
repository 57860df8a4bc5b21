"""What is next with each open submission, and when it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_HAS_STEP = (
    "(state IN ('new', 'tried', 'in_contact', 'awaiting_documents', 'with_clinician')) = (due_at IS NOT NULL) "
    "AND (step IS NULL) = (due_at IS NULL)"
)
_FILTERED = ["state", "best_time", "language", "category", "assignee_id", "for_other"]
_MOST_TRIES = 3


def upgrade() -> None:
    """Three plain columns, filled from what is known; then no open submission can be without."""
    with op.batch_alter_table("submission") as table:
        table.add_column(sa.Column("step", sa.String(length=16)))
        table.add_column(sa.Column("due_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("news_at", sa.DateTime(timezone=True)))
    _fill()
    with op.batch_alter_table("submission") as table:
        table.create_check_constraint("has_step", _HAS_STEP)
        table.create_check_constraint("most_tries", "tries BETWEEN 0 AND 3")
    for name, first, condition in (
        ("ix_submission_due", ["step", "call_first", "news_at"], "due_at IS NOT NULL"),
        ("ix_submission_first", ["step", "news_at"], "due_at IS NOT NULL AND call_first > 0"),
        ("ix_submission_news", ["step", "call_first"], "due_at IS NOT NULL AND news_at IS NOT NULL"),
    ):
        where = sa.text(condition)
        columns = ["due_at", "id", *first, *_FILTERED]
        op.create_index(name, "submission", columns, sqlite_where=where, postgresql_where=where)


def _fill() -> None:
    """Whoever was not reached is due when they were promised an answer; all else some days after what happened last.

    What was agreed with a person stands in no column, so that it cannot be known: nothing is put off for longer than a
    new one of its kind would be.
    """
    connection = op.get_bind()
    table = sa.table(
        "submission",
        sa.column("id", sa.String),
        sa.column("state", sa.String),
        sa.column("tries", sa.Integer),
        sa.column("promised_at", sa.DateTime(timezone=True)),
        sa.column("changed_at", sa.DateTime(timezone=True)),
        sa.column("step", sa.String),
        sa.column("due_at", sa.DateTime(timezone=True)),
    )
    too_many = sa.update(table).where(table.c.tries > _MOST_TRIES).values(tries=_MOST_TRIES)
    rows = connection.execute(
        sa.select(table.c.id, table.c.state, table.c.tries, table.c.promised_at, table.c.changed_at)
    ).all()
    values = list(_steps(rows))
    connection.execute(too_many)
    if values:
        filling = sa.update(table).where(table.c.id == sa.bindparam("of"))
        connection.execute(filling.values(step=sa.bindparam("next"), due_at=sa.bindparam("due")), values)


def _steps(rows: Any) -> Iterator[dict[str, object]]:
    for row in rows:
        step = _step(row.state, row.tries or 0, row.promised_at, row.changed_at)
        if step:
            yield {"of": row.id, "next": step[0], "due": step[1]}


def _step(state: str, tries: int, promised: datetime, changed: datetime) -> tuple[str, datetime] | None:
    """The next step of a state and when it is due; None where there is none."""
    if state == "tried" and tries >= _MOST_TRIES:
        return "wait", changed + timedelta(days=14)
    return {
        "new": ("first_call", promised),
        "tried": ("call_back", promised),
        "in_contact": ("call_back", changed + timedelta(days=7)),
        "awaiting_documents": ("papers", changed + timedelta(days=7)),
        "with_clinician": ("clinician", changed + timedelta(days=2)),
    }.get(state)
