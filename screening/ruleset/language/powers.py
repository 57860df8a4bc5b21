"""Powers with an exponent that is not whole: the decimal of twenty significant digits nearest to the real one.

`Context.power` is off by less than one unit in its last digit. So a power is worked out with more digits than are
wanted, and counts only where all that it may be is rounded to one decimal.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from functools import lru_cache

DIGITS = 20
"""Digits of such a power: by definition, after which everything is exact again."""
SPARE = 3
"""Digits at the end of what was worked out that do not count."""
TRIES = (34, 70, 140)
"""With how many digits it is worked out; what the most do not tell from a middle of two decimals is rounded to even."""
_SHORT = Context(prec=DIGITS, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


@lru_cache(maxsize=8192)
def worked_out(base: Decimal, exponent: Decimal, digits: int = TRIES[0]) -> Decimal:
    """A power of a positive number, to so many digits less `SPARE`; kept, as one answer set is read many times."""
    return Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]).power(base, exponent)


def short_if_certain(power: Decimal, margin: Decimal) -> Decimal | None:
    """The decimal of twenty digits to which all is rounded that is off by no more than a margin; None: not one."""
    low, high = _WIDE.subtract(power, margin), _WIDE.add(power, margin)
    short = _SHORT.plus(low)
    return short if short == _SHORT.plus(high) else None


_WIDE = Context(prec=TRIES[-1] + 10, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])


def decimal_power(base: Decimal, exponent: Decimal) -> Decimal:
    """A number that is not negative, to a power that is not whole; zero only to one above zero."""
    if not base:
        return Decimal(0)
    for digits in TRIES:
        power = worked_out(base, exponent, digits)
        if (short := short_if_certain(power, power.scaleb(SPARE - digits, _WIDE))) is not None:
            return short
    return _SHORT.plus(worked_out(base, exponent))
