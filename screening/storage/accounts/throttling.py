"""Slowing down who guesses: after some failed attempts, each further one makes the next wait longer.

Kept in the database by keyed hash of what was tried, so that it holds over restarts and for every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.account_tables import throttle
from screening.storage.database.clock import now
from screening.storage.database.clock_agreement import DISAGREEMENT
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import ThrottleRow, fetch_one
from screening.storage.store import StoreTransaction


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


@dataclass(frozen=True, slots=True)
class Limit:
    """One count that an attempt stands in."""

    purpose: str
    """Keeps apart what is tried: a sign-in, a look-up."""
    who: str
    """A name, a network, a code, or several of them in one."""
    patience: Patience = PATIENCE


def wait_of(transaction: StoreTransaction, purpose: str, who: str, patience: Patience = PATIENCE) -> int:
    """Seconds until `who` may try again; 0 where they may now.

    `purpose` keeps apart what is tried (sign-in, look-up); `who` is a name, an address or a code.
    """
    return _wait(_row(transaction, _hash(transaction, purpose, who)), now(), patience)


def count_attempt(transaction: StoreTransaction, purpose: str, who: str, patience: Patience = PATIENCE) -> int:
    """Seconds still to wait; or 0, and then the attempt counts as failed until `record_success` takes that back.

    Counting before looking lets no guesses slip through side by side. Takes a transaction of `Store.write`.
    """
    return count_attempt_of(transaction, [Limit(purpose, who, patience)])


def count_attempt_of(transaction: StoreTransaction, limits: Sequence[Limit]) -> int:
    """The same where an attempt stands in several counts: the longest wait; it is counted in all of them, or in none.

    Turns are taken in the order of the hashes, so that no two attempts wait for each other.
    """
    patience_of = {_hash(transaction, limit.purpose, limit.who): limit.patience for limit in limits}
    for hashed in sorted(patience_of):
        take_turns(transaction.connection, hashed)
    moment = now()
    waits = [_wait(_row(transaction, hashed), moment, patience) for hashed, patience in patience_of.items()]
    if longest := max(waits, default=0):
        return longest
    for hashed, patience in patience_of.items():
        _count(transaction, hashed, moment, patience)
    return 0


def wait_in_turn(transaction: StoreTransaction, limit: Limit) -> int:
    """Seconds until this limit lets an attempt through, with every other one held until this transaction ends.

    For a count that takes failures alone: none that is still being looked at is missed. Takes a transaction of
    `Store.write`.
    """
    hashed = _hash(transaction, limit.purpose, limit.who)
    take_turns(transaction.connection, hashed)
    return _wait(_row(transaction, hashed), now(), limit.patience)


def record_failure(transaction: StoreTransaction, purpose: str, who: str, patience: Patience = PATIENCE) -> int:
    """Count a failed attempt; the seconds to wait now. Takes a transaction of `Store.write`."""
    hashed = _hash(transaction, purpose, who)
    take_turns(transaction.connection, hashed)
    return _count(transaction, hashed, now(), patience)


def record_success(transaction: StoreTransaction, purpose: str, who: str) -> None:
    """Forget the failures of somebody who did it right. Takes a transaction of `Store.write`."""
    transaction.connection.execute(delete(throttle).where(throttle.c.hash == _hash(transaction, purpose, who)))


def _hash(transaction: StoreTransaction, purpose: str, who: str) -> bytes:
    return transaction.keyed_hash(f"throttle {purpose}", who.encode())


def _row(transaction: StoreTransaction, hashed: bytes) -> ThrottleRow | None:
    return fetch_one(transaction.connection, ThrottleRow, select(throttle).where(throttle.c.hash == hashed))


def _wait(row: ThrottleRow | None, moment: datetime, patience: Patience) -> int:
    """What a clock that had leapt wrote makes nobody wait: it would, for as long as the leap was."""
    if row is None or row.blocked_until is None or row.failed_at > moment + DISAGREEMENT:
        return 0
    seconds = (row.blocked_until - moment).total_seconds()
    return max(0, min(patience.most, ceil(seconds)))


def _count(transaction: StoreTransaction, hashed: bytes, moment: datetime, patience: Patience) -> int:
    row = _row(transaction, hashed)
    memory = timedelta(seconds=patience.memory)
    remembered = row is not None and moment - memory < row.failed_at <= moment + DISAGREEMENT
    failures = (row.failures if row is not None and remembered else 0) + 1
    wait = patience.wait_after(failures)
    values = {
        "failures": min(failures, 10_000),
        "failed_at": moment,
        "blocked_until": moment + timedelta(seconds=wait) if wait else None,
    }
    insert = postgresql.insert if transaction.connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(throttle).values(hash=hashed, **values)
    transaction.connection.execute(statement.on_conflict_do_update(index_elements=[throttle.c.hash], set_=values))
    return wait
