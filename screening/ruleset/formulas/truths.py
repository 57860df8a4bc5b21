"""Kleene's three values as a pair of formulas."""

from __future__ import annotations

from typing import NamedTuple

from screening.ruleset.formulas.algebra import Formula, negation


class Truth(NamedTuple):
    """Where a condition is true, and where it is false; where neither holds it is unknown."""

    true: Formula
    false: Formula


def certain_truth(formula: Formula) -> Truth:
    """A condition that is never unknown."""
    return Truth(formula, negation(formula))
