"""The cut-offs of a rule set: constants with which it compares a number; and the rule set with one of them moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from screening.ruleset.formulas.date_numbers import time_question
from screening.ruleset.model import expression as ex
from screening.ruleset.model.dates import Elapsed, time_name
from screening.ruleset.model.parts import Context, places
from screening.ruleset.model.questions import Page, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.model.texts import Expression

STEPS = 10
"""How often a cut-off is moved, downward and upward."""
_PART = 20
"""About what part of itself it is moved by at a time."""
_ROUND = (5, 2, 1)


@dataclass(frozen=True, slots=True)
class CutOff:
    """A constant that a number asked (in its stored unit), the time since a date or a value is compared with."""

    name: str
    """Of the question or the value; of the time since a date its `time_name`."""
    number: Decimal


def cut_offs(rule_set: RuleSet) -> tuple[CutOff, ...]:
    """Every cut-off, in the order of questions and values, ascending."""
    trees = [place.expression.tree for place in places(rule_set) if place.context is not Context.GUARANTEE]
    numbers = [question.id for question in rule_set.questions if question.type is QuestionType.NUMBER]
    order = {name: place for place, name in enumerate((*numbers, *times(rule_set), *rule_set.value))}
    found = {
        CutOff(name, constant.value)
        for tree in trees
        for part in tree.walk()
        if isinstance(part, ex.Comparison)
        for name, constant in _compared(part)
        if name in order
    }
    return tuple(sorted(found, key=lambda cut_off: (order[cut_off.name], cut_off.number)))


def times(rule_set: RuleSet) -> Mapping[str, Question]:
    """The times since dates that may be compared, as questions for numbers, by their names."""
    dated = [question for question in rule_set.questions if question.type is QuestionType.DATE]
    return {time_name(question.id, unit): time_question(question, unit) for question in dated for unit in Elapsed}


def places_of(cut_off: CutOff, rule_set: RuleSet) -> tuple[Decimal, ...]:
    """Where the cut-off is moved to, ascending and as far from each other: itself among them.

    It is moved no further than the question takes numbers.
    """
    question = rule_set.question.get(cut_off.name) or times(rule_set).get(cut_off.name)
    digits = question.stored_unit.decimals if question else rule_set.value[cut_off.name].decimals
    size = max(_round_down(abs(cut_off.number) / _PART), Decimal(1).scaleb(-digits))
    moved = tuple(cut_off.number + step * size for step in range(-STEPS, STEPS + 1))
    if question and question.stored_unit.minimum <= cut_off.number <= question.stored_unit.maximum:
        return tuple(place for place in moved if question.stored_unit.minimum <= place <= question.stored_unit.maximum)
    return moved


def _round_down(number: Decimal) -> Decimal:
    """The greatest of 1, 2 and 5, with zeros, that is no greater."""
    if not number:
        return Decimal(0)
    power = Decimal(1).scaleb(number.adjusted())
    return next(first * power for first in _ROUND if first * power <= number)


def is_plain(cut_off: CutOff, rule_set: RuleSet) -> bool:
    """Whether it stands by itself wherever it is compared, and so does the number."""
    trees = (place.expression.tree for place in places(rule_set) if place.context is not Context.GUARANTEE)
    comparisons = (part for tree in trees for part in tree.walk() if isinstance(part, ex.Comparison))
    beside = (part for part in comparisons if (cut_off.name, cut_off.number) in _named(part))
    plainly = ({ex.Name, ex.Number}, {ex.Since, ex.Number})
    return all({type(part.left), type(part.right)} in plainly for part in beside)


# --- moving ------------------------------------------------------------------------------------------


def moved_rules(rule_set: RuleSet, cut_off: CutOff, number: Decimal) -> RuleSet:
    """The same rule set with another cut-off in all that decides; its notes, texts and guarantees stay."""
    change = partial(_moved_expression, cut_off, number)
    return replace(
        rule_set,
        pages=tuple(_moved_page(page, cut_off, number) for page in rule_set.pages),
        values=tuple(replace(value, expression=change(value.expression)) for value in rule_set.values),
        rules=tuple(
            replace(rule, grounds=tuple(replace(ground, when=change(ground.when)) for ground in rule.grounds))
            for rule in rule_set.rules
        ),
    )


def _moved_page(page: Page, cut_off: CutOff, number: Decimal) -> Page:
    def moved(question: Question) -> Question:
        asked = question.ask_if
        return replace(question, ask_if=_moved_expression(cut_off, number, asked)) if asked else question

    return replace(page, questions=tuple(map(moved, page.questions)))


def _moved_expression(cut_off: CutOff, number: Decimal, expression: Expression) -> Expression:
    return replace(expression, tree=_moved(cut_off, number, expression.tree))


def _moved(cut_off: CutOff, number: Decimal, node: ex.Node) -> ex.Node:
    if isinstance(node, ex.Comparison) and (cut_off.name, cut_off.number) in _named(node):
        node = replace(
            node, left=_with_constant(node.left, cut_off, number), right=_with_constant(node.right, cut_off, number)
        )
    return node.map(partial(_moved, cut_off, number))


def _with_constant(node: ex.Node, cut_off: CutOff, number: Decimal) -> ex.Node:
    """A side of a comparison with the cut-off, where it may be that, replaced."""
    match node:
        case ex.Number(value=value):
            return ex.Number(number) if value == cut_off.number else node
        case ex.Conditional(then=then, otherwise=otherwise):
            return replace(
                node,
                then=_with_constant(then, cut_off, number),
                otherwise=_with_constant(otherwise, cut_off, number),
            )
        case ex.Extreme(operands=operands):
            return replace(node, operands=tuple(_with_constant(operand, cut_off, number) for operand in operands))
        case _:
            return node


def _named(comparison: ex.Comparison) -> set[tuple[str, Decimal]]:
    return {(name, constant.value) for name, constant in _compared(comparison)}


def _compared(comparison: ex.Comparison) -> Iterator[tuple[str, ex.Number]]:
    """Which named numbers a comparison may compare with which constants."""
    for side, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        for named in _ends(side):
            if isinstance(named, ex.Name | ex.Since):
                name = named.name if isinstance(named, ex.Name) else time_name(named.subject.name, named.unit)
                yield from ((name, constant) for constant in _ends(other) if isinstance(constant, ex.Number))


def _ends(node: ex.Node) -> Iterator[ex.Node]:
    """What a side of a comparison may be."""
    match node:
        case ex.Conditional(then=then, otherwise=otherwise):
            yield from _ends(then)
            yield from _ends(otherwise)
        case ex.Extreme(operands=operands):
            for operand in operands:
                yield from _ends(operand)
        case _:
            yield node
