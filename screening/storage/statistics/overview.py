"""How many submissions there are, by state and section. Nothing of any one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.records import State

_c = submission.c


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts by section and state."""

    sections: Mapping[str, int]
    """Of what can still be read: of restricted ones none is told."""
    states: Mapping[str, int]


def totals(transaction: StoreTransaction) -> Totals:
    """All that was ever sent, at this moment."""
    sections = _counts(transaction, "category", _c.state != State.RESTRICTED)
    return Totals(sections=sections, states=_counts(transaction, "state"))


def _counts(transaction: StoreTransaction, name: str, *which: ColumnElement[bool]) -> Mapping[str, int]:
    column = _c[name]
    query = select(column, func.count()).where(column.is_not(None), *which).group_by(column)
    return {str(value): int(count) for value, count in transaction.connection.execute(query)}
