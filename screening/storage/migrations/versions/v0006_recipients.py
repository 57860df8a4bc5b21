"""A state of its own for each recipient of a notice, and which passed promises were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what waits already has no recipient yet, and gets them when it is sent."""
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("recipient", sa.String(length=320), nullable=False, server_default=""))
        table.add_column(sa.Column("outcome", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("reply", sa.Integer(), nullable=True))
        table.add_column(sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("code_sealed", sa.LargeBinary(), nullable=True))
    op.create_table(
        "told_promise",
        sa.Column("submission_id", sa.String(length=16), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_told_promise_submission_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_told_promise")),
    )
