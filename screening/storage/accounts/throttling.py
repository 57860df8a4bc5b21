"""Slowing down who guesses: after some failed attempts, each further one makes the next wait longer.

Kept in the database by keyed hash of what was tried, so that it holds over restarts and for every process.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.clock import now
from screening.storage.database.locking import take_turns
from screening.storage.database.schema import throttle
from screening.storage.keys.key_store import KeyStore


@dataclass(frozen=True, slots=True)
class Patience:
    """How many failures are forgiven, and how the wait grows after them."""

    free: int = 4
    """Failures after which nobody waits yet."""
    first: int = 4
    """Seconds after the first failure that is not forgiven; each further one doubles them."""
    most: int = 3600
    """Seconds that nobody waits longer than."""
    memory: int = 24 * 3600
    """Seconds after the last failure until all are forgotten."""

    def wait_after(self, failures: int) -> int:
        """Seconds to wait after so many failures."""
        over = failures - self.free
        return 0 if over <= 0 else min(self.most, self.first * 2 ** min(over - 1, 30))


PATIENCE = Patience()
"""What holds unless a caller says otherwise."""


def wait_of(connection: Connection, vault: KeyStore, purpose: str, who: str, patience: Patience = PATIENCE) -> int:
    """Seconds until `who` may try again; 0 where they may now.

    `purpose` keeps apart what is tried (sign-in, look-up); `who` is a name, an address or a code.
    """
    return _wait(_row(connection, _hash(connection, vault, purpose, who)), now(), patience)


def count_attempt(
    connection: Connection, vault: KeyStore, purpose: str, who: str, patience: Patience = PATIENCE
) -> int:
    """Seconds still to wait; or 0, and then the attempt counts as failed until `record_success` takes that back.

    Counting before looking lets no guesses slip through side by side. Takes a connection of `Database.write`.
    """
    hashed = _hash(connection, vault, purpose, who)
    take_turns(connection, hashed)
    moment = now()
    wait = _wait(_row(connection, hashed), moment, patience)
    if not wait:
        _count(connection, hashed, moment, patience)
    return wait


def record_failure(
    connection: Connection, vault: KeyStore, purpose: str, who: str, patience: Patience = PATIENCE
) -> int:
    """Count a failed attempt; the seconds to wait now. Takes a connection of `Database.write`."""
    hashed = _hash(connection, vault, purpose, who)
    take_turns(connection, hashed)
    return _count(connection, hashed, now(), patience)


def record_success(connection: Connection, vault: KeyStore, purpose: str, who: str) -> None:
    """Forget the failures of somebody who did it right. Takes a connection of `Database.write`."""
    connection.execute(delete(throttle).where(throttle.c.hash == _hash(connection, vault, purpose, who)))


def _hash(connection: Connection, vault: KeyStore, purpose: str, who: str) -> bytes:
    return vault.hashed(connection, f"throttle {purpose}", who.encode())


def _row(connection: Connection, hashed: bytes) -> Row[Any] | None:
    return connection.execute(select(throttle).where(throttle.c.hash == hashed)).one_or_none()


def _wait(row: Row[Any] | None, moment: datetime, patience: Patience) -> int:
    """A clock that was set back makes nobody wait longer than the most there is."""
    if row is None or row.blocked_until is None:
        return 0
    seconds: float = (row.blocked_until - moment).total_seconds()
    return max(0, min(patience.most, ceil(seconds)))


def _count(connection: Connection, hashed: bytes, moment: datetime, patience: Patience) -> int:
    row = _row(connection, hashed)
    remembered = row is not None and (moment - row.failed_at).total_seconds() < patience.memory
    failures = (row.failures if row is not None and remembered else 0) + 1
    wait = patience.wait_after(failures)
    values = {
        "failures": min(failures, 10_000),
        "failed_at": moment,
        "blocked_until": moment + timedelta(seconds=wait) if wait else None,
    }
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(throttle).values(hash=hashed, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=[throttle.c.hash], set_=values))
    return wait
