"""Turns: what only one transaction may do at a time."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, func, select


def take_turns(connection: Connection, about: bytes) -> None:
    """Wait until no other transaction does what `about` names, and be the one until the end; SQLite has one anyway."""
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(sha256(about).digest()[:8], "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))
