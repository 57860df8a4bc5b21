"""Exact real numbers: what `+ - * /` and square roots make of decimals, and which of two is greater.

A number is a decimal as long as it can be one, then a fraction, then a `Surd`, which keeps how it was made.

None stands for a number that is unknown: an operand was, a divisor is zero, or a number under a root is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import isqrt
from operator import add, mul, sub, truediv

from screening.ruleset.compiler.numbers.arithmetic import NEAR, WHOLE
from screening.ruleset.compiler.numbers.surds import FIRST_BITS, Real, Surd, interval_of, sign

NEAR_DIGITS = 28
"""Digits to which an exact number is cut."""
_DOWN = Context(prec=60, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
_UP = Context(prec=60, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)


# --- arithmetic ---


def exact_add(left: Real | None, right: Real | None) -> Real | None:
    """The sum."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.add(left, right)
    return None if left is None or right is None else _apply(left, "+", right)


def exact_subtract(left: Real | None, right: Real | None) -> Real | None:
    """The difference."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.subtract(left, right)
    return None if left is None or right is None else _apply(left, "-", right)


def exact_multiply(left: Real | None, right: Real | None) -> Real | None:
    """The product."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.multiply(left, right)
    return None if left is None or right is None else _apply(left, "*", right)


def exact_divide(left: Real | None, right: Real | None) -> Real | None:
    """The quotient; None where the divisor is zero."""
    if left is None or right is None or sign(right) == 0:
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        quotient = NEAR.divide(left, right)
        if WHOLE.multiply(quotient, right) == left:
            return quotient
    return _apply(left, "/", right)


def _apply(left: Real, operator: str, right: Real) -> Real:
    if isinstance(left, Surd) or isinstance(right, Surd):
        return Surd(operator, (left, right))
    return _OF_FRACTIONS[operator](Fraction(left), Fraction(right))


_OF_FRACTIONS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {"+": add, "-": sub, "*": mul, "/": truediv}


def exact_root(number: Real | None) -> Real | None:
    """The square root; None where the number is negative."""
    if number is None or (side := sign(number)) < 0:
        return None
    if side == 0:
        return Decimal(0)
    if isinstance(number, Decimal):
        root = NEAR.sqrt(number)
        if WHOLE.multiply(root, root) == number:
            return root
    if isinstance(number, Surd):
        return Surd("root", (number,))
    square = Fraction(number)
    numerator, denominator = isqrt(square.numerator), isqrt(square.denominator)
    if numerator**2 == square.numerator and denominator**2 == square.denominator:
        return Fraction(numerator, denominator)
    return Surd("root", (square,))


def exact_total(*numbers: Real | None) -> Real | None:
    """The sum."""
    result: Real | None = Decimal(0)
    for number in numbers:
        result = exact_add(result, number)
    return result


EXACTLY = {"+": exact_add, "-": exact_subtract, "*": exact_multiply, "/": exact_divide}


def exact_order(left: Real | None, right: Real | None) -> int:
    """1, 0 or -1: whether a known number is greater than, equal to or less than another."""
    if left is None or right is None:
        raise TypeError(left, right)
    if isinstance(left, Surd) or isinstance(right, Surd):
        one, other = _as_power(left), _as_power(right)
        return _order_of_powers(one, other) if one and other else sign(Surd("-", (left, right)))
    return _order(left, right)


@dataclass(frozen=True, slots=True)
class _Power:
    """A number made by `* /` and roots alone: its side of zero, and the root of a fraction, taken `depth` times."""

    side: int
    radicand: Fraction
    depth: int

    def of_depth(self, depth: int) -> Fraction:
        """The fraction of which it is the root when that is taken so many times."""
        return self.radicand ** (1 << (depth - self.depth))


def _as_power(number: Real) -> _Power | None:
    """The same number as the root of one fraction; None where roots are added up."""
    if not isinstance(number, Surd):
        side = (number > 0) - (number < 0)
        return _Power(side, abs(Fraction(number)), 0)
    powers = [_as_power(operand) for operand in number.operands]
    one, other = powers[0], powers[-1]
    if one is None or other is None or number.operator in ("+", "-"):
        return None
    if number.operator == "root":
        return _Power(one.side, one.radicand, one.depth + 1)
    depth = max(one.depth, other.depth)
    join = _OF_FRACTIONS[number.operator]
    return _Power(one.side * other.side, join(one.of_depth(depth), other.of_depth(depth)), depth)


def _order_of_powers(one: _Power, other: _Power) -> int:
    if one.side != other.side or one.side == 0:
        return (one.side > other.side) - (one.side < other.side)
    depth = max(one.depth, other.depth)
    left, right = one.of_depth(depth), other.of_depth(depth)
    return one.side * ((left > right) - (left < right))


def _order(left: Decimal | Fraction, right: Decimal | Fraction) -> int:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    one, other = Fraction(left), Fraction(right)
    return (one > other) - (one < other)


# --- decimals ---


def enclosure(number: Real) -> tuple[Decimal, Decimal]:
    """Decimals between which the number lies, far closer to each other than what generated code may be off."""
    if not isinstance(number, Surd) or sign(number) == 0:
        numerator, denominator = (0, 1) if isinstance(number, Surd) else number.as_integer_ratio()
        return _ratio(_DOWN, numerator, denominator), _ratio(_UP, numerator, denominator)
    bits = FIRST_BITS
    while True:
        interval = interval_of(number, bits, {})
        if interval is not None:
            low, high = interval
            if (high - low).bit_length() + FIRST_BITS // 2 < min(abs(low), abs(high)).bit_length():
                return _ratio(_DOWN, low, 1 << bits), _ratio(_UP, high, 1 << bits)
        bits *= 2


def _ratio(context: Context, numerator: int, denominator: int) -> Decimal:
    return context.divide(Decimal(numerator), Decimal(denominator))


def nearest(number: Real | None, digits: int = NEAR_DIGITS) -> Decimal | None:
    """The decimal of so many digits that is nearest to a number, without zeros that say nothing."""
    if number is None:
        return None
    context = Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)
    match number:
        case Decimal():
            rounded = context.plus(number)
        case Fraction():
            rounded = context.divide(Decimal(number.numerator), Decimal(number.denominator))
        case Surd():
            rounded = _nearest(number, context) if sign(number) else Decimal(0)
        case _:
            raise TypeError(number)  # a bound: see `span_code`
    short = context.normalize(rounded)
    is_whole = 0 <= short.adjusted() < digits and short == short.to_integral_value()
    return WHOLE.quantize(short, Decimal(1)) if is_whole else short


def _nearest(number: Surd, context: Context) -> Decimal:
    """The same for a number that is not zero."""
    bits = FIRST_BITS + 4 * context.prec
    while True:
        interval = interval_of(number, bits, {})
        if interval is not None:
            low, high = (_ratio(context, bound, 1 << bits) for bound in interval)
            if low == high:
                return low
            if low.is_signed() == high.is_signed() and context.next_plus(low) == high:
                break
        bits *= 2
    # the number lies at, or very near to, the middle of two decimals
    middle = WHOLE.multiply(WHOLE.add(low, high), Decimal("0.5"))
    return high if exact_order(number, middle) > 0 else low
