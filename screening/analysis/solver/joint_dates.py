"""One date in several rule sets: read in all units in which any of them reads it, since these hold together."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from math import ceil, floor

import z3

from screening.analysis.solver.encoding import AnswerTerms, Dated, Encoding, Limits, plausible
from screening.analysis.solver.witness_dates import days_since_full
from screening.ruleset.model.dates import Elapsed, time_name

MONTHS_IN = {Elapsed.MONTHS: 1, Elapsed.YEARS: 12}
CYCLE = range(2000, 2400)
"""Years after which the calendar begins anew."""
LONGEST_SAME = (28, 29, 30, 31)
"""Days of a month that stand for all: up to the 28th the same number of days lies between two of the same number."""


def joint_answer(name: str, encodings: Iterable[Encoding], twins: frozenset[str] = frozenset()) -> AnswerTerms:
    """The variables of an answer, or their twins; of a date those of every encoding that asks for one."""
    answers = [encoding.answer(name, twins) for encoding in encodings if name in encoding.given]
    dated = [answer for answer in answers if isinstance(answer, Dated)]
    if not isinstance(answers[0], Dated):
        return answers[0]
    return Dated(dated[0].known, {unit: time for answer in reversed(dated) for unit, time in answer.times.items()})


def joint_dates(encodings: Sequence[Encoding], limits: Limits) -> Iterator[z3.BoolRef]:
    """What holds of a date that several encodings ask for, beside what each accepts of the units that it reads.

    Near `limits` it is exact, so that no day is looked for that is so many days and so many months ago on no day.
    """
    for name, answer in encodings[0].given.items():
        asking = [candidate for candidate in encodings if isinstance(candidate.given.get(name), Dated)]
        joint = joint_answer(name, asking) if isinstance(answer, Dated) else None
        if isinstance(joint, Dated) and len(asking) > 1:
            for encoding in asking:
                yield from plausible(encoding.rule_set.question[name], joint.times)
            yield from _exact(name, joint, limits)


def _exact(name: str, answer: Dated, limits: Limits) -> Iterator[z3.BoolRef]:
    """How many days so many full months or years may be, wherever a comparison of either may turn."""
    days = answer.times.get(Elapsed.DAYS)
    for unit, size in MONTHS_IN.items():
        counted = answer.times.get(unit)
        if days is None or counted is None:
            continue
        for count in sorted(_near(name, unit, limits)):
            least, most = days_of_months(count * size)[0], days_of_months(count * size + size - 1)[1]
            yield z3.Implies(counted == count, z3.And(days >= least, days <= most))


def _near(name: str, unit: Elapsed, limits: Limits) -> set[int]:
    """The counts of a unit at which it, or a count of days that it may be, is compared."""
    own = limits.get(time_name(name, unit), ())
    near = {floor(limit) + beside for limit in own for beside in (-1, 0, 1)}
    shortest, longest = Decimal(28 * MONTHS_IN[unit]), Decimal(31 * MONTHS_IN[unit])
    for limit in limits.get(time_name(name, Elapsed.DAYS), ()):
        ends = (limit / shortest, limit / longest)
        near |= set(range(floor(min(ends)) - 1, ceil(max(ends)) + 2))
    return near


@cache
def days_of_months(months: int) -> tuple[int, int]:
    """The least and the most days since a date so many full months ago, on whatever day that is today."""
    todays = [
        date(year, month, day)
        for year in CYCLE
        for month in range(1, 13)
        for day in LONGEST_SAME
        if day <= monthrange(year, month)[1]
    ]
    spans = [days_since_full(months, today) for today in todays]
    return min(least for least, _ in spans), max(most for _, most in spans)


def union_of(one: Limits, other: Limits) -> Limits:
    """The thresholds of two rule sets together, ascending."""
    names = one.keys() | other.keys()
    return {name: tuple(sorted({*one.get(name, ()), *other.get(name, ())})) for name in names}
