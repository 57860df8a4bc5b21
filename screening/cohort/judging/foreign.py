"""The query for a database that nobody here runs: as text, over a table there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import ibis

from screening.cohort.answer_sets import Reader
from screening.cohort.judging.cells import anywhere
from screening.cohort.judging.columns import BITS, ROW, mask_columns
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.opening import Place, open_source
from screening.cohort.judging.query import Judging, StandsFor
from screening.cohort.judging.source import staged_sql
from screening.cohort.mapping import CohortMapping
from screening.ruleset.engine.engine import Engine

Dialect: TypeAlias = Literal["bigquery", "duckdb", "trino"]
DIALECTS: Sequence[Dialect] = get_args(Dialect)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a query is to be run."""

    dialect: Dialect
    table: str
    """Its name there, after those of what it stands in: CATALOG.SCHEMA.NAME, SCHEMA.NAME or NAME."""
    key: str
    """The column that tells rows apart."""


@dataclass(frozen=True)
class ForeignQuery:
    """A query as text, and what its columns stand for."""

    sql: str
    stands_for: StandsFor

    def bits(self, thing: str) -> list[tuple[str, Sequence[str]]]:
        """The columns that tell of one thing, each with the names of its bits, lowest first."""
        names = self.stands_for.names[thing]
        columns = mask_columns(thing, len(names))
        return [(column, names[at * BITS : (at + 1) * BITS]) for at, column in enumerate(columns)]


def foreign_query(like: Place, mapping: CohortMapping, engine: Engine, target: Target, table: str = "") -> ForeignQuery:
    """The query for a table whose columns are of the types of those in `like`, where `table` names one in a database.

    Raises `TableError`, and `NotPrintedError` where the rules cannot be said as a query.
    """
    source = open_source(like, [*mapping.column_names, target.key], table)
    kinds = {name: source.table[called].type() for name, called in source.names.items()}
    catalog, schema, name = [None, None, *target.table.split(".")][-3:]
    there = ibis.table(kinds, name=name, catalog=catalog, database=schema)
    names = {column: source.names[column] for column in mapping.column_names}
    rows = there.select(**{called: there[column] for column, called in names.items()}, **{ROW: there[target.key]})
    query = Judging(engine, Facts(Reader(mapping, engine.rule_set), rows, names, anywhere)).query()
    return ForeignQuery(staged_sql(query.expression, target.dialect), query.stands_for)
