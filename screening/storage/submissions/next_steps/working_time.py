"""Working days and times of day, by the clinic's hours and holidays and the clock of the server's place. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from screening.config.clinic_hours import ClinicHours, Span

TIMES_OF_DAY: Mapping[str, Span] = MappingProxyType(
    {
        "morning": (time(8), time(12)),
        "afternoon": (time(12), time(17)),
        "evening": (time(17), time(21)),
    }
)
"""What people mean who ask to be called at such a time."""
_MOST_DAYS = 1000
"""So far a working day is looked for; where holidays leave none, every day counts."""


def time_of_day(moment: datetime) -> str:
    """The time of day, as people name it for a call; empty where it is none of these."""
    clock = moment.astimezone().time()
    return next((name for name, (begins, ends) in TIMES_OF_DAY.items() if begins <= clock < ends), "")


def next_working_day(day: date, hours: ClinicHours) -> date:
    """The first working day after a day."""
    following = (day + timedelta(days=number) for number in range(1, _MOST_DAYS))
    return next((following_day for following_day in following if hours.on(following_day)), day + timedelta(days=1))


def working_days_after(day: date, number: int, hours: ClinicHours) -> date:
    """The last of so many working days after a day."""
    for _ in range(number):
        day = next_working_day(day, hours)
    return day


def end_of_day(day: date) -> datetime:
    """The last second of a day."""
    return _moment(day, time(23, 59, 59))


def day_of(moment: datetime) -> date:
    """The day on which a moment falls."""
    return moment.astimezone().date()


def closing_time(moment: datetime, hours: ClinicHours) -> datetime:
    """When the clinic closes on the day of a moment; on the next working day where it is closed by then."""
    day = day_of(moment)
    span = hours.on(day)
    if span and _moment(day, span[1]) > moment:
        return _moment(day, span[1])
    return end_of_hours(next_working_day(day, hours), hours)


def opening_time(moment: datetime, hours: ClinicHours) -> datetime:
    """The first moment from this one on at which the clinic works: this one itself where it does."""
    day = day_of(moment)
    span = hours.on(day)
    if span and moment < _moment(day, span[1]):
        return max(moment, _moment(day, span[0]))
    day = next_working_day(day, hours)
    begins, _ = hours.on(day) or (time(0), time(0))
    return _moment(day, begins)


def end_of_hours(day: date, hours: ClinicHours) -> datetime:
    """When the clinic closes on a day; the end of the day where it does not open."""
    span = hours.on(day)
    return _moment(day, span[1]) if span else end_of_day(day)


def next_call(moment: datetime, best_time: str, hours: ClinicHours) -> tuple[datetime, datetime]:
    """From when until when somebody is called again: the next working day on which the clinic works at the time that
    they asked for. Where it never works then, the whole next working day.
    """
    wanted = TIMES_OF_DAY.get(best_time)
    day = day_of(moment)
    for _ in range(7 if wanted else 0):
        day = next_working_day(day, hours)
        span = hours.on(day)
        if wanted and span and max(span[0], wanted[0]) < min(span[1], wanted[1]):
            return _moment(day, max(span[0], wanted[0])), _moment(day, min(span[1], wanted[1]))
    day = next_working_day(day_of(moment), hours)
    begins, ends = hours.on(day) or (time(0), time(23, 59, 59))
    return _moment(day, begins), _moment(day, ends)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock).astimezone().astimezone(UTC)
