"""After how long without anything happening something is deleted, as people are told: since when, and what before.

Nobody is bound by what they could not read. A limit counts from the moment at which the service first showed it, also
for what was sent before; one that is longer than what was told to somebody does not keep theirs any longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update

from screening.storage.database.clock import now
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import ToldLimitRow, fetch_all
from screening.storage.database.schema import told_limit
from screening.storage.store import StoreTransaction


@dataclass(frozen=True, slots=True)
class ToldLimit:
    """One limit, and who was told of it."""

    days: int
    since: datetime
    until: datetime | None = None
    """When another one took its place: what arrived since then was never told this one. None: it is today's."""
    first_run: int | None = None
    """The counted daily run that met it first; None: none yet."""

    @property
    def period(self) -> timedelta:
        """How long it is."""
        return timedelta(days=self.days)

    def was_told(self, received_at: datetime) -> bool:
        """Whether who sent something then could read of it, before or after."""
        return self.until is None or received_at < self.until


def note_told_limit(transaction: StoreTransaction, days: int, at: datetime | None = None) -> None:
    """Say that people can read of this limit from now on; nothing is written where they could already."""
    take_turns(transaction.connection, b"told limit")
    rows = _rows(transaction)
    if rows and rows[-1].days == days:
        return
    values = {"number": rows[-1].number + 1 if rows else 1, "days": days, "since": at or now(), "first_run": None}
    transaction.connection.execute(insert(told_limit).values(values))


def told_limits(transaction: StoreTransaction) -> tuple[ToldLimit, ...]:
    """Every limit that was ever told, the first one first."""
    rows = _rows(transaction)
    ends = [*(row.since for row in rows[1:]), None]
    return tuple(ToldLimit(row.days, row.since, end, row.first_run) for row, end in zip(rows, ends, strict=False))


def count_told_limits(transaction: StoreTransaction, run: int) -> None:
    """Note the counted run that meets a limit first, so that a clock that leaps makes none of them old."""
    transaction.connection.execute(update(told_limit).where(told_limit.c.first_run.is_(None)).values(first_run=run))


def _rows(transaction: StoreTransaction) -> list[ToldLimitRow]:
    return fetch_all(transaction.connection, ToldLimitRow, select(told_limit).order_by(told_limit.c.number))
