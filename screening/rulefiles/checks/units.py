"""Do the units of one question agree: their limits, factors and printed ranges? One function a check."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.model.parts import questions
from screening.ruleset.model.problem import Path, Problem
from screening.ruleset.model.questions import ForeignUnit, Question, Unit, UnitPart
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.unit_spellings import folded, is_flag, is_part_of_number

TOLERANCE = Decimal("0.05")
"""How far the limits of two units of one question may lie apart, as a share of the larger: what rounding explains."""

_GROUPING = " .,'\u00a0\u2009\u202f"
"""What may stand between groups of three digits."""


def limits_agree(rule_set: RuleSet) -> Iterator[Problem]:
    """The limits of every unit are those of the stored one, by its factor."""
    for question, path in questions(rule_set):
        if any(unit.minimum >= unit.maximum for unit in question.units):
            continue  # told by the checks of questions
        for index, unit in enumerate(question.units[1:], start=1):
            wrong = _limits_apart(question.stored_unit, unit, unit.factor)
            if not wrong:
                continue
            stored, factor = question.stored_unit.label, unit.factor
            values = {"unit": unit.label, "one": unit.singular or unit.counted, "stored": stored, "factor": factor}
            inverse = EXACT.divide(Decimal(1), unit.factor)
            if len(wrong) == 2 and not _limits_apart(question.stored_unit, unit, inverse):
                rounded = Decimal(f"{inverse:.4g}")
                inverted = {**values, "instead": rounded}
                yield Problem("unit.factor_inverted", (*path, "units", index, "factor"), values=inverted)
            else:
                member = wrong[0]
                here, there = getattr(unit, member), getattr(question.stored_unit, member)
                more = {"member": member, "limit": here, "other": there, "by_factor": _plain(here * unit.factor)}
                yield Problem("unit.limits", (*path, "units", index, member), values={**values, **more})


def whole_units(rule_set: RuleSet) -> Iterator[Problem]:
    """Where only whole numbers are ever read, none with decimals can be typed: a proof allows for no other."""
    for question, path in questions(rule_set):
        for index, unit in enumerate(question.units):
            if unit.whole and unit.decimals:
                values = {"unit": unit.label, "decimals": unit.decimals}
                yield Problem("unit.whole", (*path, "units", index, "decimals"), values=values)


def spellings_differ(rule_set: RuleSet) -> Iterator[Problem]:
    """What may be typed behind a number means one unit, and cannot be taken for a part of the number or for a flag."""
    for question, path in questions(rule_set):
        seen: dict[str, object] = {}
        codes = [code for unit in question.units for code in (unit.code, *unit.also)]
        for spelling, unit, at in _spellings(question):
            if codes.count(spelling) > 1:
                continue  # told by the checks of references
            if seen.setdefault(folded(spelling), unit) is not unit:
                yield Problem("unit.spelling_twice", (*path, *at), values={"spelling": spelling})
            elif is_part_of_number(spelling) or (isinstance(unit, ForeignUnit) and is_flag(spelling)):
                yield Problem("unit.spelling_number", (*path, *at), values={"spelling": spelling})


def _spellings(question: Question) -> Iterator[tuple[str, Unit | UnitPart | ForeignUnit, Path]]:
    """Every spelling, its unit or first part, and where it stands in the question."""
    for index, unit in enumerate(question.units):
        at: Path = ("units", index)
        if not unit.code.isdecimal():
            yield unit.code, unit, (*at, "code")
        yield unit.label, unit, (*at, "label")
        for number, spelling in enumerate(unit.also):
            yield spelling, unit, (*at, "also", number)
        yield from _of_parts(question, unit, at)
    for index, foreign in enumerate(question.foreign):
        for number, spelling in enumerate(foreign.spellings):
            yield spelling, foreign, ("foreign", index, "spellings", number)


def _of_parts(question: Question, unit: Unit, at: Path) -> Iterator[tuple[str, Unit | UnitPart, Path]]:
    """The spellings of the parts of a unit: the first is no unit by itself, the second may be one that is as large."""
    if unit.parts is None:
        return
    alike = [other for other in question.units if other is not unit and other.factor == unit.factor]
    shared = {folded(spelling) for other in alike for spelling in (other.code, other.label, *other.also)}
    for name, part, owner in (("first", unit.parts.first, unit.parts.first), ("second", unit.parts.second, unit)):
        listed: list[tuple[str, Path]] = [(part.label, ("label",))]
        listed += [(spelling, ("also", number)) for number, spelling in enumerate(part.also)]
        for spelling, member in listed:
            if name == "first" or folded(spelling) not in shared:
                yield spelling, owner, (*at, "parts", name, *member)


def two_parts(rule_set: RuleSet) -> Iterator[Problem]:
    """A number that is said in two parts is not below zero, and the example is one that is accepted."""
    for question, path in questions(rule_set):
        for index, unit in enumerate(question.units):
            if unit.parts is None:
                continue
            at: Path = (*path, "units", index)
            example = unit.parts.example
            if unit.minimum < 0:
                yield Problem("unit.parts_negative", (*at, "minimum"), values={"unit": unit.label})
            elif not unit.minimum <= example <= unit.maximum or (unit.whole and example != int(example)):
                values = {"example": example, "minimum": unit.minimum, "maximum": unit.maximum, "unit": unit.counted}
                yield Problem("unit.parts_example", (*at, "parts", "example"), values=values)


def _plain(number: Decimal) -> Decimal:
    """A number without zeros at its end."""
    return Decimal(f"{EXACT.normalize(number):f}")


def _limits_apart(stored: Unit, unit: Unit, factor: Decimal) -> list[str]:
    """Which limits of a unit are not those of the stored one."""
    rounding = _half_step(stored), _half_step(unit, factor)
    pairs = ((member, getattr(stored, member), getattr(unit, member)) for member in ("minimum", "maximum"))
    return [member for member, there, here in pairs if not _agree(there, here * factor, *rounding)]


def _agree(one: Decimal, other: Decimal, *rounding: Decimal) -> bool:
    apart = abs(one - other)
    return apart <= TOLERANCE * max(abs(one), abs(other)) or apart <= max(rounding)


def _half_step(unit: Unit, factor: Decimal = Decimal(1)) -> Decimal:
    """What rounding a limit to the digits of its unit can change, in the stored unit."""
    return factor * Decimal("0.5").scaleb(-unit.decimals)


def printed_ranges(rule_set: RuleSet) -> Iterator[Problem]:
    """The two numbers of a printed range stand in its text and in the unit's limits, and overlap in all units."""
    for question, path in questions(rule_set):
        for index, unit in enumerate(question.units):
            if unit.printed:
                yield from _printed_range(unit, question, (*path, "units", index))


def _printed_range(unit: Unit, question: Question, at: Path) -> Iterator[Problem]:
    low, high = unit.printed
    if low >= high:
        yield Problem("unit.printed_order", (*at, "printed"), values={"low": low, "high": high})
        return
    if not unit.minimum <= low <= high <= unit.maximum:
        values: dict[str, object] = {"minimum": unit.minimum, "maximum": unit.maximum, "unit": unit.label}
        yield Problem("unit.printed_outside", (*at, "printed"), values=values)
    elif question.stored_unit.printed and not _overlap(unit, question.stored_unit):
        lowest, highest = question.stored_unit.printed
        values = {"unit": unit.label, "low": _plain(low * unit.factor), "high": _plain(high * unit.factor)}
        values |= {"stored": question.stored_unit.label, "lowest": lowest, "highest": highest}
        yield Problem("unit.printed_apart", (*at, "printed"), values=values)
    missing = not_printed(unit.printed_range, unit)
    if unit.printed_range and missing:
        yield Problem("unit.printed_text", (*at, "printed_range"), values={"missing": missing})


def _overlap(unit: Unit, stored: Unit) -> bool:
    low, high = unit.printed
    lowest, highest = stored.printed
    return low * unit.factor <= highest and high * unit.factor >= lowest


def not_printed(text: str, unit: Unit) -> list[Decimal]:
    """Those numbers of a unit's printed range that do not stand in a text."""
    plain = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), text)
    return [number for number in unit.printed if not re.search(_number_pattern(number), plain)]


def _number_pattern(number: Decimal) -> str:
    """A number as a pattern: its digits in groups of three or not, and its decimals behind a point or comma."""
    whole, _, decimals = f"{abs(number):f}".partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", f"[{_GROUPING}]?", whole)
    decimals = decimals.rstrip("0")
    behind = rf"[.,]{decimals}0*" if decimals else r"([.,]0{1,2})?"
    sign = "[-\u2212]" if number < 0 else ""
    return rf"(?<!\d)(?<!\d[.,]){sign}{grouped}{behind}(?![.,]?\d|[{_GROUPING}]\d{{3}}(?!\d))"


def printed_missing(rule_set: RuleSet) -> Iterator[Problem]:
    """Where a person tells the unit by a range in numbers, these are given as numbers too, so that they are checked."""
    for question, path in questions(rule_set):
        for index, unit in enumerate(question.units if len(question.units) > 1 else ()):
            if not unit.printed and len(re.findall(r"\d+", unit.printed_range)) >= 2:
                yield Problem("unit.printed_missing", (*path, "units", index, "printed_range"))
