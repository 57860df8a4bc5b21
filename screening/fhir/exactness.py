"""What a reader of FHIRPath holds exactly: decimals of 8 digits behind the point and 28 in all, as its specification
says.

Quotients, roots and powers have more digits. A number that is compared must be exact, or a foreign program and the
engine may stand on two sides of a threshold; one that is only told may be marked as rounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model import expression as ex
from screening.ruleset.model.questions import Question

DECIMALS = 8
LARGEST = Decimal(10) ** 20
FINER = 2
"""How many digits more than a report prints are told apart."""
MOST_FACTORS = 8
"""Up to which power a number is multiplied with itself."""


def decimals_taken(question: Question) -> int:
    """How many digits behind the point a number may have that a foreign form takes."""
    return max((0 if unit.whole else unit.decimals + FINER) for unit in question.units)


class Exactness:
    """Which numbers of one rule set FHIRPath holds exactly."""

    def __init__(self, names: SymbolTable) -> None:
        self._names = names

    def rounded_parts(self, node: ex.Node) -> Iterator[ex.Node]:
        """The numbers in an expression that a reader of FHIRPath rounds, through values too."""
        for part in node.walk():
            if isinstance(part, ex.Name) and part.name in self._names.values:
                yield from self.rounded_parts(self._names.values[part.name].expression.tree)
            elif isinstance(part, ex.OnlyNumber) and not self.is_exact(part):
                yield part

    def is_exact(self, number: ex.Node) -> bool:
        """Whether a number is held exactly, whatever the answers are."""
        decimals = self.decimals(number)
        span = self._names.number_bounds.of(number)
        is_small = span is None or max(abs(span.low), abs(span.high)) < LARGEST
        return decimals is not None and decimals <= DECIMALS and is_small

    def decimals(self, node: ex.Node) -> int | None:  # noqa: C901 - one case a node
        """How many digits behind the point a number may have; None: no end of them."""
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Number(value=value):
                return _decimals(value)
            case ex.Unknown() | ex.Since():
                return 0
            case ex.Name(name=name) if name in self._names.values:
                return self.decimals(self._names.values[name].expression.tree)
            case ex.Name(name=name):
                return self._of_question(self._names.questions[name])
            case ex.Score(subject=subject):
                options = self._names.questions[subject.name].options
                return max((_decimals(option.score) for option in options if option.score is not None), default=0)
            case ex.Arithmetic(operator="/") | ex.SquareRoot():
                return None
            case ex.Arithmetic(left=left, operator="*", right=right):
                return self._total((left, right))
            case ex.Round(operand=operand, digits=digits):
                return None if self.decimals(operand) is None else max(digits, 0)
            case ex.Power(base=base, constant=exponent):
                factors = _factors(exponent)
                return None if factors is None else self._total((base,) * factors)
            case ex.Arithmetic(left=left, right=right) | ex.Conditional(then=left, otherwise=right):
                return self._most((left, right))
            case ex.Sum(operands=operands) | ex.Extreme(operands=operands):
                return self._most(operands)
            case _:
                assert_never(node)

    def _of_question(self, question: Question) -> int:
        return max(
            (0 if unit.whole else unit.decimals + FINER) + _decimals(unit.factor.normalize()) for unit in question.units
        )

    def _most(self, nodes: tuple[ex.Node, ...]) -> int | None:
        decimals = [self.decimals(node) for node in nodes]
        known = [places for places in decimals if places is not None]
        return max(known, default=0) if len(known) == len(decimals) else None

    def _total(self, nodes: tuple[ex.Node, ...]) -> int | None:
        decimals = [self.decimals(node) for node in nodes]
        known = [places for places in decimals if places is not None]
        return sum(known) if len(known) == len(decimals) else None


def _factors(exponent: Decimal | None) -> int | None:
    """How often a number is multiplied with itself in a power; None where a power is no product that is written out."""
    if exponent is None or exponent != exponent.to_integral_value() or not 0 <= exponent <= MOST_FACTORS:
        return None
    return int(exponent)


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
