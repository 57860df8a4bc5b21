"""Where a number of each row lies among the places of a cut-off, as columns of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, floor
from screening.cohort.judging.numbers import MOST_DIGITS, PART, Number
from screening.cohort.reporting.curves import Where

UNKNOWN = -1


@dataclass(frozen=True)
class Position:
    """Twice the number of places below a row's number, and one more where it equals the next; `UNKNOWN` without one."""

    column: ir.Value
    doubt: ir.BooleanValue


def position(number: Number, given: ir.BooleanValue, places: Sequence[Decimal]) -> Position:
    """Where it lies, where it is given; the places are ascending, and as far from each other."""
    scale = max(number.scale, *(max(0, -int(place.as_tuple().exponent)) for place in places))
    if number.is_exact and number.digits + scale <= MOST_DIGITS:
        return Position(_told(given, _exact(number, scale, places)), FALSE)
    return _binary(number, given, places)


def _exact(number: Number, scale: int, places: Sequence[Decimal]) -> ir.Value:
    apart = places[1] - places[0] if len(places) > 1 else Decimal(1)
    first, size = int(places[0].scaleb(scale)), int(apart.scaleb(scale))
    # How far it lies beyond the place before the first: nothing of what is divided is negative.
    whole = (number.at(scale) - float(first - size)).clip(0.0, float(size * (len(places) + 1)))
    at = floor(whole / float(size))
    return ibis.ifelse(whole == at * float(size), at * 2.0 - 1.0, at * 2.0).clip(0.0, len(places) * 2.0)


def _told(given: ir.BooleanValue, found: ir.Value) -> ir.Value:
    return ibis.cases((given, found.cast("int32")), else_=UNKNOWN).cast("int32")


def _binary(number: Number, given: ir.BooleanValue, places: Sequence[Decimal]) -> Position:
    column = number.binary
    given = given & column.notnull()
    found = ibis.literal(0, type="int32")
    doubt = FALSE
    for place in places:
        against = float(place)
        close = (column - against).abs() <= (number.parts + 3) * PART * ibis.greatest(column.abs(), abs(against))
        doubt = doubt | (close if number.is_certain else TRUE)
        found = found + ibis.ifelse(column > against, ibis.literal(2, type="int32"), ibis.literal(0, type="int32"))
    return Position(_told(given, found), (given & doubt).fill_null(FALSE))


def where_of(told: int, place: int) -> Where:
    """Where a place of the cut-off stands beside a row's number; without a number it stands alike everywhere."""
    if told == UNKNOWN or 2 * place + 2 <= told:
        return Where.BELOW
    return Where.AT if told == 2 * place + 1 else Where.ABOVE
