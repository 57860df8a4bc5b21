"""What a database is asked of each row of a table: only facts, packed bit by bit; what follows is decided elsewhere.

Conditions are taken apart as far as they are joined by and, or and not, so that each comparison is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from screening.cohort.judging.cells import TRUE, any_column, every_column
from screening.cohort.judging.columns import CELLS, FACTS, ROW, fact_columns
from screening.cohort.judging.combinations import Decision, Steps
from screening.cohort.judging.numbers import Numbers, compared
from screening.cohort.judging.printing import NotPrintedError
from screening.cohort.judging.query import Judging, cells_as_texts
from screening.ruleset.formulas import algebra
from screening.ruleset.formulas.algebra import Formula, Sort, walk
from screening.ruleset.formulas.atoms import Compared
from screening.ruleset.formulas.terms import Shape, Term, parts

SUMMED = 24
"""How many facts one sum of single precision tells of."""

AsNumber = Callable[[ir.BooleanValue], ir.Value]
"""One where a condition holds, else zero, in single precision."""


@dataclass(frozen=True)
class Asked:
    """What is asked, and what follows from what is found."""

    expression: ir.Table
    decision: Decision


class Asking:
    """Asks for the facts of one table that one rule set speaks of."""

    def __init__(self, judging: Judging, as_number: AsNumber) -> None:
        self.judging = judging
        self.facts = judging.facts
        self.as_number = as_number
        self._numbers = Numbers(self.facts.numbers)
        self._steps = Steps()
        self._leaves: dict[ops.Node, tuple[int, ir.BooleanValue]] = {}
        self._terms: dict[Term, str] = {}
        self._doubts: list[ir.BooleanValue] = []
        self._done: dict[Formula, int] = {}

    def asked(self, *, only_possible: bool = False) -> Asked:
        """The query; `only_possible` leaves out all but what is possible. `NotPrintedError`: there is none."""
        judging = self.judging
        judging.demand_printable()
        things = {"possible": judging.told["possible"]} if only_possible else judging.told
        told = {thing: {name: self._formula(formula) for name, formula in by.items()} for thing, by in things.items()}
        side = {
            thing: dict(zip(judging.side_names[thing], map(self._condition, conditions), strict=True))
            for thing, conditions in judging.side_conditions.items()
        }
        truths = {} if only_possible else judging.truths
        numbers = {} if only_possible else judging.numbers
        as_steps = {name: (self._formula(true), self._formula(false)) for name, (true, false) in truths.items()}
        cases = {name: self._cases(by) for name, by in numbers.items()}
        counts = self._condition(self.facts.counts)
        doubt = self._leaf(any_column([*judging.doubts, *self._doubts]))
        expression = self._expression(doubt)
        columns = len(self._packs)
        decision = Decision(columns, self._steps.listed, counts, doubt, told | side, as_steps, cases)
        return Asked(expression, decision)

    # --- what follows from facts ---

    def _formula(self, formula: Formula) -> int:
        """The step of a formula, after those of all that it is made of."""
        for each in walk(formula):
            if each not in self._done:
                self._done[each] = self._made(each)
        return self._done[formula]

    def _made(self, formula: Formula) -> int:
        match formula.atom:
            case None if formula.sort is Sort.CONSTANT:
                return self._steps.made(Sort.CONSTANT, int(formula is algebra.TRUE))
            case None:
                return self._steps.made(formula.sort, *map(self._done.__getitem__, formula.operands))
            case Compared(left=left, operator=operator, right=right):
                found = compared(self._numbers.of(left), operator, self._numbers.of(right))
                if found.doubt is not None:
                    self._doubts.append(self._given(left, right) if found.doubt is TRUE else found.doubt)
                return self._condition(found.holds)
            case atom:
                fact = self.facts.of(atom)
                if fact is None or isinstance(fact, bool):
                    raise NotPrintedError(atom)
                return self._condition(fact)

    def _given(self, *terms: Term) -> ir.BooleanValue:
        """Where all numbers are given that some terms read."""
        numbers = (part.question for part in parts(*terms) if part.shape is Shape.ANSWER)
        read = dict.fromkeys(map(self.facts.question_of, numbers))
        return every_column([self.facts.given[name] for name in read if name in self.facts.given])

    def _condition(self, condition: ir.BooleanValue) -> int:
        """The step of a condition over the columns of the table, after those of what it is joined of."""
        match condition.op():
            case ops.Literal(value=value):
                return self._steps.made(Sort.CONSTANT, int(value))
            case ops.Not(arg=arg):
                return self._steps.made(Sort.NOT, self._condition(arg.to_expr()))
            case ops.And(left=left, right=right):
                return self._steps.made(Sort.ALL, self._condition(left.to_expr()), self._condition(right.to_expr()))
            case ops.Or(left=left, right=right):
                return self._steps.made(Sort.ANY, self._condition(left.to_expr()), self._condition(right.to_expr()))
            case _:
                return self._leaf(condition)

    def _leaf(self, condition: ir.BooleanValue) -> int:
        node = condition.op()
        place, _ = self._leaves.setdefault(node, (len(self._leaves), condition))
        return self._steps.made(Sort.ATOM, place)

    def _cases(self, cases: Mapping[Term, Formula]) -> list[tuple[str | float, int]]:
        return [(self._term(term), self._formula(where)) for term, where in cases.items()]

    def _term(self, term: Term) -> str | float:
        number = self._numbers.of(term)
        if number.constant is not None:
            return float(number.constant)
        self._doubts.append(number.doubt if number.is_certain else self._given(term))
        return self._terms.setdefault(term, f"term_{len(self._terms)}")

    # --- the query ---

    @property
    def _packs(self) -> Sequence[Sequence[str]]:
        names = [f"l{number}" for number in range(len(self._leaves))]
        return [names[at : at + FACTS] for at in range(0, len(names), FACTS)]

    def _expression(self, doubt: int) -> ir.Table:
        facts = self.facts
        doubts = self._steps.listed[doubt].operands[0]
        leaves = {f"l{number}": leaf for number, leaf in self._leaves.values()}
        terms = {name: self._numbers.of(term).binary for term, name in self._terms.items()}
        table = facts.table.select(ROW, *facts.names.values(), **leaves, **terms)
        packed = {
            name: self._packed([table[each] for each in pack])
            for name, pack in zip(fact_columns(len(self._packs)), self._packs, strict=True)
        }
        cells = ibis.cases((table[f"l{doubts}"], cells_as_texts(table, facts.names)))
        return table.select(ROW, *terms, **packed, **{CELLS: cells})

    def _packed(self, conditions: Sequence[ir.BooleanValue]) -> ir.Value:
        """So many facts as one binary number, bit by bit from the lowest, in sums: nothing is worked out sooner."""
        halves = [conditions[at : at + SUMMED] for at in range(0, len(conditions), SUMMED)]
        wide = [
            _summed(self.as_number(each) * _single(1 << place) for place, each in enumerate(half)) for half in halves
        ]
        return _summed(half.cast("float64") * float(1 << SUMMED * at) for at, half in enumerate(wide))


def _single(number: int) -> ir.Value:
    return ibis.literal(float(number), type="float32")


def _summed(numbers: Iterable[ir.Value]) -> ir.Value:
    first, *others = numbers
    for other in others:
        first += other
    return first
