"""A number that people say in two parts, as "5 ft 7 in": what a text of that shape may mean, and how one is written.

    [bound] number [first part] number [second part]

It is kept as one number, in the second part. One number by itself, of which nobody says the part, is never guessed at:
5.7 may be 5 ft 7 in, or 5 ft 8.4 in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.compiler.numbers.arithmetic import WHOLE
from screening.ruleset.model.questions import Question, Unit, UnitParts
from screening.ruleset.reading.typed_numbers import (
    MAX_TYPED,
    TypedNumberError,
    as_one_number,
    bound_and_rest,
    clean,
    parse_typed,
    visible,
    written,
)
from screening.ruleset.reading.unit_spellings import by_name, folded

_NUMBER = r"(?>[0-9]+(?:[.,٫·。][0-9]+)?)"
"""Taken whole: no digit is left for another number."""
_TYPED = re.compile(rf"(?P<first>{_NUMBER})(?P<word>[^0-9]*)(?:(?P<second>{_NUMBER})(?P<behind>[^0-9]*))?")
_LINES = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARK = re.compile(r"[.,٫·。]")


@dataclass(frozen=True, slots=True)
class InParts:
    """A number that was read from two parts."""

    amount: Decimal
    """In the second part."""
    unit: Unit
    sign: str
    """Which bound it is, as `< <= > >=`; empty where it is meant exactly."""


def read_parts(question: Question, text: str, chosen: Unit | None, *, unit_unknown: bool) -> InParts | None:
    """The number that a text says in the parts of a unit; None where it says one number, in a unit that it names or in
    one without parts. Bounds of the unit are still to be checked.

    `chosen`: the unit chosen; `unit_unknown`: somebody said that they cannot tell it. Raises `TypedNumberError`.
    """
    if not any(unit.parts for unit in question.units):
        return None
    cleaned = clean(text)
    sign, rest = bound_and_rest(cleaned)
    typed = _TYPED.fullmatch(rest.strip())
    if typed is None or _LINES.search(cleaned) or len(cleaned) > MAX_TYPED:
        return None
    unit = _named(question, typed["word"])
    if unit is None and chosen and chosen.parts and _names_nothing(chosen, typed["word"]):
        unit = chosen
    if unit is None:
        if _are_two_bare(typed) and not (chosen or unit_unknown):
            raise TypedNumberError(
                "unit_missing", known=[offered.code for offered in question.units], **by_name(question)
            )
        return None
    if chosen and unit is not chosen:
        raise TypedNumberError("unit_other", typed=unit.label, chosen=chosen.label, **by_name(question))
    return InParts(_amount(unit, typed, sign, text), unit, sign)


def _named(question: Question, word: str) -> Unit | None:
    """The unit whose first part stands behind a number."""
    for unit in question.units:
        if unit.parts and _word(word) in {
            folded(spelling) for spelling in (unit.parts.first.label, *unit.parts.first.also)
        }:
            return unit
    return None


def _names_nothing(unit: Unit, word: str) -> bool:
    """Whether what stands behind a first number says not which part it is."""
    return not word.strip() or folded(word) == folded(unit.label)


def _are_two_bare(typed: re.Match[str]) -> bool:
    return bool(typed["second"]) and not typed["word"].strip() and not typed["behind"].strip()


def _word(text: str) -> str:
    """A word as it is compared: a point of an abbreviation, or a comma before the second part, is none of it."""
    return folded(text).rstrip(".,")


def _amount(unit: Unit, typed: re.Match[str], sign: str, text: str) -> Decimal:
    parts = _parts(unit)
    first, has_word = _decimal(typed["first"]), not _names_nothing(unit, typed["word"])
    if typed["second"] is None:
        if has_word and first == first.to_integral_value():
            return WHOLE.multiply(first, Decimal(parts.holds))
        raise not_in_parts(unit, text, sign, tuple(_readings(unit, typed["first"], only_first=has_word)))
    second = _decimal(typed["second"])
    behind = {folded(spelling) for spelling in (parts.second.label, *parts.second.also)}
    if _MARK.search(typed["first"]) or (typed["behind"].strip() and _word(typed["behind"]) not in behind):
        raise not_in_parts(unit, text, sign)
    amount = _together(parts, first, second)
    grouped = None if has_word else as_one_number(typed.string)
    if grouped and grouped.is_bare:  # a space may group the digits of one number, as in "1 500"
        raise not_in_parts(unit, text, sign, _in_bounds(unit, (amount, *grouped.readings)))
    if second >= parts.holds:
        raise TypedNumberError("parts_second", typed=visible(text), label=parts.second.label, holds=parts.holds)
    return amount


def not_in_parts(unit: Unit, text: str, sign: str = "", readings: tuple[Decimal, ...] = ()) -> TypedNumberError:
    """That a text is not in the two parts of a unit; with what it may mean, else with the example of the rule file."""
    if readings:
        said = [sign + written_in(unit, reading) for reading in readings]
        return TypedNumberError("parts_readings", typed=visible(text), readings=said)
    return TypedNumberError("parts_shape", typed=visible(text), example=written_in(unit, _parts(unit).example))


def _readings(unit: Unit, number: str, *, only_first: bool) -> tuple[Decimal, ...]:
    """What one number by itself may be, where it is accepted: its digits behind a mark those of the second part, a
    number of the first, or of the second.
    """
    parts = _parts(unit)
    readings: list[Decimal] = []
    before, _, behind = _MARK.sub(".", number).partition(".")
    if behind and int(behind) < parts.holds:
        readings.append(_together(parts, Decimal(before), Decimal(int(behind))))
    for reading in parse_typed(number, signed=False).readings:
        readings.append(_together(parts, reading, Decimal(0)))
        if not only_first:
            readings.append(reading)
    return _in_bounds(unit, readings)


def _in_bounds(unit: Unit, readings: list[Decimal] | tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    fitting = (reading for reading in readings if unit.minimum <= reading <= unit.maximum)
    return tuple(dict.fromkeys(fitting))


def may_mean(unit: Unit, text: str, reading: Decimal) -> bool:
    """Whether a text, whatever its words are, may have been read as this number, in a unit of two parts."""
    typed = _TYPED.fullmatch(bound_and_rest(clean(text))[1].strip()) if unit.parts else None
    if typed is None or unit.parts is None:
        return False
    first, second = _decimal(typed["first"]), typed["second"]
    if second is None:
        return reading in (first, _together(unit.parts, first, Decimal(0)))
    return reading == _together(unit.parts, first, _decimal(second))


def _parts(unit: Unit) -> UnitParts:
    if unit.parts is None:
        raise TypeError(f"{unit.code} has no parts")
    return unit.parts


def _together(parts: UnitParts, first: Decimal, second: Decimal) -> Decimal:
    return WHOLE.add(WHOLE.multiply(first, Decimal(parts.holds)), second)


def _decimal(digits: str) -> Decimal:
    return Decimal(_MARK.sub(".", digits))


# --- written -------------------------------------------------------------------------------------


def in_parts(parts: UnitParts, amount: Decimal) -> Iterator[tuple[Decimal, str]]:
    """The two numbers of an amount, each with what stands behind it."""
    first = WHOLE.divide_int(amount, Decimal(parts.holds))
    yield first, parts.first.label
    yield WHOLE.subtract(amount, WHOLE.multiply(first, Decimal(parts.holds))), parts.second.label


def written_in(unit: Unit, amount: Decimal) -> str:
    """A number so that it can be typed beside its unit, and read in one way only."""
    if unit.parts is None:
        return written(amount)
    return " ".join(f"{_digits(number)} {label}" for number, label in in_parts(unit.parts, amount))


def _digits(number: Decimal) -> str:
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
