"""Counts a day, without answers and without who: held back in the process, and written together now and then."""

from __future__ import annotations

import atexit
import logging
import time
from collections import Counter
from collections.abc import Mapping
from threading import Lock, Thread

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from screening.storage.database.clock import now
from screening.storage.database.connections import DatabaseUnavailableError
from screening.storage.database.schema import tally
from screening.storage.store import Store, StoreTransaction

log = logging.getLogger(__name__)

HELD_BACK = 30.0
"""Seconds for which counts may wait in the process; what it held is lost where it is killed."""
Key = tuple[str, str, str]
"""Day, name, key."""


def count(transaction: StoreTransaction, name: str, key: str, amount: int = 1, day: str = "") -> None:
    """Add to one count of a day, today unless told. Takes a connection of `Store.write`."""
    insert = postgresql.insert if transaction.connection.dialect.name == "postgresql" else sqlite.insert
    added = insert(tally).values(day=day or now().date().isoformat(), name=name, key=key, count=amount)
    transaction.connection.execute(
        added.on_conflict_do_update(
            index_elements=[tally.c.day, tally.c.name, tally.c.key], set_={"count": tally.c.count + amount}
        )
    )


def counts(transaction: StoreTransaction, name: str, since: str = "") -> Mapping[str, int]:
    """All that was counted under a name since a day, by key."""
    total = func.sum(tally.c.count)
    query = select(tally.c.key, total).where(tally.c.name == name, tally.c.day >= since).group_by(tally.c.key)
    return {key: int(number) for key, number in transaction.connection.execute(query)}


class Tallies:
    """Counts of one process on their way to the database; counting itself never waits for it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._held: Counter[Key] = Counter()
        self._written_at = time.monotonic()
        atexit.register(self.flush)

    def count(self, name: str, key: str) -> None:
        """Count one; where the last writing is long ago, a thread of its own writes."""
        with self._lock:
            self._held[now().date().isoformat(), name, key] += 1
            is_due = time.monotonic() - self._written_at > HELD_BACK
            if is_due:
                self._written_at = time.monotonic()
        if is_due:
            Thread(target=self.flush, daemon=True).start()

    def flush(self) -> None:
        """Write what is held; it is held on where the database cannot be written now."""
        with self._lock:
            held, self._held = self._held, Counter()
        if not held:
            return
        try:
            self._store.write(lambda transaction: _write(transaction, held))
        except DatabaseUnavailableError as error:
            log.warning("counts are held back: %s", error)
            with self._lock:
                self._held += held


def _write(transaction: StoreTransaction, held: Mapping[Key, int]) -> None:
    """In one order, so that two processes never wait for each other."""
    for day, name, key in sorted(held):
        count(transaction, name, key, held[day, name, key], day)
