"""Are the expressions small enough to be written out? A few values, each naming others twice, grow without bound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import (
    Arithmetic,
    Comparison,
    Conditional,
    Extreme,
    Name,
    Node,
    Number,
    Power,
    SquareRoot,
)
from screening.ruleset.model.parts import Context, places
from screening.ruleset.model.problem import Problem
from screening.ruleset.model.rule_set import RuleSet

MAX_PARTS = 5_000
"""Parts of an expression with every value in it written out; the largest known has some hundred."""
MAX_LEVELS = 120
"""Levels of nesting with every value written out: readers of expressions recurse."""
MAX_DIGITS = 15
"""Digits of a number in an expression: far more than any that can be measured."""
MAX_ROOTS = 8
"""Different roots on the two sides of a comparison, with every value written out: to know that two such numbers are
equal takes four times as long with each root more; with eight it takes a tenth of a second. Roots that are only
multiplied, divided and taken again do not count."""


MAX_EXPONENT = 1_000
"""How far from zero an exponent that is worked out may lie: powers have as many digits."""


def check_sizes(rule_set: RuleSet) -> list[Problem]:
    """Every expression that is too large once the values in it are written out, and every number that is too long."""
    names = SymbolTable.of(rule_set)
    if any(names.cycles()):
        return []  # reported by the checks of expressions, and not to be written out
    in_size = [*_too_long(rule_set), *_too_large(rule_set, names)]
    return in_size or [*_too_many_roots(rule_set, names), *_too_large_exponents(rule_set, names)]


def _too_long(rule_set: RuleSet) -> Iterator[Problem]:
    for place in places(rule_set):
        for part in place.expression.tree.walk():
            if isinstance(part, Number) and _digits(part.value) > MAX_DIGITS:
                yield Problem("expression.digits", place.path, part.column, {"limit": MAX_DIGITS})


def _digits(number: Decimal) -> int:
    return len(number.as_tuple().digits)


def _too_large(rule_set: RuleSet, names: SymbolTable) -> Iterator[Problem]:
    sizes: dict[str, tuple[int, int]] = {}
    for value in names.values_in_order:
        sizes[value.id] = _size(value.expression.tree, sizes)
    for place in places(rule_set):
        parts, levels = _size(place.expression.tree, sizes)
        if parts > MAX_PARTS or levels > MAX_LEVELS:
            values = {"parts": MAX_PARTS, "levels": MAX_LEVELS}
            yield Problem("expression.too_large", place.path, values=values)
            return  # whatever names it is too large as well


def _too_many_roots(rule_set: RuleSet, names: SymbolTable) -> Iterator[Problem]:
    for place in places(rule_set):
        tree = place.expression.tree
        whole = [tree] if place.context is Context.VALUE and is_number(tree, names) else []
        for part in [*whole, *(node for node in tree.walk() if isinstance(node, Comparison))]:
            if len(_roots_added_up(names.inline(part))) > MAX_ROOTS:
                yield Problem("expression.roots", place.path, part.column, {"limit": MAX_ROOTS})
                break


def _too_large_exponents(rule_set: RuleSet, names: SymbolTable) -> Iterator[Problem]:
    for place in places(rule_set):
        for part in place.expression.tree.walk():
            if isinstance(part, Power) and part.constant is None:
                exponent = names.number_bounds.of(part.exponent)
                if exponent and not -MAX_EXPONENT <= exponent.low <= exponent.high <= MAX_EXPONENT:
                    yield Problem("expression.exponent_range", place.path, part.column, {"limit": MAX_EXPONENT})


def _roots_added_up(node: Node) -> set[Node]:
    """The different roots of a comparison or number; none where roots are only multiplied, divided and taken again."""
    sides = (node.left, node.right) if isinstance(node, Comparison) else (node,)
    if all(map(_is_power, sides)):
        return set()
    return {part for part in node.walk() if isinstance(part, SquareRoot)}


def _is_power(node: Node) -> bool:
    """Whether a number is a rational one, or made of such by products, quotients and roots: these compare quickly."""
    match node:
        case SquareRoot(operand=operand):
            return _is_power(operand)
        case Arithmetic(left=left, operator="*" | "/", right=right):
            return _is_power(left) and _is_power(right)
        case Conditional(then=then, otherwise=otherwise):
            return _is_power(then) and _is_power(otherwise)
        case Extreme(operands=operands):
            return all(map(_is_power, operands))
        case Power(base=base, constant=exponent) if exponent is not None and exponent == exponent.to_integral_value():
            return _is_power(base)
        case _:
            return not any(isinstance(part, SquareRoot) for part in node.walk())


def _size(node: Node, sizes: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """How many parts an expression has and how deep it is, with values written out."""
    if isinstance(node, Name) and node.name in sizes:
        return sizes[node.name]
    below = [_size(child, sizes) for child in node.children()]
    times = max(1, _times(node))
    return 1 + times * sum(parts for parts, _ in below), 1 + max((levels for _, levels in below), default=0)


def _times(node: Node) -> int:
    """How often a number stands in a product that a whole power is."""
    exponent = node.constant if isinstance(node, Power) else None
    whole = exponent is not None and exponent == exponent.to_integral_value()
    return int(abs(exponent)) if whole and exponent is not None else 1
