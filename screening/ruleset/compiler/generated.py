"""What is generated for one rule set: which functions there are, and what each takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from screening.ruleset.compiler.numbers.surds import Real
from screening.ruleset.model.answers import State, ValueResult, Witness

Explained = tuple[str, bool, list[str], list[str], tuple[ValueResult, ...], tuple[bool, ...]]
"""Category, whether answers disagree, grounds that hold, notes, values, and which questions are asked."""


@dataclass(frozen=True)
class Functions:
    """What was generated for one rule set."""

    source: str
    settled_order: tuple[str, ...]
    """The strict questions in the order in which `settle` completes them."""
    thresholds: Mapping[str, tuple[Real, ...]]
    """For each value, the constants at which it is read otherwise, ascending."""
    decide: Callable[[State], str]
    """The category of settled answers as given."""
    explain: Callable[[State], Explained | None]
    """Everything about settled answers as given; None where they are not settled."""
    effective: Callable[[State], tuple[State, tuple[bool, ...]]]
    """The answers that count once `ask_if` is applied, and which questions are asked."""
    settle: Callable[[State], dict[str, Witness]]
    """Every possible category with one completion that gives it."""
    settle_after: Mapping[str, Callable[[State], dict[str, Witness]]]
    """The same with only the rules after a category: what the answers would give but for it."""
    observe: Callable[[State], tuple[list[str], list[str]]]
    """The grounds that hold for certain, and those that may still hold."""
    values: Callable[[State], tuple[ValueResult, ...]]
    """Every value: True, False or None for a condition; a number or None."""
    notes: Callable[[State, str, str | None, frozenset[str], Sequence[str]], list[str]]
    """The notes, given the category, the underlying one, the possible ones and the grounds that hold."""


Supposing = Callable[[State, Mapping[str, ValueResult]], frozenset[str]]
"""The possible categories of answers, were some values what they are supposed to be."""
