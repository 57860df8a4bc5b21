"""The time since a date, as generated code works it out: one number, or the bound that a month or a year leaves."""

from __future__ import annotations

from decimal import Decimal

from screening.ruleset.model.answers import Bound
from screening.ruleset.model.dates import DayRange, Elapsed, elapsed_between


def days_since(answer: DayRange | None, today: DayRange) -> Decimal | Bound | None:
    """Full days; None where the date is unknown."""
    return _since(Elapsed.DAYS, answer, today)


def months_since(answer: DayRange | None, today: DayRange) -> Decimal | Bound | None:
    """Full months."""
    return _since(Elapsed.MONTHS, answer, today)


def years_since(answer: DayRange | None, today: DayRange) -> Decimal | Bound | None:
    """Full years."""
    return _since(Elapsed.YEARS, answer, today)


def _since(unit: Elapsed, answer: DayRange | None, today: DayRange) -> Decimal | Bound | None:
    if answer is None:
        return None
    least, most = map(Decimal, elapsed_between(unit, answer, today.first))
    return least if least == most else Bound(least, most, low_open=False, high_open=False)
