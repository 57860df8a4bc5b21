"""The share of people reached by each day after they sent something, with those who still wait counted.

The product-limit estimate: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", Journal of
the American Statistical Association 53 (1958) 457-481. Who ended without being reached stays among those who wait, for
as long as anybody sent on the same day could have been reached: so they count as not reached, and not as people who
would have been reached like the others (J. P. Fine, R. J. Gray, same journal 94 (1999) 496-509, section 3: risk sets
where the time of censoring is known of everybody).

Pure functions over counts: nothing here reads a database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

LEAST_FOR_SHARE = 10
"""Of fewer people no share is told: one more or less would move it by a tenth or more."""
_HOURS = 24
Waits = Mapping[tuple[int, bool], int]
"""How many waited for so many hours begun, and were reached then (True) or are not reached so far (False)."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What is known of the time until the end of one day."""

    day: int
    """Days since something was sent."""
    reached: int
    """How many were reached by then."""
    known: int
    """Of how many it is known whether they were reached by then: those, and those who waited for longer."""
    share: Fraction | None
    """The share reached by then; None where it is known of too few."""


def reached_curve(waits: Waits, days: int) -> tuple[CurvePoint, ...]:
    """A point for each day from 0 to `days`. No share is told where it is known of fewer than ten people."""
    total, shares = sum(waits.values()), dict(_shares(waits))
    points, share = [], Fraction(0)
    for day in range(days + 1):
        reached = sum(number for (hours, is_reached), number in waits.items() if is_reached and hours <= day * _HOURS)
        unknown = sum(
            number for (hours, is_reached), number in waits.items() if not is_reached and hours <= day * _HOURS
        )
        earlier = [hours for hours in shares if hours <= day * _HOURS]
        share = shares[max(earlier)] if earlier else share
        known = total - unknown
        points.append(CurvePoint(day, reached, known, share if known >= LEAST_FOR_SHARE else None))
    return tuple(points)


def median_hours(waits: Waits) -> int | None:
    """After how many hours half of all are reached; None where that is not known, or known of fewer than ten people."""
    total = sum(waits.values())
    for hours, share in _shares(waits):
        unknown = sum(number for (wait, is_reached), number in waits.items() if not is_reached and wait < hours)
        if share >= Fraction(1, 2):
            return hours if total - unknown >= LEAST_FOR_SHARE else None
    return None


def _shares(waits: Waits) -> Iterator[tuple[int, Fraction]]:
    """At each time at which somebody was reached, in order: the share reached by then.

    The share not reached is the product, over these times, of those not reached at it among those who still waited.
    Who was reached at a time counts before those who are watched no longer from it on.
    """
    reached: Counter[int] = Counter()
    for (hours, is_reached), number in waits.items():
        if is_reached and number:
            reached[hours] += number
    left = Fraction(1)
    for hours in sorted(reached):
        waiting = sum(number for (wait, _), number in waits.items() if wait >= hours)
        left *= Fraction(waiting - reached[hours], waiting)
        yield hours, 1 - left
