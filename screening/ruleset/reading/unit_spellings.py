"""Which unit is typed behind a number: a closed list of spellings, all of them from the rule file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from screening.ruleset.model.questions import ForeignUnit, Question, Unit
from screening.ruleset.reading.typed_numbers import TypedNumber, TypedNumberError, clean, parse_typed


def folded(spelling: str) -> str:
    """A spelling as it is compared: without case and spaces."""
    return "".join(clean(spelling).casefold().split())


def is_part_of_number(spelling: str) -> bool:
    """Whether a spelling behind a number would be read as digits of it, or as something else that is no unit."""
    try:
        number = parse_typed(f"7 {spelling}", signed=False)
    except TypedNumberError:
        return True
    return number.readings != (Decimal(7),)


def is_flag(spelling: str) -> bool:
    """Whether a spelling behind a number would be read as the flag of a result."""
    return not is_part_of_number(spelling) and not parse_typed(f"7 {spelling}", signed=False).unit_unless_flag


def spellings(question: Question) -> Iterator[tuple[str, Unit | ForeignUnit]]:
    """Each spelling of a question's units, folded, the last one of two the one that counts. A code of digits alone
    (UCUM's 1) is never typed.

    The second part of a unit of two may be a unit by itself, too, as pounds beside stone and pounds: that one counts.
    """
    for unit in question.units:
        for part in (unit.parts.first, unit.parts.second) if unit.parts else ():
            for spelling in (part.label, *part.also):
                yield _folded_once(spelling), unit
    for unit in question.units:
        for spelling in (unit.code, unit.label, *unit.also):
            if not spelling.isdecimal():
                yield _folded_once(spelling), unit
    for foreign in question.foreign:
        for spelling in foreign.spellings:
            yield _folded_once(spelling), foreign


_folded_once = lru_cache(maxsize=4096)(folded)
"""For spellings of rule files, which every typed number is compared with."""


def by_name(question: Question) -> dict[str, bool]:
    """That units are told by their names, where they are: then nothing is said of a printed range."""
    return {"by_name": True} if question.units_by_name else {}


def typed_unit(question: Question, number: TypedNumber) -> Unit | ForeignUnit | None:
    """The unit that stands behind a number; None where none does, or none that is known.

    A unit that looks like a flag is the unit: litres are written as the flag for "low" is.
    """
    known = dict(spellings(question))
    unit = known.get(folded(number.unit))
    return unit or known.get(folded(number.unit_unless_flag))
