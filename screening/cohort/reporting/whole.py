"""A whole table counted for a report: in one pass by the database, and row by row where that is not certain."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import cell
from screening.cohort.judging.cells import UNIT
from screening.cohort.judging.columns import VIEW
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.opening import Place, open_source
from screening.cohort.judging.printing import NotPrintedError
from screening.cohort.judging.source import Source
from screening.cohort.mapping import CohortMapping
from screening.cohort.reporting.by_row import RowTeller
from screening.cohort.reporting.cut_offs import cut_offs, places_of
from screening.cohort.reporting.query import (
    CELL,
    IN_DOUBT,
    LACKING,
    LEFT_OUT,
    ROWS,
    STATE,
    TOLD,
    WEIGHT,
    Grouping,
    ReportQuery,
)
from screening.cohort.reporting.tally import Count, Curve, Tally
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine


def count_table(path: Place, mapping: CohortMapping, engine: Engine, table: str = "") -> Tally:
    """All that a report tells of a table: a file, a folder, or the URL of a database, where `table` names one.

    Raises `TableError`.
    """
    source = open_source(path, mapping.reported_names, table)
    reader = Reader(mapping, engine.rule_set)
    try:
        query = ReportQuery(engine, Facts(reader, source.table, source.names))
        tally = query.tally
        sql = source.sql(query.expression)
    except NotPrintedError:
        tally = _every_curve(engine, mapping)
        sql = f"SELECT {', '.join(f'{column} AS {CELL}{column}' for column in source.names.values())}, "
        sql += f"{IN_DOUBT} AS {STATE} FROM {VIEW}"
        query = None
    tally.rows = source.count()
    in_doubt = _count_groups(source, query, sql, tally) if query else tally.rows
    if in_doubt:
        teller = RowTeller(engine, reader)
        for row in _rows_in_doubt(source, sql):
            teller.tell(row, tally)
    return tally


def _every_curve(engine: Engine, mapping: CohortMapping) -> Tally:
    rule_set = engine.rule_set
    tally = Tally([Curve(cut_off, places_of(cut_off, rule_set)) for cut_off in cut_offs(rule_set)])
    tally.begin_groups({title: tuple(group.cells) for title, group in mapping.groups.items()})
    return tally


def _count_groups(source: Source, query: ReportQuery, sql: str, tally: Tally) -> int:
    """Tell the tally of all groups of rows; how many rows are in doubt."""
    groupings = query.groupings
    columns = list(dict.fromkeys(column for grouping in groupings for column in grouping.columns))
    sets = ", ".join(f"({', '.join((STATE, *grouping.columns))})" for grouping in groupings)
    told = f"{STATE}, count(*) AS {ROWS}, sum({WEIGHT}) AS {WEIGHT}, count({WEIGHT}) AS weighed, {', '.join(columns)}"
    asked = f"SELECT {told} FROM ({sql}) AS told GROUP BY GROUPING SETS ({sets})"  # noqa: S608 - our own text
    found = source.rows(asked)
    own = {grouping.columns[0]: grouping for grouping in groupings}
    in_doubt = 0
    for state, rows, weight, weighed, *keys in found:
        values = dict(zip(columns, keys, strict=True))
        grouping = next(each for column, each in own.items() if values[column] is not None)
        is_first = grouping is groupings[0]
        in_doubt += rows if is_first and state == IN_DOUBT else 0
        tally.without_weight += rows - weighed if is_first and state == TOLD else 0
        _tell(grouping, state, values, Count(rows, Decimal(weight or 0) / UNIT), tally, is_first=is_first)
    return in_doubt


def _tell(
    grouping: Grouping, state: int, values: dict[str, Any], count: Count, tally: Tally, *, is_first: bool
) -> None:
    if state in (IN_DOUBT, LEFT_OUT):
        return
    told = [values[column] for column in grouping.columns]
    if is_first:
        tally.counted += count.rows
        tally.lacking += count.rows if state == LACKING else 0
    if state != LACKING or grouping.columns[0].startswith("unusable"):
        grouping.tell(tally, told, count)


def _rows_in_doubt(source: Source, sql: str) -> Iterator[Row]:
    cells = ", ".join(f"{CELL}{column}" for column in source.names.values())
    for values in source.rows(f"SELECT {cells} FROM ({sql}) AS told WHERE {STATE} = {IN_DOUBT}"):  # noqa: S608
        yield {name: cell(value) for name, value in zip(source.names, values, strict=True)}
