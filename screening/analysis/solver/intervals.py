"""Between which decimals a number lies over all answers in range, by interval arithmetic rounded outward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from screening.analysis.solver.numbers import bounds
from screening.ruleset.formulas.date_numbers import answered_question
from screening.ruleset.formulas.terms import End, Shape, Term, parts
from screening.ruleset.language.spans import Span, power, rounded_decimal
from screening.ruleset.model.rule_set import RuleSet

DIGITS = 30
DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR)
UP = Context(prec=DIGITS, rounding=ROUND_CEILING)

_BESIDE = Decimal("1e-18")
"""More than the part of itself by which a power lies beside the number that it is cut to."""

MOST_DIGITS = 300
"""Of how many digits, before or behind the point, an end may be; further out it is none, or zero's next neighbour."""

Operation: TypeAlias = Callable[[Decimal, Decimal], Decimal]


class Interval(NamedTuple):
    """The least and the greatest value that a number can have; None: without bound."""

    low: Decimal | None
    high: Decimal | None


ANYTHING = Interval(None, None)


class Intervals:
    """The intervals of terms over the answers of one rule set; each is worked out once."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._rule_set = rule_set
        self._intervals: dict[Term, Interval] = {}

    def of(self, term: Term) -> Interval:
        """Bounds of a number wherever it is defined."""
        for operand in parts(term):
            if operand not in self._intervals:
                interval = self._of(operand, [self._intervals[part] for part in operand.operands])
                self._intervals[operand] = _written_out(interval)
        return self._intervals[term]

    def _of(self, term: Term, operands: list[Interval]) -> Interval:
        match term.shape:
            case Shape.CONSTANT:
                return Interval(*_enclosing(term.value))
            case Shape.ANSWER:
                ranges = [bounds(unit) for unit in answered_question(self._rule_set.question, term.question).units]
                least = min(low for low, _ in ranges)
                return Interval(
                    min(least, Decimal(0)) if term.end is End.LOW else least, max(high for _, high in ranges)
                )
            case Shape.FREE | Shape.ENDLESS:
                return ANYTHING
            case Shape.NEARLY:
                return _near(operands[0])
            case Shape.ROOT:
                return _root(operands[0])
            case Shape.ROUNDED:
                low, high = operands[0]
                digits = int(term.value)
                return Interval(
                    None if low is None else rounded_decimal(low, digits),
                    None if high is None else rounded_decimal(high, digits),
                )
            case Shape.POWER:
                exponent = exact(term.value)
                whole = term.value.denominator == 1
                return _power(operands[0] if whole else _not_negative(operands[0]), Interval(exponent, exponent))
            case Shape.EXPONENTIAL:
                base = exact(term.value)
                return _power(Interval(base, base), operands[0])
            case Shape.JOINED:
                return _joined(term.operator, *operands)


def _written_out(interval: Interval) -> Interval:
    """A wider interval, with ends that can be written out for the solver: powers of powers have millions of digits."""
    low, high = interval
    smallest = Decimal(1).scaleb(-MOST_DIGITS)
    if low is not None and low != 0:
        if low.adjusted() > MOST_DIGITS:
            low = None if low < 0 else Decimal(1).scaleb(MOST_DIGITS)
        elif low.adjusted() < -MOST_DIGITS:
            low = Decimal(0) if low > 0 else -smallest
    if high is not None and high != 0:
        if high.adjusted() > MOST_DIGITS:
            high = None if high > 0 else -Decimal(1).scaleb(MOST_DIGITS)
        elif high.adjusted() < -MOST_DIGITS:
            high = Decimal(0) if high < 0 else smallest
    return Interval(low, high)


def _near(of: Interval) -> Interval:
    """Bounds of what lies next to a number that is not negative."""
    low = None if of.low is None else DOWN.multiply(of.low, 1 - _BESIDE)
    return Interval(low, None if of.high is None else UP.multiply(of.high, 1 + _BESIDE))


def _enclosing(number: Fraction) -> tuple[Decimal, Decimal]:
    above, below = Decimal(number.numerator), Decimal(number.denominator)
    return DOWN.divide(above, below), UP.divide(above, below)


def exact(number: Fraction) -> Decimal:
    """A number that was written out, as the decimal that it is."""
    return Decimal(number.numerator) / Decimal(number.denominator)


def _not_negative(interval: Interval) -> Interval:
    return Interval(max(interval.low, Decimal(0)) if interval.low is not None else Decimal(0), interval.high)


def _power(base: Interval, exponent: Interval) -> Interval:
    """Bounds of a power wherever there is one."""
    if base.low is None or base.high is None or exponent.low is None or exponent.high is None or base.high < base.low:
        return ANYTHING
    amount = power(Span(base.low, base.high), Span(exponent.low, exponent.high))
    return Interval(amount.low, amount.high) if isinstance(amount, Span) else ANYTHING


def _root(of: Interval) -> Interval:
    """Bounds of a root; `sqrt` of a context rounds to the nearest, so one digit more is given away on each side."""
    low = DOWN.next_minus(DOWN.sqrt(of.low)) if of.low is not None and of.low > 0 else Decimal(0)
    high = UP.next_plus(UP.sqrt(max(of.high, Decimal(0)))) if of.high is not None else None
    return Interval(low, high)


_OPERATIONS: Mapping[str, tuple[Operation, Operation]] = {
    "*": (DOWN.multiply, UP.multiply),
    "/": (DOWN.divide, UP.divide),
}


def _joined(operator: str, one: Interval, other: Interval) -> Interval:
    if operator == "+":
        low = None if one.low is None or other.low is None else DOWN.add(one.low, other.low)
        high = None if one.high is None or other.high is None else UP.add(one.high, other.high)
        return Interval(low, high)
    if operator == "-":
        low = None if one.low is None or other.high is None else DOWN.subtract(one.low, other.high)
        high = None if one.high is None or other.low is None else UP.subtract(one.high, other.low)
        return Interval(low, high)
    ends = [end for end in (*one, *other) if end is not None]
    if len(ends) < 4 or (operator == "/" and ends[2] <= 0 <= ends[3]):
        return ANYTHING
    down, up = _OPERATIONS[operator]
    corners = [(left, right) for left in ends[:2] for right in ends[2:]]
    return Interval(min(down(*corner) for corner in corners), max(up(*corner) for corner in corners))
