"""How many rows of a table move between two rule sets, as `reclassification` counts them, by the database."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from screening.cohort.answer_sets import Unusable
from screening.cohort.judging.opening import Place
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.mapping import CohortMapping
from screening.cohort.reclassification import Reclassification
from screening.ruleset.engine.engine import Engine

ROWS = 500_000
"""Rows that are compared at a time."""
_NAMES = pa.list_(pa.string())
_BETWEEN = " "
"""Stands between the ids of categories, which hold none."""


def reclassify_table(
    path: Place, mapping: CohortMapping, old: Engine, new: Engine, table: str = ""
) -> Reclassification:
    """Judge every row that counts by both rule sets; `table` names one in a database. Raises `TableError`."""
    tables = [JudgedTable(path, mapping, engine, table, only_possible=True) for engine in (old, new)]
    result = Reclassification(rows=tables[0].source.count())
    for before, after in zip(*(table.parts(0, result.rows, ROWS) for table in tables), strict=True):
        result.counted += before.num_rows
        _count_outcomes(result, before, after)
        _count_unusable(result, before["unusable"], after["unusable"])
    return result


def _count_outcomes(result: Reclassification, before: pa.Table, after: pa.Table) -> None:
    parts = {"old": before, "new": after}
    possible = {name: pc.binary_join(part["possible"].cast(_NAMES), _BETWEEN) for name, part in parts.items()}
    is_judged = pc.and_(before["judged"].is_valid(), after["judged"].is_valid())
    groups = pa.table(possible).filter(is_judged).group_by(["old", "new"]).aggregate([([], "count_all")])
    for group in groups.to_pylist():
        pair = frozenset(group["old"].split(_BETWEEN)), frozenset(group["new"].split(_BETWEEN))
        result.outcomes[pair] += group["count_all"]
        result.judged += group["count_all"]


def _count_unusable(result: Reclassification, before: pa.ChunkedArray, after: pa.ChunkedArray) -> None:
    some = pc.greater(pc.add(pc.list_value_length(before), pc.list_value_length(after)), 0)
    for one, other in zip(before.filter(some).to_pylist(), after.filter(some).to_pylist(), strict=True):
        result.unusable.update((_reasons(one) | _reasons(other)).items())


def _reasons(listed: Iterable[str]) -> dict[str, Unusable]:
    pairs = (pair.split(": ", 1) for pair in listed)
    return {name: Unusable(reason) for name, reason in pairs}
