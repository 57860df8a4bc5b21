"""Rows of a table in groups, as a database counts them: by the facts that they share, and by columns beside these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from screening.cohort.judging.cells import UNIT
from screening.cohort.judging.columns import BITS, FACTS
from screening.cohort.judging.combinations import Combinations, Step, coded
from screening.cohort.judging.naming import names_in
from screening.cohort.reporting.tally import Categories, Count

ROWS, WEIGHT, WEIGHED = "people", "weight", "weighed"
"""How many rows a group has, the sum of their weights in millionths, and how many of them have one."""
_SUM = pa.decimal128(38)


@dataclass(frozen=True)
class Groups:
    """Some groups of rows, each with a combination of facts."""

    combinations: Combinations
    codes: pa.Array
    """Which combination each group has."""
    table: pa.Table
    """What else is told of each, and its counts."""

    @classmethod
    def of(cls, table: pa.Table, facts: Sequence[str], steps: Sequence[Step]) -> Groups:
        """Groups told apart by columns of facts, and what follows from these."""
        columns = [table[name] for name in facts]
        if any(column.null_count for column in columns):
            raise ValueError("a fact is neither true nor false")
        codes, masks = coded(columns)
        return cls(Combinations.of(steps, masks, FACTS), codes, table)

    def where(self, truth: int) -> Groups:
        """Those of which a combination is one in which something is true."""
        return self.kept(self.combinations.rows([truth], self.codes)[truth])

    def having(self, step: int) -> Groups:
        """Those of which a combination is one in which a step is true."""
        return self.where(self.combinations.truths[step])

    def kept(self, which: pa.Array | pa.ChunkedArray) -> Groups:
        """Some of them."""
        return Groups(self.combinations, self.codes.filter(which), self.table.filter(which))

    @property
    def count(self) -> Count:
        """How many rows they have together."""
        return _count(*(pc.sum(self.table[name]).as_py() for name in (ROWS, WEIGHT)))

    @property
    def unweighed(self) -> int:
        """Rows of which the table tells no weight."""
        return sum(pc.subtract(self.table[ROWS], self.table[WEIGHED]).to_pylist())

    def by_set(self, steps: Mapping[str, int]) -> Iterator[tuple[Categories, Count]]:
        """Counted by the set of names whose steps are true."""
        for (names,), count in self.by_sets([steps]):
            yield names, count

    def by_sets(self, sets: Iterable[Mapping[str, int]], *columns: str) -> Iterator[tuple[tuple[Any, ...], Count]]:
        """Counted by several such sets, and by columns of the table."""
        told = [self._sets(steps) for steps in sets]
        keys = {f"set{number}": codes.take(self.codes) for number, (codes, _) in enumerate(told)}
        keys |= {name: self.table[name] for name in columns}
        counts = {name: self.table[name] for name in (ROWS, WEIGHT)}
        summed = pa.table(keys | counts).group_by([*keys]).aggregate([(name, "sum") for name in counts])
        for group in summed.to_pylist():
            named = (names[group[f"set{number}"]] for number, (_, names) in enumerate(told))
            yield (*named, *(group[name] for name in columns)), _count(*(group[f"{name}_sum"] for name in counts))

    def _sets(self, steps: Mapping[str, int]) -> tuple[pa.Array, list[Categories]]:
        """For each combination which of some sets it has; and these sets."""
        codes, found = coded(self.combinations.masks([*steps.values()], BITS))
        bits = zip(*(mask.to_pylist() for mask in found), strict=True)
        return codes, [frozenset(names_in(masks, [*steps])) for masks in bits]


def _count(rows: int | None, weight: Decimal | None) -> Count:
    return Count(rows or 0, (weight or Decimal(0)) / UNIT)


def table_of(found: Iterable[Sequence[Any]], columns: Sequence[str]) -> pa.Table:
    """Groups as a database tells them: numbers by which they are told apart, and their counts."""
    names = [*columns, ROWS, WEIGHT, WEIGHED]
    listed = [*zip(*found, strict=True)] or [()] * len(names)
    return pa.table({name: _array(name, values) for name, values in zip(names, listed, strict=True)})


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    """A column, of whatever kind a database holds its numbers to be."""
    if name == WEIGHT:
        return pa.array([Decimal(value or 0).quantize(Decimal(1)) for value in values], _SUM)
    kind = pa.int64() if name in (ROWS, WEIGHED) else pa.float64()
    number = int if name in (ROWS, WEIGHED) else float
    return pa.array([None if value is None else number(value) for value in values], kind)
