"""Products, quotients and roots of answers: fresh terms that every true value satisfies, and more.

A solver for linear arithmetic decides in milliseconds what a non-linear one may never decide. So such
a term is left free but for its bounds, by interval arithmetic over the answers' ranges: what is proved
for every value of it holds for the true one. Where more exactness is needed, `exact` has the equations.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import NamedTuple, assert_never

import z3

from screening.analysis.solver.encoding import Numeric, real
from screening.analysis.solver.numbers import bounds
from screening.ruleset.compiler.arithmetic import EXACT
from screening.ruleset.model.expression import (
    Arithmetic,
    Conditional,
    Name,
    Node,
    Number,
    OnlyCondition,
    Score,
    SquareRoot,
    Sum,
    Unknown,
)
from screening.ruleset.model.rule_set import RuleSet


class Interval(NamedTuple):
    """The least and the greatest value that a number can have; None: without bound."""

    low: Decimal | None
    high: Decimal | None


ANYTHING = Interval(None, None)
SLACK = Decimal("0.000000001")
"""By how much bounds are widened where they were rounded: far more than was lost."""


class Nonlinear:
    """Makes terms for arithmetic, and remembers which of them are approximated, within which bounds."""

    def __init__(self, rule_set: RuleSet) -> None:
        self.rule_set = rule_set
        self.bounds: list[z3.BoolRef] = []
        """What the fresh terms satisfy as far as it is linear; to be asserted with every query."""
        self.exact: list[z3.BoolRef] = []
        """The equations that make the fresh terms exact; for a solver of polynomials."""
        self.fresh: list[tuple[z3.ArithRef, tuple[z3.ArithRef, ...]]] = []
        """Each fresh term with the terms it is made from."""
        self._terms: dict[tuple[str, int, int, int], tuple[z3.ArithRef, z3.BoolRef]] = {}
        """Each fresh term with where it is known, which must outlive the id that stands for it in the key."""

    def join(self, operator: str, left: Numeric, right: Numeric, node: Node) -> Numeric:
        """Two numbers joined by one of `+ - * /`."""
        known = z3.And(left.known, right.known)
        parts = (left.value, right.value)
        match operator:
            case "+":
                return Numeric(known, left.value + right.value)
            case "-":
                return Numeric(known, left.value - right.value)
            case "*":
                if any(map(z3.is_rational_value, parts)):
                    return Numeric(known, left.value * right.value)
                return Numeric(known, self._fresh(node, known, parts, lambda term: term == left.value * right.value))
            case _:
                known = z3.And(known, right.value != 0)
                if z3.is_rational_value(right.value):
                    return Numeric(known, left.value / right.value)
                return Numeric(known, self._fresh(node, known, parts, lambda term: term * right.value == left.value))

    def root(self, operand: Numeric, node: Node) -> Numeric:
        """The root of a number that is not negative."""
        known = z3.And(operand.known, operand.value >= 0)
        parts = (operand.value,)
        term = self._fresh(node, known, parts, lambda term: z3.And(term >= 0, term * term == operand.value))
        return Numeric(known, term)

    def _fresh(
        self,
        node: Node,
        known: z3.BoolRef,
        parts: tuple[z3.ArithRef, ...],
        equation: Callable[[z3.ArithRef], z3.BoolRef],
    ) -> z3.ArithRef:
        """The one term for this operation on these parts; where it is not known it is free, and nothing reads it."""
        operation = node.operator if isinstance(node, Arithmetic) else "root"
        key = (operation, known.get_id(), parts[0].get_id(), parts[-1].get_id())
        if key not in self._terms:
            # named by what it is made from: two rule sets over the same variables then share it
            term = z3.Real(f"term {' '.join(map(str, key))}")
            self._terms[key] = term, known
            self.fresh.append((term, parts))
            self.exact.append(z3.Implies(known, equation(term)))
            low, high = self.interval(node)
            self.bounds += [z3.Implies(known, real(low) <= term)] if low is not None else []
            self.bounds += [z3.Implies(known, term <= real(high))] if high is not None else []
        return self._terms[key][0]

    # --- interval arithmetic ---

    def interval(self, node: Node) -> Interval:
        """Bounds of a number over all answers in range."""
        if isinstance(node, OnlyCondition):
            raise TypeError(node)
        match node:
            case Number(value=value):
                return Interval(value, value)
            case Name(name=name):
                return self._named(name)
            case Conditional(then=then, otherwise=otherwise):
                return _hull([self.interval(each) for each in (then, otherwise) if not isinstance(each, Unknown)])
            case Sum(operands=operands):
                return reduce(_added, map(self.interval, operands))
            case Score(subject=subject):
                scores = [option.score or Decimal(0) for option in self.rule_set.question[subject.name].options]
                return Interval(min(scores), max(scores))
            case SquareRoot(operand=operand):
                return _root(self.interval(operand))
            case Arithmetic(left=left, operator=operator, right=right):
                return _joined(operator, self.interval(left), self.interval(right))
            case Unknown():
                return ANYTHING
            case _:
                assert_never(node)

    def _named(self, name: str) -> Interval:
        if name in self.rule_set.value:
            return self.interval(self.rule_set.value[name].expression.tree)
        ranges = [bounds(unit) for unit in self.rule_set.question[name].units]
        return Interval(min(low for low, _ in ranges), max(high for _, high in ranges))


def _hull(intervals: list[Interval]) -> Interval:
    lows = [interval.low for interval in intervals]
    highs = [interval.high for interval in intervals]
    low = None if None in lows or not lows else min(each for each in lows if each is not None)
    high = None if None in highs or not highs else max(each for each in highs if each is not None)
    return Interval(low, high)


def _root(of: Interval) -> Interval:
    """Bounds of a root, a little wide; where the number is negative there is no root, and any will do."""
    low = EXACT.sqrt(max(of.low, Decimal(0))) if of.low is not None else Decimal(0)
    high = EXACT.sqrt(max(of.high, Decimal(0))) + SLACK if of.high is not None else None
    return Interval(low - SLACK, high)


def _added(one: Interval, other: Interval) -> Interval:
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Interval(low, high)


def _joined(operator: str, one: Interval, other: Interval) -> Interval:
    """Bounds of two numbers joined; a little wide, so that rounding loses nothing."""
    if operator == "+":
        return _added(one, other)
    if operator == "-":
        low = None if one.low is None or other.high is None else one.low - other.high
        high = None if one.high is None or other.low is None else one.high - other.low
        return Interval(low, high)
    ends = [each for each in (*one, *other) if each is not None]
    if len(ends) < 4 or (operator == "/" and ends[2] <= 0 <= ends[3]):
        return ANYTHING
    operate = EXACT.multiply if operator == "*" else EXACT.divide
    corners = [operate(left, right) for left in ends[:2] for right in ends[2:]]
    return Interval(min(corners) - SLACK, max(corners) + SLACK)
