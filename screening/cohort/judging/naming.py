"""Rows named by the combination of facts that each has: every combination is named once, and rows point to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from screening.cohort.judging.columns import BITS, FACTS, ROW, VALUE, fact_columns
from screening.cohort.judging.combinations import Combinations, Decision, coded
from screening.cohort.judging.summary import DATABASE
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.evaluation_mode import is_nothing, is_number

LISTS = ("possible", "grounds", "open_grounds", "notes", "lacking", "unusable")
NAMES = ("category", "kind", "underlying")
ALWAYS = ("lacking", "unusable")
"""What is told of a row without an outcome too."""
_LIST = pa.list_(pa.string())
_CODED = pa.dictionary(pa.int32(), pa.string())
_INDEX_SHIFT = pa.scalar(2, pa.int32())
"""A number that stands for a text is four bytes long."""


def told_schema(values: Mapping[str, pa.DataType]) -> pa.Schema:
    """The columns told of rows, with those of some values."""
    named = [(name, pa.string()) for name in ("judged", *NAMES)]
    return pa.schema([("row", pa.int64()), *named, *((name, _LIST) for name in LISTS), *values.items()])


def with_coded_texts(schema: pa.Schema) -> pa.Schema:
    """The same columns, texts among them as numbers that stand for them: what rows share is held once."""
    kinds = {pa.string(): _CODED, _LIST: pa.list_(_CODED)}
    return pa.schema([field.with_type(kinds.get(field.type, field.type)) for field in schema])


def values_of(engine: Engine) -> Mapping[str, pa.DataType]:
    """The values that are told, and of what type they are."""
    names = engine.names
    trees = {value.id: value.expression.tree for value in engine.rule_set.values}
    told = {name: tree for name, tree in trees.items() if not is_nothing(tree, names)}
    return {name: pa.float64() if is_number(tree, names) else pa.bool_() for name, tree in told.items()}


class Named:
    """What a query found of some rows, by name."""

    def __init__(self, found: pa.Table, decision: Decision) -> None:
        self._found = found
        self._decision = decision
        facts = [found[name] for name in fact_columns(decision.facts)]
        if any(column.null_count for column in facts):
            raise ValueError("a fact is neither true nor false")
        codes, masks = coded(facts)
        every = Combinations.of(decision.steps, masks, FACTS)
        self.has_doubt = bool(every.truths[decision.doubt])
        """Whether the database is not certain of some of the rows."""
        doubtful, certain = every.truths[decision.doubt], every.truths[decision.counts] & ~every.truths[decision.doubt]
        rows = every.rows([doubtful, certain], codes)
        self.doubt = rows[doubtful]
        """Of which rows it is not."""
        self._certain = rows[certain]
        kept = every.array(certain)
        self._combinations = Combinations.of(decision.steps, [mask.filter(kept) for mask in masks], FACTS)
        """Of rows that are asked for and certain."""
        places = pc.subtract(pc.cumulative_sum(kept.cast(pa.int32())), pa.scalar(1, pa.int32()))
        self._codes = places.take(codes.filter(self._certain))

    def table(self, schema: pa.Schema, undetermined: str) -> pa.Table:
        """The rows that are asked for and certain."""
        decision, count = self._decision, len(self._codes)
        columns = {"row": self._column(ROW), **self._texts(undetermined), **self._truths()}
        columns |= {f"{VALUE}{name}": self._number(cases) for name, cases in decision.numbers.items()}
        told = [columns[field.name] if field.name in columns else pa.nulls(count, field.type) for field in schema]
        return pa.table(told, schema=schema)

    def _texts(self, undetermined: str) -> dict[str, pa.Array]:
        told = self._decision.told
        masks = {thing: self._combinations.masks([*by.values()], BITS) for thing, by in told.items()}
        said = {thing: named(masks[thing], [*told[thing]], list if thing in LISTS else alone) for thing in told}
        said["category"] = named(masks["possible"], [*told["possible"]], lambda listed: alone(listed, undetermined))
        said["judged"] = pa.repeat(DATABASE, self._combinations.count)
        return {
            thing: (self._lists if thing in LISTS else self._words)(texts if thing in ALWAYS else self._judged(texts))
            for thing, texts in said.items()
        }

    @cached_property
    def _outcome(self) -> int:
        """Which combinations have an outcome."""
        return self._combinations.every & ~self._combinations.any_of(self._decision.told["lacking"].values())

    def _judged(self, said: pa.Array) -> pa.Array:
        """What is said of combinations, but of those without an outcome."""
        if self._outcome == self._combinations.every:
            return said
        return pc.if_else(self._combinations.array(self._outcome), said, pa.scalar(None, said.type))

    def _truths(self) -> dict[str, pa.Array]:
        """The values that are conditions."""
        truths = self._combinations.truths
        values = {
            f"{VALUE}{name}": (truths[true] & self._outcome, (truths[true] | truths[false]) & self._outcome)
            for name, (true, false) in self._decision.truths.items()
        }
        rows = self._rows([truth for pair in values.values() for truth in pair])
        return {name: _known(rows[true], rows[known]) for name, (true, known) in values.items()}

    def _number(self, cases: Sequence[tuple[str | float, int]]) -> pa.Array:
        """A value that is a number: of the first case that applies, its column."""
        where = [self._combinations.truths[step] & self._outcome for _, step in cases]
        rows = self._rows(where)
        if len(cases) == 1 and isinstance(cases[0][0], str) and not self._found[cases[0][0]].null_count:
            return _marked(self._column(cases[0][0]), rows[where[0]])
        told = pa.nulls(len(self._codes), pa.float64())
        for (column, _), applies in zip(reversed(cases), reversed(where), strict=True):
            number = self._column(column) if isinstance(column, str) else pa.scalar(column)
            told = pc.if_else(rows[applies], number, told)
        return told

    # --- from combinations to rows ---

    def _column(self, name: str) -> pa.Array:
        return self._found[name].combine_chunks().filter(self._certain)

    def _rows(self, truths: Sequence[int]) -> dict[int, pa.Array]:
        return self._combinations.rows(truths, self._codes)

    def _lists(self, said: pa.Array) -> pa.Array:
        """Lists of texts, these again as numbers."""
        words = said.values.dictionary_encode()
        if not said.null_count and not len(words):
            offsets = pa.py_buffer(bytes(4 * (len(self._codes) + 1)))
            return pa.Array.from_buffers(pa.list_(_CODED), len(self._codes), [None, offsets], children=[words])
        return _taken(said, words, self._codes)

    def _words(self, said: pa.Array) -> pa.Array:
        """Texts: numbers that stand for them."""
        words = said.dictionary_encode()
        return _coded(words.indices.take(self._codes), words.dictionary)


def _coded(indices: pa.Array, dictionary: pa.Array) -> pa.DictionaryArray:
    """Texts by numbers that were made for them, so that none of these is looked at."""
    return pa.DictionaryArray.from_arrays(indices, dictionary, safe=False)


def _taken(said: pa.ListArray, words: pa.DictionaryArray, codes: pa.Array) -> pa.ListArray:
    """The list of each row: its numbers are copied as bytes, which is sooner than a list of numbers is."""
    ends, size = pc.shift_left(said.offsets, _INDEX_SHIFT), len(said)
    nothing = said.is_valid().buffers()[1] if said.null_count else None
    indices = words.indices.buffers()[1]
    taken = pa.Array.from_buffers(pa.binary(), size, [nothing, ends.buffers()[1], indices]).take(codes)
    valid, ends, indices = taken.buffers()
    offsets = pc.shift_right(pa.Array.from_buffers(pa.int32(), len(taken) + 1, [None, ends]), _INDEX_SHIFT)
    count = offsets[-1].as_py()
    held = _coded(pa.Array.from_buffers(pa.int32(), count, [None, indices]), words.dictionary)
    mark = valid if taken.null_count else None
    return pa.Array.from_buffers(pa.list_(_CODED), len(taken), [mark, offsets.buffers()[1]], children=[held])


def _marked(number: pa.Array, known: pa.BooleanArray) -> pa.Array:
    """A number where it is known."""
    return pa.Array.from_buffers(pa.float64(), len(number), [known.buffers()[1], number.buffers()[1]])


def _known(true: pa.Array, known: pa.Array) -> pa.Array:
    """What is true where it is known."""
    return pa.Array.from_buffers(pa.bool_(), len(true), [known.buffers()[1], true.buffers()[1]])


def named(masks: Sequence[pa.Array], names: Sequence[str], say: Callable[[list[str]], object]) -> pa.Array:
    """What is said by the names of which each combination tells; whatever occurs is said once."""
    kind = _LIST if say is list else pa.string()
    codes, found = coded(masks)
    told = [say(names_in(bits, names)) for bits in zip(*(mask.to_pylist() for mask in found), strict=True)]
    return pa.array(told, kind).take(codes)


def names_in(bits: Sequence[int], names: Sequence[str]) -> list[str]:
    """Those of some names whose bits are set in whole numbers, `BITS` in each."""
    placed = enumerate(names)
    return [name for place, name in placed if bits[place // BITS] >> place % BITS & 1]


def alone(listed: Sequence[str], otherwise: str | None = None) -> str | None:
    """The one name listed; where there are more or none, another word."""
    return listed[0] if len(listed) == 1 else otherwise
