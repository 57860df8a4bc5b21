"""How long formulas over bounds may become: longer ones are given up by counting, before they are written out.

Of exact numbers formulas stay short. A bound has two ends, and which of them a result is made of hangs on signs, on
zeros and on ends that are none: so cases multiply with each operator. Counted is what is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from screening.ruleset.formulas.algebra import Formula, walk
from screening.ruleset.formulas.atoms import SomeNumber

MOST_CASES = 256
"""Of how many intervals one number may be, by where it is which. The longest formula in use has 120 (2026)."""
MOST_SORTS = 64
"""In how many ways bounds may lie in range or beyond it, all numbers that are completed together; 12 are in use."""
MOST_NODES = 400_000
"""How many nodes may be printed for a formula; 204 000 are in use, which take two seconds."""


class TooLongError(Exception):
    """A formula over bounds would be longer than is worked with."""


def check_length(number: int, most: int) -> None:
    """`TooLongError` where there are more of something than may be."""
    if number > most:
        raise TooLongError


class Lengths:
    """Counts the nodes of formulas, with those that are printed for "some number"; each is counted once."""

    def __init__(self, tried: Callable[[SomeNumber], int]) -> None:
        """`tried`: how many numbers are put into the formula of such an atom."""
        self._tried = tried
        self._of: dict[Formula, int] = {}

    def of(self, formula: Formula) -> int:
        """How many nodes are printed for a formula, or more than `MOST_NODES`."""
        if formula not in self._of:
            self._of[formula] = self._counted(formula)
        return self._of[formula]

    def _counted(self, formula: Formula) -> int:
        counted = 0
        for length in self._lengths(formula):
            counted += length
            if counted > MOST_NODES:
                break
        return counted

    def _lengths(self, formula: Formula) -> Iterator[int]:
        for node in walk(formula):
            yield 1
            if isinstance(node.atom, SomeNumber):
                yield (1 + self._tried(node.atom)) * self.of(node.atom.formula) + self.of(node.atom.looked_for)
