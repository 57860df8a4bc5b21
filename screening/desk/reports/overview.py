"""The overview: what became of all that came, how long people wait, when calls are answered, and where questions lose
people. Numbers alone, as drawings, tables and files.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request

from screening.desk.access.current_request import current_language, current_store, now
from screening.desk.access.guard import for_staff
from screening.desk.submissions.actions import MISREAD
from screening.desk.submissions.idle import number_listed
from screening.runtime import current_service
from screening.storage.statistics.arrivals import read_arrivals, read_endings, read_hours, read_overdue
from screening.storage.statistics.calls import read_calls
from screening.storage.statistics.counter_names import ANSWERED, OPEN, REACHED, RESULT, UNDETERMINED
from screening.storage.statistics.overview import totals
from screening.storage.statistics.period import Period
from screening.storage.statistics.tallies import counts
from screening.storage.submissions.notices.outbox_counts import outbox_counts
from screening.wording.desk.charts import Chart, cell_text, chart_file, charts_file
from screening.wording.desk.feed import when
from screening.wording.desk.overview import Counted, charts, notices_chart
from screening.wording.desk.overview_figures import figures, head, periods
from screening.wording.desk.overview_times import CALL_WEEKS, CURVE_DAYS, TimesCounted, times_charts

blueprint = Blueprint("overview", __name__)
NAMES = (REACHED, ANSWERED, RESULT, UNDETERMINED, OPEN, MISREAD)
"""In the order of the members of `Counted`."""
WEEKS = (4, 12, 52)
"""Periods that can be chosen; the first is shown unless another is."""
_MARK = "\ufeff"
"""By which spreadsheets know that a file is in UTF-8."""


@blueprint.get("/overview")
@for_staff
def overview() -> str:
    """Show every chart of a period."""
    period, language = _period(), current_language()
    counted = _read_times(period)
    return render_template(
        "desk/overview.html",
        charts=_charts(counted),
        figures=figures(counted.arrivals, counted.overdue, period.at, language),
        head=head(counted.arrivals, period, language),
        as_of=when(period.at, language),
        periods=periods(WEEKS, language),
        weeks=period.weeks,
        cell_text=lambda cell: cell_text(cell, language),
        idle=number_listed(),
    )


@blueprint.get("/overview.csv")
@for_staff
def whole_file() -> Response:
    """The tables of all charts in one file."""
    say, period = current_language().gettext, _period()
    heads = (say("Chart"), say("Line"), say("Column"), say("Number"))
    return _file(charts_file(_charts(_read_times(period)), heads), "overview", period)


@blueprint.get("/overview/<chart_id>.csv")
@for_staff
def one_file(chart_id: str) -> Response:
    """The table of one chart."""
    period = _period()
    chart = next((candidate for candidate in _charts(_read_times(period)) if candidate.id == chart_id), None)
    return _file(chart_file(chart or abort(404)), f"overview-{chart_id}", period)


def _period() -> Period:
    """The weeks that are asked for."""
    asked = request.args.get("weeks", "")
    return Period(next((weeks for weeks in WEEKS if str(weeks) == asked), WEEKS[0]), now())


def _read_times(period: Period) -> TimesCounted:
    with current_store().reading() as transaction:
        return TimesCounted(
            period=period,
            arrivals=read_arrivals(transaction, period),
            overdue=read_overdue(transaction, period.at),
            waits=read_hours(transaction, period, CURVE_DAYS * 24),
            endings=read_endings(transaction, period),
            calls=read_calls(transaction, Period(min(period.weeks, CALL_WEEKS), period.at)),
        )


def _charts(times: TimesCounted) -> tuple[Chart, ...]:
    language = current_language()
    with current_store().reading() as transaction:
        submission_totals = totals(transaction)
        notices = outbox_counts(transaction)
        counted = Counted(*(counts(transaction, name) for name in NAMES))
    others = charts(submission_totals, counted, current_service().rules.rule_set, language)
    return (*notices_chart(notices, language), *times_charts(times, language), *others)


def _file(content: str, name: str, period: Period) -> Response:
    response = Response(_MARK + content, mimetype="text/csv")
    named = f"{name}-{period.weeks}-{period.today.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{named}"'
    return response
