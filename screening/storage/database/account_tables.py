"""The tables of who may come in: staff, their sessions and filters, keys of programs, and who guessed too often."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table

from screening.storage.database.columns import ID, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("invited_until", Moment),  # until when the password is an invitation; NULL: its owner chose it
    Column("totp_sealed", LargeBinary),
    Column("totp_confirmed", Boolean, nullable=False),
    Column("totp_last_step", Integer),
    Column("created_at", Moment, nullable=False),
    Column("version", Integer),  # the number of the audit's entry about its last change
    Column("seal", LargeBinary(32)),
)
"""Accounts; written by `accounts.staff_rows` alone, which seals them. A row without its seal lets nobody in."""

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("used_at", Moment),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stage", String(16), nullable=False),  # invited, enrolling, password or signed_in
    Column("began_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("scopes", String(200), nullable=False),  # by spaces
    Column("role", String(16)),  # of staff, as whom it reads what people shared; NULL: it reads nothing of that
    Column("network", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("used_on", String(10)),
    Column("version", Integer),  # the number of the audit's entry about its last change
    Column("seal", LargeBinary(32)),
)
"""Keys of programs; written by `accounts.api_keys` alone, which seals them. One without its seal lets nobody in."""

saved_filter = Table(
    "saved_filter",
    metadata,
    Column("id", ID, primary_key=True),
    Column("staff_id", ID, ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("saved_at", Moment, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),  # its name, and the values
)
"""Filters of the list that somebody saved for themselves."""

throttle = Table(
    "throttle",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failed_at", Moment, nullable=False),
    Column("blocked_until", Moment),
)
"""Failed attempts by keyed hash of what was tried: a name, an address, a reference code."""
