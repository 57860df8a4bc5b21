"""Formulas as columns of the database, in stages: what several formulas share is worked out once, in a stage before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, any_column, every_column
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.numbers import Number, Numbers, compared
from screening.ruleset.formulas import algebra
from screening.ruleset.formulas.algebra import Formula, Sort, rebuilt, walk
from screening.ruleset.formulas.atoms import Atom, Compared, NumberGiven, PartOn
from screening.ruleset.formulas.terms import Shape, Term, parts


class NotPrintedError(Exception):
    """A formula speaks of something that the database does not know: such tables are judged row by row."""


class Simplifier:
    """What is left of formulas once all that is the same in every row is known."""

    def __init__(self, facts: Facts, parts_off: frozenset[str], given: frozenset[str] = frozenset()) -> None:
        """`given`: the numbers that are taken to be given, as all other rows are in doubt."""
        self._facts = facts
        self._parts_off = parts_off
        self._given = given
        self._done: dict[Formula, Formula] = {}

    def of(self, formula: Formula) -> Formula:
        """The formula about what differs from row to row."""
        return rebuilt(formula, self._known, self._done)

    def _known(self, formula: Formula) -> Formula:
        match formula.atom:
            case PartOn(part=part):
                return _constant(part not in self._parts_off)
            case NumberGiven(question=question) if question in self._given:
                return algebra.TRUE
            case Compared(left=left, right=right):
                # Where a number is unknown a comparison may say anything.
                return formula if self._answered(left, right) else algebra.FALSE
            case None:
                return formula
            case atom:
                fact = self._facts.of(atom)
                return _constant(fact) if isinstance(fact, bool) else formula

    def _answered(self, *terms: Term) -> bool:
        read = {part.question for part in parts(*terms) if part.shape is Shape.ANSWER}
        return read <= self._facts.numbers.keys()


def _constant(truth: bool) -> Formula:  # noqa: FBT001 - which of the two constants
    return algebra.TRUE if truth else algebra.FALSE


class Stages:
    """Works formulas out over a table that holds the facts, one stage after another."""

    def __init__(
        self,
        table: ir.Table,
        fact_columns: Mapping[Atom, str],
        numbers: Mapping[str, Number],
        given_columns: Mapping[str, str],
    ) -> None:
        """`fact_columns`: the column of each fact; `numbers`: over the columns of the table; of some, where given."""
        self.table = table
        self._facts = fact_columns
        self._given = given_columns
        self.numbers = Numbers(numbers)
        """Terms over the columns of the table."""
        self._names: dict[Formula, str] = {}
        self._doubts: list[str] = []

    def print(self, roots: Sequence[Formula]) -> None:
        """Work out all that these formulas share."""
        order = list(walk(*roots))
        uses = Counter(operand for formula in order for operand in formula.operands)
        uses.update(roots)
        self._print_comparisons(order)
        stage: dict[Formula, int] = {}
        by_stage: dict[int, list[Formula]] = {}
        for formula in order:
            before = max((stage[operand] for operand in formula.operands), default=0)
            is_shared = formula.sort in (Sort.ALL, Sort.ANY) and uses[formula] > 1
            stage[formula] = before + 1 if is_shared else before
            if is_shared:
                by_stage.setdefault(stage[formula], []).append(formula)
        for number in sorted(by_stage):
            named = {f"f{len(self._names) + index}": formula for index, formula in enumerate(by_stage[number])}
            self.table = self.table.mutate(**{name: self.column(formula) for name, formula in named.items()})
            self._names |= {formula: name for name, formula in named.items()}

    def _print_comparisons(self, order: Sequence[Formula]) -> None:
        columns: dict[str, ir.Value] = {}
        for formula in order:
            match formula.atom:
                case Compared(left=left, operator=operator, right=right):
                    found = compared(self.numbers.of(left), operator, self.numbers.of(right))
                    name = self._names[formula] = f"c{len(columns)}"
                    columns[name] = found.holds
                    if found.doubt is not None:
                        columns[f"d{name}"] = self.given(left, right) & found.doubt
                        self._doubts.append(f"d{name}")
        self.table = self.table.mutate(**columns)

    def given(self, *terms: Term) -> ir.BooleanValue:
        """Where all numbers are given that some terms read."""
        read = dict.fromkeys(part.question for part in parts(*terms) if part.shape is Shape.ANSWER)
        return every_column([self.table[self._given[name]] for name in read if name in self._given])

    @property
    def doubt(self) -> ir.BooleanValue:
        """Where a number lies so near to what it is compared with that only the engine can tell."""
        return any_column([self.table[name] for name in self._doubts])

    def column(self, formula: Formula) -> ir.BooleanValue:
        """A formula, over the table of the last stage."""
        if formula in self._names:
            return self.table[self._names[formula]]
        match formula.sort:
            case Sort.CONSTANT:
                return TRUE if formula is algebra.TRUE else FALSE
            case Sort.NOT:
                return ~self.column(formula.operands[0])
            case Sort.ALL:
                return every_column([self.column(operand) for operand in formula.operands])
            case Sort.ANY:
                return any_column([self.column(operand) for operand in formula.operands])
            case Sort.ATOM:
                return self._atom(formula)

    def _atom(self, formula: Formula) -> ir.BooleanValue:
        if formula.atom is None or formula.atom not in self._facts:
            raise NotPrintedError(formula)
        return self.table[self._facts[formula.atom]]

    def number_doubts(self, cases: Mapping[Term, Formula]) -> list[ir.BooleanValue]:
        """Where a number that is told may be another one."""
        read = {term: self.numbers.of(term) for term in cases}
        return [number.doubt if number.is_certain else self.given(term) for term, number in read.items()]

    def number(self, cases: Mapping[Term, Formula]) -> ir.Value:
        """A number by its cases, as a binary one; nothing where none applies."""
        found = [(self.column(where), self.numbers.of(term).binary) for term, where in cases.items()]
        return ibis.cases(*found) if found else ibis.null("float64")


def mask(conditions: Sequence[ir.BooleanValue]) -> ir.Value:
    """Which of some conditions hold, as one whole number: bit by bit from the lowest."""
    bits = [
        ibis.ifelse(condition, ibis.literal(1 << place, type="int64"), ibis.literal(0, type="int64"))
        for place, condition in enumerate(conditions)
    ]
    return _added(bits) if bits else ibis.literal(0, type="int64")


def _added(numbers: Sequence[ir.Value]) -> ir.Value:
    if len(numbers) == 1:
        return numbers[0]
    half = len(numbers) // 2
    return _added(numbers[:half]) + _added(numbers[half:])
