"""What a query finds as rows with names: certain ones as the database tells them, those in doubt judged one by one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

import pyarrow as pa

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import cell
from screening.cohort.judging.columns import CELLS, ROW, VALUE
from screening.cohort.judging.combinations import Decision
from screening.cohort.judging.naming import Named, told_schema, values_of, with_coded_texts
from screening.cohort.judging.summary import BY_ROW
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.outcome import Outcome


class Telling:
    """Names what is found of some rows; nothing here asks where they are."""

    def __init__(
        self,
        engine: Engine,
        reader: Reader,
        binary: Mapping[str, bool],
        decision: Decision | None,
        *,
        only_possible: bool = False,
    ) -> None:
        """`binary`: which columns of the table hold binary numbers. `decision`: None where every row is in doubt."""
        self.engine = engine
        self.rule_set = engine.rule_set
        self.reader = reader
        self.binary = binary
        self.decision = decision
        self.only_possible = only_possible

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns told of each row."""
        values = {} if self.only_possible else values_of(self.engine)
        return told_schema({f"{VALUE}{name}": kind for name, kind in values.items()})

    @cached_property
    def _schema(self) -> pa.Schema:
        return with_coded_texts(self.schema)

    def told(self, found: pa.Table) -> pa.Table:
        """The rows named, each text a number that stands for it; those in doubt read and judged by themselves."""
        if self.decision is None:
            return self._by_row(found)
        named = Named(found, self.decision)
        certain = named.table(self._schema, self.rule_set.undetermined.category)
        if not named.has_doubt:
            return certain
        by_row = self._by_row(found.filter(named.doubt))
        return pa.concat_tables([certain, by_row]).sort_by("row") if by_row.num_rows else certain

    # --- row by row ---

    def _by_row(self, found: pa.Table) -> pa.Table:
        rows: list[dict[str, object]] = []
        for raw in found.select([ROW, CELLS]).to_pylist():
            texts = zip(self.binary.items(), raw[CELLS], strict=True)
            row = {name: cell(float(text) if is_binary and text else text) for (name, is_binary), text in texts}
            if self.reader.counts(row):
                rows.append({"row": raw[ROW], **self._judged(row)})
        return pa.Table.from_pylist(rows, schema=self._schema)

    def _judged(self, row: Row) -> dict[str, object]:
        read = self.reader.read(row)
        unusable = [f"{name}: {reason}" for name, reason in read.unusable.items()]
        try:
            outcome = self.engine.evaluate(read.answers)
        except RequiredAnswerMissingError as error:
            return {"judged": None, "lacking": list(error.questions), "unusable": unusable}
        return {"judged": BY_ROW, "lacking": [], "unusable": unusable, **self._members(outcome)}

    def _members(self, outcome: Outcome) -> dict[str, object]:
        open_grounds = {name for names in outcome.open_grounds.values() for name in names}
        values = {f"{VALUE}{name}": _binary(value) for name, value in outcome.values.items()}
        told = {
            "category": outcome.category,
            "possible": [category.id for category in self.rule_set.categories if category.id in outcome.possible],
            "kind": outcome.kind and str(outcome.kind),
            "underlying": outcome.underlying and outcome.underlying.category,
            "grounds": list(outcome.grounds),
            "open_grounds": [ground.id for ground in self.rule_set.grounds if ground.id in open_grounds],
            "notes": list(outcome.notes),
        }
        return {name: member for name, member in (told | values).items() if name in self.schema.names}


def _binary(value: object) -> object:
    """A value as a column holds it; of one that lies between two numbers, as an answer is a bound, there is none."""
    if isinstance(value, Bound):
        return None
    return float(value) if isinstance(value, Decimal) else value
