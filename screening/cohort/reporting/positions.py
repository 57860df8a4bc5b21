"""Where a number of each row lies among the places of a cut-off, as columns of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE
from screening.cohort.judging.numbers import PART, Number
from screening.cohort.reporting.curves import Where

UNKNOWN = -1
_DIGITS = 15
"""Digits of exact numbers that binary ones still tell apart."""


@dataclass(frozen=True)
class Position:
    """Twice the number of places below a row's number, and one more where it equals the next; `UNKNOWN` without one."""

    column: ir.Value
    doubt: ir.BooleanValue


def position(number: Number, places: Sequence[Decimal]) -> Position:
    """Where it lies; the places are ascending, and as far from each other."""
    scale = max(number.scale, *(max(0, -int(place.as_tuple().exponent)) for place in places))
    if number.is_certain and not number.off and number.digits + scale <= _DIGITS:
        return Position(_exact(number, scale, places), FALSE)
    return _binary(number, places)


def _exact(number: Number, scale: int, places: Sequence[Decimal]) -> ir.Value:
    apart = places[1] - places[0] if len(places) > 1 else Decimal(1)
    first, size = int(places[0].scaleb(scale)), int(apart.scaleb(scale))
    # A binary number of so few digits is off by less than half of the last one.
    scaled = (number.binary * 10.0**scale).round().cast("int64")
    # How far it lies beyond the place before the first: nothing of what is divided is negative.
    whole = (scaled - (first - size)).clip(0, size * (len(places) + 1))
    at, over = whole // size, whole % size
    found = ibis.cases((over == 0, at * 2 - 1), else_=at * 2).clip(0, len(places) * 2)
    return ibis.cases((number.column.notnull(), found), else_=UNKNOWN).cast("int32")


def _binary(number: Number, places: Sequence[Decimal]) -> Position:
    column = number.binary
    found = ibis.literal(0, type="int32")
    doubt = FALSE
    for place in places:
        against = float(place)
        close = (column - against).abs() <= (number.parts + 3) * PART * ibis.greatest(column.abs(), abs(against))
        doubt = doubt | (close if number.is_certain else column.notnull())
        found = found + ibis.ifelse(column > against, ibis.literal(2, type="int32"), ibis.literal(0, type="int32"))
    return Position(ibis.cases((column.notnull(), found), else_=UNKNOWN).cast("int32"), doubt.fill_null(False))  # noqa: FBT003


def where_of(told: int, place: int) -> Where:
    """Where a place of the cut-off stands beside a row's number; without a number it stands alike everywhere."""
    if told == UNKNOWN or 2 * place + 2 <= told:
        return Where.BELOW
    return Where.AT if told == 2 * place + 1 else Where.ABOVE
