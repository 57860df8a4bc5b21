"""What the engine returns, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from screening.ruleset.model.answers import Plain, ValueResult
from screening.ruleset.model.expression import Node
from screening.ruleset.model.rule_set import Kind


class Underlying(NamedTuple):
    """What the rules after the outcome's category give, where every ground that holds allows that."""

    category: str
    possible: frozenset[str]


class Outcome(NamedTuple):
    """What follows from one answer set."""

    category: str
    possible: frozenset[str]
    """Every category that some completion of the unknown strict answers gives."""
    kind: Kind | None
    """Why nothing single was matched; None where the category is one of the rules'."""
    underlying: Underlying | None
    grounds: tuple[str, ...]
    """Grounds that hold for certain, of every category, in the order of the rules."""
    open_grounds: Mapping[str, tuple[str, ...]]
    """For each possible category, its grounds that are neither met nor ruled out."""
    notes: tuple[str, ...]
    values: Mapping[str, ValueResult]
    asked: frozenset[str]
    ignored: tuple[str, ...]
    """Questions that were answered but are no longer asked; their answers reached no rule."""


class Settling(NamedTuple):
    """Answers that would leave one possible category alone; nothing can be left out of them."""

    category: str
    answers: Mapping[str, Plain]


class Disagreement(NamedTuple):
    """Answers that do not fit together."""

    category: str | None
    """A category that is not possible, because of the answers against it; None where there is no such pair."""
    against: tuple[str, ...]
    """A smallest set of answered questions without which a ground of the category holds and it is possible; of no
    category: those that the parts of `disagree_when` that hold read."""
    speaking_for: tuple[str, ...]
    """A smallest part of the other answers that keeps it possible; what must be answered belongs to every part, and is
    named only where nothing else speaks for the category."""


class UnknownValue(NamedTuple):
    """A value that is unknown though nothing that it reads is open."""

    value: str
    because: tuple[Node, ...]
    """The conditions that hold and leave it unknown: its own, a divisor of zero, or the root of a negative."""


class Explanation(NamedTuple):
    """What would change an outcome."""

    missing: tuple[str, ...]
    """Questions without a definite answer, some answer to which changes the possible categories."""
    settled_by: tuple[Settling, ...]
    """For each possible category, one smallest set of answers to strict questions that leaves it alone, where such
    answers can do so."""
    disagreements: tuple[Disagreement, ...] = ()
    """Which answers do not fit together, in an outcome of the kind *disagree*."""
    unknown_values: tuple[UnknownValue, ...] = ()
    cut_short: tuple[str, ...] = ()
    """The members of this for which more was to be tried than may be: what they hold is right, but may not be all."""
