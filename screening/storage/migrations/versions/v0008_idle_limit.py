"""How long something is kept without anything happening to it, as people are told, and since when they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table, empty: nobody was told of any such limit before the service is started with it."""
    op.create_table(
        "told_limit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_run", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_told_limit")),
    )
