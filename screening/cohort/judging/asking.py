"""What a database is asked of each row of a table: only facts, packed bit by bit; what follows is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import any_column
from screening.cohort.judging.columns import CELLS, ROW
from screening.cohort.judging.combinations import Decision
from screening.cohort.judging.leaves import AsNumber, Leaves
from screening.cohort.judging.query import Judging, cells_as_texts
from screening.ruleset.formulas.algebra import Formula
from screening.ruleset.formulas.terms import Term


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
        self.leaves = Leaves(self.facts)
        self._terms: dict[Term, str] = {}

    def asked(self, *, only_possible: bool = False) -> Asked:
        """The query; `only_possible` leaves out all but what is possible. `NotPrintedError`: there is none."""
        judging, leaves = self.judging, self.leaves
        judging.demand_printable()
        things = {"possible": judging.told["possible"]} if only_possible else judging.told
        told = steps_of(leaves, judging, things)
        truths = {} if only_possible else judging.truths
        numbers = {} if only_possible else judging.numbers
        as_steps = {name: (leaves.formula(true), leaves.formula(false)) for name, (true, false) in truths.items()}
        cases = {name: self._cases(by) for name, by in numbers.items()}
        counts = leaves.condition(self.facts.counts)
        doubt = leaves.leaf(any_column([*judging.doubts, *leaves.doubts]))
        expression = self._expression(leaves.column(leaves.place(doubt)))
        decision = Decision(len(leaves.packs), leaves.steps.listed, counts, doubt, told, as_steps, cases)
        return Asked(expression, decision)

    def _cases(self, cases: Mapping[Term, Formula]) -> list[tuple[str | float, int]]:
        return [(self._term(term), self.leaves.formula(where)) for term, where in cases.items()]

    def _term(self, term: Term) -> str | float:
        number = self.leaves.numbers.of(term)
        if number.constant is not None:
            return float(number.constant)
        self.leaves.doubts.append(number.doubt if number.is_certain else self.leaves.given(term))
        return self._terms.setdefault(term, f"term_{len(self._terms)}")

    def _expression(self, doubt: str) -> ir.Table:
        facts = self.facts
        terms = {name: self.leaves.numbers.of(term).binary for term, name in self._terms.items()}
        table = facts.table.select(ROW, *facts.names.values(), **self.leaves.columns, **terms)
        cells = ibis.cases((table[doubt], cells_as_texts(table, facts.names)))
        return table.select(ROW, *terms, **self.leaves.packed(table, self.as_number), **{CELLS: cells})


def steps_of(leaves: Leaves, judging: Judging, told: Mapping[str, Mapping[str, Formula]]) -> dict[str, dict[str, int]]:
    """For each thing told the step of each of its names: of what is told by formulas, and of what is told beside."""
    by_formulas = {thing: {name: leaves.formula(formula) for name, formula in by.items()} for thing, by in told.items()}
    side = {
        thing: dict(zip(judging.side_names[thing], map(leaves.condition, conditions), strict=True))
        for thing, conditions in judging.side_conditions.items()
    }
    return by_formulas | side
