"""Filters that somebody saved; and who was not reached with a warning waits for a clinician, not for time to pass."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; and the step that those have now about whom nobody would have decided for two weeks."""
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(length=16), primary_key=True),
        sa.Column(
            "staff_id",
            sa.String(length=16),
            sa.ForeignKey("staff.id", name="fk_saved_filter_staff_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_saved_filter_staff_id", "saved_filter", ["staff_id"])
    waiting = sa.table(
        "submission",
        sa.column("step", sa.String),
        sa.column("call_first", sa.Integer),
        sa.column("due_at", sa.DateTime(timezone=True)),
    )
    at = datetime.now(UTC).replace(microsecond=0)  # as all moments are kept
    unreached = sa.and_(waiting.c.step == "wait", waiting.c.call_first > 0)
    due = sa.case((waiting.c.due_at < at, waiting.c.due_at), else_=at)
    op.execute(sa.update(waiting).where(unreached).values(step="decision", due_at=due))
