"""The overview: how many, where they stand, how long people wait, and where the questions lose them."""

from __future__ import annotations

from flask import Blueprint, render_template

from screening.desk.access.current_request import current_language, current_store, now
from screening.desk.access.guard import for_staff
from screening.desk.submissions.idle import number_listed
from screening.runtime import current_service
from screening.storage.metrics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.metrics.overview import totals
from screening.storage.metrics.tallies import counts
from screening.storage.submissions.outbox_counts import outbox_counts
from screening.wording.desk.overview import Counted, charts, notices_chart

blueprint = Blueprint("overview", __name__)
NAMES = (REACHED, ANSWERED, RESULT, UNDETERMINED, OPEN)
"""In the order of the members of `Counted`."""


@blueprint.get("/overview")
@for_staff
def overview() -> str:
    """Show every chart."""
    with current_store().reading() as transaction:
        submission_totals = totals(transaction, now())
        notices = outbox_counts(transaction)
        counted = Counted(*(counts(transaction, name) for name in NAMES))
    language = current_language()
    shown_charts = charts(submission_totals, counted, current_service().rules.rule_set, language)
    return render_template(
        "desk/overview.html", charts=(*notices_chart(notices, language), *shown_charts), idle=number_listed()
    )
