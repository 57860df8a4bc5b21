"""Settings of when the clinic works: opening hours of each day of the week, and holidays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path

from screening.config.environment import Environment

CLINIC_HOURS_SETTINGS = {
    "SCREENING_CLINIC_HOURS": (
        "When the clinic telephones, by the clock of the server's place: days and hours, parted by semicolons, such as "
        "Mo-Fr 08:30-17:00; Sa 09:00-12:00. A day that is not named is no working day. Default: Mo-Fr 08:00-21:00."
    ),
    "SCREENING_CLINIC_HOLIDAYS": (
        "Days on which the clinic is closed, or the path of a file with one a line (what follows the date is a "
        "remark): 2026-12-25, 2027-03-20..2027-03-22. No promise ends and no call falls due on them. Default: none."
    ),
}
"""Every setting of the clinic's hours with its meaning."""

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(r"(?P<days>[A-Za-z][A-Za-z,\- ]*?)\s+(?P<begins>\d{1,2}:\d{2})\s*-\s*(?P<ends>\d{1,2}:\d{2})")
_USUAL = "Mo-Fr 08:00-21:00"
_LONGEST_HOLIDAY = timedelta(days=366)

Span = tuple[time, time]
"""From when until when on one day."""


@dataclass(frozen=True, slots=True)
class ClinicHours:
    """When the clinic works; times are by the clock of the server's place."""

    opening: tuple[Span | None, ...]
    """Seven, from Monday on; None: no working day."""
    holidays: frozenset[date] = frozenset()

    def on(self, day: date) -> Span | None:
        """From when until when it works on a day; None where it does not."""
        return None if day in self.holidays else self.opening[day.weekday()]


class _NotReadableError(ValueError):
    """A part of a setting that cannot be read; its text is the part."""


def read_clinic_hours(environment: Environment) -> ClinicHours:
    """The hours that the settings give; what cannot be read is noted, and as if it were not there."""
    text = environment.text("SCREENING_CLINIC_HOURS", _USUAL)
    try:
        opening = _opening(text)
    except _NotReadableError as error:
        environment.problems.append(
            f"SCREENING_CLINIC_HOURS: {str(error)!r} cannot be read. Write days and hours such as "
            "Mo-Fr 08:30-17:00; Sa 09:00-12:00 (Mo, Tu, We, Th, Fr, Sa, Su)."
        )
        opening = _opening(_USUAL)
    return ClinicHours(opening, _holidays(environment))


def _opening(text: str) -> tuple[Span | None, ...]:
    days: list[Span | None] = [None] * len(_DAYS)
    for rule in filter(None, (part.strip() for part in text.split(";"))):
        match = _RULE.fullmatch(rule)
        if match is None:
            raise _NotReadableError(rule)
        begins, ends = _time(match["begins"], rule), _time(match["ends"], rule)
        if begins >= ends:
            raise _NotReadableError(rule)
        for number in _weekdays(match["days"], rule):
            days[number] = (begins, ends)
    if not any(days):
        raise _NotReadableError(text)
    return tuple(days)


def _time(text: str, rule: str) -> time:
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError:
        raise _NotReadableError(rule) from None


def _weekdays(text: str, rule: str) -> Iterable[int]:
    """The numbers of days such as `Mo-Fr,Su`; a range may run over the end of the week."""
    for part in text.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        names = [name.capitalize() for name in (first, last or first)]
        if not all(name in _DAYS for name in names):
            raise _NotReadableError(rule)
        begin, end = (_DAYS.index(name) for name in names)
        yield from (number % len(_DAYS) for number in range(begin, end + 1 if end >= begin else end + 1 + len(_DAYS)))


def _holidays(environment: Environment) -> frozenset[date]:
    text = environment.text("SCREENING_CLINIC_HOLIDAYS")
    if text and not text[0].isdigit():
        try:
            lines = Path(text).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
            environment.problems.append(f"SCREENING_CLINIC_HOLIDAYS: {text} cannot be read: {reason}.")
            return frozenset()
        written = [line.split()[0].rstrip(",;") for line in lines if line.strip() and not line.lstrip().startswith("#")]
    else:
        written = [part.strip() for part in text.split(",") if part.strip()]
    days: set[date] = set()
    for part in written:
        try:
            days.update(_days_of(part))
        except ValueError:
            environment.problems.append(
                f"SCREENING_CLINIC_HOLIDAYS: {part!r} is no day. Write days as 2026-12-25, and several in a row as "
                "2027-03-20..2027-03-22."
            )
    return frozenset(days)


def _days_of(text: str) -> Iterable[date]:
    first, _, last = text.partition("..")
    begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if not timedelta() <= end - begin <= _LONGEST_HOLIDAY:
        raise ValueError(text)
    return (begin + timedelta(days=number) for number in range((end - begin).days + 1))


USUAL_HOURS = ClinicHours(_opening(_USUAL))
"""Where nothing is said."""
