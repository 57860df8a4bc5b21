"""What `any`, `count` and `sum` over a repeated page stand for: plain conditions and numbers over its copies.

A copy is there where the one before it said that there is one more. While nobody knows whether there are more, or
where there are more than copies, all that is told of the whole list is unknown, but for what the copies that are known
settle: one that does makes `any` true, and two of them make `count(...) >= 2` true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import combinations

from screening.ruleset.model import expression as ex

MORE = "yes"
"""The option that says that there is one more."""
NO_MORE = "no"


@dataclass(frozen=True, slots=True)
class RepeatedGroup:
    """A page that is asked up to `most` times."""

    name: str
    most: int
    questions: frozenset[str]
    """The names of its questions as they are written once."""
    asked: ex.Node | None = None
    """Where there is a first one, unknown where nobody knows; None: always."""

    @property
    def numbers(self) -> range:
        """The numbers of its copies."""
        return range(1, self.most + 1)


def copy_name(question: str, number: int) -> str:
    """The name of a question, or of the page, in one copy."""
    return f"{question}_{number}"


def more_name(group: str, number: int) -> str:
    """The question of a copy for whether there is one more."""
    return f"{group}_more_{number}"


@dataclass(frozen=True, slots=True)
class Whole:
    """Expressions over all copies of one group, in which every part stands in one column."""

    group: RepeatedGroup
    column: int

    def at_least(self, conditions: Sequence[ex.Node], least: int) -> ex.Node:
        """Whether a condition holds of so many: true as soon as so many are known."""
        at = self.column
        if least <= 0:
            return ex.Not(self._never(), column=at)
        held = self._held(conditions)
        ways = [chosen[0] if least == 1 else ex.And(chosen, column=at) for chosen in combinations(held, least)]
        open_ = ex.And((self._may_be_more(), ex.Unknown(column=at)), column=at)
        return ex.Or((*ways, open_), column=at) if ways else open_

    def compared(self, conditions: Sequence[ex.Node], symbol: str, constant: Decimal) -> ex.Node:
        """The number of those of whom a condition holds, compared with a constant."""
        up = int(constant.to_integral_value(ROUND_CEILING))
        above = up + 1 if constant == up else up
        match symbol:
            case ">=":
                return self.at_least(conditions, up)
            case ">":
                return self.at_least(conditions, above)
            case "<":
                return ex.Not(self.at_least(conditions, up), column=self.column)
            case "<=":
                return ex.Not(self.at_least(conditions, above), column=self.column)
            case "==" if constant != up:
                return self._never()
            case "==":
                fewer = ex.Not(self.at_least(conditions, above), column=self.column)
                return ex.And((self.at_least(conditions, up), fewer), column=self.column)
            case _:
                return ex.Not(self.compared(conditions, "==", constant), column=self.column)

    def count(self, conditions: Sequence[ex.Node]) -> ex.Node:
        """Of how many a condition holds."""
        at = self.column
        one, zero = ex.Number(Decimal(1), column=at), ex.Number(Decimal(0), column=at)
        return self._total([ex.Conditional(one, condition, zero, column=at) for condition in self._held(conditions)])

    def total(self, numbers: Sequence[ex.Node]) -> ex.Node:
        """A number of each, added up."""
        zero = ex.Number(Decimal(0), column=self.column)
        return self._total(
            [
                number if there is None else ex.Conditional(number, there, zero, column=self.column)
                for there, number in zip(self._there(), numbers, strict=True)
            ]
        )

    def _total(self, parts: Sequence[ex.Node]) -> ex.Node:
        at = self.column
        return ex.Conditional(ex.Unknown(column=at), self._may_be_more(), ex.Sum(tuple(parts), column=at), column=at)

    def _held(self, conditions: Sequence[ex.Node]) -> list[ex.Node]:
        return [
            condition if there is None else ex.And((there, condition), column=self.column)
            for there, condition in zip(self._there(), conditions, strict=True)
        ]

    def _there(self) -> Iterator[ex.Node | None]:
        """Where each copy counts; None: always."""
        yield self.group.asked
        yield from (self._says_more(number) for number in self.group.numbers[:-1])

    def _may_be_more(self) -> ex.Node:
        """Where there are, or may be, more than the copies tell; it is never unknown itself."""
        at = self.column
        unsure: list[ex.Node] = []
        if isinstance(self.group.asked, ex.Membership):  # the same as below, as people would say it
            unsure.append(ex.Not(ex.Known(self.group.asked.subject, column=at), column=at))
        elif asked := self.group.asked:
            either = ex.Or((asked, ex.Not(asked, column=at)), column=at)
            unsure.append(ex.Not(ex.Definitely(either, column=at), column=at))
        for number in self.group.numbers:
            known = ex.Known(ex.Name(more_name(self.group.name, number), column=at), column=at)
            unsure.append(ex.Not(known, column=at))
        last = ex.Definitely(self._says_more(self.group.most), column=at)
        return ex.Or((*unsure, last), column=at)

    def _says_more(self, number: int) -> ex.Node:
        name = ex.Name(more_name(self.group.name, number), column=self.column)
        return ex.Membership(name, (MORE,), column=self.column)

    def _never(self) -> ex.Node:
        one, zero = ex.Number(Decimal(1), column=self.column), ex.Number(Decimal(0), column=self.column)
        return ex.Comparison(one, "<", zero, column=self.column)
