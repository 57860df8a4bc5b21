"""Arithmetic on answers as generated code does it: quick, with None for an unknown number.

Sums, differences and products of decimals are exact. A quotient or a root is cut to twenty-eight digits, and so is all
that is worked out from one; how far off it may be is known beforehand (`precision`), and where that could matter,
`reals` has the exact number.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import Enum

_TRAPS = [InvalidOperation, DivisionByZero, Overflow]
EXACT = Context(prec=28, traps=_TRAPS)
"""Twenty-eight digits, for what is no expression: limits, steps of a unit, and numbers that are only shown."""
WHOLE = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=_TRAPS)
"""Every digit of a sum, a difference or a product; never to be divided in."""
NEAR = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=_TRAPS)
"""Twenty-eight digits, whatever the size of the number."""


class Cancelling(Enum):
    """What stands for a sum of cut numbers that may cancel each other, so that it is to be worked out exactly."""

    CANCELS = "cancels"


CANCELS = Cancelling.CANCELS


def add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The sum of two decimals, or None where a side is unknown."""
    return None if left is None or right is None else WHOLE.add(left, right)


def subtract(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The difference of two decimals, or None where a side is unknown."""
    return None if left is None or right is None else WHOLE.subtract(left, right)


def multiply(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The product of two decimals, or None where a side is unknown."""
    return None if left is None or right is None else WHOLE.multiply(left, right)


def total(*numbers: Decimal | None) -> Decimal | None:
    """The sum of decimals, or None where one is unknown."""
    result: Decimal | None = Decimal(0)
    for number in numbers:
        result = add(result, number)
    return result


def multiply_near(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The product, cut to twenty-eight digits, or None where a side is unknown."""
    return None if left is None or right is None else NEAR.multiply(left, right)


def divide(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The quotient, cut to twenty-eight digits, or None where a side is unknown or the divisor is zero."""
    return None if left is None or not right else NEAR.divide(left, right)


def square_root(number: Decimal | None) -> Decimal | None:
    """The root, cut to twenty-eight digits, or None where the number is unknown or negative."""
    return None if number is None or number < 0 else NEAR.sqrt(number)


def total_near(*numbers: Decimal | None) -> Decimal | Cancelling | None:
    """The sum of cut numbers of one sign, or None where one is unknown."""
    result, positive, negative = Decimal(0), False, False
    for number in numbers:
        if number is None:
            return None
        positive, negative = positive or number > 0, negative or number < 0
        result = NEAR.add(result, number)
    return CANCELS if positive and negative else result


def subtract_near(left: Decimal | None, right: Decimal | None) -> Decimal | Cancelling | None:
    """The difference of cut numbers of which one is negative and one is not, or None where a side is unknown."""
    return None if right is None else total_near(left, right.copy_negate())


def order(left: Decimal, right: Decimal, tolerance: Decimal) -> int:
    """1 where the left one is certainly greater, -1 where it is certainly less, 0 where they are too close to say.

    `tolerance` is by how much of its size each of them may be off.
    """
    size = NEAR.add(left.copy_abs(), right.copy_abs())
    difference = NEAR.subtract(left, right)
    if difference.copy_abs() <= NEAR.multiply(size, tolerance):
        return 0
    return 1 if difference > 0 else -1
