"""Numbers over all submissions: how many, where they stand, how long people waited. Nothing of any one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.records import State

WEEKS = 12
"""How far back weeks and waits are told."""
_c = submission.c


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts by section, state and week, and how long the first contact took."""

    sections: Mapping[str, int]
    """Of what can still be read: of restricted ones none is told."""
    states: Mapping[str, int]
    weeks: Mapping[date, int]
    """By the Monday on which a week began; a week without any is there with 0."""
    waits: tuple[timedelta, ...]
    """From being sent to the first contact, the shortest first; of those sent in these weeks."""
    waiting: int
    """Sent in these weeks, and neither reached nor ended."""


def totals(transaction: StoreTransaction, at: datetime) -> Totals:
    """All numbers of the overview at this moment."""
    return Totals(
        sections=_counts(transaction, "category", _c.state != State.RESTRICTED),
        states=_counts(transaction, "state"),
        weeks=_weeks(transaction, at),
        waits=_waits(transaction, at),
        waiting=_waiting(transaction, at),
    )


def _counts(transaction: StoreTransaction, name: str, *which: ColumnElement[bool]) -> Mapping[str, int]:
    column = _c[name]
    query = select(column, func.count()).where(column.is_not(None), *which).group_by(column)
    return {str(value): int(count) for value, count in transaction.connection.execute(query)}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first(at: datetime) -> date:
    return _monday(at.date()) - timedelta(weeks=WEEKS - 1)


def _since(at: datetime) -> datetime:
    first = _first(at)
    return datetime(first.year, first.month, first.day, tzinfo=at.tzinfo)


def _weeks(transaction: StoreTransaction, at: datetime) -> Mapping[date, int]:
    """Counted by day in the database, in which weeks are written differently from one to the next."""
    day = (
        func.substr(_c.received_at, 1, 10)
        if transaction.connection.dialect.name == "sqlite"
        else func.date(_c.received_at)
    )
    query = select(func.min(_c.received_at), func.count()).where(_c.received_at >= _since(at)).group_by(day)
    by_week: Counter[date] = Counter()
    for earliest, count in transaction.connection.execute(query):
        by_week[_monday(earliest.date())] += count
    first = _first(at)
    return {first + timedelta(weeks=week): by_week[first + timedelta(weeks=week)] for week in range(WEEKS)}


def _waits(transaction: StoreTransaction, at: datetime) -> tuple[timedelta, ...]:
    query = select(_c.received_at, _c.contacted_at)
    rows = transaction.connection.execute(query.where(_c.received_at >= _since(at), _c.contacted_at.is_not(None)))
    return tuple(sorted(contacted - received for received, contacted in rows))


def _waiting(transaction: StoreTransaction, at: datetime) -> int:
    query = select(func.count()).where(_c.received_at >= _since(at), _c.contacted_at.is_(None), _c.ended_at.is_(None))
    query = query.where(_c.state != State.RESTRICTED)
    return int(transaction.connection.execute(query).scalar_one())
