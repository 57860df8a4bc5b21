"""Bounds in answer sets that the solver finds: as they are typed, compared with one another, and with exact numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import z3

from screening.analysis.solver.encoding import Numeric, Sign
from screening.ruleset.model.answers import INFINITY, Bound, Plain


class FoundBound(NamedTuple):
    """A bound of a model: the number as the solver gives it, and its sign."""

    number: Fraction
    sign: str
    """One of `< <= > >=`."""
    from_zero: bool

    def typed(self, number: Decimal) -> Bound:
        """The bound at a number that can be typed."""
        is_open = "=" not in self.sign
        if ">" in self.sign:
            return Bound(number, INFINITY, low_open=is_open, high_open=True)
        if self.from_zero:
            return Bound(Decimal(0), number, low_open=False, high_open=is_open)
        return Bound(-INFINITY, number, low_open=True, high_open=is_open)


def found_bound(sign: Sign, number: Fraction, model: z3.ModelRef) -> FoundBound | None:
    """The bound that a model says; None where it says an exact number."""

    def is_so(variable: z3.BoolRef) -> bool:
        return bool(z3.is_true(model.eval(variable, model_completion=True)))

    if not is_so(sign.is_one):
        return None
    reached = "=" if is_so(sign.reached) else ""
    return FoundBound(number, (">" if is_so(sign.endless_high) else "<") + reached, is_so(sign.from_zero))


def typed_number(answer: Plain) -> Decimal | None:
    """The number of an answer, or of a bound the one behind its sign; None where it is no number."""
    if isinstance(answer, Bound):
        return answer.high if answer.high.is_finite() else answer.low
    return answer if isinstance(answer, Decimal) else None


def are_same(one: Plain, other: Plain) -> bool:
    """Whether two answers are the same; a bound is never the same as an exact number."""
    return isinstance(one, Bound) == isinstance(other, Bound) and one == other


# --- higher ------------------------------------------------------------------------------------------


def is_higher(answer: Plain, than: Plain) -> bool:
    """Whether a number or bound is higher than another one: no end of it is lower, and one is higher."""
    one, other = _bound(than), _bound(answer)
    return one is not None and other is not None and _not_above(one, other) and not _not_above(other, one)


def _bound(answer: Plain) -> Bound | None:
    if isinstance(answer, Decimal):
        return Bound(answer, answer, low_open=False, high_open=False)
    return answer if isinstance(answer, Bound) else None


def _not_above(one: Bound, other: Bound) -> bool:
    low = (one.low, one.low_open) <= (other.low, other.low_open)
    return low and (one.high, not one.high_open) <= (other.high, not other.high_open)


def higher(answer: Numeric, than: Numeric) -> z3.BoolRef:
    """The same, of the variables of two answers that are known."""
    if answer.sign is None or than.sign is None:
        return answer.value > than.value
    return z3.And(_never_above(than, answer), z3.Not(_never_above(answer, than)))


def _never_above(one: Numeric, other: Numeric) -> z3.BoolRef:
    """Neither end of one answer is higher than that of another one."""
    first, second = one.sign, other.sign
    assert first is not None  # noqa: S101 - as asked above
    assert second is not None  # noqa: S101 - the same
    begins_open = (z3.And(sign.endless_high, z3.Not(sign.reached)) for sign in (first, second))
    low = z3.Or(
        first.endless_low,
        z3.And(z3.Not(second.endless_low), _in_order(one.low, other.low, z3.Implies(*begins_open))),
    )
    ends_open = (z3.And(z3.Or(sign.from_zero, sign.endless_low), z3.Not(sign.reached)) for sign in (second, first))
    high = z3.Or(
        second.endless_high,
        z3.And(z3.Not(first.endless_high), _in_order(one.value, other.value, z3.Implies(*ends_open))),
    )
    return z3.And(low, high)


def _in_order(one: z3.ArithRef, other: z3.ArithRef, where_equal: z3.BoolRef) -> z3.BoolRef:
    return z3.Or(one < other, z3.And(one == other, where_equal))
