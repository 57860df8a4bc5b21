"""Filters of the list that somebody saved under a name of their own, as they are offered beside the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from screening.desk.access.current_request import current_staff, current_store
from screening.desk.narrowing.filters import ListRequest, known_values, offered_values
from screening.storage.accounts.saved_filters import SavedFilter, saved_filters


@dataclass(frozen=True, slots=True)
class ShownFilter:
    """A saved filter as the list offers it."""

    id: str
    name: str
    url: str
    is_chosen: bool


def shown_filters(list_query: ListRequest) -> tuple[ShownFilter, ...]:
    """What the present member of staff saved, and which of them the list shows now."""
    with current_store().reading() as transaction:
        own = saved_filters(transaction, current_staff().id)
    offered = offered_values() if own else {}
    return tuple(
        ShownFilter(kept.id, kept.name, filtered_url(kept.values), _is_chosen(kept, list_query, offered))
        for kept in own
    )


def filtered_url(values: Mapping[str, Sequence[str]]) -> str:
    """The list with these filters."""
    return url_for("desk.listing.index") + "?" + urlencode(values, doseq=True)


def _is_chosen(saved: SavedFilter, list_query: ListRequest, offered: Mapping[str, Sequence[str]]) -> bool:
    """Whether the list shows it: what nobody can choose any more, as a colleague who left, aside."""
    known = {name: chosen for name, chosen in known_values(saved.values, offered).items() if chosen}
    return known == list_query.values
