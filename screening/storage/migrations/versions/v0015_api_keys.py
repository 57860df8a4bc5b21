"""Keys of programs, which may ask without a browser."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table; nobody has a key before one is issued."""
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=16), primary_key=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=16)),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("used_on", sa.String(length=10)),
        sa.Column("version", sa.Integer()),
        sa.Column("seal", sa.LargeBinary(length=32)),
        sa.UniqueConstraint("hash", name="uq_api_key_hash"),
    )
