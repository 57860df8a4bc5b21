"""Fresh variables that stand for numbers which are not linear, and what a model says of them that cannot be so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import NamedTuple

import z3

from screening.analysis.solver.linear_pieces import Pieces
from screening.analysis.solver.power_tables import COUNTS


class Rising(NamedTuple):
    """That a number rises (or falls) with another one, in the same way as every number of the same `family`."""

    family: tuple[str | int, ...]
    of: z3.ArithRef
    falls: bool
    positive: bool
    """Only where the other number is above zero."""


@dataclass(frozen=True)
class Fresh:
    """A variable that stands for a number, with what it is made from and what is true of it."""

    variable: z3.ArithRef
    parts: tuple[z3.ArithRef, ...]
    bounds: tuple[z3.BoolRef, ...]
    """What it satisfies as far as that is linear, wherever it is defined."""
    equation: z3.BoolRef | None
    """What makes it exact, wherever it is defined; None: it is no solution of an equation."""
    pieces: Pieces
    risings: tuple[Rising, ...] = ()
    is_of_pairs: bool = False
    """Whether it is that there are numbers of two questions which bounds leave: the engine does not try all pairs."""

    def violated(self, model: z3.ModelRef) -> z3.BoolRef | None:
        """Something that is true of it and not of its value in a model of linear formulas; None: nothing is known."""
        if self.equation is not None and z3.is_true(model.eval(self.equation, model_completion=True)):
            return None
        value = model.eval(self.pieces.of, model_completion=True)
        for count in COUNTS:
            here = self.pieces.around(count, Fraction(value.numerator_as_long(), value.denominator_as_long()))
            if here is not None and z3.is_false(model.eval(here, model_completion=True)):
                return here
        return None


def out_of_order(fresh: Iterable[Fresh], model: z3.ModelRef) -> Iterator[z3.BoolRef]:
    """What says that numbers of a family rise or fall together, wherever two of them in a model do not."""
    families: dict[tuple[str | int, ...], list[tuple[Fresh, Rising]]] = {}
    for reading in fresh:
        for rising in reading.risings:
            families.setdefault(rising.family, []).append((reading, rising))
    for members in families.values():
        for (one, lower), (other, higher) in permutations(members, 2):
            apart = z3.And(lower.of > 0, lower.of <= higher.of) if lower.positive else lower.of <= higher.of
            ordered = one.variable >= other.variable if lower.falls else one.variable <= other.variable
            law = z3.Implies(apart, ordered)
            if z3.is_false(model.eval(law, model_completion=True)):
                yield law
