"""Plain answers: an answer set as the rules read it, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NoReturn

from screening.ruleset.model.dates import DayRange

INFINITY = Decimal("Infinity")


class ExactNumberNeededError(TypeError):
    """A bound was compared as if it were one number: what reads intervals must read it."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A number of which is known only between which others it lies: what "<0.5" or ">75" says, in the stored unit.

    Python's comparisons with a number raise `ExactNumberNeededError`, so that no reader takes it for an exact one.
    """

    low: Decimal
    """Minus infinity where nothing bounds it."""
    high: Decimal
    """Infinity where nothing bounds it."""
    low_open: bool
    """Whether `low` itself is not among the numbers."""
    high_open: bool

    def contains(self, number: Decimal) -> bool:
        """Whether a number is one of those it may be."""
        above = number > self.low or (number == self.low and not self.low_open)
        below = number < self.high or (number == self.high and not self.high_open)
        return above and below

    def _key(self) -> tuple[Decimal, Decimal, bool, bool]:
        return self.low, self.high, self.low_open, self.high_open

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Decimal):
            self._refuse(other)
        return self._key() == other._key() if isinstance(other, Bound) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def _refuse(self, other: object) -> NoReturn:
        raise ExactNumberNeededError(f"{self} beside {other!r}")

    __lt__ = __le__ = __gt__ = __ge__ = _refuse


Plain = str | frozenset[str | None] | Decimal | Bound | DayRange | None
"""One answer as the rules read it; under `dates.TODAY` also the day on which answers with dates are judged."""
State = dict[str, Plain]
"""Every question's plain answer."""
ValueResult = bool | Decimal | Bound | None
"""A value of the rule file as the answers give it: true, false, a number or between which numbers it lies, or None for
unknown."""
Witness = tuple[Plain, ...]
"""A completion of the strict questions, in the order of `Functions.settled_order`; None: it does not matter."""


def has_bound(answers: Mapping[str, Plain]) -> bool:
    """Whether an answer set holds a number of which only a bound is known, or a date that is no single day."""
    return any(map(is_bounded, answers.values()))


def is_bounded(answer: object) -> bool:
    """Whether an answer says only between which others the truth lies."""
    return isinstance(answer, Bound) or (isinstance(answer, DayRange) and not answer.is_day)
