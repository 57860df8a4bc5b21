"""Arithmetic as the judge of the tests does it: with four hundred digits, and a gap in which no number may lie.

Two numbers that differ by less than `NOTHING` count as equal. The numbers of small expressions over short decimals lie
either that close together, because they are equal, or far apart; one that lies between is no judge of anything, and
the test ends.
"""

from __future__ import annotations

from decimal import Context, Decimal

PRECISE = Context(prec=400, Emax=10**9, Emin=-(10**9), traps=[])
NOTHING = Decimal("1E-300")
SOMETHING = Decimal("1E-150")


def settled(number: Decimal) -> Decimal:
    """The number, or zero where it is as good as zero."""
    if abs(number) < NOTHING:
        return Decimal(0)
    assert abs(number) > SOMETHING, number
    return number


def difference(left: Decimal, right: Decimal) -> Decimal:
    """How far apart two numbers are; zero where they are equal."""
    return settled(PRECISE.subtract(left, right))


def joined(left: Decimal, operator: str, right: Decimal) -> Decimal | None:
    """Two numbers joined by one of `+ - * /`; None where the divisor is zero."""
    match operator:
        case "+":
            return settled(PRECISE.add(left, right))
        case "-":
            return difference(left, right)
        case "*":
            return settled(PRECISE.multiply(left, right))
        case _:
            return settled(PRECISE.divide(left, right)) if right else None


def root(number: Decimal) -> Decimal | None:
    """The square root; None of a negative number."""
    return None if number < 0 else settled(PRECISE.sqrt(number))


def alike(found: object, wanted: object) -> bool:
    """Whether a value is what the judge says: a number but for what twenty-eight digits cannot hold."""
    if not isinstance(wanted, Decimal):
        return found is wanted
    if not isinstance(found, Decimal):
        return False
    off = abs(PRECISE.subtract(found, wanted))
    return off <= PRECISE.multiply(abs(wanted), Decimal("1E-24"))
