"""The first page after signing in: what waits, in groups, each with its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from screening.desk.access import current_request
from screening.desk.access.guard import READERS, for_staff
from screening.desk.submissions.filters import ListRequest, choices, keep_list, list_request
from screening.runtime import current_service
from screening.storage.submissions.listing import Group, Key, group_sizes, page
from screening.wording.desk.listing import HELPS, TITLES, ListedRow, listed_row

blueprint = Blueprint("listing", __name__)
Shown = str | Response
AT_FIRST = 10
"""Rows of a group where all groups are shown."""
ON_A_PAGE = 50
"""Rows where one group is shown alone."""
ASIDE = (Group.DUPLICATES, Group.CLOSED)
"""Groups that are shown only where they are asked for: what is in them needs no call, or stands elsewhere too."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with the rows of it that are shown."""

    id: Group
    title: str
    help: str
    number: int
    rows: tuple[ListedRow, ...]
    next: Key | None


@blueprint.get("/")
@for_staff
def index() -> Shown:
    """Show what waits; a manager, who reads nothing of it, is shown the overview."""
    if current_request.current_staff().role not in READERS:
        return redirect(url_for("desk.overview.overview"), 303)
    return _show(list_request())


def _show(list_query: ListRequest) -> str:
    keep_list(list_query)
    with current_request.current_store().reading() as transaction:
        sizes = group_sizes(transaction, list_query.filters)
    wanted = (
        [list_query.group] if list_query.group else [group for group in Group if group not in ASIDE and sizes[group]]
    )
    return render_template(
        "desk/listing.html",
        groups=[_shown_group(list_query, group, sizes) for group in wanted],
        numbers=[(group, current_request.current_language().gettext(TITLES[group]), sizes[group]) for group in Group],
        choices=choices(list_query.filters),
        asked=list_query,
        opened_at=int(current_request.now().timestamp()),
    )


def _shown_group(list_query: ListRequest, group: Group, sizes: Mapping[Group, int]) -> ShownGroup:
    store, language, at = current_request.current_store(), current_request.current_language(), current_request.now()
    most, after = (ON_A_PAGE, list_query.after) if list_query.group else (AT_FIRST, None)
    with store.reading() as transaction:
        listed = page(transaction, group, list_query.filters, after=after, most=most)
    rows = tuple(listed_row(item, current_service().rules.rule_set, at, language) for item in listed.items)
    help_text = HELPS.get(group, "")
    return ShownGroup(
        group,
        language.gettext(TITLES[group]),
        language.gettext(help_text) if help_text else "",
        sizes[group],
        rows,
        listed.next,
    )
