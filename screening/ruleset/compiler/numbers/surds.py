"""Numbers with roots in them, and on which side of zero they lie.

A number is a fraction as long as it can be one; otherwise it is kept as it was made, and its sign is found by interval
arithmetic with ever more bits. That ends: a number that is not zero is not arbitrarily small. The bound is that of
Burnikel, Funke, Mehlhorn, Schirra and Schmitt, "A separation bound for real algebraic expressions" (ESA 2001): each
number is a quotient U / L of algebraic integers of degree at most D = 2^roots, of which no conjugate is larger than u
and l. The conjugates of U have a product of at least 1 unless U is zero, so that |U| >= u^(1-D), and |U / L| is at
least 1 / (l * u^(D-1)).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt
from typing import TypeAlias

FIRST_BITS = 200
"""Bits with which a sign is looked for at first; they suffice unless two numbers are nearly equal."""


@dataclass(frozen=True, slots=True)
class Surd:
    """A number with a root in it, as it was made: operands joined by one of `+ - * /`, or the root of one."""

    operator: str
    operands: tuple[Real, ...]


Real: TypeAlias = Decimal | Fraction | Surd
"""A number: a decimal as long as it can be one, since they are quickest, then a fraction."""
Interval: TypeAlias = tuple[int, int]


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
        interval = interval_of(number, bits, {})
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


def interval_of(number: Real, bits: int, roots: dict[Surd, Interval]) -> Interval | None:
    """Two whole numbers of which the 2^bits-th parts enclose the number; None where it takes more bits to divide.

    `roots` remembers what was worked out with so many bits: one root often stands in a number more than once.
    """
    if not isinstance(number, Surd):
        numerator, denominator = number.as_integer_ratio()
        return (numerator << bits) // denominator, -((-numerator << bits) // denominator)
    if number in roots:
        return roots[number]
    parts = [interval_of(operand, bits, roots) for operand in number.operands]
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
