"""Products, quotients and roots of answers: fresh variables that every true value satisfies, and more.

A solver for linear arithmetic decides in milliseconds what a non-linear one may never decide. So such a number is left
free but for its bounds: what is proved for every value of it holds for the true one. Where more exactness is needed,
there are equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import z3

from screening.analysis.solver.encoding import real
from screening.analysis.solver.intervals import Intervals
from screening.ruleset.formulas.terms import Term
from screening.ruleset.model.rule_set import RuleSet


@dataclass(frozen=True)
class Fresh:
    """A variable that stands for a number, with what it is made from and what is true of it."""

    variable: z3.ArithRef
    parts: tuple[z3.ArithRef, ...]
    bounds: tuple[z3.BoolRef, ...]
    """What it satisfies as far as that is linear, wherever it is defined."""
    equation: z3.BoolRef
    """What makes it exact, wherever it is defined."""


class Nonlinear:
    """Makes the fresh variables of one rule set, and finds those that formulas read."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._intervals = Intervals(rule_set)
        self._made: dict[tuple[str, int, int], Fresh] = {}
        self._by_id: dict[int, Fresh] = {}
        self._read: dict[int, tuple[z3.ExprRef, frozenset[int]]] = {}
        """By a formula's id the variables in it; with the formula, which must outlive the id that stands for it."""

    def joined(self, left: z3.ArithRef, right: z3.ArithRef, term: Term) -> z3.ArithRef:
        """Two numbers joined by one of `+ - * /`; where a divisor is zero anything."""
        match term.operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                if z3.is_rational_value(left) or z3.is_rational_value(right):
                    return left * right
                return self._fresh(term, (left, right), lambda made: made == left * right)
            case _:
                if z3.is_rational_value(right):
                    return left / right
                return self._fresh(term, (left, right), lambda made: z3.Or(right == 0, made * right == left))

    def root(self, of: z3.ArithRef, term: Term) -> z3.ArithRef:
        """The root of a number; of a negative one anything."""
        return self._fresh(term, (of,), lambda made: z3.Or(of < 0, z3.And(made >= 0, made * made == of)))

    def _fresh(
        self, term: Term, parts: tuple[z3.ArithRef, ...], equation: Callable[[z3.ArithRef], z3.BoolRef]
    ) -> z3.ArithRef:
        """The one variable for this operation on these parts."""
        key = (term.operator or "root", parts[0].get_id(), parts[-1].get_id())
        if key not in self._made:
            # named by what it is made from: two rule sets over the same variables then share it
            variable = z3.Real(f"term {' '.join(map(str, key))}")
            low, high = self._intervals.of(term)
            bounds = [real(low) <= variable] if low is not None else []
            bounds += [variable <= real(high)] if high is not None else []
            bounds = [z3.Or(self._undefined(term, parts), bound) for bound in bounds]
            self._made[key] = Fresh(variable, parts, tuple(bounds), equation(variable))
            self._by_id[variable.get_id()] = self._made[key]
        return self._made[key].variable

    def _undefined(self, term: Term, parts: tuple[z3.ArithRef, ...]) -> z3.BoolRef:
        if term.operator == "*":
            return z3.BoolVal(val=False)
        return parts[1] == 0 if term.operator == "/" else parts[0] < 0

    # --- what formulas read ---

    def read_by(self, formulas: Iterable[z3.BoolRef]) -> list[Fresh]:
        """The fresh variables in formulas, and those that they are made from."""
        fresh: dict[int, Fresh] = {}
        pending: list[z3.ExprRef] = [*formulas]
        while pending:
            for name in self.variables(pending.pop()):
                if name in self._by_id and name not in fresh:
                    fresh[name] = self._by_id[name]
                    pending += fresh[name].parts
        return list(fresh.values())

    def variables(self, formula: z3.ExprRef) -> frozenset[int]:
        """The ids of the variables in a formula."""
        key = formula.get_id()
        if key not in self._read:
            self._read[key] = formula, frozenset(_variables(formula))
        return self._read[key][1]


def _variables(formula: z3.ExprRef) -> Iterator[int]:
    pending, seen = [formula], set()
    while pending:
        each = pending.pop()
        if each.get_id() not in seen:
            seen.add(each.get_id())
            children = each.children()
            pending += children
            if not children:
                yield each.get_id()
