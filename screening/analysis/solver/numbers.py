"""Numbers with the digits that reports print: the grid that a question's units and digits make, in the stored unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import Comparison, Node, WorkedOut
from screening.ruleset.model.parts import places
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet


def bounds(unit: Unit) -> tuple[Decimal, Decimal]:
    """The least and the greatest number that can be typed in a unit, in the stored unit."""
    return unit.minimum * unit.factor, unit.maximum * unit.factor


def step(unit: Unit) -> Decimal:
    """The distance between two numbers that can be typed in a unit, in the stored unit."""
    return Decimal(1).scaleb(-unit.decimals) * unit.factor


def on_grid(question: Question, number: Decimal) -> bool:
    """Whether a number in the stored unit can be answered in some unit."""
    return any(_on_grid(unit, number) for unit in question.units)


def _on_grid(unit: Unit, number: Decimal) -> bool:
    low, high = bounds(unit)
    return low <= number <= high and number % step(unit) == 0


def number_between(question: Question, low: Decimal, high: Decimal) -> Decimal | None:
    """The roundest number strictly between two bounds that can be answered; None where there is none."""
    for digits in range(-6, 7):
        size = Decimal(1).scaleb(-digits)
        candidate = _floor(low, size) + size
        if candidate < high and on_grid(question, candidate):
            return Decimal(f"{candidate:f}")
    return next(_first_above(question, low, high), None)


def _first_above(question: Question, low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """For each unit the lowest number strictly between two bounds that can be typed in it."""
    for unit in question.units:
        least, most = bounds(unit)
        candidate = least if least > low else _floor(low, step(unit)) + step(unit)
        if candidate < high and candidate <= most:
            yield candidate


def nearest(question: Question, number: Decimal) -> Decimal:
    """A number that can be typed in the stored unit, near the one given."""
    unit = question.stored_unit
    rounded = _floor(number, step(unit))
    return min(max(rounded, unit.minimum), unit.maximum)


def _floor(number: Decimal, size: Decimal) -> Decimal:
    """The greatest multiple of a size that is not above a number."""
    return EXACT.divide(number, size).quantize(Decimal(1), ROUND_FLOOR) * size


def computed_with(rule_set: RuleSet) -> Iterator[str]:
    """The questions for numbers that some condition works with, or compares with one another."""
    names = SymbolTable.of(rule_set)
    worked_with: set[str] = set()
    for place in places(rule_set):
        for part in names.inline(place.expression.tree).walk():
            if isinstance(part, Comparison):
                worked_with |= _worked_with(part.left, names) | _worked_with(part.right, names)
                one, other = names.questions_in(part.left), names.questions_in(part.right)
                worked_with |= one | other if one and other else set()
    yield from (
        question.id
        for question in rule_set.questions
        if question.id in worked_with and question.type is QuestionType.NUMBER
    )


def _worked_with(side: Node, names: SymbolTable) -> set[str]:
    """The questions that arithmetic in one side of a comparison reads."""
    worked = (part for part in side.walk() if isinstance(part, WorkedOut))
    return {name for part in worked for name in names.questions_in(part)}
