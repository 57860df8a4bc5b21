"""All that came in some weeks, counted: when it came, was reached or ended, and what became of it. Of no one alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from screening.storage.database.schema import submission
from screening.storage.statistics.period import SECONDS_AN_HOUR, Period, day_of, local_day, monday, seconds_between
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.records import State

_c = submission.c


class Fate(StrEnum):
    """What became of a submission; each has exactly one."""

    AS_PROMISED = "as_promised"
    """Reached, by the time that was promised."""
    LATER = "later"
    """Reached after it."""
    OVERDUE = "overdue"
    """Not reached, and the promise has passed."""
    ENDED = "ended"
    """Closed, taken back, erased or restricted, and never reached."""
    IN_TIME = "in_time"
    """Not reached, and the promise lies ahead."""


REACHED = frozenset({Fate.AS_PROMISED, Fate.LATER})
FATES = tuple(Fate)
"""In the order in which the database numbers them."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came in a period, and what left it: reached, or ended without that."""

    fates: Mapping[tuple[date, Fate], int]
    """How many came on a day and became this."""
    left: Mapping[date, int]
    """How many of all were reached on a day, or ended unreached."""
    waiting_before: int
    """How many waited when the period began."""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day at the clinic."""

    came: int
    waited: int
    """How many waited at its end: sent, and neither reached nor ended."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is overdue now, whenever it came."""

    number: int
    nobodys: int
    """How many of them nobody has taken."""
    promised_at: datetime | None
    """The earliest promise that passed."""


def by_fate(arrivals: Arrivals) -> Mapping[Fate, int]:
    """How many of those that came in the period became what."""
    counted = dict.fromkeys(Fate, 0)
    for (_, fate), number in arrivals.fates.items():
        counted[fate] += number
    return counted


def by_week(arrivals: Arrivals, period: Period) -> Mapping[date, Mapping[Fate, int]]:
    """The same for each week, by its Monday; a week without any is there too."""
    counted = {day: dict.fromkeys(Fate, 0) for day in period.mondays}
    for (day, fate), number in arrivals.fates.items():
        counted[monday(day)][fate] += number
    return counted


def by_day(arrivals: Arrivals, period: Period) -> Mapping[date, DayLoad]:
    """How many came on each day, and how many waited when it was over: those that came less those that left."""
    came = dict.fromkeys(period.days, 0)
    for (day, _), number in arrivals.fates.items():
        came[day] += number
    loads, waiting = {}, arrivals.waiting_before
    for day in period.days:
        waiting += came[day] - arrivals.left.get(day, 0)
        loads[day] = DayLoad(came[day], waiting)
    return loads


def read_arrivals(transaction: StoreTransaction, period: Period) -> Arrivals:
    """What came in a period up to now, and what left."""
    return Arrivals(
        _read_fates(transaction, period), _read_left(transaction, period), _waiting_before(transaction, period)
    )


def _read_fates(transaction: StoreTransaction, period: Period) -> Mapping[tuple[date, Fate], int]:
    """Day and fate are grouped as one number: that is several times as fast as by both."""
    day = local_day(_c.received_at, period, transaction.connection.dialect)
    key = (day * len(FATES) + _fate(period.at)).label("key")
    query = select(key, func.count()).where(_c.received_at.between(period.since, period.at)).group_by("key")
    rows = transaction.connection.execute(query)
    return {(day_of(number // len(FATES)), FATES[number % len(FATES)]): int(count) for number, count in rows}


def _read_left(transaction: StoreTransaction, period: Period) -> Mapping[date, int]:
    left_at = _left_at()
    day = local_day(left_at, period, transaction.connection.dialect).label("day")
    query = select(day, func.count()).where(left_at >= period.since).group_by("day")
    return {day_of(number): int(count) for number, count in transaction.connection.execute(query)}


def _waiting_before(transaction: StoreTransaction, period: Period) -> int:
    left_at = _left_at()
    query = select(func.count()).where(_c.received_at < period.since, or_(left_at.is_(None), left_at >= period.since))
    return int(transaction.connection.execute(query).scalar_one())


def read_overdue(transaction: StoreTransaction, at: datetime) -> Overdue:
    """What is overdue now."""
    query = select(func.count(), func.count(_c.assignee_id), func.min(_c.promised_at)).where(
        _c.contacted_at.is_(None), _c.ended_at.is_(None), _c.state != State.RESTRICTED, _c.promised_at < at
    )
    number, taken, earliest = transaction.connection.execute(query).one()
    return Overdue(int(number), int(number - taken), earliest)


def read_hours(transaction: StoreTransaction, period: Period, most: int) -> Mapping[tuple[int, bool], int]:
    """How long those that came in the period waited, in hours begun, and whether they were reached then.

    Who was not reached has waited until now, also where it ended without that: nobody was reached who could have been.
    More than `most` hours count as one more than that, not reached.
    """
    dialect = transaction.connection.dialect
    end = func.coalesce(_c.contacted_at, period.at, type_=_c.contacted_at.type)
    seconds = seconds_between(_c.received_at, end, dialect)
    hours = (seconds + (SECONDS_AN_HOUR - 1)) // SECONDS_AN_HOUR
    within = case((hours > most, most + 1), (hours < 0, 0), else_=hours)
    reached = case((and_(_c.contacted_at.is_not(None), hours <= most), 1), else_=0)
    key = (within * 2 + reached).label("key")
    query = select(key, func.count()).where(_c.received_at >= period.since).group_by("key")
    rows = transaction.connection.execute(query)
    return {(number // 2, bool(number % 2)): int(count) for number, count in rows}


def read_endings(transaction: StoreTransaction, period: Period) -> Mapping[tuple[str, str], int]:
    """How many of those that came in the period ended, by state and reason; as one text, see `_read_fates`."""
    ended = func.count(_c.ended_at)
    key = (_c.state + " " + func.coalesce(_c.reason, "")).label("key")
    query = select(key, ended).where(_c.received_at >= period.since).group_by("key").having(ended > 0)
    endings = {}
    for words, number in transaction.connection.execute(query):
        state, _, reason = str(words).partition(" ")
        endings[state, reason] = int(number)
    return endings


def _left_at() -> ColumnElement[datetime]:
    """When somebody was reached, or it ended without that."""
    return func.coalesce(_c.contacted_at, _c.ended_at, type_=_c.contacted_at.type)


def _fate(at: datetime) -> ColumnElement[int]:
    """The number of its fate in `FATES`."""
    place = {fate: literal(number, literal_execute=True) for number, fate in enumerate(FATES)}
    return case(
        (_c.contacted_at <= _c.promised_at, place[Fate.AS_PROMISED]),
        (_c.contacted_at.is_not(None), place[Fate.LATER]),
        (or_(_c.ended_at.is_not(None), _c.state == State.RESTRICTED), place[Fate.ENDED]),
        (_c.promised_at < at, place[Fate.OVERDUE]),
        else_=place[Fate.IN_TIME],
    )
