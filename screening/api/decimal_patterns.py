r"""Regular expressions for decimals within bounds, so that a JSON Schema can say what a string of digits may be.

One grammar: `-?(0|[1-9][0-9]*)(\.[0-9]+)?`, with no plus sign, no exponent, no digits but ASCII ones. The expressions
are of the kind that every regular-expression engine reads alike.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

MOST_DECIMALS = 17
"""Digits behind the point of a decimal string; a binary number of 64 bits prints no more."""
MOST = Decimal(10**18 - 1)
"""The largest number as a string, and of those whose unit nobody knows; larger bounds of strings are cut to it."""


def any_decimal(*, signed: bool) -> str:
    """The pattern of every decimal string."""
    sign = "-?" if signed else ""
    return rf"^{sign}(?:0|[1-9][0-9]{{0,17}})(?:\.[0-9]{{1,{MOST_DECIMALS}}})?$"


def decimal_pattern(low: Decimal, high: Decimal, *, whole: bool) -> str:
    """The pattern of the decimal strings from `low` to `high`, both included; `whole`: without a point."""
    low, high = max(low, -MOST), min(high, MOST)
    parts = []
    if low < 0:
        parts.append("-" + _group(_magnitudes(max(Decimal(0), -high), -low, whole=whole)))
    if high >= 0:
        parts += _magnitudes(max(low, Decimal(0)), high, whole=whole)
    return f"^{_group(parts)}$"


def _magnitudes(low: Decimal, high: Decimal, *, whole: bool) -> list[str]:
    """Alternatives for the numbers from `low` to `high`, neither below zero."""
    first, low_digits = _split(low)
    last, high_digits = _split(high)
    if whole:
        return _whole_numbers(first + bool(low_digits), last)
    if first == last:
        return [f"{first}{_fraction(low_digits, high_digits)}"]
    between = _whole_numbers(first + 1, last - 1)
    return [
        f"{first}{_fraction(low_digits, None)}",
        *([f"{_group(between)}{_fraction('', None)}"] if between else []),
        f"{last}{_fraction('', high_digits)}",
    ]


def _split(number: Decimal) -> tuple[int, str]:
    """The whole part, and the digits behind the point without zeros at the end."""
    whole, _, digits = f"{number:f}".partition(".")
    return int(whole), digits.rstrip("0")


def _fraction(low: str, high: str | None) -> str:
    """What may stand behind the whole part: nothing where `low` is nothing, or a point and digits between the two."""
    digits = _group([alternative for alternative in _digits(low, high, MOST_DECIMALS) if alternative])
    return rf"\.{digits}" if low else rf"(?:\.{digits})?"


def _digits(low: str, high: str | None, room: int) -> list[str]:
    """Alternatives for at most `room` digits behind a point, from `low` to `high`; None: no upper bound."""
    if not low and high is None:
        return ["", f"[0-9]{{1,{room}}}"] if room else [""]
    if not low and not high:
        return ["", f"0{{1,{room}}}"] if room else [""]
    if not room:
        return [""] if not low else []
    first, last = int(low[:1] or 0), 9 if high is None else int(high[:1] or 0)
    rests = {digit: (low[1:] if digit == first else "", _rest(high, digit, last)) for digit in range(first, last + 1)}
    alternatives = [] if low else [""]
    for rest, digits in groupby(rests, key=rests.__getitem__):
        following = _digits(*rest, room - 1)
        if following:
            alternatives.append(f"{_one_of(list(digits))}{_group(following)}")
    return alternatives


def _rest(high: str | None, digit: int, last: int) -> str | None:
    """The upper bound of what follows a digit; below the last one there is none."""
    return high[1:] if high is not None and digit == last else None


def _whole_numbers(first: int, last: int) -> list[str]:
    """Alternatives for the whole numbers from `first` to `last`, without zeros before them."""
    alternatives = []
    for length in range(len(str(first)), len(str(last)) + 1):
        low, high = max(first, 10 ** (length - 1) if length > 1 else 0), min(last, 10**length - 1)
        if low <= high:
            alternatives += _same_length(str(low), str(high))
    return alternatives


def _same_length(low: str, high: str) -> list[str]:
    """Alternatives for digits as many as in both bounds."""
    if not low:
        return [""]
    if set(low) == {"0"} and set(high) == {"9"}:
        return [f"[0-9]{{{len(low)}}}"]
    first, last = int(low[0]), int(high[0])
    lowest, highest = "0" * (len(low) - 1), "9" * (len(low) - 1)
    rests = {
        digit: (low[1:] if digit == first else lowest, high[1:] if digit == last else highest)
        for digit in range(first, last + 1)
    }
    return [
        f"{_one_of(list(digits))}{_group(_same_length(*rest))}"
        for rest, digits in groupby(rests, key=rests.__getitem__)
    ]


def _one_of(digits: list[int]) -> str:
    return str(digits[0]) if len(digits) == 1 else f"[{digits[0]}-{digits[-1]}]"


def _group(alternatives: list[str]) -> str:
    if alternatives == [""]:
        return ""
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"
