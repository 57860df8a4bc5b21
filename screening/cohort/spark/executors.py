"""What each executor does with its share of a table: a query in its own embedded database, and rows with names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import duckdb
import pyarrow as pa

from screening.cohort.answer_sets import Reader
from screening.cohort.judging.columns import BATCH, VIEW
from screening.cohort.judging.combinations import Decision
from screening.cohort.judging.telling import Telling
from screening.cohort.mapping import CohortMapping
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.rule_set import RuleSet

Batches = Iterator[pa.RecordBatch]


@dataclass(frozen=True)
class Ask:
    """What a query finds in a share of the table."""

    sql: str

    def __call__(self, batches: Batches) -> Batches:
        """As it finds it; of a share without rows nothing."""
        first = next(batches, None)
        if first is None:
            return
        # Spark counts on one processor for each share.
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register(VIEW, pa.RecordBatchReader.from_batches(first.schema, chain([first], batches)))
            yield from connection.sql(self.sql).to_arrow_reader(BATCH)


@dataclass(frozen=True)
class Judge:
    """What is made of each row of a share."""

    ask: Ask
    rule_set: RuleSet
    parts_off: frozenset[str]
    mapping: CohortMapping
    reads: type[Reader]
    binary: Mapping[str, bool]
    decision: Decision | None

    def __call__(self, batches: Batches) -> Batches:
        """The rows that count."""
        engine = Engine(self.rule_set, self.parts_off)
        telling = Telling(engine, self.reads(self.mapping, self.rule_set), self.binary, self.decision)
        for found in self.ask(batches):
            # Spark reads no numbers that stand for texts.
            yield from telling.told(pa.Table.from_batches([found])).cast(telling.schema).to_batches()
