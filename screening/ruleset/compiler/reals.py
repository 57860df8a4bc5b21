"""Exact real numbers: what `+ - * /` and square roots make of decimals, and on which side of each other they lie.

A number is a fraction as long as it can be one; otherwise it is kept as it was made, and its sign is found by interval
arithmetic with ever more bits. That ends: a number that is not zero is not arbitrarily small. The bound is that of
Burnikel, Funke, Mehlhorn, Schirra and Schmitt, "A separation bound for real algebraic expressions" (ESA 2001): each
number is a quotient U / L of algebraic integers of degree at most D = 2^roots, of which no conjugate is larger than u
and l. The conjugates of U have a product of at least 1 unless U is zero, so that |U| >= u^(1-D), and |U / L| is at
least 1 / (l * u^(D-1)).

None stands for a number that is unknown: an operand was, a divisor is zero, or a number under a root is negative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from math import isqrt
from operator import add, mul, sub, truediv
from typing import TypeAlias

from screening.ruleset.compiler.arithmetic import NEAR, WHOLE

FIRST_BITS = 200
"""Bits with which a sign is looked for at first; they suffice unless two numbers are nearly equal."""
NEAR_DIGITS = 28
"""Digits to which an exact number is cut."""
_DOWN = Context(prec=60, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
_UP = Context(prec=60, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)


@dataclass(frozen=True, slots=True)
class Surd:
    """A number with a root in it, as it was made: operands joined by one of `+ - * /`, or the root of one."""

    operator: str
    operands: tuple[Real, ...]


Real: TypeAlias = Decimal | Fraction | Surd
"""A number: a decimal as long as it can be one, since they are quickest, then a fraction."""
Interval: TypeAlias = tuple[int, int]


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


# --- signs ---


def sign(number: Real) -> int:
    """1, 0 or -1."""
    if not isinstance(number, Surd):
        return (number > 0) - (number < 0)
    match number:
        case Surd(operator="root"):
            return 1  # of zero no surd is made
        case Surd(operator="*" | "/", operands=(left, right)):
            return sign(left) * sign(right)
        case _:
            return _sign_of_sum(number)


def _sign_of_sum(number: Surd) -> int:
    bits, separation = FIRST_BITS, 0
    while True:
        interval = _interval(number, bits, {})
        if interval is not None:
            low, high = interval
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            separation = separation or _separation(number)
            if max(high, -low).bit_length() <= bits - separation:
                return 0
        enough = separation + FIRST_BITS
        bits = enough if bits < enough < 2 * bits else 2 * bits


def _separation(number: Surd) -> int:
    """The number of bits s for which the number is zero or at least 2^-s from zero."""
    upper, lower = _bits(number)
    degree = 1 << len(frozenset(_roots(number)))
    return lower + (degree - 1) * upper


def _roots(number: Real) -> Iterator[Surd]:
    if isinstance(number, Surd):
        if number.operator == "root":
            yield number
        for operand in number.operands:
            yield from _roots(operand)


def _bits(number: Real) -> tuple[int, int]:
    """The binary logarithms, rounded up, of the bounds of the conjugates of U and L in U / L."""
    if not isinstance(number, Surd):
        numerator, denominator = number.as_integer_ratio()
        return numerator.bit_length(), denominator.bit_length()
    upper, lower = _bits(number.operands[0])
    if number.operator == "root":  # sqrt(U / L) is sqrt(U L) / L, and U / sqrt(U L)
        middle = (upper + lower + 1) // 2
        return (middle, lower) if upper >= lower else (upper, middle)
    other_upper, other_lower = _bits(number.operands[1])
    match number.operator:
        case "*":
            return upper + other_upper, lower + other_lower
        case "/":
            return upper + other_lower, lower + other_upper
        case _:
            return max(upper + other_lower, lower + other_upper) + 1, lower + other_lower


# --- intervals ---


def _interval(number: Real, bits: int, roots: dict[Surd, Interval]) -> Interval | None:
    """Two whole numbers of which the 2^bits-th parts enclose the number; None where it takes more bits to divide.

    `roots` remembers what was worked out with so many bits: one root often stands in a number more than once.
    """
    if not isinstance(number, Surd):
        numerator, denominator = number.as_integer_ratio()
        return (numerator << bits) // denominator, -((-numerator << bits) // denominator)
    if number in roots:
        return roots[number]
    parts = [_interval(operand, bits, roots) for operand in number.operands]
    if None in parts:
        return None
    (low, high), *others = (part for part in parts if part is not None)
    if number.operator == "root":
        roots[number] = isqrt(max(low, 0) << bits), isqrt(high << bits) + 1
        return roots[number]
    [(other_low, other_high)] = others
    match number.operator:
        case "+":
            return low + other_low, high + other_high
        case "-":
            return low - other_high, high - other_low
        case "*":
            products = [one * other for one in (low, high) for other in (other_low, other_high)]
            return min(products) >> bits, -(-max(products) >> bits)
        case _:
            if other_low <= 0 <= other_high:
                return None
            pairs = [(one << bits, other) for one in (low, high) for other in (other_low, other_high)]
            return min(one // other for one, other in pairs), -min(-one // other for one, other in pairs)


def enclosure(number: Real) -> tuple[Decimal, Decimal]:
    """Decimals between which the number lies, far closer to each other than what generated code may be off."""
    if not isinstance(number, Surd) or sign(number) == 0:
        numerator, denominator = (0, 1) if isinstance(number, Surd) else number.as_integer_ratio()
        return _ratio(_DOWN, numerator, denominator), _ratio(_UP, numerator, denominator)
    bits = FIRST_BITS
    while True:
        interval = _interval(number, bits, {})
        if interval is not None:
            low, high = interval
            if (high - low).bit_length() + FIRST_BITS // 2 < min(abs(low), abs(high)).bit_length():
                return _ratio(_DOWN, low, 1 << bits), _ratio(_UP, high, 1 << bits)
        bits *= 2


def _ratio(context: Context, numerator: int, denominator: int) -> Decimal:
    return context.divide(Decimal(numerator), Decimal(denominator))


# --- decimals ---


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
    short = context.normalize(rounded)
    is_whole = 0 <= short.adjusted() < digits and short == short.to_integral_value()
    return WHOLE.quantize(short, Decimal(1)) if is_whole else short


def _nearest(number: Surd, context: Context) -> Decimal:
    """The same for a number that is not zero."""
    bits = FIRST_BITS + 4 * context.prec
    while True:
        interval = _interval(number, bits, {})
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
