"""Conditions with three values as pairs of formulas, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import z3


class Both(NamedTuple):
    """Where a condition is true, and where it is false; where neither holds it is unknown."""

    true: z3.BoolRef
    false: z3.BoolRef


TRUE, FALSE = z3.And(), z3.Or()
RELATIONS: Mapping[str, Callable[[z3.ArithRef, z3.ArithRef], z3.BoolRef]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


def plain(term: z3.BoolRef) -> Both:
    """A condition that is never unknown."""
    return Both(term, z3.Not(term))


def unless(
    asked: z3.BoolRef, options: Mapping[str, z3.BoolRef], codes: frozenset[str | None] | set[str | None]
) -> dict[str, z3.BoolRef]:
    """The options as given where the question is asked, else those that count instead."""
    return {
        code: z3.And(asked, each) if code not in codes else z3.Implies(asked, each) for code, each in options.items()
    }
