"""Counted daily runs, and since which of them a submission waits to be deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables, empty: what is stored already is counted from the next run."""
    op.create_table(
        "daily_run",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wall", sa.DateTime(timezone=True), nullable=False),
        sa.Column("database_wall", sa.DateTime(timezone=True), nullable=False),
        sa.Column("boot_id", sa.String(length=36), nullable=False),
        sa.Column("uptime", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_daily_run")),
    )
    op.create_table(
        "retention",
        sa.Column("submission_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=False),
        sa.Column("announced_run", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_retention_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_retention")),
    )
