"""What a query finds as rows with names: certain ones as the database tells them, those in doubt judged one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from screening.cohort.answer_sets import Reader
from screening.cohort.cells import cell
from screening.cohort.judging.columns import BITS, CELLS, COUNTS, DOUBT, ROW, VALUE, mask_columns
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.table import Row
from screening.ruleset.engine.engine import Engine, RequiredAnswerMissingError
from screening.ruleset.language.evaluation_mode import is_nothing, is_number
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.outcome import Outcome

LISTS = ("possible", "grounds", "open_grounds", "notes", "lacking", "unusable")
NAMES = ("category", "kind", "underlying")
ALWAYS = ("row", "judged", "lacking", "unusable")
"""What is told of a row without an outcome too."""


@dataclass(frozen=True)
class StandsFor:
    """What the columns that a query finds stand for."""

    names: Mapping[str, Sequence[str]]
    """For each thing told (`possible`, `grounds`, ...) the names of the bits of its whole numbers, lowest first."""
    values: Sequence[str]
    """The values that are told as columns."""


class Telling:
    """Names what is found of some rows; nothing here asks where they are."""

    def __init__(
        self,
        engine: Engine,
        reader: Reader,
        binary: Mapping[str, bool],
        stands_for: StandsFor | None,
        *,
        only_possible: bool = False,
    ) -> None:
        """`binary`: which columns of the table hold binary numbers. `stands_for`: None where every row is in doubt."""
        self.engine = engine
        self.rule_set = engine.rule_set
        self.reader = reader
        self.binary = binary
        self.stands_for = stands_for
        self.only_possible = only_possible

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns told of each row."""
        listed = [(name, pa.list_(pa.string())) for name in LISTS]
        named = [(name, pa.string()) for name in NAMES]
        values = [] if self.only_possible else [(f"{VALUE}{name}", kind) for name, kind in self._values.items()]
        return pa.schema([("row", pa.int64()), ("judged", pa.string()), *named, *listed, *values])

    @cached_property
    def _values(self) -> Mapping[str, pa.DataType]:
        names = self.engine.names
        trees = {value.id: value.expression.tree for value in self.rule_set.values}
        told = {name: tree for name, tree in trees.items() if not is_nothing(tree, names)}
        return {name: pa.float64() if is_number(tree, names) else pa.bool_() for name, tree in told.items()}

    def told(self, found: pa.Table) -> pa.Table:
        """The rows named; those in doubt read and judged by themselves."""
        doubt = found[DOUBT]
        by_row = self._by_row(found.select([ROW, CELLS]).filter(doubt))
        if self.stands_for is None:
            return by_row
        # A condition in the query would be worked out twice: the database moves it to where the table is read.
        told = [name for name in found.column_names if name not in (CELLS, DOUBT, COUNTS)]
        certain = self._named(found.select(told).filter(pc.and_not(found[COUNTS], doubt)))
        return pa.concat_tables([certain, by_row]).sort_by("row") if by_row.num_rows else certain

    # --- by the database ---

    def _named(self, found: pa.Table) -> pa.Table:
        if self.stands_for is None:
            return self.schema.empty_table()
        names = self.stands_for.names
        masks = {thing: [found[name] for name in mask_columns(thing, len(names[thing]))] for thing in names}
        is_judged = pc.equal(_any(masks["lacking"]), 0)
        undetermined = self.rule_set.undetermined.category
        columns: dict[str, pa.ChunkedArray] = {
            "row": found[ROW],
            "judged": pc.if_else(is_judged, DATABASE, None),
            "category": named(masks["possible"], names["possible"], lambda listed: alone(listed, undetermined)),
            **{thing: named(masks[thing], names[thing], alone) for thing in NAMES if thing in masks},
            **{thing: named(masks[thing], names[thing], list) for thing in LISTS if thing in masks},
            **{f"{VALUE}{name}": found[f"{VALUE}{name}"] for name in self.stands_for.values},
        }
        unjudged = set() if pc.all(is_judged).as_py() is not False else {*self.schema.names} - set(ALWAYS)
        for field in self.schema:
            column = columns.get(field.name, pa.nulls(found.num_rows, field.type))
            told = pc.if_else(is_judged, column, pa.scalar(None, field.type)) if field.name in unjudged else column
            columns[field.name] = told.cast(field.type)
        return pa.table({name: columns[name] for name in self.schema.names}, schema=self.schema)

    # --- row by row ---

    def _by_row(self, found: pa.Table) -> pa.Table:
        rows: list[dict[str, object]] = []
        for raw in found.to_pylist():
            texts = zip(self.binary.items(), raw[CELLS], strict=True)
            row = {name: cell(float(text) if is_binary and text else text) for (name, is_binary), text in texts}
            if self.reader.counts(row):
                rows.append({"row": raw[ROW], **self._judged(row)})
        return pa.Table.from_pylist(rows, schema=self.schema)

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
        values = {f"{VALUE}{name}": _binary(outcome.values[name]) for name in self._values}
        told = {
            "category": outcome.category,
            "possible": [each.id for each in self.rule_set.categories if each.id in outcome.possible],
            "kind": outcome.kind and str(outcome.kind),
            "underlying": outcome.underlying and outcome.underlying.category,
            "grounds": list(outcome.grounds),
            "open_grounds": [each.id for each in self.rule_set.grounds if each.id in open_grounds],
            "notes": list(outcome.notes),
        }
        return {name: member for name, member in (told | values).items() if name in self.schema.names}


def _binary(value: object) -> object:
    """A value as a column holds it; of one that lies between two numbers, as an answer is a bound, there is none."""
    if isinstance(value, Bound):
        return None
    return float(value) if isinstance(value, Decimal) else value


def _any(masks: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    first, *others = masks
    for mask in others:
        first = pc.bit_wise_or(first, mask)
    return first


def named(
    masks: Sequence[pa.ChunkedArray], names: Sequence[str], say: Callable[[list[str]], object]
) -> pa.ChunkedArray:
    """What is said by the names of which each row tells; every combination that occurs is said once."""
    kind = pa.list_(pa.string()) if say is list else pa.string()
    coded = [mask.combine_chunks().dictionary_encode() for mask in masks]
    if len(coded) == 1:
        said = pa.array([say(_names(mask, names)) for mask in coded[0].dictionary.to_pylist()], kind)
        return said.take(coded[0].indices)
    made: dict[tuple[int, ...], object] = {}
    rows = []
    for bits in zip(*(mask.to_pylist() for mask in masks), strict=True):
        if bits not in made:
            made[bits] = say([name for at, mask in enumerate(bits) for name in _names(mask, names[at * BITS :])])
        rows.append(made[bits])
    return pa.array(rows, kind)


def _names(mask: int, names: Sequence[str]) -> list[str]:
    return [name for place, name in enumerate(names) if mask >> place & 1]


def alone(listed: Sequence[str], otherwise: str | None = None) -> str | None:
    """The one name listed; where there are more or none, another word."""
    return listed[0] if len(listed) == 1 else otherwise
