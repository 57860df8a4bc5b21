"""What became of all that came, in charts: reached as promised or not, by week and by day; when calls are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from babel.dates import format_date, format_time, get_day_names

from screening.storage.statistics.arrivals import Arrivals, DayLoad, Fate, Overdue, by_day, by_fate, by_week
from screening.storage.statistics.calls import Calls, by_hour, by_weekday
from screening.storage.statistics.period import Period
from screening.storage.statistics.reached_share import LEAST_FOR_SHARE, Waits, median_hours, reached_curve
from screening.storage.submissions.record.records import State
from screening.wording.desk.chart_drawing import Column, Drawing, curve, stacked_bar, stacked_columns
from screening.wording.desk.charts import Chart, Row, Share, share_of, with_bars
from screening.wording.desk.terms import REASONS, STATES
from screening.wording.language.languages import N_, Language

FATES: Mapping[Fate, tuple[str, str]] = MappingProxyType(
    {
        Fate.AS_PROMISED: ("f-in", N_("Reached, as promised")),
        Fate.LATER: ("f-late", N_("Reached, later than promised")),
        Fate.OVERDUE: ("f-over", N_("Not reached, promise passed")),
        Fate.ENDED: ("f-end", N_("Ended without being reached")),
        Fate.IN_TIME: ("f-still", N_("Not reached, still in time")),
    }
)
"""How each part looks, and its words."""
CURVE_DAYS = 28
"""How many days the curve tells of."""
CALL_WEEKS = 12
"""How far back calls are told: the hours at which people answer change with the seasons."""
TOLD_DAYS = (1, 2, 3, 5, 7, 10, 14, 21, 28)
"""The days of the curve that stand in its table."""


@dataclass(frozen=True, slots=True)
class TimesCounted:
    """What was read for these charts."""

    period: Period
    arrivals: Arrivals
    overdue: Overdue
    waits: Waits
    endings: Mapping[tuple[str, str], int]
    calls: Mapping[int, Calls]
    """Of the last weeks, at most `CALL_WEEKS` of them."""


def times_charts(counted: TimesCounted, language: Language) -> tuple[Chart, ...]:
    """Every chart about times."""
    loads = by_day(counted.arrivals, counted.period)
    return (
        _fates(by_fate(counted.arrivals), language),
        _weeks(by_week(counted.arrivals, counted.period), language),
        _curve(counted.waits, language),
        _load(loads, language),
        _weekdays(loads, language),
        _hours(by_hour(counted.calls), language),
        _call_days(by_weekday(counted.calls), language),
        _endings(counted.endings, language),
    )


def _fates(fates: Mapping[Fate, int], language: Language) -> Chart:
    say, total = language.gettext, sum(fates.values())
    rows = tuple(
        Row(say(words), (fates[fate], share_of(fates[fate], total)), kind=kind) for fate, (kind, words) in FATES.items()
    )
    title = say("All that came")
    described = language.apart(language.with_label(row.label, str(row.cells[0])) for row in rows)
    drawing = Drawing(title, described, stacked_bar([(kind, fates[fate]) for fate, (kind, _) in FATES.items()]), 46)
    lead = [say("Every submission stands in one part, those not reached too.")]
    if total < LEAST_FOR_SHARE:
        lead.append(why_no_share(language))
    columns = (say("What became of them"), say("Submissions"), say("Share"))
    return Chart("fates", title, columns, rows, language.sentences(lead), drawing if total else None, is_wide=True)


def why_no_share(language: Language) -> str:
    """Why there is a number and no share."""
    return language.gettext(
        "Shares are told from %(least)s on: among fewer, one more or less would change them too much.",
        least=LEAST_FOR_SHARE,
    )


def _weeks(weeks: Mapping[date, Mapping[Fate, int]], language: Language) -> Chart:
    say, title = language.gettext, language.gettext("By the week in which they were sent")
    columns = [
        Column(_short(day, language), tuple((kind, fates[fate]) for fate, (kind, _) in FATES.items()))
        for day, fates in weeks.items()
    ]
    last = list(weeks.values())[-1]
    lead = say(
        "The present week is not over: %(waiting)s of its %(number)s are still in time.",
        waiting=last[Fate.IN_TIME],
        number=sum(last.values()),
    )
    rows = tuple(
        Row(_short(day, language), tuple(fates[fate] for fate in FATES), day=day) for day, fates in weeks.items()
    )
    heads = (say("Week that began on"), *(say(words) for _, words in FATES.values()))
    described = language.apart(language.with_label(column.label, str(column.total)) for column in columns)
    drawing = Drawing(title, described, stacked_columns(columns))
    return Chart("weeks", title, heads, rows, lead, drawing, say("The numbers of each week"))


def _curve(waits: Waits, language: Language) -> Chart:
    say, title = language.gettext, language.gettext("How long until somebody is reached")
    points = reached_curve(waits, CURVE_DAYS)
    rows = tuple(
        Row(
            language.ngettext("%(number)s day", "%(number)s days", point.day),
            (point.reached, point.known, Share(None if point.share is None else round(100 * point.share))),
        )
        for point in points
        if point.day in TOLD_DAYS
    )
    lead = [say("Everybody counts for as long as they have waited; who ended unreached as not reached.")]
    lead += [_median(waits, language), say("Estimate of Kaplan and Meier, 1958.")]
    told = [row for row in rows if row.cells[-1] != Share(None)]
    described = language.apart(
        language.with_label(row.label, say("%(share)s %%", share=row.cells[-1].percent))
        for row in told
        if isinstance(row.cells[-1], Share)
    )
    shares = [None if point.share is None else float(point.share) for point in points]
    drawing = Drawing(title, described, curve(shares)) if told else None
    columns = (say("Reached within"), say("Reached"), say("Known of"), say("Share"))
    return Chart("curve", title, columns, rows, language.sentences(lead), drawing)


def _median(waits: Waits, language: Language) -> str:
    """After how long half of all are reached, those who wait counted; or why that is not told."""
    if sum(waits.values()) < LEAST_FOR_SHARE:
        return why_no_share(language)
    hours = median_hours(waits)
    if hours is None:
        return language.gettext("Half of all are not reached so far.")
    if hours <= 48:
        return language.ngettext(
            "Half of all are reached within %(number)s hour.", "Half of all are reached within %(number)s hours.", hours
        )
    days = -(-hours // 24)
    return language.ngettext(
        "Half of all are reached within %(number)s day.", "Half of all are reached within %(number)s days.", days
    )


def _load(loads: Mapping[date, DayLoad], language: Language) -> Chart:
    say, title = language.gettext, language.gettext("How many came and waited, by day")
    rows = tuple(Row(_short(day, language), (load.came, load.waited), day=day) for day, load in loads.items())
    columns = [Column(_short(day, language), (("f-in", load.came),)) for day, load in loads.items()]
    most = max((load.waited for load in loads.values()), default=0)
    described = say(
        "Between %(first)s and %(last)s, %(came)s came; at most %(waited)s waited at the end of a day.",
        first=rows[0].label,
        last=rows[-1].label,
        came=sum(load.came for load in loads.values()),
        waited=most,
    )
    drawing = Drawing(title, described, stacked_columns(columns, [load.waited for load in loads.values()]))
    lead = say("Columns: sent on that day. Line: not reached and not ended when it was over, whenever they came.")
    heads = (say("Day"), say("Came"), say("Waited at its end"))
    return Chart("load", title, heads, rows, lead, drawing, say("The numbers of each day"), is_wide=True)


def _weekdays(loads: Mapping[date, DayLoad], language: Language) -> Chart:
    """Sums by weekday, and the mean of those that waited at its end."""
    say, names = language.gettext, _day_names(language)
    lines = []
    for weekday in range(7):
        days = [load for day, load in loads.items() if day.weekday() == weekday]
        came = sum(load.came for load in days)
        waited = round(sum(load.waited for load in days) / len(days)) if days else 0
        lines.append((names[weekday], (came, waited), (("f-in", came),)))
    heads = (say("Weekday"), say("Came"), say("Waited at its end, on average"))
    return Chart("weekdays", say("By weekday"), heads, with_bars(lines))


def _hours(calls: Mapping[int, Calls], language: Language) -> Chart:
    named = {
        str(format_time(datetime(2000, 1, 1, hour), "HH:mm", locale=language.locale)): number
        for hour, number in calls.items()
    }
    return _calls("hours", language.gettext("When calls are answered, by hour"), named, language)


def _call_days(calls: Mapping[int, Calls], language: Language) -> Chart:
    names = _day_names(language)
    named = {names[day]: number for day, number in calls.items()}
    return _calls("call_days", language.gettext("When calls are answered, by weekday"), named, language)


def _calls(chart: str, title: str, calls: Mapping[str, Calls], language: Language) -> Chart:
    say = language.gettext
    tried, answered = (sum(getattr(counted, name) for counted in calls.values()) for name in ("tried", "answered"))
    lines = [
        (
            label,
            (counted.tried, counted.answered, share_of(counted.answered, counted.tried)),
            (("f-in", counted.answered), ("f-still", counted.tried - counted.answered)),
        )
        for label, counted in calls.items()
    ]
    lead = say("%(answered)s of %(tried)s calls were answered.", answered=answered, tried=tried) + " "
    lead += say("Filled: answered; outlined: not. It tells of hours, not of colleagues.")
    if any(counted.tried < LEAST_FOR_SHARE for counted in calls.values()):
        lead += " " + why_no_share(language)
    heads = (say("From") if chart == "hours" else say("Weekday"), say("Calls"), say("Answered"), say("Share"))
    return Chart(chart, title, heads, with_bars(lines), lead if calls else "")


def _endings(endings: Mapping[tuple[str, str], int], language: Language) -> Chart:
    """Why they were closed; of what is erased no reason is left, so that its state is told."""
    say = language.gettext
    words = {code: say(reason) for code, reason in REASONS.items()}
    lines: dict[str, int] = {}
    for (state, reason), number in endings.items():
        label = words.get(reason, reason) if state == State.CLOSED else say(STATES[State(state)])
        lines[label] = lines.get(label, 0) + number
    ordered = sorted(lines.items(), key=lambda line: (-line[1], line[0]))
    rows = with_bars((label, (number,), (("f-in", number),)) for label, number in ordered)
    lead = say("Of what was sent in this time. Of what is deleted by now the reason is deleted too.")
    heads = (say("Why it ended"), say("Submissions"))
    return Chart("endings", say("Why they ended"), heads, rows, lead if rows else "")


def _short(day: date, language: Language) -> str:
    return str(format_date(day, "d MMM", locale=language.locale))


def _day_names(language: Language) -> Sequence[str]:
    names = get_day_names("wide", "stand-alone", locale=language.locale)
    return [str(names[number]) for number in range(7)]


def days_late(promised_at: datetime, at: datetime) -> int:
    """Whole days since a promise passed."""
    return max(0, (at - promised_at) // timedelta(days=1))
