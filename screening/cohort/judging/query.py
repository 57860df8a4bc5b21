"""The one query that judges a table: which rows count, which are in doubt, and what is made of all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.cells import FALSE, TRUE, any_column
from screening.cohort.judging.columns import BITS, CELLS, COUNTS, DOUBT, ROW, VALUE, mask_columns
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.printing import NotPrintedError, Simplifier, Stages, mask
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import FALSE as NEVER
from screening.ruleset.formulas.algebra import Formula, all_of, walk
from screening.ruleset.formulas.atoms import Atom, Compared, NumberGiven
from screening.ruleset.formulas.rules import RuleFormulas
from screening.ruleset.formulas.settled_numbers import some_numbers
from screening.ruleset.formulas.terms import Term
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing, is_number
from screening.ruleset.model.expression import Name
from screening.ruleset.model.questions import QuestionType


@dataclass(frozen=True)
class StandsFor:
    """What the columns that a query finds stand for."""

    names: Mapping[str, Sequence[str]]
    """For each thing told (`possible`, `grounds`, ...) the names of the bits of its whole numbers, lowest first."""
    values: Sequence[str]
    """The values that are told as columns."""


@dataclass(frozen=True)
class Query:
    """What is asked of the database, and what it finds stands for."""

    expression: ir.Table
    stands_for: StandsFor


class Judging:
    """Writes the query for one rule set and one mapping."""

    def __init__(self, engine: Engine, facts: Facts) -> None:
        self.engine = engine
        self.rule_set = engine.rule_set
        self.formulas = RuleFormulas(engine.rule_set)
        self.facts = facts
        self.names = facts.names
        self.simplifier = Simplifier(self.facts, engine.parts_off, self.demanded)

    @cached_property
    def demanded(self) -> frozenset[str]:
        """The strict numbers with which rules work: a row without one of them is in doubt."""
        if self._has_strict_dates:
            return frozenset()  # nothing is printed, and of some dates there are no formulas
        of = self.formulas
        told: list[Mapping[str, Formula]] = [of.possible, of.underlying, of.holding, of.opened, of.notes]
        return some_numbers([*of.kind.values(), *(formula for by in told for formula in by.values())])

    @property
    def _has_strict_dates(self) -> bool:
        """Whether some date is strict: how an open one is completed is more than facts say."""
        return any(question.strict and question.type is QuestionType.DATE for question in self.rule_set.questions)

    # --- what is told ---

    @cached_property
    def told(self) -> Mapping[str, Mapping[str, Formula]]:
        """For each thing told, the formula of each of its names, about what differs from row to row."""
        formulas = self.formulas
        kinds = {str(kind): formula for kind, formula in formulas.kind.items()}
        told: dict[str, Mapping[str, Formula]] = {
            "possible": formulas.possible,
            "kind": kinds,
            "underlying": formulas.underlying,
            "grounds": formulas.holding,
            "open_grounds": {name: self._open(name, formula) for name, formula in formulas.opened.items()},
            "notes": formulas.notes,
        }
        return {thing: {name: self.simplifier.of(of) for name, of in by.items()} for thing, by in told.items()}

    def _open(self, ground: str, opened: Formula) -> Formula:
        """Grounds are told open of categories that are possible."""
        return all_of(opened, self.formulas.possible[self.rule_set.category_of[ground]])

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[Term, Formula]]:
        """The values that are numbers, by their cases."""
        wanted = [value.id for value in self.rule_set.values if is_number(value.expression.tree, self.formulas.names)]
        return {name: self._cases(name) for name in wanted}

    def _cases(self, value: str) -> dict[Term, Formula]:
        spans = self.formulas.number(Name(value), EvaluationMode.GIVEN)
        left = {span.low: self.simplifier.of(where) for span, where in spans.items()}
        return {term: where for term, where in left.items() if where is not NEVER}

    @cached_property
    def truths(self) -> Mapping[str, tuple[Formula, Formula]]:
        """The values that are conditions: where each is true, and where it is false."""
        tells = [
            value.id
            for value in self.rule_set.values
            if not is_nothing(value.expression.tree, self.formulas.names) and value.id not in self.numbers
        ]
        truths = {name: self.formulas.truth(Name(name), EvaluationMode.GIVEN) for name in tells}
        return {name: (self.simplifier.of(of.true), self.simplifier.of(of.false)) for name, of in truths.items()}

    @property
    def roots(self) -> list[Formula]:
        """All formulas that are told."""
        told = [formula for by in self.told.values() for formula in by.values()]
        values = [formula for pair in self.truths.values() for formula in pair]
        return [*told, *values, *(where for cases in self.numbers.values() for where in cases.values())]

    # --- the query ---

    def demand_printable(self) -> None:
        """Raise `NotPrintedError` for a strict date, and for a strict number that rules work with and nobody tells."""
        if self._has_strict_dates:
            raise NotPrintedError("a strict date")
        for name in self.demanded:
            if self.facts.of(NumberGiven(name)) is False:
                raise NotPrintedError(name)

    @property
    def doubts(self) -> list[ir.BooleanValue]:
        """Where rows are left to the engine, whatever they are compared with."""
        return [*self.facts.doubts, *(~self.facts.given[name] for name in self.demanded if name in self.facts.given)]

    def query(self, *, only_possible: bool = False) -> Query:
        """The query; `only_possible` leaves out all but what is possible. `NotPrintedError`: there is none."""
        self.demand_printable()
        told = {"possible": self.told["possible"]} if only_possible else self.told
        roots = [formula for by in told.values() for formula in by.values()] if only_possible else self.roots
        stages = self.stages(roots)
        columns: dict[str, ir.Value] = {}
        for thing, by in told.items():
            columns |= masks(thing, [stages.column(formula) for formula in by.values()])
        if not only_possible:
            columns |= self._values(stages)
        cases = [] if only_possible else self.numbers.values()
        values = [doubt for by in cases for doubt in stages.number_doubts(by)]
        doubt = any_column([stages.table[DOUBT], stages.doubt, *values])
        kept = [stages.table[name] for name in (ROW, COUNTS, *self._side_masks)]
        cells = ibis.cases((doubt, cells_as_texts(stages.table, self.names)))
        expression = stages.table.select(*kept, **{DOUBT: doubt}, **columns, **{CELLS: cells})
        names = {thing: list(by) for thing, by in told.items()}
        told_values = [] if only_possible else [*self.numbers, *self.truths]
        return Query(expression, StandsFor(names | self.side_names, told_values))

    def stages(self, roots: Sequence[Formula]) -> Stages:
        """The facts of all rows, and what the formulas share."""
        facts = self.facts
        atoms = dict.fromkeys(
            formula.atom for formula in walk(*roots) if formula.atom and not isinstance(formula.atom, Compared)
        )
        names: dict[Atom, str] = {}
        columns: dict[str, ir.Value] = {DOUBT: any_column(self.doubts), COUNTS: facts.counts}
        for atom in atoms:
            fact = facts.of(atom)
            if fact is None or isinstance(fact, bool):
                raise NotPrintedError(atom)
            names[atom] = f"a{len(names)}"
            columns[names[atom]] = fact
        varying = {name: number for name, number in facts.numbers.items() if number.constant is None}
        called = {name: f"n{place}" for place, name in enumerate(varying)}
        columns |= {called[name]: number.column for name, number in varying.items()}
        columns |= {f"given_{name}": given for name, given in facts.given.items()}
        for thing, conditions in self.side_conditions.items():
            columns |= masks(thing, conditions)
        table = facts.table.select(facts.table[ROW], *map(facts.table.__getitem__, self.names.values()), **columns)
        kept = {name: replace(number, column=table[called[name]]) for name, number in varying.items()}
        questions = {name: facts.question_of(name) for name in varying}
        given = {name: f"given_{question}" for name, question in questions.items() if question in facts.given}
        stages = Stages(table, names, {**facts.numbers, **kept}, given)
        stages.print(roots)
        return stages

    def _values(self, stages: Stages) -> dict[str, ir.Value]:
        numbers = {f"{VALUE}{name}": stages.number(cases) for name, cases in self.numbers.items()}
        truths = {
            f"{VALUE}{name}": ibis.cases((stages.column(true), TRUE), (stages.column(false), FALSE))
            for name, (true, false) in self.truths.items()
        }
        return {**numbers, **truths}

    # --- beside what is told ---

    @property
    def side_conditions(self) -> Mapping[str, list[ir.BooleanValue]]:
        """What is told beside: which required answers a row lacks, and which of its cells are no answers."""
        lacking = [
            lacks if not isinstance(lacks, bool) else ibis.literal(lacks) for lacks in self.facts.lacking.values()
        ]
        return {"lacking": lacking, "unusable": list(self.facts.unusable.values())}

    @property
    def side_names(self) -> dict[str, list[str]]:
        """What each of these conditions tells of, as it is told."""
        unusable = [f"{name}: {reason}" for name, reason in self.facts.unusable]
        return {"lacking": list(self.facts.lacking), "unusable": unusable}

    @property
    def _side_masks(self) -> list[str]:
        return [column for thing, names in self.side_names.items() for column in mask_columns(thing, len(names))]


def cells_as_texts(table: ir.Table, names: Mapping[str, str]) -> ir.Value:
    """The cells of a row, one text each; a binary number in as many digits as tell it from every other."""
    columns = [table[column] for column in names.values()]
    wide = [column.cast("float64") if column.type().is_floating() else column for column in columns]
    return ibis.array([column.cast("string") for column in wide])


def all_cells(table: ir.Table, names: Mapping[str, str]) -> ir.Table:
    """The query that judges nothing, and hands on the cells of every row."""
    return table.select(table[ROW], **{DOUBT: TRUE, CELLS: cells_as_texts(table, names)})


def masks(thing: str, conditions: Sequence[ir.BooleanValue]) -> dict[str, ir.Value]:
    """The columns that tell which of some conditions hold."""
    columns = mask_columns(thing, len(conditions))
    return {name: mask(conditions[at * BITS : (at + 1) * BITS]) for at, name in enumerate(columns)}
