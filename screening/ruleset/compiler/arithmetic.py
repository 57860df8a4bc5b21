"""Exact arithmetic on answers, with None for an unknown number."""

from __future__ import annotations

from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

EXACT = Context(prec=28, traps=[InvalidOperation, DivisionByZero, Overflow])
"""Twenty-eight digits: sums and products of answers are exact; a quotient or root that is not a decimal
is off by less than one part in 10^27, far less than it can differ from a threshold without being equal."""


def add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The sum, or None where a side is unknown."""
    return None if left is None or right is None else EXACT.add(left, right)


def subtract(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The difference, or None where a side is unknown."""
    return None if left is None or right is None else EXACT.subtract(left, right)


def multiply(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The product, or None where a side is unknown."""
    return None if left is None or right is None else EXACT.multiply(left, right)


def divide(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    """The quotient, or None where a side is unknown or the divisor is zero."""
    return None if left is None or not right else EXACT.divide(left, right)


def square_root(number: Decimal | None) -> Decimal | None:
    """The root, or None where the number is unknown or negative."""
    return None if number is None or number < 0 else EXACT.sqrt(number)


ARITHMETIC = {"+": add, "-": subtract, "*": multiply, "/": divide}
