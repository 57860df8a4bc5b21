"""What `min`, `max`, `round` and `power` yield: exactly, and as generated code works it out, quick.

A rounded number, and a power with an exponent that is not whole, is a short decimal, and exactly that in generated code
too: where a number that is off leaves two of them open, `CLOSE` says that the exact one is to be asked.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import Enum
from functools import reduce

from screening.ruleset.compiler.numbers.arithmetic import NEAR, WHOLE
from screening.ruleset.compiler.numbers.reals import enclosure, exact_divide, exact_multiply, exact_order, nearest
from screening.ruleset.compiler.numbers.surds import Real, sign
from screening.ruleset.language.powers import SPARE, TRIES, decimal_power, short_if_certain, worked_out
from screening.ruleset.language.spans import rounded_decimal

_ONE = Decimal(1)
_WIDE = Context(prec=40, Emax=MAX_EMAX, Emin=MIN_EMIN)
_MARGIN = Decimal(1).scaleb(SPARE - TRIES[0])
"""By what part of itself a power may be off that is worked out with the fewest digits."""


class Close(Enum):
    """What stands for a number that one which may be off does not tell."""

    CLOSE = "close"


CLOSE = Close.CLOSE


# --- exact ---


def exact_least(*numbers: Real | None) -> Real | None:
    """The least of numbers."""
    return (
        None if None in numbers else reduce(lambda one, other: one if exact_order(one, other) <= 0 else other, numbers)
    )


def exact_greatest(*numbers: Real | None) -> Real | None:
    """The greatest of numbers."""
    return (
        None if None in numbers else reduce(lambda one, other: one if exact_order(one, other) >= 0 else other, numbers)
    )


def exact_round(number: Real | None, digits: int) -> Decimal | None:
    """A number rounded to so many digits after the point, a half away from zero."""
    return None if number is None else rounded(number, digits)


def rounded(number: Real, digits: int) -> Decimal:
    """A known number rounded so."""
    if isinstance(number, Decimal):
        return rounded_decimal(number, digits)
    near = nearest(number)
    precision = max(NEAR.prec, (near.adjusted() if near else 0) + digits + 5)
    near = nearest(number, precision) or Decimal(0)  # on no other side of a middle, as middles have fewer digits
    unit = Decimal(1).scaleb(-digits)
    low, high = (
        WHOLE.multiply(near.scaleb(digits).to_integral_value(way), unit) for way in (ROUND_FLOOR, ROUND_CEILING)
    )
    if WHOLE.subtract(near, low) != WHOLE.subtract(high, near):
        return rounded_decimal(near, digits)
    side = exact_order(number, near) or (1 if near > 0 else -1)
    return rounded_decimal(high if side > 0 else low, digits)


def exact_floor(number: Real, digits: int) -> Decimal:
    """The greatest number of so many digits after the point that is not above a number."""
    near = rounded(number, digits)
    return near if exact_order(near, number) <= 0 else WHOLE.subtract(near, Decimal(1).scaleb(-digits))


def exact_ceiling(number: Real, digits: int) -> Decimal:
    """The least number of so many digits after the point that is not below a number."""
    near = rounded(number, digits)
    return near if exact_order(near, number) >= 0 else WHOLE.add(near, Decimal(1).scaleb(-digits))


def exact_power(base: Real | None, exponent: Real | None) -> Real | None:
    """A power; with an exponent that is not whole the decimal of twenty digits, else the real one."""
    if base is None or exponent is None:
        return None
    whole = _whole(exponent)
    if whole is not None:
        return _whole_power(base, whole)
    side = sign(base)
    if side <= 0:
        return Decimal(0) if side == 0 and sign(exponent) > 0 else None
    ends = [(low, high) for low in enclosure(base) for high in enclosure(exponent)]
    powers = sorted(decimal_power(*end) for end in dict.fromkeys(ends))
    return powers[0]  # where it is not the only one, sixty digits do not tell which is nearer


def _whole(number: Real) -> int | None:
    """The number as a whole one, if it is."""
    near = nearest(number)
    whole = near.to_integral_value() if near is not None else Decimal(0)
    return int(whole) if exact_order(number, whole) == 0 else None


def _whole_power(base: Real, exponent: int) -> Real | None:
    if exponent < 0:
        return exact_divide(_ONE, _whole_power(base, -exponent))
    power: Real | None = _ONE
    square: Real | None = base
    while exponent:
        if exponent % 2:
            power = exact_multiply(power, square)
        exponent //= 2
        square = exact_multiply(square, square) if exponent else square
    return power


# --- quick ---


def least(*numbers: Decimal | None) -> Decimal | None:
    """The least of decimals, or None where one is unknown."""
    known = [number for number in numbers if number is not None]
    return min(known) if len(known) == len(numbers) else None


def greatest(*numbers: Decimal | None) -> Decimal | None:
    """The greatest of decimals, or None where one is unknown."""
    known = [number for number in numbers if number is not None]
    return max(known) if len(known) == len(numbers) else None


def round_near(number: Decimal | None, digits: int, tolerance: Decimal) -> Decimal | Close | None:
    """A number rounded, of which it is known by what part of itself it may be off."""
    if number is None:
        return None
    margin = NEAR.multiply(number.copy_abs(), tolerance)
    low = rounded_decimal(WHOLE.subtract(number, margin), digits)
    return low if low == rounded_decimal(WHOLE.add(number, margin), digits) else CLOSE


def power_near(base: Decimal | None, exponent: Decimal, tolerance: Decimal) -> Decimal | Close | None:
    """A power with a written exponent that is not whole, of a number that may be off by so large a part of itself."""
    if base is None or base < 0 or (not base and exponent < 0):
        return None
    if not base:
        return Decimal(0)
    if not tolerance:
        return decimal_power(base, exponent)
    power = worked_out(base, exponent)
    off = NEAR.add(NEAR.multiply(NEAR.multiply(exponent.copy_abs(), tolerance), Decimal(2)), _MARGIN)
    short = short_if_certain(power, NEAR.multiply(power, off))
    return CLOSE if short is None else short


def whole_power_near(base: Decimal | None, exponent: Decimal) -> Decimal | None:
    """A power with a written exponent that is whole, cut to twenty-eight digits."""
    if base is None or (not base and exponent < 0):
        return None
    return _ONE if not exponent else NEAR.plus(_WIDE.power(base, exponent))


def exponential_near(base: Decimal, exponent: Decimal | None, tolerance: Decimal) -> Decimal | Close | None:
    """A power of a written base, cut to twenty-eight digits; the exponent may be off by so large a part of itself."""
    if exponent is None:
        return None
    if not exponent:
        return _ONE
    margin = NEAR.multiply(exponent.copy_abs(), tolerance)
    whole = exponent.to_integral_value()
    if not tolerance:
        return NEAR.plus(_WIDE.power(base, whole)) if exponent == whole else decimal_power(base, exponent)
    if NEAR.subtract(exponent, whole).copy_abs() <= margin:
        return CLOSE
    power = worked_out(base, exponent)
    steepness = Decimal(3 * (abs(base.adjusted()) + 1))  # above the logarithm of the base, whatever its sign
    off = NEAR.add(NEAR.multiply(steepness, margin), _MARGIN)
    short = short_if_certain(power, NEAR.multiply(power, off))
    return CLOSE if short is None else short


EXTREMES = {"min": (least, exact_least), "max": (greatest, exact_greatest)}
"""How the least and the greatest are worked out, quick and exactly."""
