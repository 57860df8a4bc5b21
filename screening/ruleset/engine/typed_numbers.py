"""A number as people type it: which sign, which digits, and no guess at what a separator means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from screening.ruleset.compiler.arithmetic import EXACT
from screening.ruleset.model.questions import Unit

MAX_TYPED = 20
"""Characters in a typed number; no report prints a longer one."""

_DIGITS = re.compile(r"\d+")
_SPACED = re.compile(r"\d{1,3}( \d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
GROUPED = re.compile(r"\d+([.,]\d{3})+([.,]\d+)?")
_MINUS = re.compile(r"[-−]\s*(?=\d)")
_INEQUALITY = re.compile(r"[<>≤≥~]\s*[-−]?\s*\d.*")
_NEGATIVE = re.compile(r"[-−–‒]\s*\d.*")
_WITH_UNIT = re.compile(r"\d[\d.,\s]*\s*[^\d\s.,].*")


class TypedNumberError(ValueError):
    """The text is no number that can be read in one way; `code` and `values` say why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_typed(text: str, units: Sequence[Unit], *, signed: bool) -> Decimal:
    """Read a number as people type it, with a minus sign where that is allowed, or raise `TypedNumberError`.

    Which readings a separator leaves is told by the ranges of `units`.
    """
    typed = " ".join(_ascii_digits(text).split())
    if not typed:
        raise TypedNumberError("empty")
    if len(typed) > MAX_TYPED:
        raise TypedNumberError("too_long", limit=MAX_TYPED)
    minus = _MINUS.match(typed) if signed else None
    digits = typed[minus.end() :] if minus else typed
    amount = _unsigned_number(digits)
    if amount is not None:
        return amount and -amount if minus else amount
    if GROUPED.fullmatch(digits):
        readings = _readings(units, digits, negative=minus is not None)
        raise TypedNumberError("thousands", typed=text.strip(), readings=readings)
    raise TypedNumberError(_reason(digits, signed=signed), typed=text.strip())


def _reason(digits: str, *, signed: bool) -> str:
    """Why a text is no number."""
    minus = (_NEGATIVE, "other_minus") if signed else (_NEGATIVE, "negative")
    reasons = ((_INEQUALITY, "inequality"), minus, (_WITH_UNIT, "unit_typed"))
    return next((code for pattern, code in reasons if pattern.fullmatch(digits)), "not_a_number")


def _unsigned_number(typed: str) -> Decimal | None:
    """The number in digits that can be read in one way; a separator before exactly three digits is never guessed at."""
    if _DIGITS.fullmatch(typed) or _SPACED.fullmatch(typed):
        return Decimal(typed.replace(" ", ""))
    if (match := _DECIMAL.fullmatch(typed)) and (len(match[2]) != 3 or not match[1].strip("0")):
        return Decimal(f"{match[1]}.{match[2]}")
    return None


def _ascii_digits(text: str) -> str:
    """The text with digits of other scripts and full-width forms as ASCII ones; a superscript is no such digit."""
    plain = (
        character if unicodedata.category(character) == "No" else unicodedata.normalize("NFKC", character)
        for character in text
    )
    return "".join(str(unicodedata.decimal(character, character)) for character in "".join(plain))


def _readings(units: Sequence[Unit], typed: str, *, negative: bool) -> list[str]:
    """What `1.200` or `150.000` may mean, written so that it can be read in one way only.

    Each reading is offered only where it lies in the range of some unit of the question.
    """
    *groups, last = re.split(r"[.,]", typed)
    before = "".join(groups)
    as_thousands = Decimal(before + last if len(last) == 3 else f"{before}.{last}")
    readings = [as_thousands]
    if len(groups) == 1:
        as_decimals = Decimal(f"{before}.{last}")
        places = min(2, max(unit.decimals for unit in units))
        if as_decimals == as_decimals.to_integral_value():
            readings.append(as_decimals.to_integral_value())
        elif places:
            readings.append(EXACT.quantize(as_decimals, Decimal(1).scaleb(-places)))
    if negative:
        readings = [-reading for reading in readings]
    return [f"{reading:f}" for reading in readings if any(unit.minimum <= reading <= unit.maximum for unit in units)]
