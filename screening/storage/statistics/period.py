"""The weeks that the overview tells of, and days and hours by the clinic's clock as the database can group by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, case, cast, func, literal

SECONDS_A_DAY = 86_400
SECONDS_AN_HOUR = 3_600
_EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """So many weeks, each from its Monday; the last one is the present week as far as it has come."""

    weeks: int
    at: datetime
    """Now."""
    zone: tzinfo | None = None
    """Where the clinic's clock stands; None: where the server stands."""

    @cached_property
    def first(self) -> date:
        """The Monday with which it begins."""
        return monday(self.today) - timedelta(weeks=self.weeks - 1)

    @cached_property
    def today(self) -> date:
        """The day that it is at the clinic."""
        return self.at.astimezone(self.zone).date()

    @cached_property
    def since(self) -> datetime:
        """The moment at which it begins."""
        midnight = datetime.combine(self.first, time())
        local = midnight.replace(tzinfo=self.zone) if self.zone else midnight.astimezone()
        return local.astimezone(UTC)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of it, up to today."""
        return tuple(self.first + number * _DAY for number in range((self.today - self.first).days + 1))

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The day on which each week begins."""
        return self.days[::7]

    @cached_property
    def offsets(self) -> tuple[tuple[datetime, int], ...]:
        """How many seconds the clinic's clock is ahead of UTC, each with the moment since which it is, in order."""
        changes = [(self.since, self._offset(self.since))]
        for number in range(len(self.days) + 1):
            end = self.since + (number + 1) * _DAY
            if self._offset(end) != changes[-1][1]:
                changes.append((self._change(end - _DAY, end), self._offset(end)))
        return tuple(changes)

    def _offset(self, moment: datetime) -> int:
        offset = moment.astimezone(self.zone).utcoffset()
        return int(offset.total_seconds()) if offset else 0

    def _change(self, before: datetime, after: datetime) -> datetime:
        """The first second between two moments at which the clock is ahead as it is at the second of them."""
        offset = self._offset(after)
        while after - before > timedelta(seconds=1):
            middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
            before, after = (before, middle) if self._offset(middle) == offset else (middle, after)
        return after


def monday(day: date) -> date:
    """The day on which its week begins."""
    return day - timedelta(days=day.weekday())


def day_of(number: int) -> date:
    """The day of a number that `local_day` gave."""
    return _EPOCH + number * _DAY


def seconds_between(
    earlier: ColumnElement[datetime], later: ColumnElement[datetime], dialect: Dialect
) -> ColumnElement[int]:
    """Whole seconds from one moment to another, in the database."""
    return _seconds(later, dialect) - _seconds(earlier, dialect)


def local_day(column: ColumnElement[datetime], period: Period, dialect: Dialect) -> ColumnElement[int]:
    """The day of a moment of this period by the clinic's clock, as the number of days since 1970-01-01."""
    return _local_seconds(column, period, dialect) // literal(SECONDS_A_DAY, literal_execute=True)


def local_hour(column: ColumnElement[datetime], period: Period, dialect: Dialect) -> ColumnElement[int]:
    """The hour of a moment of this period by the clinic's clock, as the number of hours since 1970-01-01."""
    return _local_seconds(column, period, dialect) // literal(SECONDS_AN_HOUR, literal_execute=True)


def _local_seconds(column: ColumnElement[datetime], period: Period, dialect: Dialect) -> ColumnElement[int]:
    earlier = [(column < since, before) for (_, before), (since, _) in pairwise(period.offsets)]
    last = period.offsets[-1][1]
    return _seconds(column, dialect) + (case(*earlier, else_=last) if earlier else literal(last, literal_execute=True))


def _seconds(column: ColumnElement[datetime], dialect: Dialect) -> ColumnElement[int]:
    """Seconds since 1970 in UTC, as both kinds of database count them."""
    if dialect.name == "sqlite":
        return func.unixepoch(column, type_=Integer)
    return cast(func.floor(func.date_part("epoch", column)), BigInteger)
