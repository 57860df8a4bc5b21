"""How far off the numbers of generated code may be, known before any answer is.

A quotient or a root is cut to twenty-eight digits, and so is what is worked out from one. Each step is off by at most
half a unit in the last digit, hence by less than one part in 10^27, and products, quotients, roots and whole powers add
up what their parts are off. So does a sum of which all parts have one sign; any other is worked out exactly, and cut
then. The greatest of some numbers is off as they are; a rounded number, and a power with a written exponent that is not
whole, is a short decimal and not off at all. So a number is off by at most so many parts in 10^27 *of itself*: it is
zero only where the true one is, and it has its sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import cached_property
from typing import assert_never

from screening.ruleset.compiler.numbers.arithmetic import WHOLE
from screening.ruleset.compiler.numbers.reals import enclosure
from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.language.evaluation_mode import is_nothing, is_number
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex

PART = Decimal("1E-27")
"""By what part of a number one step may be off."""
_DOWN = Context(prec=12, rounding=ROUND_FLOOR)
_UP = Context(prec=12, rounding=ROUND_CEILING)
"""Few digits, which compare faster; what they take in more is as rare as it is harmless."""


class Precision:
    """Knows by how many parts in 10^27 numbers of one rule set may be off."""

    def __init__(self, names: SymbolTable) -> None:
        self.names = names

    @cached_property
    def _values(self) -> Mapping[str, int]:
        parts: dict[str, int] = {}
        for value in self.names.values_in_order:
            tree = value.expression.tree
            numeric = is_number(tree, self.names) or is_nothing(tree, self.names)
            parts[value.id] = self._parts(tree, parts) if numeric else 0
        return parts

    def parts(self, node: ex.Node) -> int:
        """By how many parts in 10^27 a number may be off; 0: it is exact."""
        return self._parts(node, self._values)

    def _parts(self, node: ex.Node, values: Mapping[str, int]) -> int:  # noqa: C901 - one case a node
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number() | ex.Unknown() | ex.Score() | ex.Since():
                return 0
            case ex.Name(name=name):
                return values.get(name, 0)
            case ex.Conditional(then=then, otherwise=otherwise):
                return max(self._parts(then, values), self._parts(otherwise, values))
            case ex.Sum(operands=operands):
                most = max(self._parts(operand, values) for operand in operands)
                return most + len(operands) if most else 0
            case ex.SquareRoot(operand=operand):
                return self._parts(operand, values) + 2
            case ex.Extreme(operands=operands):
                return max(self._parts(operand, values) for operand in operands)
            case ex.Round():
                return 0
            case ex.Power(base=base, constant=exponent):
                return _of_power(self._parts(base, values), exponent)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                parts = self._parts(left, values), self._parts(right, values)
                if operator != "/" and not any(parts):
                    return 0
                return sum(parts) + 2
            case _:
                assert_never(node)


def _of_power(base: int, exponent: Decimal | None) -> int:
    """By how many parts a power may be off whose base is off by so many; None: the exponent is not written out."""
    if exponent is None:
        return 2
    if exponent != exponent.to_integral_value():
        return 0  # a short decimal, and exactly that
    return int(abs(exponent)) * (base + 1) + 2 if base or exponent < 0 else 0


def tolerance(parts: int) -> Decimal:
    """By what part of itself a number may be off, with room for what comparing it costs."""
    return WHOLE.multiply(Decimal(2 * parts + 2), PART)


def bracket(number: Real, parts: int) -> tuple[Decimal, Decimal]:
    """Two decimals: a number outside them that may be off by so many parts lies on the side of `number` it seems to."""
    low, high = enclosure(number)
    margin = _UP.multiply(max(low.copy_abs(), high.copy_abs()), tolerance(parts))
    return _DOWN.subtract(low, margin), _UP.add(high, margin)
