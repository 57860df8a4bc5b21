"""The pair of words for the telephone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A sealed column; empty where something was sent before."""
    op.add_column("submission", sa.Column("pair_sealed", sa.LargeBinary(), nullable=True))
