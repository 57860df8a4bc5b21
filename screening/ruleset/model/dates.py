"""Dates as people know them, a day or all days of a month or a year, and how many days, months or years ago that is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from enum import StrEnum

TODAY = "today"
"""The name in an answer set under which the day stands on which it is judged; no question may have it."""


DECEMBER = 12


class Elapsed(StrEnum):
    """In what the time since a date is counted: full days, full months or full years."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def function(self) -> str:
        """What reads it in the language of conditions."""
        return f"{self}_since"


def time_name(question: str, unit: Elapsed) -> str:
    """How the time since a date is named among numbers that are answered; no question has such a name."""
    return f"{question} {unit}"


ELAPSED = {unit.function: unit for unit in Elapsed}
"""The functions by which alone rules read a date."""


class DatesUnreadError(ValueError):
    """Nothing can be proved of a date, since today decides which days there are; it names the question."""


class TodayMissingError(ValueError):
    """Dates cannot be judged without the day on which they are."""


@dataclass(frozen=True, slots=True)
class DayRange:
    """A date of which it is known between which days it lies, both included; a known day is both."""

    first: date
    last: date

    @classmethod
    def of_day(cls, day: date) -> DayRange:
        """One day."""
        return cls(day, day)

    @property
    def is_day(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def until(self, today: date) -> DayRange | None:
        """What of it is not after today; None where nothing is."""
        return None if self.first > today else DayRange(self.first, min(self.last, today))

    def contains(self, other: DayRange) -> bool:
        """Whether all days of another one are among its own."""
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as somebody knows it: a year, with the month and the day where they are known too."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def text(self) -> str:
        """The date in ISO 8601, with as much of it as is known."""
        known = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(known)

    @property
    def days(self) -> DayRange:
        """All days that it may be; raises `ValueError` where there is no such day."""
        first = date(self.year, *(1 if part is None else part for part in (self.month, self.day)))
        if self.day is not None:
            return DayRange.of_day(first)
        month = DECEMBER if self.month is None else self.month
        return DayRange(first, date(self.year, month, monthrange(self.year, month)[1]))


def as_partial(days: DayRange) -> PartialDate:
    """The shortest date of which these are all days, or all that are not after some day."""
    first, last = days.first, days.last
    if days.is_day:
        return PartialDate(first.year, first.month, first.day)
    is_month = (first.year, first.month) == (last.year, last.month)
    return PartialDate(first.year, first.month) if is_month else PartialDate(first.year)


def day_named(text: str) -> date | None:
    """The day that a text such as 2026-11-22 names, if there is such a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_in(answers: Mapping[str, object]) -> date:
    """The day that is today in an answer set; where it holds none, no date is read."""
    today = answers.get(TODAY)
    return today.first if isinstance(today, DayRange) else date.min


def elapsed(unit: Elapsed, day: date, today: date) -> int:
    """How many full days, months or years lie between a day and today; below zero where it lies ahead.

    Months are full on the day of the month with the same number; years are twelve months.
    """
    if unit is Elapsed.DAYS:
        return (today - day).days
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    return months if unit is Elapsed.MONTHS else months // 12


def elapsed_between(unit: Elapsed, days: DayRange, today: date) -> tuple[int, int]:
    """The least and the most that the time since one of these days may be.

    The later a day, the less: so the ends of a range of days give the ends of the numbers.
    """
    return elapsed(unit, days.last, today), elapsed(unit, days.first, today)


def earliest_day(today: date, years: int) -> date:
    """The first day that is not more than so many full years before today."""
    year = max(today.year - years, MINYEAR)
    return date(year, today.month, min(today.day, monthrange(year, today.month)[1]))


def latest_day(today: date, years: int) -> date:
    """The last day that is not more than so many full years after today."""
    year = min(today.year + years, MAXYEAR)
    return date(year, today.month, min(today.day, monthrange(year, today.month)[1]))
