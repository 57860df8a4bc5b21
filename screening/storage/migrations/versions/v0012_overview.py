"""An index out of which the overview counts what became of all that came, without reading what is sealed."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME = "ix_submission_overview"
COLUMNS = ["received_at", "contacted_at", "ended_at", "promised_at", "state", "reason", "assignee_id"]


def upgrade() -> None:
    """Make the index."""
    op.create_index(NAME, "submission", COLUMNS)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(NAME, "submission")
