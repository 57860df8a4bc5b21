"""Where a number of each row lies among the places of a cut-off, as columns of the database.

Of a row without the number nothing is said: whatever follows from where it lies follows there from nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, ceiling, floor
from screening.cohort.judging.numbers import MOST_DIGITS, PART, Number
from screening.cohort.reporting.curves import Where


@dataclass(frozen=True)
class Position:
    """Twice the number of places below a row's number, and one more where it equals the next."""

    column: ir.Value
    doubt: ir.BooleanValue


def position(number: Number, places: Sequence[Decimal]) -> Position:
    """Where it lies; the places are ascending, and as far from each other."""
    scale = max(number.scale, *(max(0, -int(place.as_tuple().exponent)) for place in places))
    first, apart = places[0], places[1] - places[0] if len(places) > 1 else Decimal(1)
    if number.is_exact and number.digits + scale <= MOST_DIGITS:
        steps = (number.at(scale) - float(first.scaleb(scale))) / float(apart.scaleb(scale))
        return Position(_passed(steps, len(places)), FALSE)
    column = number.binary
    steps = (column - float(first)) / float(apart)
    if not number.is_certain:
        return Position(_passed(steps, len(places)), TRUE)
    nearest = _between(floor(steps + 0.5), len(places) - 1) * float(apart) + float(first)
    most = float(max(map(abs, places)))
    # Nearer to a place than the number, the place and the steps to it may be off; so said, no number is near none.
    off = (column.abs() + most) * ((number.parts + 4) * PART)
    return Position(_passed(steps, len(places)), (column - nearest).abs() - off <= 0.0)


def _passed(steps: ir.Value, count: int) -> ir.Value:
    """The position of a number that lies so many steps beyond the first place: at one where these are whole."""
    return _between(floor(steps) + ceiling(steps) + 1.0, 2 * count)


def _between(number: ir.Value, most: int) -> ir.Value:
    return ibis.greatest(ibis.least(number, float(most)), 0.0)


def where_of(told: int, place: int) -> Where:
    """Where a place of the cut-off stands beside a row's number."""
    if 2 * place + 2 <= told:
        return Where.BELOW
    return Where.AT if told == 2 * place + 1 else Where.ABOVE
