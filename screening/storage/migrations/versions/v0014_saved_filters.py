"""Filters of the list that somebody saved for themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
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
