"""A number as people type it: what its characters may mean, without a guess at what a mark between digits is.

    [flag] [bound] [sign] number [unit] [flag]

A bound is one of `< <= > >=`: a laboratory's or a scanner's way to print a number beyond what it measures.

This knows the grammar alone. Which reading is meant is told by the bounds of a unit (`number_reader`), what the unit is
by the spellings of the rule file (`unit_spellings`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

MAX_TYPED = 40
"""Characters in a typed number with its unit and flag; no report prints a longer one."""

_DIGITS = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[0-9]+[.,٫·。][0-9]+")
FIRST_GROUP, NEXT_GROUP = "[1-9][0-9]{0,2}", "[0-9]{3}"
"""Digits before a mark that may group them, and digits behind it: other languages of patterns read these, too."""
_GROUPED = re.compile(
    rf"{FIRST_GROUP}(?P<mark>[ .,٬']){NEXT_GROUP}(?:(?P=mark){NEXT_GROUP})*(?![0-9])(?:(?!(?P=mark))[.,٫·。][0-9]+)?"
)
"""One mark throughout, then maybe another one and decimals. The decimal marks that never group are left out of it."""
_LETTERS = r"HH?|LL?"
_SET_APART = rf"[*↑↓]|\((?:{_LETTERS})\)|\[(?:{_LETTERS})\]"
_FLAG_BEFORE = re.compile(rf"(?:{_SET_APART}|(?:{_LETTERS})(?= ))\s*")
_FLAG_BEHIND = re.compile(rf"(?P<unit>.*?)(?:(?<!\S)(?:{_LETTERS})|{_SET_APART})")
"""Capital letters stand apart from a unit. A small l is none: it may be a one."""
_MINUS = re.compile(r"[-−]\s*(?=[0-9])")
_ANY_DASH = re.compile(r"[-−–‒—]\s*[0-9].*")
_BOUND = re.compile(r"(?P<sign>[<>]=?|[≤≥≦≧⩽⩾])\s*")
_ONE_SIGN = {"≤": "<=", "≦": "<=", "⩽": "<=", "≥": ">=", "≧": ">=", "⩾": ">="}
_INEXACT = re.compile(r"[<>≤≥≦≧⩽⩾~±≈]")
"""What says of a number that it is not exact. Before it a bound may stand; any other, anywhere, is refused."""
_LINES = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTINUES = re.compile(r"[.,٫·。٬']?[0-9]|[.,٫·。٬']")
_ANOTHER = re.compile(r"(?<![\w^*])[0-9]+(?:[.,][0-9]+)?(?![\w^*])")
"""A number by itself; not the 10 of 10⁹ or 10*9."""
_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


class TypedNumberError(ValueError):
    """The text is no number that can be read in one way; `code` and `values` say why."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """What a text may mean."""

    readings: tuple[Decimal, ...]
    """One; or two, the grouped one first, where a mark stands before just three digits."""
    unit: str
    """What stands behind the number, as it was cleaned; empty where nothing does."""
    unit_unless_flag: str
    """The same without a flag at its end."""
    sign: str = ""
    """Which bound the number is, as `< <= > >=`; empty where it is meant exactly."""

    @property
    def is_bare(self) -> bool:
        """Whether nothing but a number with one reading was typed, so that no rule can change what it means."""
        return len(self.readings) == 1 and not self.unit


def visible(text: str) -> str:
    """A text without its invisible characters and what surrounds it: as it is shown again and kept."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return _SELECTORS.sub("", seen).strip()


def clean(text: str) -> str:
    """A text as it is compared: digits of any script as ASCII ones, one space and one micro sign."""
    plain = "".join(map(_plain_character, visible(text).replace(_APOSTROPHE, "'")))
    return unicodedata.normalize("NFC", plain).strip()


def _plain_character(character: str) -> str:
    """Superscripts and fractions stay: 10⁹ must not become 109. A digit in a circle is no digit either."""
    if unicodedata.category(character) == "No" or unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
        return character
    normal = unicodedata.normalize("NFKC", character)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in normal)


def bound_and_rest(text: str) -> tuple[str, str]:
    """Which bound stands before a cleaned text, as `< <= > >=`, empty where none does; and what stands behind it."""
    match = _BOUND.match(text)
    return (_ONE_SIGN.get(match["sign"], match["sign"]), text[match.end() :]) if match else ("", text)


def parse_typed(text: str, *, signed: bool) -> TypedNumber:
    """What a text may mean, with a minus sign where that is allowed, or raise `TypedNumberError`."""
    seen = visible(text)
    typed = clean(text)
    if not typed:
        raise TypedNumberError("empty")
    if len(typed) > MAX_TYPED or len(seen) > MAX_TYPED:
        raise TypedNumberError("too_long", limit=MAX_TYPED)
    if _LINES.search(typed):
        raise TypedNumberError("two_numbers" if _DIGITS.search(typed) else "not_a_number", typed=_one_line(seen))
    flag = _FLAG_BEFORE.match(typed)
    rest = typed[flag.end() :] if flag else typed
    sign, rest = bound_and_rest(rest)
    if _INEXACT.search(rest) and _DIGITS.search(rest):
        raise TypedNumberError("inequality", typed=seen)
    minus = _MINUS.match(rest)
    if minus and not signed:
        raise TypedNumberError("negative", typed=seen)
    readings, end = _readings(rest[minus.end() :] if minus else rest)
    if not readings:
        _refuse_another_dash(rest, seen, signed=signed)
        raise TypedNumberError("not_a_number", typed=seen)
    behind = rest[(minus.end() if minus else 0) + end :]
    if _CONTINUES.match(behind):
        raise TypedNumberError("not_a_number", typed=seen)
    signed_readings = tuple(reading.copy_negate() if minus and reading else reading for reading in readings)
    unit = behind.strip()
    return TypedNumber(signed_readings, unit, _without_flag(unit), sign)


def as_one_number(text: str) -> TypedNumber | None:
    """What a text says as one number, below zero or not; None where it says none, as one in two parts may."""
    try:
        return parse_typed(text, signed=True)
    except TypedNumberError:
        return None


def _refuse_another_dash(rest: str, seen: str, *, signed: bool) -> None:
    """Raise `TypedNumberError` where a dash that is no minus sign stands before a number."""
    if _ANY_DASH.fullmatch(rest):
        raise TypedNumberError("other_minus" if signed else "negative", typed=seen)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_flag(unit: str) -> str:
    match = _FLAG_BEHIND.fullmatch(unit)
    return match["unit"].strip() if match else unit


def _readings(text: str) -> tuple[tuple[Decimal, ...], int]:
    """What the number at the beginning may be, and where it ends: the longest one that the grammar knows."""
    grouped = _GROUPED.match(text)
    matches = [match for match in (grouped, _DECIMAL.match(text), _DIGITS.match(text)) if match]
    if not matches:
        return (), 0
    end = max(match.end() for match in matches)
    longest = [match for match in matches if match.end() == end]
    return tuple(_number(match, match["mark"] if match is grouped else "") for match in longest), end


def _number(match: re.Match[str], mark: str) -> Decimal:
    digits = match[0].replace(mark, "") if mark else match[0]
    return Decimal(re.sub(r"[.,٫·。]", ".", digits))


def refuse_what_is_no_unit(number: TypedNumber, text: str) -> None:
    """Raise `TypedNumberError` where another number, or nothing that could be a unit, stands behind a number."""
    if _ANOTHER.search(number.unit):
        raise TypedNumberError("two_numbers", typed=visible(text))
    if not re.search(r"\w|%", number.unit_unless_flag):
        raise TypedNumberError("not_a_number", typed=visible(text))


def has_two_readings(text: str) -> bool:
    """Whether a text is a number, and one that can be read in two ways."""
    digits = text.strip().removeprefix("-").removeprefix("\N{MINUS SIGN}")
    readings, end = _readings(digits)
    return len(readings) > 1 and end == len(digits)


def written(reading: Decimal) -> str:
    """A reading so that it can be typed and read in one way only: a point never stands before just three digits."""
    digits = f"{reading:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return f"{digits}0" if has_two_readings(digits) else digits
