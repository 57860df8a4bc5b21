"""A whole table counted for a report: in one pass by the database, and row by row where that is not certain."""

from __future__ import annotations

from collections.abc import Iterator

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import cell
from screening.cohort.judging.columns import DOUBT, VIEW
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.opening import Place, open_source
from screening.cohort.judging.printing import NotPrintedError
from screening.cohort.judging.source import Source
from screening.cohort.mapping import CohortMapping
from screening.cohort.reporting.by_row import RowTeller
from screening.cohort.reporting.cut_offs import cut_offs, places_of
from screening.cohort.reporting.query import CELL, ReportQuery
from screening.cohort.reporting.tally import Curve, Tally
from screening.cohort.reporting.telling import GroupTeller
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine


def count_table(path: Place, mapping: CohortMapping, engine: Engine, table: str = "") -> Tally:
    """All that a report tells of a table: a file, a folder, or the URL of a database, where `table` names one.

    Raises `TableError`.
    """
    source = open_source(path, mapping.reported_names, table)
    reader = Reader(mapping, engine.rule_set)
    try:
        query = ReportQuery(engine, Facts(reader, source.table, source.names, spans=source.spans), source.as_number)
        tally = query.tally
        sql = source.sql(query.expression)
    except NotPrintedError:
        tally = _every_curve(engine, mapping)
        sql = f"SELECT {', '.join(f'{column} AS {CELL}{column}' for column in source.names.values())}, "
        sql += f"TRUE AS {DOUBT} FROM {VIEW}"
        query = None
    tally.rows = source.count()
    in_doubt = GroupTeller(query, tally).tell(source.rows(query.grouped(sql))) if query else tally.rows
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


def _rows_in_doubt(source: Source, sql: str) -> Iterator[Row]:
    cells = ", ".join(f"{CELL}{column}" for column in source.names.values())
    for values in source.rows(f"SELECT {cells} FROM ({sql}) AS told WHERE {DOUBT}"):  # noqa: S608
        yield {name: cell(value) for name, value in zip(source.names, values, strict=True)}
