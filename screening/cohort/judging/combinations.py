"""What follows from facts, worked out once for each combination of them that occurs, however many rows have it.

A combination is a whole number, bit by bit; of all combinations at once, a fact is a whole number too, with a bit for
each of them, and so is whatever follows from facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import pyarrow as pa
import pyarrow.compute as pc

from screening.ruleset.formulas.algebra import Sort

_TAKEN = 8
"""How many truths go from combinations to rows at a time: what tells of them is one byte."""


@dataclass(frozen=True, slots=True)
class Step:
    """One formula over those before it."""

    sort: Sort
    operands: tuple[int, ...]
    """Of what is joined or negated, the steps; of an atom, which fact it is; of a constant, 1 where it is true."""


class Steps:
    """Formulas as steps, each over those before it; equal ones are one."""

    def __init__(self) -> None:
        self._made: dict[Step, int] = {}

    def made(self, sort: Sort, *operands: int) -> int:
        """The step that is made so."""
        return self._made.setdefault(Step(sort, operands), len(self._made))

    @property
    def listed(self) -> list[Step]:
        """All of them, in their order."""
        return [*self._made]


@dataclass(frozen=True)
class Combinations:
    """Some combinations of facts, and what follows from each."""

    count: int
    truths: Sequence[int]
    """For each step, in which of the combinations it is true: bit by bit from the lowest."""

    @property
    def every(self) -> int:
        """What is true in all of them."""
        return (1 << self.count) - 1

    @classmethod
    def of(cls, steps: Sequence[Step], masks: Sequence[pa.Array], bits: int) -> Combinations:
        """Of masks that tell of so many facts each, the combination of each place."""
        count, every = len(masks[0]), (1 << len(masks[0])) - 1
        truths: list[int] = []
        for step in steps:
            operands = step.operands
            match step.sort:
                case Sort.ATOM:
                    mask, place = divmod(operands[0], bits)
                    truths.append(_whole(pc.not_equal(pc.bit_wise_and(masks[mask], 1 << place), 0)))
                case Sort.CONSTANT:
                    truths.append(every * operands[0])
                case Sort.NOT:
                    truths.append(every ^ truths[operands[0]])
                case Sort.ALL:
                    truths.append(reduce(and_, map(truths.__getitem__, operands), every))
                case Sort.ANY:
                    truths.append(reduce(or_, map(truths.__getitem__, operands), 0))
        return cls(count, truths)

    def array(self, truth: int) -> pa.Array:
        """Something that is true in some combinations, as an array."""
        held = truth.to_bytes(-(-self.count // 8), "little")
        return pa.Array.from_buffers(pa.bool_(), self.count, [None, pa.py_buffer(held)])

    def rows(self, truths: Iterable[int], codes: pa.Array) -> dict[int, pa.Array]:
        """For rows of which `codes` tell the combination, where each of some things is true."""
        found = {truth: pa.repeat(pa.scalar(bool(truth)), len(codes)) for truth in (0, self.every)}
        told = [truth for truth in dict.fromkeys(truths) if truth not in found]
        for at in range(0, len(told), _TAKEN):
            some = told[at : at + _TAKEN]
            mask = self._mask(some).cast(pa.uint8()).take(codes)
            for place, truth in enumerate(some):
                bit = pc.bit_wise_and(mask, pa.scalar(1 << place, pa.uint8()))
                found[truth] = pc.not_equal(bit, pa.scalar(0, pa.uint8()))
        return found

    def any_of(self, steps: Iterable[int]) -> int:
        """Where one of some steps is true, as a whole number."""
        return reduce(or_, map(self.truths.__getitem__, steps), 0)

    def several_of(self, steps: Iterable[int]) -> int:
        """Where more than one of some steps is true, the same way."""
        one = more = 0
        for truth in map(self.truths.__getitem__, steps):
            more |= one & truth
            one |= truth
        return more

    def masks(self, steps: Sequence[int], bits: int) -> list[pa.Array]:
        """For each combination, which of some steps are true: so many of them in one whole number."""
        truths = [self.truths[step] for step in steps]
        return [self._mask(truths[at : at + bits]) for at in range(0, max(1, len(truths)), bits)]

    def _mask(self, truths: Sequence[int]) -> pa.Array:
        found = pa.repeat(pa.scalar(0, pa.int64()), self.count)
        for place, truth in enumerate(truths):
            if truth:
                found = pc.bit_wise_or(found, pc.if_else(self.array(truth), 1 << place, 0))
        return found


def _whole(held: pa.BooleanArray) -> int:
    bits = held.buffers()[1].to_pybytes()[: -(-len(held) // 8)]
    return int.from_bytes(bits, "little") & ((1 << len(held)) - 1)


def coded(masks: Sequence[pa.Array | pa.ChunkedArray]) -> tuple[pa.Array, list[pa.Array]]:
    """For each row, which combination it has; and the masks of all that occur, once each."""
    whole = [mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask for mask in masks]
    first, *others = [mask.dictionary_encode() for mask in whole]
    codes, found = first.indices, [first.dictionary]
    for other in others:
        both = pc.add(pc.multiply(codes.cast(pa.int64()), len(other.dictionary)), other.indices.cast(pa.int64()))
        pairs = both.dictionary_encode()
        before = pc.divide(pairs.dictionary, len(other.dictionary))
        last = pc.subtract(pairs.dictionary, pc.multiply(before, len(other.dictionary)))
        codes, found = pairs.indices, [*(mask.take(before) for mask in found), other.dictionary.take(last)]
    return codes, [mask.cast(pa.int64()) for mask in found]


@dataclass(frozen=True)
class Decision:
    """What follows from the facts that a query finds."""

    facts: int
    """How many columns of facts there are."""
    steps: Sequence[Step]
    counts: int
    """The step that says which rows are asked for."""
    doubt: int
    """The step that says of which rows the database is not certain."""
    told: Mapping[str, Mapping[str, int]]
    """For each thing told (`possible`, `grounds`, ...) the step of each of its names."""
    truths: Mapping[str, tuple[int, int]]
    """Of each value that is a condition, the steps that say where it is true and where it is false."""
    numbers: Mapping[str, Sequence[tuple[str | float, int]]]
    """Of each value that is a number, its cases: a column or what it is in every row, and where that is so."""
