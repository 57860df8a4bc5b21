"""A seal over each account, and the versions of accounts beside the end of the audit.

The columns alone: what is there is signed once afterwards, by `accounts.first_seal`, which has the key.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("staff", sa.Column("version", sa.Integer(), nullable=True))
    op.add_column("staff", sa.Column("seal", sa.LargeBinary(length=32), nullable=True))
    op.add_column("audit_head", sa.Column("accounts", sa.Text(), nullable=True))
