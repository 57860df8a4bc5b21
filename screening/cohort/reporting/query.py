"""The one query that counts a table for a report: rows grouped by all that is told of them, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import ibis
import ibis.expr.types as ir

from screening.cohort.answer_sets import Unusable
from screening.cohort.judging.cells import any_column
from screening.cohort.judging.columns import BITS, COUNTS, DOUBT, mask_columns
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.printing import NotPrintedError, Stages
from screening.cohort.judging.query import Judging, masks
from screening.cohort.reporting.curves import Curves, Formulas, PlainCurve, SteppedCurve, Where
from screening.cohort.reporting.cut_offs import CutOff, cut_offs, places_of
from screening.cohort.reporting.open_answers import narrowing
from screening.cohort.reporting.positions import position, where_of
from screening.cohort.reporting.tally import Count, Curve, Tally
from screening.ruleset.engine.engine import Engine
from screening.ruleset.formulas.algebra import Formula, all_of, any_of, atom, negation
from screening.ruleset.formulas.atoms import Is, NumberGiven, Ticked, Unsure
from screening.ruleset.language.evaluation_mode import EvaluationMode, is_nothing
from screening.ruleset.model.expression import Known, Name
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType

CELL = "cell_"
"""Before the names of columns with the cells that are read."""
STATE, WEIGHT, ROWS = "state", "weight", "people"
LEFT_OUT, TOLD, LACKING, IN_DOUBT = range(4)
"""What becomes of a row: it does not count, it is told here, it has no outcome, or it is told row by row."""
IN_NONE = -1
"""The part of a subgroup in which a row is that is in none."""

Tell = Callable[[Tally, Sequence[Any], Count], None]


@dataclass(frozen=True)
class Grouping:
    """Columns by which rows are grouped, the first of which no other grouping has, and who is told of each group."""

    columns: Sequence[str]
    tell: Tell


class ReportQuery:
    """Writes the query for one rule set and one table; `NotPrintedError`: there is none."""

    def __init__(self, engine: Engine, facts: Facts) -> None:
        self.judging = Judging(engine, facts)
        if any(question.strict and question.type is QuestionType.NUMBER for question in engine.rule_set.questions):
            raise NotPrintedError("a strict number")
        self.facts = facts
        self.mapping = facts.reader.mapping
        self.categories = tuple(self.judging.formulas.possible)
        self.curves = Curves(self.judging.formulas, self.judging.simplifier, cut_offs(engine.rule_set))

    @cached_property
    def tally(self) -> Tally:
        """A tally of nothing yet, with the curves that are drawn."""
        rule_set = self.judging.rule_set
        tally = Tally([Curve(cut_off, places_of(cut_off, rule_set)) for cut_off in self.curves.moving])
        tally.begin_groups({title: tuple(group.cells) for title, group in self.mapping.groups.items()})
        return tally

    # --- what is told of a row ---

    @cached_property
    def _told(self) -> Mapping[str, Mapping[str, Formula]]:
        simple = self.judging.simplifier.of
        open_answers = {name: simple(formula) for name, formula in narrowing(self.judging.formulas).items()}
        beside = {thing: self.judging.told[thing] for thing in ("possible", "grounds", "open_grounds")}
        return {**beside, "narrowing": open_answers, "known": self._known}

    @cached_property
    def _known(self) -> Mapping[str, Formula]:
        rule_set, formulas = self.judging.rule_set, self.judging.formulas
        values = [each.id for each in rule_set.values if not is_nothing(each.expression.tree, formulas.names)]
        asked = {name: all_of(formulas.asked(name), _told(each)) for name, each in rule_set.question.items()}
        worked_out = {name: formulas.truth(Known(Name(name)), EvaluationMode.GIVEN).true for name in values}
        return {name: self.judging.simplifier.of(formula) for name, formula in {**asked, **worked_out}.items()}

    @cached_property
    def groupings(self) -> list[Grouping]:
        """How rows are grouped; made with the query."""
        groupings = [
            Grouping((*self._masks("grounds"), *self._masks("open_grounds"), *self._masks("possible")), self._tell_why),
            Grouping((*self._masks("narrowing"), *self._masks("possible")), self._tell_open),
            Grouping(self._masks("known"), partial(self._tell_each, "known")),
            Grouping(mask_columns("unusable", len(self.judging.side_names["unusable"])), self._tell_unusable),
        ]
        for number, title in enumerate(self.mapping.groups):
            groupings.append(Grouping((f"g{number}", *self._masks("possible")), partial(self._tell_group, title)))
        for number, (cut_off, curve) in enumerate(self.curves.moving.items()):
            columns = [f"c{number}_{column}" for column in self._curve_columns(curve)]
            groupings.append(Grouping(columns, partial(self._tell_curve, cut_off)))
        return groupings

    def _masks(self, thing: str) -> list[str]:
        return mask_columns(thing, len(self._told[thing]))

    # --- the columns ---

    @property
    def expression(self) -> ir.Table:
        """The query, with all that rows are grouped by."""
        facts = self.facts
        weight = facts.cells[self.mapping.weight].number if self.mapping.weight else ibis.literal(0.0)
        # Whole numbers of millionths: however they are added up, the sum is the same.
        weight = ibis.cases(((weight >= 0.0) & ~weight.isnan(), weight)).cast("decimal(18, 0)")
        beside: dict[str, ir.Value] = {WEIGHT: weight}
        for number, group in enumerate(self.mapping.groups.values()):
            found = [(facts.cells[group.column].is_in(cells), part) for part, cells in enumerate(group.cells.values())]
            beside[f"g{number}"] = ibis.cases(*found, else_=IN_NONE)
        roots = [formula for by in self._told.values() for formula in by.values()]
        stages = self.judging.stages([*roots, *self.curves.roots], beside)
        columns = {name: stages.table[name] for name in beside}
        for thing, by in self._told.items():
            columns |= masks(thing, [stages.column(formula) for formula in by.values()])
        doubts = [stages.table[DOUBT], stages.doubt]
        for number, (cut_off, curve) in enumerate(self.curves.moving.items()):
            told, doubt = self._curve(stages, cut_off, curve)
            columns |= {f"c{number}_{name}": column for name, column in told.items()}
            doubts.append(doubt)
        return self._with_states(stages, any_column(doubts), columns)

    def _with_states(self, stages: Stages, doubt: ir.BooleanValue, columns: Mapping[str, ir.Value]) -> ir.Table:
        side = self.judging.side_names
        lacking = any_column([stages.table[name] != 0 for name in mask_columns("lacking", len(side["lacking"]))])
        state = ibis.cases((doubt, IN_DOUBT), (~stages.table[COUNTS], LEFT_OUT), (lacking, LACKING), else_=TOLD)
        kept = [stages.table[name] for name in mask_columns("unusable", len(side["unusable"]))]
        cells = {f"{CELL}{name}": stages.table[name] for name in self.facts.names.values()}
        return stages.table.select(*kept, **columns, **cells, **{STATE: state})

    def _curve(
        self, stages: Stages, cut_off: CutOff, curve: PlainCurve | SteppedCurve
    ) -> tuple[dict[str, ir.Value], ir.BooleanValue]:
        """The columns of a curve, and where it is not certain."""
        if isinstance(curve, SteppedCurve):
            told = {f"at{place}": self._set(stages, formulas) for place, formulas in enumerate(curve.possible)}
            return told, ibis.literal(False)  # noqa: FBT003 - a value
        given = stages.given(curve.number)
        place = position(stages.numbers.of(curve.number), given, places_of(cut_off, self.judging.rule_set))
        sets = {where.name.lower(): self._set(stages, formulas) for where, formulas in curve.possible.items()}
        return {"place": place.column, **sets}, place.doubt

    def _set(self, stages: Stages, formulas: Formulas) -> ir.Value:
        (mask,) = masks("set", [stages.column(formula) for formula in formulas]).values()
        return mask

    def _curve_columns(self, curve: PlainCurve | SteppedCurve) -> Iterator[str]:
        if isinstance(curve, SteppedCurve):
            yield from (f"at{place}" for place in range(len(curve.possible)))
        else:
            yield from ("place", *(where.name.lower() for where in Where))

    # --- telling a group ---

    def _names(self, thing: str, bits: Sequence[int]) -> Iterator[str]:
        names = tuple(self._told[thing])
        for at, mask in enumerate(bits):
            yield from (name for place, name in enumerate(names[at * BITS : (at + 1) * BITS]) if mask >> place & 1)

    def _categories(self, mask: int) -> frozenset[str]:
        return frozenset(name for place, name in enumerate(self.categories) if mask >> place & 1)

    def _tell_why(self, tally: Tally, told: Sequence[Any], count: Count) -> None:
        grounds, opened = len(self._masks("grounds")), len(self._masks("open_grounds"))
        tally.add_outcome(
            frozenset(self._names("possible", told[grounds + opened :])),
            self._names("grounds", told[:grounds]),
            self._names("open_grounds", told[grounds : grounds + opened]),
            count,
        )

    def _tell_open(self, tally: Tally, told: Sequence[Any], count: Count) -> None:
        narrowing_masks = len(self._masks("narrowing"))
        if len(set(self._names("possible", told[narrowing_masks:]))) > 1:
            tally.add_each("narrowing", self._names("narrowing", told[:narrowing_masks]), count)

    def _tell_each(self, thing: str, tally: Tally, told: Sequence[Any], count: Count) -> None:
        tally.add_each(thing, self._names(thing, told), count)

    def _tell_unusable(self, tally: Tally, told: Sequence[Any], count: Count) -> None:
        names = self.judging.side_names["unusable"]
        for at, mask in enumerate(told):
            for place, name in enumerate(names[at * BITS : (at + 1) * BITS]):
                if mask >> place & 1:
                    question, reason = name.split(": ", 1)
                    tally.unusable[question, Unusable(reason)] += count.rows

    def _tell_group(self, title: str, tally: Tally, told: Sequence[Any], count: Count) -> None:
        part, *possible = told
        if part != IN_NONE:
            label = tuple(self.mapping.groups[title].cells)[part]
            tally.groups[title][label][frozenset(self._names("possible", possible))] += count

    def _tell_curve(self, cut_off: CutOff, tally: Tally, told: Sequence[Any], count: Count) -> None:
        curve = next(each for each in tally.curves if each.cut_off == cut_off)
        stepped = isinstance(self.curves.moving[cut_off], SteppedCurve)
        for place, counts in enumerate(curve.counts):
            mask = told[place] if stepped else told[1 + where_of(told[0], place)]
            counts[self._categories(mask)] += count


def _told(question: Question) -> Formula:
    """Where the table says something of a question."""
    match question.type:
        case QuestionType.NUMBER | QuestionType.DATE:
            return atom(NumberGiven(question.id))
        case QuestionType.TEXT:
            return atom(Is(question.id, WRITTEN))
        case QuestionType.CHOICE:
            return any_of(*(atom(Is(question.id, each.code)) for each in question.options if not each.means_unsure))
        case QuestionType.SEVERAL:
            ticked = (atom(Ticked(question.id, each.code)) for each in question.options if not each.exclusive)
            return any_of(*ticked, negation(atom(Unsure(question.id))))
