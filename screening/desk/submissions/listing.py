"""The first page after signing in: what waits, in groups, each with its number.

Its rows have names, which is a disclosure: the audit has an entry with the number of those that were shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, url_for
from flask import session as form_session
from werkzeug.wrappers import Response

from screening.desk.access import current_request
from screening.desk.access.guard import READERS, for_roles, for_staff
from screening.desk.access.typed_fields import Fields, typed_fields
from screening.desk.narrowing.filters import (
    ListRequest,
    choices,
    keep_list,
    kept_list_request,
    list_request,
    list_url,
)
from screening.desk.narrowing.saved import shown_filters
from screening.desk.submissions.assigning import colleagues
from screening.desk.submissions.last_done import last_done
from screening.desk.submissions.several import CLOSED_TOGETHER, outcome_of_several, work_on_marked
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.accounts.saved_filters import MOST_LETTERS
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_groups import DUE_GROUPS, Group
from screening.storage.submissions.desk_list.list_items import Item, named_beside
from screening.storage.submissions.desk_list.listing import ListKey, ListPage, first_pages, group_sizes, list_page
from screening.wording.desk.listing import HELPS, TITLES, ListedRow, listed_row
from screening.wording.desk.next_step import moment_words
from screening.wording.desk.terms import REASONS
from screening.wording.language.languages import N_

blueprint = Blueprint("listing", __name__)
Shown = str | Response
AT_FIRST = 10
"""Rows of a group where all groups are shown."""
ON_A_PAGE = 50
"""Rows where one group is shown alone."""
SAID = "said"
"""Where the session has what the list says once."""
REPLACED = N_("These filters took the place of those that you had kept under that name.")
NOTHING_DONE = N_("Nothing was done yet: press what is done with the marked ones, with its colleague or its reason.")
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
    next: ListKey | None


@blueprint.get("/")
@for_staff
def index() -> Shown:
    """Show what waits; a manager, who reads nothing of it, is shown the overview."""
    if current_request.current_staff().role not in READERS:
        return redirect(url_for("desk.overview.overview"), 303)
    said = form_session.pop(SAID, "")
    return show_list(list_request(), said=current_request.current_language().gettext(said) if said else "")


@blueprint.post("/several")
@for_roles(*READERS)
def work_on_several() -> Shown:
    """Do something with the rows that are marked; where it was not said what, they stay marked."""
    if work_on_marked():
        return redirect(list_url(), 303)
    said = current_request.current_language().gettext(NOTHING_DONE)
    return show_list(kept_list_request(), typed_fields(), said=said)


def show_list(
    list_query: ListRequest, typed: Fields | None = None, errors: Sequence[FormError] = (), *, said: str = ""
) -> str:
    """The page of a list. `typed`: what was filled in, where nothing was done with it; `said`: what is said first."""
    keep_list(list_query)
    with current_request.current_store().reading() as transaction:
        sizes = group_sizes(transaction, list_query.filters)
        pages = _pages(transaction, list_query, sizes)
    _note_names([item for listed in pages.values() for item in listed.items])
    language, at = current_request.current_language(), current_request.now()
    return render_template(
        "desk/listing.html",
        groups=[_shown_group(group, sizes[group], listed) for group, listed in pages.items()],
        numbers=[(group, language.gettext(TITLES[group]), sizes[group]) for group in Group],
        waiting=sum(sizes[group] for group in DUE_GROUPS),
        as_of=moment_words(at, language),
        colleagues=colleagues(),
        close_reasons=[(code, language.gettext(REASONS[code])) for code in CLOSED_TOGETHER],
        outcome=outcome_of_several(),
        done=last_done(),
        choices=choices(list_query.filters),
        asked=list_query,
        saved=shown_filters(list_query),
        most_letters=MOST_LETTERS,
        errors=errors,
        said=said,
        marked=frozenset(mark.partition(".")[0] for mark in typed.getlist("marked")) if typed else frozenset(),
        typed=typed or {},
        opened_at=int(current_request.now().timestamp()),
    )


def _note_names(items: list[Item]) -> None:
    """Say in the audit how many names are about to be shown, and to whom; nothing where nobody gave one."""
    number = sum(bool(item.name) for item in items) + len(named_beside(items))
    who = current_request.current_staff().id
    if number:
        current_request.current_store().write(lambda transaction: add_entry(transaction, who, "list_seen", str(number)))


def _pages(
    transaction: StoreTransaction, list_query: ListRequest, sizes: Mapping[Group, int]
) -> Mapping[Group, ListPage]:
    """The rows of the group that is asked for, or the first ones of each in which something stands."""
    filters, group = list_query.filters, list_query.group
    if group:
        return {group: list_page(transaction, group, filters, after=list_query.after, most=ON_A_PAGE)}
    wanted = [group for group in Group if group not in ASIDE and sizes[group]]
    return first_pages(transaction, wanted, filters, most=AT_FIRST)


def _shown_group(group: Group, number: int, listed: ListPage) -> ShownGroup:
    language, at = current_request.current_language(), current_request.now()
    rows = tuple(listed_row(item, current_service().rules.rule_set, at, language) for item in listed.items)
    help_text = HELPS.get(group, "")
    return ShownGroup(
        group,
        language.gettext(TITLES[group]),
        language.gettext(help_text) if help_text else "",
        number,
        rows,
        listed.next,
    )
