"""The meaning of an expression, interpreted node by node: the part of the brute force that reads expressions.

Kleene's three values are True, False and None (unknown); numbers are decimals of many digits (`precise`) or None.
Nothing of how the engine compiles, classes or names things is used: only the syntax tree and the model are shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import assert_never

from screening.ruleset.model import expression as ex
from screening.ruleset.model.answers import Bound
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed
from screening.ruleset.model.rule_set import RuleSet
from tests.support.rules import precise

Truth = bool | None
Result = bool | Decimal | None
Ticks = frozenset[str | None]


@dataclass(frozen=True)
class OneOf:
    """A choice of which it is known only that it is one of these options."""

    options: frozenset[str]


Given = str | Ticks | Decimal | Bound | DayRange | None
Counted = Given | OneOf

COMPARE: Mapping[str, Callable[[Decimal, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}


EXTREMES: Mapping[str, Callable[[Iterable[Decimal]], Decimal]] = {"min": min, "max": max}


@dataclass
class Reading:
    """Interprets expressions over one set of answers; where they speak of an outcome, over that too."""

    rule_set: RuleSet
    answers: Mapping[str, Counted]
    category: str | None = None
    underlying: str | None = None
    possible: frozenset[str] = frozenset()
    holding: Sequence[str] = ()
    known_values: dict[str, Result] = field(default_factory=dict)

    def truth(self, node: ex.Node) -> Truth:
        """A condition: true, false or unknown."""
        found = self.read(node)
        assert found is None or isinstance(found, bool), node
        return found

    def number(self, node: ex.Node) -> Decimal | None:
        """A number, or None."""
        found = self.read(node)
        assert found is None or isinstance(found, Decimal), node
        return found

    def read(self, node: ex.Node) -> Result:  # noqa: C901 - one case a node
        """Any expression."""
        match node:
            case ex.Number(value=value):
                return value
            case ex.Unknown():
                return None
            case ex.Name(name=name):
                return self.named(name)
            case ex.Not(operand=operand):
                truth = self.truth(operand)
                return None if truth is None else not truth
            case ex.And(operands=operands):
                return all_of([self.truth(node) for node in operands])
            case ex.Or(operands=operands):
                return any_of([self.truth(node) for node in operands])
            case ex.Definitely(operand=operand):
                return self.truth(operand) is True
            case ex.Possibly(operand=operand):
                return self.truth(operand) is not False
            case ex.Known(subject=subject):
                return self.known(subject.name)
            case ex.Conditional(then=then, test=test, otherwise=otherwise):
                truth = self.truth(test)
                return None if truth is None else self.read(then if truth else otherwise)
            case ex.Comparison(left=left, operator=operator, right=right):
                return compared(self.corners(left), operator, self.corners(right))
            case ex.Membership(subject=subject, options=options):
                return self.chosen(subject.name, frozenset(options))
            case ex.AnyOf(subject=subject, options=options):
                return self.ticked(subject.name, options)
            case ex.MayBe(category=category):
                return category in self.possible
            case ex.Holds(ground=ground):
                return ground in self.holding
            case ex.Since(subject=subject, unit=unit):
                times = self.times(subject.name, unit)
                return times.pop() if len(times) == 1 else None
            case ex.Score() | ex.Sum() | ex.SquareRoot() | ex.Arithmetic() | ex.Extreme() | ex.Round() | ex.Power():
                return self.arithmetic(node)
            case _:
                assert_never(node)

    def arithmetic(self, node: ex.Score | ex.WorkedOut) -> Decimal | None:
        """A number worked out from others; unknown where one of them is."""
        match node:
            case ex.Score(subject=subject):
                return self.score(subject.name)
            case ex.Sum(operands=operands):
                numbers = [self.number(node) for node in operands]
                total: Decimal | None = Decimal(0)
                for value in numbers:
                    total = calculated(total, "+", value)
                return total
            case ex.SquareRoot(operand=operand):
                number = self.number(operand)
                return None if number is None else precise.root(number)
            case ex.Arithmetic(left=left, operator=operator, right=right):
                return calculated(self.number(left), operator, self.number(right))
            case ex.Extreme(which=which, operands=operands):
                known = [number for node in operands if (number := self.number(node)) is not None]
                return EXTREMES[which](known) if len(known) == len(operands) else None
            case ex.Round(operand=operand, digits=digits):
                number = self.number(operand)
                return None if number is None else precise.rounded(number, digits)
            case ex.Power(base=base, exponent=exponent):
                one, other = self.number(base), self.number(exponent)
                return None if one is None or other is None else precise.power(one, other)
            case _:
                assert_never(node)

    def corners(self, node: ex.Node) -> set[Decimal]:  # noqa: C901 - one case a node
        """The extremes that a number may have; nothing where it is unknown without bounds."""
        found = self.number(node)
        if found is not None:
            return {found}
        if isinstance(node, ex.OnlyCondition):
            raise TypeError(node)
        match node:
            case ex.Score(subject=subject) if isinstance(answer := self.answers[subject.name], OneOf):
                options = self.rule_set.question[subject.name].options
                return {
                    option.score for option in options if option.code in answer.options and option.score is not None
                }
            case ex.Since(subject=subject, unit=unit):
                return self.times(subject.name, unit)
            case ex.Name(name=name) if name in self.rule_set.value:
                return self.corners(self.rule_set.value[name].expression.tree)
            case ex.Sum(operands=operands):
                return {sum(corner, Decimal(0)) for corner in product(*map(self.corners, operands))}
            case ex.Arithmetic(left=left, operator=operator, right=right) if (
                operator in "+-" or isinstance(right, ex.Number) or (operator == "*" and isinstance(left, ex.Number))
            ):
                pairs = product(self.corners(left), self.corners(right))
                return {found for a, b in pairs if (found := calculated(a, operator, b)) is not None}
            case ex.Extreme(which=which, operands=operands):
                return {EXTREMES[which](corner) for corner in product(*map(self.corners, operands))}
            case ex.Round(operand=operand, digits=digits):
                return {precise.rounded(number, digits) for number in self.corners(operand)}
            case ex.Name() | ex.Number() | ex.Unknown() | ex.Conditional() | ex.Power():
                return set()
            case ex.Arithmetic() | ex.SquareRoot() | ex.Score():
                return set()
            case _:
                assert_never(node)

    def times(self, name: str, unit: Elapsed) -> set[Decimal]:
        """The least and the greatest time since the days of a date; nothing where it is unknown."""
        answer, today = self.answers[name], self.answers[TODAY]
        if answer is None:
            return set()
        assert isinstance(answer, DayRange)
        assert isinstance(today, DayRange)
        return set(every_time(unit, answer, today))

    def named(self, name: str) -> Result:
        """A value, or the number given to a question."""
        if name not in self.rule_set.value:
            found = self.answers[name]
            assert found is None or isinstance(found, Decimal), name
            return found
        if name not in self.known_values:
            self.known_values[name] = self.read(self.rule_set.value[name].expression.tree)
        return self.known_values[name]

    def known(self, name: str) -> bool:
        if name in self.rule_set.value:
            return self.named(name) is not None
        if name in ("category", "underlying"):
            return getattr(self, name) is not None
        answer = self.answers[name]
        if isinstance(answer, OneOf):
            return len(answer.options) == 1
        return None not in answer if isinstance(answer, frozenset) else answer is not None

    def chosen(self, name: str, options: frozenset[str]) -> Truth:
        """Whether the option chosen is among some."""
        if name in ("category", "underlying"):
            return getattr(self, name) in options
        answer = self.answers[name]
        if answer is None:
            return None
        if isinstance(answer, OneOf):
            inside = {code in options for code in answer.options}
            return inside.pop() if len(inside) == 1 else None
        return answer in options

    def ticked(self, name: str, options: Iterable[str]) -> Truth:
        """Whether one of some options is ticked."""
        answer = self.answers[name]
        assert isinstance(answer, frozenset)
        return any_of([True if code in answer else None if None in answer else False for code in options])

    def score(self, name: str) -> Decimal | None:
        """The score of the option chosen, or the one that all options that may be chosen share."""
        answer = self.answers[name]
        if answer is None:
            return None
        codes = answer.options if isinstance(answer, OneOf) else [answer]
        scores = {option.score for option in self.rule_set.question[name].options if option.code in codes}
        return scores.pop() if len(scores) == 1 else None


@cache
def every_time(unit: Elapsed, answer: DayRange, today: DayRange) -> frozenset[Decimal]:
    """The least and the greatest of the times since all days of a date."""
    days = range(answer.first.toordinal(), answer.last.toordinal() + 1)
    found = {passed(unit, date.fromordinal(day), today.first) for day in days}
    return frozenset({Decimal(min(found)), Decimal(max(found))})


@cache
def passed(unit: Elapsed, day: date, today: date) -> int:
    """The time since a day, counted step by step: the most whole units after which it is not later than today."""
    if unit is Elapsed.DAYS:
        return today.toordinal() - day.toordinal()
    size = 1 if unit is Elapsed.MONTHS else 12
    count = -3000 // size

    def is_reached(units: int) -> bool:
        months = day.year * 12 + day.month - 1 + units * size
        return (months // 12, months % 12 + 1, day.day) <= (today.year, today.month, today.day)

    low, high = count, 3000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_reached(middle) else (low, middle)
    return low


def all_of(parts: Sequence[Truth]) -> Truth:
    """Kleene's conjunction."""
    return False if False in parts else None if None in parts else True


def any_of(parts: Sequence[Truth]) -> Truth:
    """Kleene's disjunction."""
    return True if True in parts else None if None in parts else False


def compared(left: set[Decimal], operator: str, right: set[Decimal]) -> Truth:
    """Two numbers of which the extremes are known: true or false where nothing between them could change that."""
    if not left or not right:
        return None
    found = {COMPARE[operator](precise.difference(a, b), 0) for a in left for b in right}
    if operator in ("==", "!=") and len(left) + len(right) > 2:
        apart = max(left) < min(right) or max(right) < min(left)
        return (operator == "!=") if apart else None
    return found.pop() if len(found) == 1 else None


def calculated(left: Decimal | None, operator: str, right: Decimal | None) -> Decimal | None:
    """Two numbers joined; unknown where one is, or where the divisor is zero."""
    return None if left is None or right is None else precise.joined(left, operator, right)
