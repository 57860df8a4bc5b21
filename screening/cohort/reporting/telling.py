"""What the groups of a table tell a tally: what follows from the facts that their rows share, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from screening.cohort.answer_sets import Unusable
from screening.cohort.reporting.curves import Where
from screening.cohort.reporting.cut_offs import CutOff
from screening.cohort.reporting.groups import Groups, table_of
from screening.cohort.reporting.positions import where_of
from screening.cohort.reporting.query import IN_NONE, Grouping, Plain, ReportQuery, Stepped, Subgroup
from screening.cohort.reporting.tally import Count, Curve, Tally


class GroupTeller:
    """Tells a tally of all groups of the rows of one table."""

    def __init__(self, query: ReportQuery, tally: Tally) -> None:
        self.query = query
        self.tally = tally

    def tell(self, found: Iterable[Sequence[Any]]) -> int:
        """Tell what the query of groups found; how many rows are in doubt, of which nothing is told."""
        query = self.query
        table = table_of(found, [*query.leaves.packs, *chain(*query.beside)])
        every = Groups.of(table, query.leaves.packs, query.leaves.steps.listed)
        truths = every.combinations.truths
        in_doubt = truths[query.doubt]
        counted = truths[query.counts] & ~in_doubt
        lacking = every.combinations.any_of(query.told["lacking"].values()) & counted
        own = {column: table[column].is_valid() for columns in query.beside for column in columns[:1]}
        nothing = pa.nulls(len(table), pa.float64())
        by_facts = every.kept(pc.coalesce(nothing, *(table[column] for column in own)).is_null())
        self._tell_counted(by_facts.where(counted), by_facts.where(lacking).count.rows)
        self._tell_outcomes(by_facts.where(counted & ~lacking))
        for grouping in query.groupings:
            groups = every.kept(own[grouping.columns[0]]) if grouping.columns else by_facts
            if groups.count != by_facts.count:
                raise ValueError("a row is in no group")
            self._tell_beside(grouping, groups.where(counted & ~lacking))
        return by_facts.where(in_doubt).count.rows

    def _tell_counted(self, groups: Groups, lacking: int) -> None:
        self.tally.counted += groups.count.rows
        self.tally.lacking += lacking
        for name, step in self.query.told["unusable"].items():
            question, reason = name.split(": ", 1)
            if rows := groups.having(step).count.rows:
                self.tally.unusable[question, Unusable(reason)] += rows

    def _tell_outcomes(self, groups: Groups) -> None:
        """All rows with an outcome, each of which is in one group."""
        told, tally = self.query.told, self.tally
        tally.without_weight += groups.unweighed
        for possible, count in groups.by_set(told["possible"]):
            tally.add_outcome(possible, (), (), count)
        for thing in ("grounds", "open_grounds", "known"):
            self._tell_each(thing, groups)
        self._tell_each("narrowing", groups.where(groups.combinations.several_of(told["possible"].values())))

    def _tell_each(self, thing: str, groups: Groups) -> None:
        for name, step in self.query.told[thing].items():
            if (count := groups.having(step).count).rows:
                self.tally.add_each(thing, [name], count)

    def _tell_beside(self, grouping: Grouping, groups: Groups) -> None:
        match grouping:
            case Subgroup():
                self._tell_subgroup(grouping, groups)
            case Plain():
                for column, (cut_off, possible) in zip(grouping.columns, grouping.possible.items(), strict=True):
                    told = groups.by_sets(possible.values(), column)
                    self._tell_plain(self._curve(cut_off), [*possible], told)
            case Stepped():
                self._tell_stepped(grouping, groups)

    def _tell_subgroup(self, grouping: Subgroup, groups: Groups) -> None:
        labels = [*self.query.mapping.groups[grouping.title].cells]
        for (possible, part), count in groups.by_sets([self.query.told["possible"]], *grouping.columns):
            if part != IN_NONE:
                self.tally.groups[grouping.title][labels[int(part)]][possible] += count

    def _tell_plain(self, curve: Curve, order: Sequence[Where], told: Iterable[tuple[Sequence[Any], Count]]) -> None:
        """By what is possible below, at and above a number, and where this lies among the places."""
        for (*sets, position), count in told:
            possible = dict(zip(order, sets, strict=True))
            for place, counts in enumerate(curve.counts):
                counts[possible[where_of(int(position), place)]] += count

    def _tell_stepped(self, grouping: Stepped, groups: Groups) -> None:
        facts = [*self.query.leaves.packs, *grouping.columns]
        groups = Groups.of(groups.table, facts, grouping.leaves.steps.listed)
        for counts, steps in zip(self._curve(grouping.cut_off).counts, grouping.possible, strict=True):
            for possible, count in groups.by_set(steps):
                counts[possible] += count

    def _curve(self, cut_off: CutOff) -> Curve:
        return next(curve for curve in self.tally.curves if curve.cut_off == cut_off)
