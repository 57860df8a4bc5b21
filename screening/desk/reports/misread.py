"""Which questions people misread: how often the clinic saw something else than they answered."""

from __future__ import annotations

from flask import Blueprint, render_template

from screening.desk.access.current_request import current_language, current_store
from screening.desk.access.guard import for_staff
from screening.desk.submissions.actions import MISREAD
from screening.runtime import current_service
from screening.storage.statistics.tallies import counts
from screening.wording.desk.misread import misread_rows

blueprint = Blueprint("misread", __name__)


@blueprint.get("/misread")
@for_staff
def report() -> str:
    """Show the counts, by question."""
    with current_store().reading() as transaction:
        counted = counts(transaction, MISREAD)
    rows = misread_rows(current_service().rules.rule_set, counted, current_language())
    return render_template("desk/misread.html", rows=rows, most=max((row.count for row in rows), default=0))
