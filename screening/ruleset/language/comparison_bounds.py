"""What is certain of a comparison while strict answers are open: by the least and the most that each side may be.

A score of which only the options are known that may be the truth lies between the least and the most of
their scores. So `sum(score(a), score(b)) >= 5` is certain where the least that the sum may be is 5, although
the sum itself is not known.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex


def certain(comparison: ex.Comparison, names: SymbolTable) -> ex.Node:
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
            return ex.And((ex.Comparison(most, "<=", other_least), ex.Comparison(least, ">=", other_most)))
        case _:
            return ex.Or((ex.Comparison(most, "<", other_least), ex.Comparison(least, ">", other_most)))


def bounds(node: ex.Node, names: SymbolTable) -> tuple[ex.Node, ex.Node]:
    """The least and the most that a number may be; itself twice where it reads no strict score."""
    if isinstance(node, ex.OnlyCondition):
        raise TypeError(node)
    match node:
        case ex.Score(subject=subject, bound="") if names.questions[subject.name].strict:
            return replace(node, bound="least"), replace(node, bound="most")
        case ex.Name(name=name) if name in names.values:
            number = names.values[name].expression.tree
            pair = bounds(number, names)
            return (node, node) if pair == (number, number) else pair
        case ex.Sum(operands=operands):
            pairs = [bounds(operand, names) for operand in operands]
            return ex.Sum(tuple(least for least, _ in pairs)), ex.Sum(tuple(most for _, most in pairs))
        case ex.Extreme(operands=operands):
            pairs = [bounds(operand, names) for operand in operands]
            least, most = (tuple(ends) for ends in zip(*pairs, strict=True))
            return replace(node, operands=least), replace(node, operands=most)
        case ex.Round(operand=operand):
            low, high = bounds(operand, names)
            return replace(node, operand=low), replace(node, operand=high)
        case ex.Arithmetic():
            return _arithmetic_bounds(node, names)
        case (
            ex.Score()
            | ex.Since()
            | ex.Name()
            | ex.Number()
            | ex.Unknown()
            | ex.Conditional()
            | ex.SquareRoot()
            | ex.Power()
        ):
            return node, node
        case _:
            assert_never(node)


def _arithmetic_bounds(node: ex.Arithmetic, names: SymbolTable) -> tuple[ex.Node, ex.Node]:
    """Sums and differences, and products and quotients with a number that is written out, which is never negative."""
    left, right = bounds(node.left, names), bounds(node.right, names)
    match node:
        case ex.Arithmetic(operator="-"):
            right = right[::-1]
        case (
            ex.Arithmetic(operator="+")
            | ex.Arithmetic(right=ex.Number())
            | ex.Arithmetic(left=ex.Number(), operator="*")
        ):
            pass
        case _:
            return node, node
    return replace(node, left=left[0], right=right[0]), replace(node, left=left[1], right=right[1])
