"""Filters of the list that somebody keeps for themselves under a name: kept, renamed, forgotten.

Where one is refused the list is shown again, with what is wrong and with the name that was typed.
"""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask import session as form_session
from werkzeug.wrappers import Response

from screening.desk.access.current_request import current_language, current_staff, current_store
from screening.desk.access.guard import READERS, for_roles
from screening.desk.access.typed_fields import typed_fields
from screening.desk.narrowing.filters import kept_list_request, list_request, list_url
from screening.desk.narrowing.saved import filtered_url
from screening.desk.submissions.listing import REPLACED, SAID, show_list
from screening.forms.submitted_form import FormError
from screening.storage.accounts.saved_filters import (
    MOST_FILTERS,
    MOST_LETTERS,
    NameTakenError,
    TooManyFiltersError,
    forget_filter,
    rename_filter,
    save_filter,
)

blueprint = Blueprint("saved_filters", __name__, url_prefix="/filters")
Shown = str | Response | tuple[str, int]


@blueprint.post("/")
@for_roles(*READERS)
def keep() -> Shown:
    """Save the filters of the address under the name that was typed."""
    say, name = current_language().gettext, _typed_name()
    values, who = list_request().values, current_staff().id
    if not name or not values:
        return _refused(say("Choose filters, and type a name for them."))
    try:
        is_replaced = current_store().write(lambda transaction: save_filter(transaction, who, name, values))
    except TooManyFiltersError:
        most = MOST_FILTERS
        return _refused(
            say("You have saved %(number)s filters, and more cannot be kept: forget one first.", number=most)
        )
    if is_replaced:
        form_session[SAID] = REPLACED
    return redirect(_listed_again(), 303)


@blueprint.post("/<filter_id>/rename")
@for_roles(*READERS)
def rename(filter_id: str) -> Shown:
    """Give one of one's own the name that was typed."""
    say, name, who = current_language().gettext, _typed_name(), current_staff().id
    if not name:
        return _refused(say("Type the name that these filters are to have."))
    try:
        current_store().write(lambda transaction: rename_filter(transaction, who, filter_id, name))
    except NameTakenError:
        return _refused(say("You keep other filters as “%(name)s” already: type another name.", name=name))
    return redirect(_listed_again(), 303)


@blueprint.post("/<filter_id>/forget")
@for_roles(*READERS)
def forget(filter_id: str) -> Response:
    """Forget one of one's own."""
    who = current_staff().id
    current_store().write(lambda transaction: forget_filter(transaction, who, filter_id))
    return redirect(list_url(), 303)


def _typed_name() -> str:
    return " ".join(request.form.get("name", "").split())[:MOST_LETTERS].strip()


def _refused(message: str) -> tuple[str, int]:
    """The list that the filters of the address give, with what is wrong."""
    list_query = list_request()
    anchor = "filter-name" if list_query.query else "filter"
    return show_list(list_query, typed_fields(), [FormError(anchor, message)]), 400


def _listed_again() -> str:
    """The list as it was; after signing in anew nobody has looked at one yet, and the address says which it was."""
    query = list_request().query
    return list_url() if kept_list_request().query == query else filtered_url(query)
