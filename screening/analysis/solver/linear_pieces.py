"""What straight lines say of a number that is not linear, piece by piece of a range, as formulas for the solver."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import z3

from screening.analysis.solver.encoding import real
from screening.analysis.solver.intervals import Interval
from screening.analysis.solver.power_tables import Line, Steps, power_piece
from screening.ruleset.formulas.terms import Term


class Pieces(NamedTuple):
    """What lines say of a number over pieces of a range: the number whose range it is, and what holds in a piece."""

    of: z3.ArithRef
    around: Callable[[int, Fraction], z3.BoolRef | None]
    """Of so many pieces, what holds in the one around a number; None: nothing is known."""


NOTHING_KNOWN = Pieces(z3.RealVal(0), lambda _, __: None)


def pieces_of_power(power: z3.ArithRef, of: z3.ArithRef, interval: Interval, term: Term) -> Pieces:
    """Between which lines a power lies, of a number in an interval."""
    low, high = interval
    if low is None or high is None:
        return NOTHING_KNOWN

    def around(count: int, number: Fraction) -> z3.BoolRef | None:
        piece = power_piece(term, low, high, count, number)
        if piece is None:
            return None
        below = [power >= _height_at(line, of) for line in piece.below]
        above = [power <= _height_at(line, of) for line in piece.above]
        return z3.Or(of < real(piece.low), of > real(piece.high), z3.And(*below, *above))

    return Pieces(of, around)


def pieces_of_product(
    product: z3.ArithRef, one: tuple[z3.ArithRef, Interval], other: tuple[z3.ArithRef, Interval]
) -> Pieces:
    """Between which planes a product lies where one factor lies in a piece of its range (McCormick, 1976)."""
    if _spread(one[1]) < _spread(other[1]):
        one, other = other, one
    (first, (low, high)), (second, (least, most)) = one, other
    if low is None or high is None or least is None or most is None or low >= high:
        return NOTHING_KNOWN
    under, over = real(least), real(most)

    def around(count: int, number: Fraction) -> z3.BoolRef | None:
        steps = Steps(low, high, count, spread=low > 0)
        index = steps.around(number)
        if index is None:
            return None
        left, right = real(steps.point(index)), real(steps.point(index + 1))
        inside = (
            product >= left * second + under * first - left * under,
            product >= right * second + over * first - right * over,
            product <= right * second + under * first - right * under,
            product <= left * second + over * first - left * over,
        )
        return z3.Or(first < left, first > right, z3.And(*inside))

    return Pieces(first, around)


def _spread(interval: Interval) -> Decimal:
    """How far apart the ends of a range lie: one over the other, where both are above zero."""
    if interval.low is None or interval.high is None:
        return Decimal(0)
    return interval.high / interval.low if interval.low > 0 else Decimal("Infinity")


def _height_at(line: Line, of: z3.ArithRef) -> z3.ArithRef:
    return real(line.start) + real(line.slope) * (of - real(line.point))
