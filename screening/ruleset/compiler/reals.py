"""Exact real numbers: what `+ - * /` and square roots make of decimals, and on which side of each other they lie.

A number is a fraction as long as it can be one; otherwise it is kept as it was made, and its sign is found by interval
arithmetic with ever more digits. That ends: a number that is not zero is not arbitrarily small. The bound is that of
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

FIRST_DIGITS = 50
"""Digits with which a sign is looked for at first; they suffice unless two numbers are nearly equal."""
NEAR_DIGITS = 28
"""Digits to which an exact number is cut."""
_NARROW = Decimal("1E-35")


@dataclass(frozen=True, slots=True)
class Surd:
    """A number with a root in it, as it was made: operands joined by one of `+ - * /`, or the root of one."""

    operator: str
    operands: tuple[Real, ...]


Real: TypeAlias = Decimal | Fraction | Surd
"""A number: a decimal as long as it can be one, since they are quickest, then a fraction."""
Interval: TypeAlias = tuple[Decimal, Decimal]


# --- arithmetic ---


def exact_add(left: Real | None, right: Real | None) -> Real | None:
    """The sum."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.add(left, right)
    return None if left is None or right is None else _joined(left, "+", right)


def exact_subtract(left: Real | None, right: Real | None) -> Real | None:
    """The difference."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.subtract(left, right)
    return None if left is None or right is None else _joined(left, "-", right)


def exact_multiply(left: Real | None, right: Real | None) -> Real | None:
    """The product."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return WHOLE.multiply(left, right)
    return None if left is None or right is None else _joined(left, "*", right)


def exact_divide(left: Real | None, right: Real | None) -> Real | None:
    """The quotient; None where the divisor is zero."""
    if left is None or right is None or sign(right) == 0:
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        quotient = NEAR.divide(left, right)
        if WHOLE.multiply(quotient, right) == left:
            return quotient
    return _joined(left, "/", right)


def _joined(left: Real, operator: str, right: Real) -> Real:
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
    found: Real | None = Decimal(0)
    for number in numbers:
        found = exact_add(found, number)
    return found


EXACTLY = {"+": exact_add, "-": exact_subtract, "*": exact_multiply, "/": exact_divide}


def exact_order(left: Real | None, right: Real | None) -> int:
    """1, 0 or -1: whether a known number is greater than, equal to or less than another."""
    if left is None or right is None:
        raise TypeError(left, right)
    if isinstance(left, Surd) or isinstance(right, Surd):
        return sign(Surd("-", (left, right)))
    return _compared(left, right)


def _compared(left: Decimal | Fraction, right: Decimal | Fraction) -> int:
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
    digits, smallest = FIRST_DIGITS, None
    while True:
        found = interval(number, digits)
        if found is not None:
            low, high = found
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            smallest = smallest or _separation(number)
            if -smallest < low and high < smallest:
                return 0
        digits *= 2


def _separation(number: Surd) -> Decimal:
    """What the number is at least as far from zero as, unless it is zero."""
    upper, lower = _bits(number)
    degree = 2 ** len(frozenset(_roots(number)))
    bits = lower + (degree - 1) * upper
    return Decimal((0, (1,), -(bits * 30103 // 100000 + 1)))  # 2^-bits and less: log10(2) is less than 0.30103


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


def interval(number: Real, digits: int) -> Interval | None:
    """Decimals of so many digits between which the number lies; None where more digits are needed to divide."""
    down = Context(prec=digits, rounding=ROUND_FLOOR, Emax=MAX_EMAX, Emin=MIN_EMIN)
    up = Context(prec=digits, rounding=ROUND_CEILING, Emax=MAX_EMAX, Emin=MIN_EMIN)
    return _interval(number, down, up)


def enclosed(number: Real) -> Interval:
    """Decimals between which the number lies, far closer to each other than what generated code may be off."""
    if sign(number) == 0:
        return Decimal(0), Decimal(0)
    digits = FIRST_DIGITS
    while True:
        found = interval(number, digits)
        if found is not None:
            low, high = found
            size = min(low.copy_abs(), high.copy_abs())
            if low.is_signed() == high.is_signed() and WHOLE.subtract(high, low) <= WHOLE.multiply(size, _NARROW):
                return found
        digits *= 2


def _interval(number: Real, down: Context, up: Context) -> Interval | None:
    if not isinstance(number, Surd):
        numerator, denominator = map(Decimal, number.as_integer_ratio())
        return down.divide(numerator, denominator), up.divide(numerator, denominator)
    parts = [_interval(operand, down, up) for operand in number.operands]
    if None in parts:
        return None
    (low, high), *others = (part for part in parts if part is not None)
    if number.operator == "root":  # a root is always rounded to the nearest, hence one digit further
        return down.next_minus(down.sqrt(low)) if low > 0 else Decimal(0), up.next_plus(up.sqrt(high))
    [(other_low, other_high)] = others
    match number.operator:
        case "+":
            return down.add(low, other_low), up.add(high, other_high)
        case "-":
            return down.subtract(low, other_high), up.subtract(high, other_low)
        case "*":
            pairs = [(one, other) for one in (low, high) for other in (other_low, other_high)]
            return min(down.multiply(*pair) for pair in pairs), max(up.multiply(*pair) for pair in pairs)
        case _:
            if other_low <= 0 <= other_high:
                return None
            pairs = [(one, other) for one in (low, high) for other in (other_low, other_high)]
            return min(down.divide(*pair) for pair in pairs), max(up.divide(*pair) for pair in pairs)


# --- decimals ---


def nearest(number: Real | None, digits: int = NEAR_DIGITS) -> Decimal | None:
    """The decimal of so many digits that is nearest to a number, without zeros that say nothing."""
    if number is None:
        return None
    context = Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN)
    match number:
        case Decimal():
            found = context.plus(number)
        case Fraction():
            found = context.divide(Decimal(number.numerator), Decimal(number.denominator))
        case Surd():
            found = _nearest(number, context) if sign(number) else Decimal(0)
    short = context.normalize(found)
    is_whole = 0 <= short.adjusted() < digits and short == short.to_integral_value()
    return WHOLE.quantize(short, Decimal(1)) if is_whole else short


def _nearest(number: Surd, context: Context) -> Decimal:
    """The same for a number that is not zero."""
    digits = context.prec + FIRST_DIGITS
    while True:
        found = interval(number, digits)
        low, high = (context.plus(each) for each in found or (Decimal(-1), Decimal(1)))
        if low == high:
            return low
        if low.is_signed() == high.is_signed() and context.next_plus(low) == high:
            break
        digits *= 2
    # the number lies at, or very near to, the middle of two decimals
    middle = WHOLE.multiply(WHOLE.add(low, high), Decimal("0.5"))
    return high if exact_order(number, middle) > 0 else low
