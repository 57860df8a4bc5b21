"""What strict choices that are only ever added up can add up to, each sum with one way to reach it.

Nine items of four options have 262,144 completions and 28 sums. Items are taken one after another, and of all ways to
the same sums so far one is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.compiler.classes.option_classes import OptionClasses
from screening.ruleset.compiler.numbers.arithmetic import WHOLE
from screening.ruleset.model.answers import Plain, Witness

Numbers = tuple[Decimal, ...]
"""One number for each sum that items are read through."""
Kind = Hashable
"""What rules can tell of some numbers."""


class TooManySumsError(Exception):
    """Items add up to more different numbers than are gone through."""


@dataclass(frozen=True)
class Item:
    """A strict choice that rules read through sums alone."""

    classes: OptionClasses
    shares: Mapping[str, Numbers]
    """For each option that says something definite, what it adds to each sum."""


@dataclass(frozen=True)
class _Column:
    """One sum in whole steps, and its place in a total of all sums: no sum is too large for its place."""

    decimals: int
    least: int
    """The steps that the least shares add up to: totals count from there."""
    steps: tuple[Mapping[str, int], ...]
    """For each item, by option, how many steps it adds beyond its least."""
    size: int
    weight: int

    def number(self, total: int) -> Decimal:
        """The sum in a total."""
        return Decimal(total // self.weight % self.size + self.least).scaleb(-self.decimals, WHOLE)


class ReachableSums:
    """Strict choices that rules read through the same sums alone, and what these can be."""

    def __init__(self, items: Sequence[Item], count: int, most: int) -> None:
        """`count` sums; raises `TooManySumsError` where more than `most` totals can be reached."""
        self.items = tuple(items)
        self.questions = tuple(item.classes.question.id for item in items)
        columns = _columns(items, count)
        self.steps = [
            {code: sum(column.steps[place][code] * column.weight for column in columns) for code in item.shares}
            for place, item in enumerate(items)
        ]
        """For each item, by option, what it adds to a total of all sums."""
        self._candidates = [item.classes.choice_candidates() for item in items]
        self._blank: tuple[Plain, ...] = (None,) * len(items)
        self._numbers: dict[int, Numbers] = {
            total: tuple(column.number(total) for column in columns) for total in self._reached(self._blank, most)
        }
        self._kinds: dict[int, Kind] = {total: total for total in self._numbers}

    def merge(self, kind: Callable[[Numbers], Kind]) -> None:
        """From now on one completion is enough for all numbers of one kind."""
        self._kinds = {total: kind(numbers) for total, numbers in self._numbers.items()}

    @property
    def completions(self) -> int:
        """How many completions are gone through where nothing is known."""
        return len(set(self._kinds.values()))

    @property
    def kinds(self) -> list[tuple[list[int], Witness]]:
        """The totals of each kind, and options by which one of them is reached."""
        kinds: dict[Kind, tuple[list[int], Witness]] = {}
        for total, options in self._reached(self._blank).items():
            kinds.setdefault(self._kinds[total], ([], options))[0].append(total)
        return [*kinds.values()]

    def ways(self, answers: Sequence[Plain]) -> list[tuple[Numbers, Witness]]:
        """For answers to the items, one of each kind of completion: its sums, and an option for each item."""
        first: dict[Kind, tuple[Numbers, Witness]] = {}
        for total, options in self._reached(answers).items():
            first.setdefault(self._kinds[total], (self._numbers[total], options))
        return [*first.values()]

    def _reached(self, answers: Sequence[Plain], most: int | None = None) -> dict[int, Witness]:
        """Every total that completions reach, with the first one that does."""
        reached: dict[int, Witness] = {0: ()}
        for answer, candidates, steps in zip(answers, self._candidates, self.steps, strict=True):
            further: dict[int, Witness] = {}
            for option in candidates[answer if isinstance(answer, str) else None]:
                step = steps[option]
                for total, options in reached.items():
                    if total + step not in further:
                        further[total + step] = (*options, option)
            reached = further
            if most is not None and len(reached) > most:
                raise TooManySumsError
        return reached


def _columns(items: Sequence[Item], count: int) -> list[_Column]:
    columns: list[_Column] = []
    weight = 1
    for place in range(count):
        column = _column([{code: share[place] for code, share in item.shares.items()} for item in items], weight)
        columns.append(column)
        weight *= column.size
    return columns


def _column(shares: Iterable[Mapping[str, Decimal]], weight: int) -> _Column:
    listed = list(shares)
    decimals = max(_decimals(share) for table in listed for share in table.values())
    whole = [{code: int(share.scaleb(decimals, WHOLE)) for code, share in table.items()} for table in listed]
    least = [min(table.values()) for table in whole]
    steps = tuple({code: step - low for code, step in table.items()} for table, low in zip(whole, least, strict=True))
    return _Column(decimals, sum(least), steps, 1 + sum(max(table.values()) for table in steps), weight)


def _decimals(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
