"""Days in cells as columns of the database, and how long ago they are; a month, a year and all else is in doubt.

A day is three numbers, whether it was written in a text or stands in a column of days: so all databases reckon alike,
and as the engine does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, NO_NUMBER, floor
from screening.ruleset.model.dates import Elapsed

_ISO = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_PLACES = {"year": (0, 4), "month": (5, 2), "day": (8, 2)}
"""Where in a text each part of a day begins, and of how many digits it is."""
DIGITS = 7
"""Digits of the most days that lie between two of four-digit years."""


class Days:
    """The days of one column: of rows with another cell nothing is said."""

    def __init__(self, table: ir.Table, called: str) -> None:
        """Over a table with all that `read_days` adds to it."""
        self._year, self._month, self._day = (table[f"{part}_{called}"] for part in _PLACES)
        self.is_day: ir.BooleanValue = table[f"is_day_{called}"]
        self.number = table[f"ordinal_{called}"]
        """The number of the day in the calendar, as `date.toordinal`."""

    def since(self, unit: Elapsed, today: date) -> ir.Value:
        """How many full days, months or years ago they are, as `dates.elapsed`."""
        if unit is Elapsed.DAYS:
            return float(today.toordinal()) - self.number
        begun = float(12 * today.year + today.month) - (self._year * 12.0 + self._month)
        months = begun - ibis.ifelse(self._day > float(today.day), 1.0, 0.0)
        return months if unit is Elapsed.MONTHS else floor(months / 12.0)


def read_days(table: ir.Table, columns: Mapping[str, str]) -> tuple[ir.Table, dict[str, Days]]:
    """The days in some columns of a table, called by `columns` there, each read once in a stage of its own."""
    parts = {f"{part}_{called}": _part(table[called], part) for called in columns.values() for part in _PLACES}
    read = table.mutate(**parts)
    found: dict[str, ir.Value] = {}
    for called in columns.values():
        year, month, day = (read[f"{part}_{called}"] for part in _PLACES)
        found[f"is_day_{called}"] = _is_day(year, month, day)
        found[f"ordinal_{called}"] = _ordinal(year, month, day)
    staged = read.mutate(**found)
    return staged, {name: Days(staged, called) for name, called in columns.items()}


def _part(column: ir.Value, part: str) -> ir.Value:
    """The year, the month or the day of the month; nothing where the cell is no day to the day."""
    if column.type().is_date():
        return getattr(column, part)().cast("float64").fill_null(NO_NUMBER)
    if not column.type().is_string():
        return NO_NUMBER
    simple = column.re_search(_ISO).fill_null(FALSE)
    return ibis.cases((simple, column.substr(*_PLACES[part]).try_cast("float64")), else_=NO_NUMBER)


def _ordinal(year: ir.Value, month: ir.Value, day: ir.Value) -> ir.Value:
    before = year - 1.0
    years = before * 365.0 + floor(before / 4.0) - floor(before / 100.0) + floor(before / 400.0)
    shorter = ibis.cases((month <= 2.0, 0.0), (_is_leap(year), 1.0), else_=2.0)
    return years + floor((month * 367.0 - 362.0) / 12.0) - shorter + day


def _is_day(year: ir.Value, month: ir.Value, day: ir.Value) -> ir.BooleanValue:
    """Whether there is such a day: in the years that Python has, and no 30 February."""
    is_year = (year >= 1.0) & (year <= 9999.0)
    long = ibis.cases((_is_leap(year), 29.0), else_=28.0)
    length = ibis.cases((month == 2.0, long), (month.isin([4.0, 6.0, 9.0, 11.0]), 30.0), else_=31.0)
    return is_year & (day <= length)


def _is_leap(year: ir.Value) -> ir.BooleanValue:
    return _divides(4.0, year) & (~_divides(100.0, year) | _divides(400.0, year))


def _divides(number: float, year: ir.Value) -> ir.BooleanValue:
    return floor(year / number) * number == year
