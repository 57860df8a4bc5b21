"""Finding from every page of the desk: one field for code, number, e-mail address and name.

A code opens its submission. All else is listed with names, which is a disclosure: the audit has an entry with the
number of those that were listed, and never what was typed.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.desk.access import current_request
from screening.desk.access.guard import READERS, for_roles
from screening.desk.narrowing.filters import submission_url
from screening.desk.submissions.search_cookie import keep_search, kept_search
from screening.forms.search import read_search
from screening.forms.submitted_form import FormError
from screening.runtime import current_service
from screening.storage.audit.log import add_entry
from screening.storage.submissions.desk_list.finding import Findings, Search, find_submissions, id_by_code
from screening.storage.submissions.desk_list.list_items import named_beside
from screening.wording.desk.finding import message_without
from screening.wording.desk.listing import listed_row

blueprint = Blueprint("finding", __name__)
Shown = str | Response | tuple[str, int]
MOST = 50
"""Rows that are listed."""
FIELD = "find"


@blueprint.post("/find")
@for_roles(*READERS)
def find() -> Shown:
    """Open what has the code that was typed, or go on to what was found by all else."""
    typed = request.form.get(FIELD, "").strip()
    search = _read(typed)
    with current_request.current_store().reading() as transaction:
        by_code = id_by_code(transaction, search.code)
    if by_code:
        return redirect(submission_url(by_code), 303)
    return keep_search(redirect(url_for("desk.finding.findings"), 303), typed)


@blueprint.get("/find")
@for_roles(*READERS)
def findings() -> Shown:
    """List what was found, with a note in the audit; with nothing typed the page says what can be."""
    typed = kept_search()
    if not typed:
        return _show("", [], None)
    search = _read(typed)
    if search.reaches or search.name:
        return _show(typed, [], _list(search))
    return _show(typed, [FormError(FIELD, message_without(search, current_request.current_language()))], None), 400


def _read(typed: str) -> Search:
    clinic = current_service().settings.clinic
    return read_search(typed, clinic.countries if clinic else ())


def _list(search: Search) -> Findings:
    """What fits; who looked and at how many stands in the audit before anybody sees it."""
    store, who = current_request.current_store(), current_request.current_staff().id
    with store.reading() as transaction:
        listed = find_submissions(transaction, search, current_service().name_index, MOST)
    number = len(listed.items) + len(named_beside(listed.items))
    store.write(lambda transaction: add_entry(transaction, who, "names_listed", str(number)))
    return listed


def _show(typed: str, errors: list[FormError], listed: Findings | None) -> str:
    rule_set, language = current_service().rules.rule_set, current_request.current_language()
    rows = [listed_row(item, rule_set, current_request.now(), language) for item in (listed.items if listed else ())]
    return render_template("desk/findings.html", searched=typed, errors=errors, listed=listed, rows=rows, most=MOST)
