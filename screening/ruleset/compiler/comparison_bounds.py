"""What is certain of a comparison while strict answers are open: by the least and the most that each side may be.

A score of which only the options are known that may be the truth lies between the least and the most of
their scores. So `sum(score(a), score(b)) >= 5` is certain where the least that the sum may be is 5, although
the sum itself is not known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.expression import (
    And,
    Arithmetic,
    Comparison,
    Conditional,
    Name,
    Node,
    Number,
    OnlyCondition,
    Or,
    Score,
    SquareRoot,
    Sum,
    Unknown,
)


def certain(comparison: Comparison, names: SymbolTable) -> Node:
    """A condition that is true just where the comparison is certain; the comparison itself where it has no bounds."""
    left, right = bounds(comparison.left, names), bounds(comparison.right, names)
    if left == (comparison.left,) * 2 and right == (comparison.right,) * 2:
        return comparison
    (least, most), (other_least, other_most) = left, right
    match comparison.operator:
        case "<" | "<=":
            return replace(comparison, left=most, right=other_least)
        case ">" | ">=":
            return replace(comparison, left=least, right=other_most)
        case "==":
            return And((Comparison(most, "<=", other_least), Comparison(least, ">=", other_most)))
        case _:
            return Or((Comparison(most, "<", other_least), Comparison(least, ">", other_most)))


def bounds(node: Node, names: SymbolTable) -> tuple[Node, Node]:
    """The least and the most that a number may be; itself twice where it reads no strict score."""
    if isinstance(node, OnlyCondition):
        raise TypeError(node)
    match node:
        case Score(subject=subject, bound="") if names.questions[subject.name].strict:
            return replace(node, bound="least"), replace(node, bound="most")
        case Name(name=name) if name in names.values:
            number = names.values[name].expression.tree
            pair = bounds(number, names)
            return (node, node) if pair == (number, number) else pair
        case Sum(operands=operands):
            pairs = [bounds(operand, names) for operand in operands]
            return Sum(tuple(least for least, _ in pairs)), Sum(tuple(most for _, most in pairs))
        case Arithmetic():
            return _arithmetic_bounds(node, names)
        case Score() | Name() | Number() | Unknown() | Conditional() | SquareRoot():
            return node, node
        case _:
            assert_never(node)


def _arithmetic_bounds(node: Arithmetic, names: SymbolTable) -> tuple[Node, Node]:
    """Sums and differences, and products and quotients with a number that is written out, which is never negative."""
    left, right = bounds(node.left, names), bounds(node.right, names)
    match node:
        case Arithmetic(operator="-"):
            right = right[::-1]
        case Arithmetic(operator="+") | Arithmetic(right=Number()) | Arithmetic(left=Number(), operator="*"):
            pass
        case _:
            return node, node
    return replace(node, left=left[0], right=right[0]), replace(node, left=left[1], right=right[1])
