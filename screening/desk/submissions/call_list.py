"""Calls on paper: who is called today, by name and number, in the order of the list; nothing of health beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from screening.desk.access.current_request import current_language, current_staff, current_store, now
from screening.desk.access.guard import READERS, for_roles
from screening.desk.narrowing.filters import ListRequest, list_request
from screening.storage.audit.log import add_entry
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_groups import Group
from screening.storage.submissions.desk_list.list_items import Item
from screening.storage.submissions.desk_list.listing import first_pages
from screening.wording.desk.listing import language_name
from screening.wording.desk.next_step import due_words, moment_words
from screening.wording.sharing.contact import TIMES

blueprint = Blueprint("call_list", __name__)
CALLED = (Group.DELETION_ASKED, Group.CALL_FIRST, Group.NEWS, Group.OVERDUE, Group.TODAY)
"""Groups of those who are called today."""
ON_A_PAGE = 20
MOST = 2 * ON_A_PAGE
"""Calls of one morning: two pages."""


@dataclass(frozen=True, slots=True)
class Call:
    """A line on paper."""

    name: str
    reach: str
    code: str
    due: str
    best_time: str
    language: str
    is_unconfirmed: bool
    """Whether the latest call reached somebody who was not confirmed."""


@blueprint.post("/call-list")
@for_roles(*READERS)
def show() -> str:
    """Show the calls to be printed; that somebody saw so many names and numbers stands in the audit first."""
    list_query, who = list_request(), current_staff().id

    def write(transaction: StoreTransaction) -> tuple[list[Item], bool]:
        items, is_all = _called(transaction, list_query)
        add_entry(transaction, who, "call_list", str(len(items)))
        return items, is_all

    items, is_all = current_store().write(write)
    return render_template(
        "desk/call_list.html",
        pages=_pages([_call(item) for item in items]),
        is_all=is_all,
        on_a_page=ON_A_PAGE,
        as_of=moment_words(now(), current_language()),
    )


def _called(transaction: StoreTransaction, list_query: ListRequest) -> tuple[list[Item], bool]:
    """The first of those with a number, in the order of the list, and whether these are all."""
    pages = first_pages(transaction, CALLED, list_query.filters, most=MOST)
    items = [item for group in CALLED for item in pages[group].items]
    called = [item for item in items if item.reach and item.channel != "email"]
    return called[:MOST], len(called) <= MOST and all(pages[group].next is None for group in CALLED)


def _call(item: Item) -> Call:
    language, row = current_language(), item.row
    time = TIMES.get(row.best_time or "")
    return Call(
        name=item.name,
        reach=item.reach,
        code=item.code,
        due=due_words(row.due_at, now(), language),
        best_time=language.gettext(time) if time else "",
        language=language_name(row.language or "", language),
        is_unconfirmed=item.is_unconfirmed,
    )


def _pages(calls: Sequence[Call]) -> list[Sequence[Call]]:
    return [calls[begin : begin + ON_A_PAGE] for begin in range(0, len(calls), ON_A_PAGE)]
