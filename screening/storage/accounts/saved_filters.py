"""Filters of the desk's list that somebody saved under a name of their own.

Name and values are sealed: what staff type may name a person, and what they look for is nobody else's business.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, insert, select, update

from screening.crypto.columns import open_column, seal_column
from screening.crypto.hashing import keyed_hash
from screening.storage.database.account_tables import saved_filter
from screening.storage.database.clock import now
from screening.storage.database.rows import SavedFilterRow, fetch_all
from screening.storage.store import StoreTransaction, new_id

MOST_FILTERS = 12
"""Of one account: more would be a list to look through."""
MOST_LETTERS = 40
"""In a name."""
Values = Mapping[str, tuple[str, ...]]
"""The values of each filter, as they stand in the address of the list."""
_c = saved_filter.c


class TooManyFiltersError(Exception):
    """Somebody has as many as there may be."""


class NameTakenError(Exception):
    """Another filter of the same person has that name."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with the name that its owner gave it."""

    id: str
    name: str
    values: Values


def saved_filters(transaction: StoreTransaction, staff_id: str) -> tuple[SavedFilter, ...]:
    """All that somebody saved, the oldest first."""
    query = select(saved_filter).where(_c.staff_id == staff_id).order_by(_c.saved_at, _c.id)
    key = _key(transaction)
    return tuple(_opened(row, key) for row in fetch_all(transaction.connection, SavedFilterRow, query))


def save_filter(transaction: StoreTransaction, staff_id: str, name: str, values: Values) -> bool:
    """Save one; it takes the place of one with the same name. Whether there was one.

    `TooManyFiltersError` where there is no room.
    """
    own = saved_filters(transaction, staff_id)
    replaced = [saved_filter.id for saved_filter in own if saved_filter.name == name]
    if len(own) - len(replaced) >= MOST_FILTERS:
        raise TooManyFiltersError
    transaction.connection.execute(delete(saved_filter).where(_c.id.in_(replaced)))
    filter_id = new_id()
    sealed = _sealed(SavedFilter(filter_id, name, values), _key(transaction))
    row = {"id": filter_id, "staff_id": staff_id, "saved_at": now(), "content_sealed": sealed}
    transaction.connection.execute(insert(saved_filter).values(row))
    return bool(replaced)


def rename_filter(transaction: StoreTransaction, staff_id: str, filter_id: str, name: str) -> None:
    """Give one of somebody's own another name; nothing happens where it is not theirs.

    `NameTakenError` where another one of theirs has that name.
    """
    own = {kept.id: kept for kept in saved_filters(transaction, staff_id)}
    if filter_id not in own:
        return
    if any(kept.name == name for kept in own.values() if kept.id != filter_id):
        raise NameTakenError
    sealed = _sealed(replace(own[filter_id], name=name), _key(transaction))
    transaction.connection.execute(update(saved_filter).where(_c.id == filter_id).values(content_sealed=sealed))


def forget_filter(transaction: StoreTransaction, staff_id: str, filter_id: str) -> None:
    """Forget one of somebody's own; nothing happens where it is not theirs."""
    transaction.connection.execute(delete(saved_filter).where(_c.staff_id == staff_id, _c.id == filter_id))


def _sealed(kept: SavedFilter, key: bytes) -> bytes:
    content = {"name": kept.name, "values": {field: list(chosen) for field, chosen in kept.values.items()}}
    return seal_column(json.dumps(content).encode(), key, _place(kept.id))


def _opened(row: SavedFilterRow, key: bytes) -> SavedFilter:
    content = json.loads(open_column(row.content_sealed, key, _place(row.id)))
    return SavedFilter(row.id, content["name"], {field: tuple(chosen) for field, chosen in content["values"].items()})


def _key(transaction: StoreTransaction) -> bytes:
    return keyed_hash(transaction.lookup_key(), "saved filter", b"")


def _place(filter_id: str) -> str:
    return f"saved_filter/{filter_id}/content_sealed"
