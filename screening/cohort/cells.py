"""What stands in a cell of a table, so that 1, 1.0 and "1" are the same."""

from __future__ import annotations

import math
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from screening.ruleset.reading.typed_numbers import has_two_readings

Cell: TypeAlias = str
"""A cell in its shortest form; an empty one holds nothing."""

FLOAT_DIGITS = 6
"""Digits after the point that a binary number is rounded to: what it holds beyond is an artefact."""

_MOST_ROUNDED = 1e15


def cell(value: object) -> Cell:
    """The cell of a value from CSV, Parquet or YAML."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        # One without digits behind the point is none to round, and may be too large for it.
        value = round(Decimal(repr(value)), FLOAT_DIGITS) if abs(value) < _MOST_ROUNDED else str(value)
    text = str(value).strip()
    number = decimal(text)
    if number is None or (isinstance(value, str) and has_two_readings(text)):
        return text
    return _shortest(number)


def decimal(text: str) -> Decimal | None:
    """The number that a cell holds, exactly; None where it holds none. U+2212 is a minus sign too."""
    try:
        number = Decimal(text.replace("\N{MINUS SIGN}", "-", 1))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 100 else None


def _shortest(number: Decimal) -> str:
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    if has_two_readings(written):
        written += "0"  # a table that holds numbers, not texts, leaves no doubt
    return "0" if written in ("-0", "") else written
