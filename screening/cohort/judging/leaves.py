"""Formulas and conditions taken apart into facts: each comparison once, packed bit by bit; the rest follows from them.

Conditions are taken apart as far as they are joined by and, or and not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, every_column
from screening.cohort.judging.columns import FACTS, fact_columns
from screening.cohort.judging.combinations import Steps
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.numbers import Numbers, compared
from screening.cohort.judging.printing import NotPrintedError
from screening.ruleset.formulas import algebra
from screening.ruleset.formulas.algebra import Formula, Sort, walk
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.terms import Shape, Term, parts

SUMMED = 24
"""How many facts one sum of single precision tells of."""

AsNumber = Callable[[ir.BooleanValue], ir.Value]
"""One where a condition holds, else zero, in single precision."""
_NAME = "facts"


class Leaves:
    """The facts of one table that some formulas are made of, and the steps by which these follow."""

    def __init__(self, facts: Facts, name: str = _NAME, beside: Leaves | None = None) -> None:
        """`name`: with what names of columns begin; `beside`: facts that are told anyway, with packs before these."""
        self.facts = facts
        self.name = name
        self.numbers = Numbers(facts.numbers)
        self.steps = Steps()
        self.doubts: list[ir.BooleanValue] = []
        """Where a comparison is not certain."""
        self.conditions: list[ir.BooleanValue] = []
        """The facts that are told here and not beside, in their order."""
        self._places: dict[ops.Node, int] = dict(beside._places) if beside else {}  # noqa: SLF001 - of another such
        self._first = FACTS * len(beside.packs) if beside else 0
        self._done: dict[Formula, int] = {}

    def formula(self, formula: Formula) -> int:
        """The step of a formula, after those of all that it is made of; raises `NotPrintedError`."""
        for part in walk(formula):
            if part not in self._done:
                self._done[part] = self._made(part)
        return self._done[formula]

    def _made(self, formula: Formula) -> int:
        match formula.atom:
            case None if formula.sort is Sort.CONSTANT:
                return self.steps.made(Sort.CONSTANT, int(formula is algebra.TRUE))
            case None:
                return self.steps.made(formula.sort, *map(self._done.__getitem__, formula.operands))
            case Compared(left=left, operator=operator, right=right):
                found = compared(self.numbers.of(left), operator, self.numbers.of(right))
                if found.doubt is not None:
                    self.doubts.append(self.given(left, right) if found.doubt is TRUE else found.doubt)
                return self.condition(found.holds)
            case atom:
                fact = self.facts.of(atom)
                if fact is None or isinstance(fact, bool):
                    raise NotPrintedError(atom)
                return self.condition(fact)

    def given(self, *terms: Term) -> ir.BooleanValue:
        """Where all numbers are given that some terms read."""
        numbers = (part.question for part in parts(*terms) if part.shape is Shape.ANSWER)
        read = dict.fromkeys(map(self.facts.question_of, numbers))
        return every_column([self.facts.given[name] for name in read if name in self.facts.given])

    def condition(self, condition: ir.BooleanValue) -> int:
        """The step of a condition over the columns of the table, after those of what it is joined of."""
        match condition.op():
            case ops.Literal(value=value):
                return self.steps.made(Sort.CONSTANT, int(value))
            case ops.Not(arg=arg):
                return self.steps.made(Sort.NOT, self.condition(arg.to_expr()))
            # Said one way: what is compared both ways is one fact, and databases tell this one soonest.
            case ops.Less(left=left, right=right):
                return self.steps.made(Sort.NOT, self.leaf(left.to_expr() >= right.to_expr()))
            case ops.Greater(left=left, right=right):
                return self.steps.made(Sort.NOT, self.leaf(right.to_expr() >= left.to_expr()))
            case ops.LessEqual(left=left, right=right):
                return self.leaf(right.to_expr() >= left.to_expr())
            case ops.And(left=left, right=right):
                return self.steps.made(Sort.ALL, self.condition(left.to_expr()), self.condition(right.to_expr()))
            case ops.Or(left=left, right=right):
                return self.steps.made(Sort.ANY, self.condition(left.to_expr()), self.condition(right.to_expr()))
            case _:
                return self.leaf(condition)

    def leaf(self, condition: ir.BooleanValue) -> int:
        """The step of a condition that is told as it is."""
        node = condition.op()
        if node not in self._places:
            self._places[node] = self._first + len(self.conditions)
            self.conditions.append(condition)
        return self.steps.made(Sort.ATOM, self._places[node])

    def last(self) -> int:
        """The step of a fact that is said once all others are known, by `say_last`."""
        self.conditions.append(FALSE)
        return self.steps.made(Sort.ATOM, self._first + len(self.conditions) - 1)

    def say_last(self, step: int, condition: ir.BooleanValue) -> None:
        """Say what the fact of a step is that was made by `last`."""
        self.conditions[self.place(step)] = condition

    def place(self, step: int) -> int:
        """Of a step that is a fact told here, which of these it is."""
        return self.steps.listed[step].operands[0] - self._first

    # --- as columns ---

    @property
    def columns(self) -> dict[str, ir.BooleanValue]:
        """Each fact by itself, over the columns of the table."""
        return {self.column(place): condition for place, condition in enumerate(self.conditions)}

    def column(self, place: int) -> str:
        """What the column of a fact is called."""
        return f"{self.name}_is{place}"

    @property
    def packs(self) -> list[str]:
        """What the columns are called that tell of so many facts each."""
        return fact_columns(-(-len(self.conditions) // FACTS), self.name)

    def packed(self, table: ir.Table, as_number: AsNumber) -> dict[str, ir.Value]:
        """The same over a table with a column for each fact: binary numbers, bit by bit from the lowest."""
        facts = [table[name] for name in self.columns]
        return {name: _pack(facts[at * FACTS : (at + 1) * FACTS], as_number) for at, name in enumerate(self.packs)}


def _pack(conditions: Sequence[ir.BooleanValue], as_number: AsNumber) -> ir.Value:
    """In sums: nothing is worked out sooner."""
    halves = [conditions[at : at + SUMMED] for at in range(0, len(conditions), SUMMED)]
    wide = [_summed(as_number(fact) * _single(1 << place) for place, fact in enumerate(half)) for half in halves]
    return _summed(half.cast("float64") * float(1 << SUMMED * at) for at, half in enumerate(wide))


def _single(number: int) -> ir.Value:
    return ibis.literal(float(number), type="float32")


def _summed(numbers: Iterable[ir.Value]) -> ir.Value:
    first, *others = numbers
    for other in others:
        first += other
    return first
