"""The one query that counts a table for a report: rows grouped by the facts of which all that is told of them follows.

One grouping is by all facts that the rules speak of. Each other one is by them too, and by something beside: in which
part of a subgroup a row is, where a number lies among the places of its cut-offs, or what a moved cut-off compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import ibis
import ibis.expr.types as ir

from screening.cohort.judging.asking import steps_of
from screening.cohort.judging.cells import FALSE, any_column
from screening.cohort.judging.columns import DOUBT
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.leaves import AsNumber, Leaves
from screening.cohort.judging.query import Judging
from screening.cohort.reporting.curves import Curves, Formulas, PlainCurve, SteppedCurve, Where
from screening.cohort.reporting.cut_offs import CutOff, cut_offs, places_of
from screening.cohort.reporting.groups import WEIGHT
from screening.cohort.reporting.known import known
from screening.cohort.reporting.open_answers import narrowing
from screening.cohort.reporting.positions import position
from screening.cohort.reporting.tally import Curve, Tally
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import Formula
from screening.ruleset.formulas.terms import Term

CELL = "cell_"
"""Before the names of columns with the cells that are read."""
IN_NONE = -1
"""The part of a subgroup in which a row is that is in none."""

Steps = Mapping[str, int]
"""The step of each of some names."""


@dataclass(frozen=True)
class Subgroup:
    """Rows grouped by the parts of a subgroup, as they are numbered."""

    title: str
    columns: Sequence[str]
    """Beside all facts; no other grouping has the first of them."""


@dataclass(frozen=True)
class Plain:
    """Rows grouped by where one number lies among the places of cut-offs."""

    columns: Sequence[str]
    """Beside all facts, one for each cut-off; no other grouping has any of them."""
    possible: Mapping[CutOff, Mapping[Where, Steps]]
    """What is possible, by where a cut-off stands beside the number."""


@dataclass(frozen=True)
class Stepped:
    """Rows grouped by more facts, of which and of all others follows what is possible with a moved cut-off."""

    columns: Sequence[str]
    """Those of the facts that are told here alone."""
    cut_off: CutOff
    leaves: Leaves
    possible: Sequence[Steps]
    """At each place."""


Grouping = Subgroup | Plain | Stepped


class ReportQuery:
    """Writes the query for one rule set and one table; `NotPrintedError`: there is none."""

    def __init__(self, engine: Engine, facts: Facts, as_number: AsNumber) -> None:
        self.judging = Judging(engine, facts)
        self.judging.demand_printable()
        self.facts = facts
        self.as_number = as_number
        self.mapping = facts.reader.mapping
        found = cut_offs(engine.rule_set)
        self.curves = Curves(self.judging.formulas, self.judging.simplifier, found, self.judging.demanded)
        self.leaves = Leaves(facts)
        """The facts that every grouping has."""
        self.told = steps_of(self.leaves, self.judging, self._formulas)
        self.counts = self.leaves.condition(facts.counts)
        self._beside: dict[str, ir.Value] = {}
        """The columns beside facts."""
        self._doubts = list(self.judging.doubts)
        self.groupings: list[Grouping] = [*self._subgroups(), *self._plain_curves()]
        self.doubt = self.leaves.last()
        self.groupings += self._stepped_curves()
        self._doubts += self.leaves.doubts
        self.leaves.say_last(self.doubt, any_column(self._doubts))

    @cached_property
    def tally(self) -> Tally:
        """A tally of nothing yet, with the curves that are drawn."""
        rule_set = self.judging.rule_set
        tally = Tally([Curve(cut_off, places_of(cut_off, rule_set)) for cut_off in self.curves.moving])
        tally.begin_groups({title: tuple(group.cells) for title, group in self.mapping.groups.items()})
        return tally

    @property
    def _formulas(self) -> Mapping[str, Mapping[str, Formula]]:
        """What is told of a row."""
        simple, formulas = self.judging.simplifier.of, self.judging.formulas
        more = {"narrowing": narrowing(formulas), "known": known(formulas)}
        beside = {thing: self.judging.told[thing] for thing in ("possible", "grounds", "open_grounds")}
        return {**beside, **{thing: {name: simple(of) for name, of in by.items()} for thing, by in more.items()}}

    # --- the groupings ---

    def _subgroups(self) -> Iterator[Subgroup]:
        for number, (title, group) in enumerate(self.mapping.groups.items()):
            read = self.facts.cells[group.column]
            parts = [(read.is_in(cells), part) for part, cells in enumerate(group.cells.values())]
            self._beside[f"g{number}"] = ibis.cases(*parts, else_=IN_NONE)
            yield Subgroup(title, [f"g{number}"])

    def _plain_curves(self) -> Iterator[Plain]:
        by_number: dict[Term, dict[CutOff, PlainCurve]] = {}
        for cut_off, curve in self.curves.moving.items():
            if isinstance(curve, PlainCurve):
                by_number.setdefault(curve.number, {})[cut_off] = curve
        for number, curves in by_number.items():
            columns = {f"at{len(self._beside) + place}": cut_off for place, cut_off in enumerate(curves)}
            self._beside |= {column: self._position(number, cut_off) for column, cut_off in columns.items()}
            possible = {cut_off: self._by_where(curve) for cut_off, curve in curves.items()}
            yield Plain([*columns], possible)

    def _position(self, number: Term, cut_off: CutOff) -> ir.Value:
        found = position(self.leaves.numbers.of(number), places_of(cut_off, self.judging.rule_set))
        if found.doubt is not FALSE:
            self._doubts.append(self.leaves.given(number) & found.doubt)
        return found.column

    def _by_where(self, curve: PlainCurve) -> Mapping[Where, Steps]:
        return {where: self._steps(self.leaves, formulas) for where, formulas in curve.possible.items()}

    def _stepped_curves(self) -> Iterator[Stepped]:
        for number, (cut_off, curve) in enumerate(self.curves.moving.items()):
            if isinstance(curve, SteppedCurve):
                leaves = Leaves(self.facts, f"facts_of_curve{number}", self.leaves)
                possible = [self._steps(leaves, formulas) for formulas in curve.possible]
                self._doubts += leaves.doubts
                yield Stepped(leaves.packs, cut_off, leaves, possible)

    def _steps(self, leaves: Leaves, formulas: Formulas) -> Steps:
        return {name: leaves.formula(formula) for name, formula in zip(self.told["possible"], formulas, strict=True)}

    # --- the query ---

    @property
    def expression(self) -> ir.Table:
        """The query, with all that rows are grouped by, and the cells of rows in doubt."""
        facts = self.facts
        told = [self.leaves, *(grouping.leaves for grouping in self.groupings if isinstance(grouping, Stepped))]
        beside = self._beside | self._weight
        found = {name: condition for leaves in told for name, condition in leaves.columns.items()}
        table = facts.table.select(*facts.names.values(), **found, **beside)
        packs = {name: pack for leaves in told for name, pack in leaves.packed(table, self.as_number).items()}
        cells = {f"{CELL}{name}": table[name] for name in facts.names.values()}
        doubt = table[self.leaves.column(self.leaves.place(self.doubt))]
        return table.select(*beside, **packs, **cells, **{DOUBT: doubt})

    @property
    def _weight(self) -> dict[str, ir.Value]:
        if not self.mapping.weight:
            return {}
        weight = self.facts.cells[self.mapping.weight].number
        # Whole numbers of millionths: however they are added up, the sum is the same.
        return {WEIGHT: ibis.cases(((weight >= 0.0) & ~weight.isnan(), weight)).cast("decimal(18, 0)")}

    @property
    def beside(self) -> list[Sequence[str]]:
        """By which columns rows are grouped beside all facts, in each way but one; no column is in two of them."""
        return [grouping.columns for grouping in self.groupings if grouping.columns]

    def grouped(self, sql: str) -> str:
        """The query that counts the groups of the rows which another one tells of."""
        facts = self.leaves.packs
        sets = [facts, *([*facts, *columns] for columns in self.beside)]
        weight = f"sum({WEIGHT}), count({WEIGHT})" if self.mapping.weight else "0, count(*)"
        told = f"{', '.join([*facts, *chain(*self.beside)])}, count(*), {weight}"
        listed = ", ".join(f"({', '.join(names)})" for names in sets)
        return f"SELECT {told} FROM ({sql}) AS told GROUP BY GROUPING SETS ({listed})"  # noqa: S608 - our own text
