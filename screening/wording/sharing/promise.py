"""Until when a clinic says it will answer: working days, weekends left out."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

_SATURDAY = 5


def promise_due_at(received: datetime, working_days: int) -> datetime:
    """The end of the last of so many working days after the day of receipt, by the clock of the server's place.

    Holidays are not known here, so none is left out: the promise never ends later than it is told.
    """
    day = received.astimezone().date()
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return datetime.combine(day, time(23, 59, 59)).astimezone().astimezone(UTC)
