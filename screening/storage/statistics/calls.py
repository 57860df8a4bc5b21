"""When calls are answered: tries and answers by hour and weekday, out of the audit, which outlives what was sent.

What was done with one submission within one hour of the clock counts as one call. It says something of hours, and
nothing of colleagues: who called is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select

from screening.storage.database.schema import audit
from screening.storage.statistics.period import Period, local_hour
from screening.storage.store import StoreTransaction
from screening.storage.submissions.next_steps.steps import CHOSEN, Try

NOT_ANSWERED = frozenset({"state_tried", *(f"try_{name}" for name in Try if name is not Try.SOMEBODY_ELSE)})
"""Actions that say: called, and nobody was spoken to. The first one was written before there were tries by name."""
ANSWERED = frozenset(
    {"state_in_contact", f"try_{Try.SOMEBODY_ELSE}", *(f"next_{step}" for step in CHOSEN)}
    | {"checked_identity", "word_lost", "settled", "corrected", "emergency"}
)
"""Actions that only happen while somebody is spoken to."""
HOURS_A_DAY = 24
HOURS_A_WEEK = 168
_THURSDAY = 3
"""The weekday, counted from Monday, of 1970-01-01, with which hours begin to be counted."""
_a = audit.c


@dataclass(frozen=True, slots=True)
class Calls:
    """How many were tried, and how many of them were answered."""

    tried: int = 0
    answered: int = 0

    def __add__(self, other: Calls) -> Calls:
        """Both together."""
        return Calls(self.tried + other.tried, self.answered + other.answered)


def by_hour(calls: Mapping[int, Calls]) -> Mapping[int, Calls]:
    """By hour of the day, 0 to 23; only hours in which somebody called."""
    return _together((hour % HOURS_A_DAY, number) for hour, number in calls.items())


def by_weekday(calls: Mapping[int, Calls]) -> Mapping[int, Calls]:
    """By weekday, 0 for Monday; only days on which somebody called."""
    return _together((hour // HOURS_A_DAY, number) for hour, number in calls.items())


def _together(calls: Iterable[tuple[int, Calls]]) -> Mapping[int, Calls]:
    sums: dict[int, Calls] = {}
    for key, number in calls:
        sums[key] = sums.get(key, Calls()) + number
    return dict(sorted(sums.items()))


def read_calls(transaction: StoreTransaction, period: Period) -> Mapping[int, Calls]:
    """Calls of a period by hour of the week, 0 for the first hour of Monday."""
    hour = local_hour(_a.at, period, transaction.connection.dialect)
    answered = func.max(case((_a.action.in_(sorted(ANSWERED)), 1), else_=0))
    one = (
        select(hour.label("hour"), answered.label("answered"))
        .where(_a.number >= _first_number(transaction, period), _a.at >= period.since)
        .where(_a.action.in_(sorted(ANSWERED | NOT_ANSWERED)))
        .group_by(_a.subject, "hour")
        .subquery()
    )
    query = select(one.c.hour, func.count(), func.sum(one.c.answered)).group_by(one.c.hour)
    calls: dict[int, Calls] = {}
    for number, tried, said in transaction.connection.execute(query):
        of_week = (number + _THURSDAY * HOURS_A_DAY) % HOURS_A_WEEK
        calls[of_week] = calls.get(of_week, Calls()) + Calls(int(tried), int(said))
    return calls


def _first_number(transaction: StoreTransaction, period: Period) -> int:
    """The number of the first entry of a period, found by halving: entries are numbered as they come.

    Where a clock was set back it is one near it, and what lies before the period is left out by its time.
    """
    low, high = 1, int(transaction.connection.execute(select(func.max(_a.number))).scalar_one() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        query = select(_a.at).where(_a.number >= middle).order_by(_a.number).limit(1)
        at = transaction.connection.execute(query).scalar_one_or_none()
        if at is not None and at < period.since:
            low = middle + 1
        else:
            high = middle
    return low
