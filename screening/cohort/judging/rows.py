"""A table judged by one rule set: what the database is asked, and the rows with what was made of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import ibis.expr.types as ir
import pyarrow as pa

from screening.cohort.answer_sets import Reader
from screening.cohort.judging.asking import Asked, Asking
from screening.cohort.judging.columns import ROW
from screening.cohort.judging.facts import Facts
from screening.cohort.judging.opening import Place, open_source
from screening.cohort.judging.printing import NotPrintedError
from screening.cohort.judging.query import Judging, all_cells
from screening.cohort.judging.telling import Telling
from screening.cohort.mapping import CohortMapping
from screening.ruleset.engine.engine import Engine


class JudgedTable:
    """A table, one rule set, and how the one answers the other."""

    reads: type[Reader] = Reader
    speaks: type[Facts] = Facts
    """The same reading row by row, and of all rows at once."""

    def __init__(
        self, path: Place, mapping: CohortMapping, engine: Engine, table: str = "", *, only_possible: bool = False
    ) -> None:
        """`path` is a file, a folder, or the URL of a database, where `table` names one; raises `TableError`."""
        self.source = open_source(path, mapping.column_names, table)
        self.reader = self.reads(mapping, engine.rule_set)
        self.engine = engine
        self.rule_set = engine.rule_set
        self.only_possible = only_possible

    @cached_property
    def query(self) -> Asked | None:
        """What the database is asked; None where it can judge no row."""
        try:
            facts = self.speaks(self.reader, self.source.table, self.source.names, spans=self.source.spans)
            asking = Asking(Judging(self.engine, facts), self.source.as_number)
            return asking.asked(only_possible=self.only_possible)
        except NotPrintedError:
            return None

    @cached_property
    def telling(self) -> Telling:
        """What names the rows found."""
        binary = {name: self.source.table[column].type().is_floating() for name, column in self.source.names.items()}
        decision = self.query.decision if self.query else None
        return Telling(self.engine, self.reader, binary, decision, only_possible=self.only_possible)

    @property
    def schema(self) -> pa.Schema:
        """The columns told of each row."""
        return self.telling.schema

    @property
    def asked(self) -> ir.Table:
        """What is asked of the database of every row."""
        source = self.source
        return self.query.expression if self.query else all_cells(source.table, source.names)

    def parts(self, first: int, end: int, size: int) -> Iterator[pa.Table]:
        """The rows from one number up to another that count, so many of the table at a time."""
        asked = self.asked
        batches = self.source.batches(asked.filter(asked[ROW] >= first) if first else asked)
        kept = pa.Table.from_batches([next(batches)])
        for start in range(first, end, size):
            wanted = min(size, end - start)
            while kept.num_rows < wanted and (batch := next(batches, None)) is not None:
                kept = pa.concat_tables([kept, pa.Table.from_batches([batch])])
            yield self.telling.told(kept.slice(0, wanted))
            kept = kept.slice(wanted)
