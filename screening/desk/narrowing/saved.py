"""Filters of the list that somebody saved under a name of their own: shown beside the list, kept and forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask import session as form_session
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.narrowing.filters import (
    ListRequest,
    kept_list_request,
    known_values,
    list_request,
    list_url,
    offered_values,
)
from screening.storage.accounts.saved_filters import (
    MOST_FILTERS,
    MOST_LETTERS,
    SavedFilter,
    TooManyFiltersError,
    forget_filter,
    save_filter,
    saved_filters,
)

blueprint = Blueprint("saved", __name__, url_prefix="/filters")
_SESSION_KEY = "saved"


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
    return tuple(ShownFilter(kept.id, kept.name, _url(kept), _is_chosen(kept, list_query, offered)) for kept in own)


def _url(saved: SavedFilter) -> str:
    return _address(saved.values)


def _address(values: Mapping[str, Sequence[str]]) -> str:
    """The list with these filters."""
    return url_for("desk.listing.index") + "?" + urlencode(values, doseq=True)


def _is_chosen(saved: SavedFilter, list_query: ListRequest, offered: Mapping[str, Sequence[str]]) -> bool:
    """Whether the list shows it: what nobody can choose any more, as a colleague who left, aside."""
    known = {name: chosen for name, chosen in known_values(saved.values, offered).items() if chosen}
    return known == list_query.values


def said_of_saving() -> str:
    """What came of saving a filter, once."""
    return str(form_session.pop(_SESSION_KEY, ""))


@blueprint.post("/")
@for_roles(*READERS)
def keep() -> Response:
    """Save the filters of the address under the name that was typed."""
    say, name = current_language().gettext, " ".join(request.form.get("name", "").split())[:MOST_LETTERS]
    values, who = list_request().values, current_staff().id
    if not name or not values:
        form_session[_SESSION_KEY] = say("Choose filters, and type a name for them.")
        return redirect(list_url(), 303)
    try:
        current_store().write(lambda transaction: save_filter(transaction, who, name, values))
    except TooManyFiltersError:
        form_session[_SESSION_KEY] = say(
            "You have saved %(number)s filters, and more cannot be kept: forget one first.", number=MOST_FILTERS
        )
    return redirect(_listed_again(), 303)


def _listed_again() -> str:
    """The list as it was; after signing in anew nobody has looked at one yet, and the address says which it was."""
    query = list_request().query
    return list_url() if kept_list_request().query == query else _address(query)


@blueprint.post("/<filter_id>/forget")
@for_roles(*READERS)
def forget(filter_id: str) -> Response:
    """Forget one of one's own."""
    who = current_staff().id
    current_store().write(lambda transaction: forget_filter(transaction, who, filter_id))
    return redirect(list_url(), 303)
