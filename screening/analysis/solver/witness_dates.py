"""Dates, and a day that is today, for the times that the solver finds: the roundest days that give just these times."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

from screening.ruleset.compiler.classes.date_cells import DayCell, days_of
from screening.ruleset.model.dates import DayRange, Elapsed
from screening.ruleset.model.questions import Question

FIRST = date(2026, 6, 30)
"""The day that is today where nothing calls for another one."""
TRIED = 4 * 366
"""Days that are tried after it: in so many every day of a calendar with its leap day comes."""


@dataclass(frozen=True, slots=True)
class Times:
    """How long ago a date is, in the units that conditions read."""

    times: Mapping[Elapsed, int]


Wanted = Sequence[tuple[Question, Times]]


def day_for(wanted: Wanted) -> date:
    """A day on which there are dates with all these times; the usual one where there is none."""
    days = (FIRST + timedelta(days=step) for step in range(TRIED))
    return next((day for day in days if all(days_with(question, times, day) for question, times in wanted)), FIRST)


def date_for(question: Question, times: Times, today: date) -> DayRange:
    """A day so long ago; where there is none that has all these times, one that has the first of them."""
    days = days_with(question, times, today)
    if days is None:
        unit, count = next(iter(times.times.items()), (Elapsed.DAYS, 0))
        days = days_with(question, Times({unit: count}), today) or days_of(question, None, DayRange.of_day(today))
    return days.roundest(days.first, days.last)


def days_with(question: Question, times: Times, today: date) -> DayCell | None:
    """All days that a question accepts and that lie so long before today."""
    accepted = days_of(question, None, DayRange.of_day(today))
    spans = [(accepted.first, accepted.last), *_spans(times, today)]
    first, last = max(low for low, _ in spans), min(high for _, high in spans)
    return DayCell(first, last) if first <= last else None


def days_around(unit: Elapsed, limit: Decimal, today: date) -> Iterator[int]:
    """The first day that is less than so long ago, and the first that is not more; where the calendar has them."""
    for count in {ceil(limit), floor(limit) + 1}:
        try:
            (span,) = _spans(Times({unit: count}), today)
        except ValueError:  # before the first year, or after the last
            continue
        yield span[1] + 1


def days_since_full(months: int, today: date) -> tuple[int, int]:
    """The least and the most days since a date so many full months before today."""
    return today.toordinal() - _months_before(today, months), today.toordinal() - _months_before(today, months + 1) - 1


def _spans(times: Times, today: date) -> Iterator[tuple[int, int]]:
    for unit, count in times.times.items():
        if unit is Elapsed.DAYS:
            day = today.toordinal() - count
            yield day, day
        else:
            size = 1 if unit is Elapsed.MONTHS else 12
            yield _months_before(today, (count + 1) * size) + 1, _months_before(today, count * size)


def _months_before(today: date, months: int) -> int:
    """The number of the last day so many full months before today."""
    place = today.year * 12 + today.month - 1 - months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1])).toordinal()
