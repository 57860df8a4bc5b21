"""Arithmetic as the judge of the tests does it: with four hundred digits, and a gap in which no number may lie.

Two numbers that differ by less than `NOTHING` count as equal. The numbers of small expressions over short decimals lie
either that close together, because they are equal, or far apart; one that lies between is no judge of anything, and
the test ends.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

PRECISE = Context(prec=400, Emax=10**9, Emin=-(10**9), traps=[])
NOTHING = Decimal("1E-300")
SOMETHING = Decimal("1E-150")


class TooCloseError(AssertionError):
    """A number lies in the gap: the judge cannot say whether it is zero."""


def settled(number: Decimal) -> Decimal:
    """The number, or zero where it is as good as zero."""
    if abs(number) < NOTHING:
        return Decimal(0)
    if abs(number) <= SOMETHING:
        raise TooCloseError(number)
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


def rounded(number: Decimal, digits: int) -> Decimal:
    """A number rounded to so many digits after the point, a half away from zero."""
    near = Context(prec=300).plus(number)  # 2.4999... is 2.5 where nothing lies between
    scaled = near.scaleb(digits, PRECISE)
    return PRECISE.plus(scaled.to_integral_value(ROUND_HALF_UP)).scaleb(-digits, PRECISE) + 0


def power(base: Decimal, exponent: Decimal) -> Decimal | None:
    """A power, where there is one: real if the exponent is whole, else the nearest decimal of twenty digits."""
    whole = exponent.to_integral_value()
    if not difference(exponent, whole):
        if not base:
            return None if whole < 0 else Decimal(0) if whole else Decimal(1)
        return settled(PRECISE.power(base, whole))
    if base <= 0:
        return None if base or exponent < 0 else Decimal(0)
    real = Context(prec=60, Emax=10**9, Emin=-(10**9)).power(base, exponent)
    return Context(prec=20, Emax=10**9, Emin=-(10**9)).plus(real)


def alike(found: object, wanted: object) -> bool:
    """Whether a value is what the judge says: a number but for what twenty-eight digits cannot hold."""
    if not isinstance(wanted, Decimal):
        return found is wanted
    if not isinstance(found, Decimal):
        return False
    off = abs(PRECISE.subtract(found, wanted))
    return off <= PRECISE.multiply(abs(wanted), Decimal("1E-24"))
