"""Which numbers stand for all that an open strict question may turn out to be: one for each that rules tell apart.

Where a number is compared with constants alone, these are the constants and one number between each two. Where rules
compute with it, what lies between is halved until every comparison is the same throughout, or one number is left: exact
whatever the rules compute, as interval arithmetic calls nothing certain that some number denies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

from screening.ruleset.compiler.classes.unit_cells import FINER, Cell, cells_of, digits_of
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.language.ranges import Ranged, RangedAnswer, RangeReader, Truth
from screening.ruleset.language.spans import VARIES
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Bound, Plain, ValueResult, has_bound, is_bounded
from screening.ruleset.model.dates import DayRange
from screening.ruleset.model.expression import Comparison, Name, Node, Number
from screening.ruleset.model.questions import Question

MOST_RANGES = 4_000
"""Ranges looked at for one number, a second's work; a rule file that needs more is refused (see `is_told_apart`)."""

FEW = 24
"""So many whole numbers are all gone through where formulas are written."""
KEPT = 64
"""For so many answers the numbers are kept."""
MOST_BESIDE_BOUNDS = 400
"""Ranges looked at for one number where it is compared with a bound, which may leave a comparison open throughout."""

Given = Bound | DayRange | None
"""What is known of the answer itself."""
Beside = tuple[tuple[str, Plain], ...]
"""What a number is compared with: the answers to some questions."""
Supposed = tuple[tuple[str, ValueResult], ...]
"""Values that stand for what the answers give."""


class NumberCells:
    """One strict number, and how conditions tell its answers apart."""

    def __init__(self, question: Question, conditions: Iterable[Node], names: SymbolTable) -> None:
        self.question = question
        self._names = names
        read = [*conditions]
        trees = [*read, *(value.expression.tree for value in names.values_read_by(read))]
        compared = dict.fromkeys(
            part
            for tree in trees
            for part in tree.walk()
            if isinstance(part, Comparison) and question.id in names.questions_in(part)
        )
        limits = {part: limit_of(part, names) for part in compared}
        self.limits = tuple(sorted({limit for limit in limits.values() if limit is not None}))
        """The constants with which the number itself is compared."""
        self.tests = tuple(part for part, limit in limits.items() if limit is None)
        """The comparisons that work with the number."""
        self.reads = frozenset[str]().union(*map(names.questions_in, self.tests)) - {question.id}
        """What these read beside."""

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """What lies at and between the constants, of each unit."""
        finer = FINER if self.tests else 0
        return tuple(cell for unit in self.question.units for cell in cells_of(unit, self.limits, finer))

    @cached_property
    def _fixed(self) -> tuple[Decimal, ...]:
        return fixed_numbers(self.question, self.limits)

    @property
    def completions(self) -> int:
        """About how many numbers are gone through where nothing is known."""
        return len(self._fixed) + 2 * len(self.tests)

    def numbers(
        self, answers: Mapping[str, Plain], values: Mapping[str, ValueResult] | None = None
    ) -> Sequence[Decimal | Bound]:
        """What stands for all that the number may be, all other answers being known; `values` are supposed ones.

        A bound leaves the numbers within it, and all beyond the range of the question as one bound more.
        """
        given = answers[self.question.id]
        if isinstance(given, Decimal):
            return (given,)
        bound = given if isinstance(given, Bound) else None
        return (*self._numbers_within(bound, answers, values or {}), *(beyond(self.question, bound) if bound else ()))

    def _numbers_within(
        self, bound: Bound | None, answers: Mapping[str, Plain], values: Mapping[str, ValueResult]
    ) -> Sequence[Decimal]:
        if not self.tests:
            return self._fixed if bound is None else _within(bound, self.question, self.limits)
        beside = tuple((name, answers[name]) for name in self._order)
        return self._kept(bound, beside, tuple(sorted(values.items())))

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(sorted(self.reads))

    @cached_property
    def _kept(self) -> Callable[[Given, Beside, Supposed], tuple[Any, ...]]:
        """The numbers by what they are compared with; some are kept, as one answer set is read many times."""
        return lru_cache(maxsize=KEPT)(
            lambda given, beside, values: tuple(self._told_apart(given, dict(beside), dict(values)))
        )

    def is_told_apart(self, answers: Mapping[str, Plain]) -> bool:
        """Whether no range was left in which something may still change, all other answers being known."""
        ranges = self._ranges(None, answers, {}) if self.tests else ()
        return all(first == last or VARIES not in truths for _, first, last, truths in ranges)

    def _told_apart(
        self, given: Given, answers: Mapping[str, Plain], values: Mapping[str, ValueResult]
    ) -> Iterator[Plain]:
        seen: set[tuple[object, ...]] = set()
        for cell, first, last, truths in self._ranges(given, answers, values):
            key = (*self._side(cell), *truths)
            if VARIES in truths:
                yield from dict.fromkeys(cell.answer(step) for step in (first, (first + last) // 2, last))
            elif key not in seen:
                seen.add(key)
                yield cell.roundest(first, last)

    def _side(self, cell: Any) -> tuple[bool, ...]:
        """On which side of each constant a cell lies."""
        return _place(cell.number(cell.first), self.limits)

    def _ranges(
        self, given: Given, answers: Mapping[str, Plain], values: Mapping[str, ValueResult]
    ) -> Iterator[tuple[Any, int, int, tuple[Truth, ...]]]:
        """All numbers in ranges throughout which all is the same, as far as that is found; and what it is."""
        beside_bounds = has_bound({name: answers[name] for name in self._order})
        left = MOST_BESIDE_BOUNDS if beside_bounds else MOST_RANGES
        waiting = deque((cell, cell.first, cell.last) for cell in self._cells_within(given, answers))
        while waiting:
            cell, first, last = waiting.popleft()
            truths = self._told(answers, values, cell, first, last)
            left -= 1
            if VARIES in truths and first < last and left > 0:
                middle = (first + last) // 2
                halves = [(cell, first, middle), (cell, middle + 1, last)]
                if beside_bounds:  # all over the range, as not all of it may be gone through
                    waiting.extend(halves)
                else:
                    waiting.extendleft(reversed(halves))
            else:
                yield cell, first, last, truths

    def _cells_within(self, given: Given, answers: Mapping[str, Plain]) -> Sequence[Any]:  # noqa: ARG002 - dates need them
        """The cells, or what a bound leaves of them."""
        if not isinstance(given, Bound):
            return self.cells
        bound = given
        limits = sorted({*self.limits, *_ends(bound)})
        cells = (cell for unit in self.question.units for cell in cells_of(unit, limits, FINER if self.tests else 0))
        return [cell for cell in cells if bound.contains(cell.number(cell.first))]

    def _told(
        self,
        answers: Mapping[str, Plain],
        values: Mapping[str, ValueResult],
        cell: Any,
        first: int,
        last: int,
    ) -> tuple[Truth, ...]:
        """What comparisons are from one step to another."""
        span = cell.span(first, last)
        reader = RangeReader(self._names, {**answers, self.question.id: span}, values)
        truths = tuple(reader.truth(test) for test in self.tests)
        return (
            self._told_of_samples({**answers, self.question.id: span}, values, truths) if VARIES in truths else truths
        )

    def _told_of_samples(
        self, answers: Ranged, values: Mapping[str, ValueResult], told: tuple[Truth, ...]
    ) -> tuple[Truth, ...]:
        """What is open throughout, as bounds beside the number may make it true and may make it false."""
        bounds = {name: answer for name, answer in answers.items() if name in self.reads and is_bounded(answer)}
        if not bounds:
            return told
        truths_by_test: list[set[Truth]] = [set() for _ in told]
        for numbers in product(*map(_samples, bounds.values())):
            reader = RangeReader(self._names, {**answers, **dict(zip(bounds, numbers, strict=True))}, values)
            for truths, test in zip(truths_by_test, self.tests, strict=True):
                truths.add(reader.truth(test))
        return tuple(
            None if truth is VARIES and {True, False} <= truths else truth
            for truth, truths in zip(told, truths_by_test, strict=True)
        )


def fixed_numbers(question: Question, limits: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """One number at and between constants with which alone a question's number is compared; of all its units one."""
    ordered = sorted(limits)
    cells = (cell for unit in question.units for cell in cells_of(unit, ordered, finer=0))
    numbers = (cell.roundest(cell.first, cell.last) for cell in cells)
    return tuple({_place(number, ordered): number for number in numbers}.values())


def _ends(bound: Bound) -> list[Decimal]:
    return [end for end in (bound.low, bound.high) if end.is_finite()]


def _within(bound: Bound, question: Question, limits: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """One number at and between constants, of those that a bound leaves."""
    return tuple(number for number in fixed_numbers(question, {*limits, *_ends(bound)}) if bound.contains(number))


def beyond(question: Question, bound: Bound) -> Iterator[Bound]:
    """What a bound leaves beyond all numbers that a question accepts; zero, as which nothing is measured, not."""
    least = min(EXACT.multiply(unit.minimum, unit.factor) for unit in question.units)
    most = max(EXACT.multiply(unit.maximum, unit.factor) for unit in question.units)
    if bound.low < least:
        yield Bound(bound.low, least, low_open=True, high_open=True)
    if bound.high > most:
        yield Bound(most, bound.high, low_open=True, high_open=bound.high_open)


def _samples(bound: object) -> tuple[RangedAnswer, ...]:
    """Numbers near to the ends of a bound, and within it; the first and the last day of a month or a year."""
    if isinstance(bound, DayRange):
        return DayRange.of_day(bound.first), DayRange.of_day(bound.last)
    if not isinstance(bound, Bound):
        raise TypeError(bound)
    if not bound.high.is_finite():
        size = max(bound.low.copy_abs(), Decimal(1))
        return EXACT.add(bound.low, size.scaleb(-9)), EXACT.add(bound.low, size.scaleb(9))
    size = EXACT.subtract(bound.high, bound.low) if bound.low.is_finite() else max(bound.high.copy_abs(), Decimal(1))
    low = EXACT.add(bound.low, size.scaleb(-9)) if bound.low.is_finite() else EXACT.subtract(bound.high, size.scaleb(9))
    return low, EXACT.subtract(bound.high, size.scaleb(-9))


def few_numbers(question: Question) -> tuple[Decimal, ...]:
    """All numbers that a question accepts, where these are whole ones and few; none else."""
    cells = [cell for unit in question.units for cell in cells_of(unit, (), finer=0)]
    if not all(unit.whole for unit in question.units) or sum(cell.last - cell.first + 1 for cell in cells) > FEW:
        return ()
    return tuple(sorted({cell.number(step) for cell in cells for step in range(cell.first, cell.last + 1)}))


def is_gone_through(question: Question, number: Decimal) -> bool:
    """Whether a number is one of those that are told apart wherever rules compute with them."""
    typed = ((Fraction(number) / Fraction(unit.factor), unit) for unit in question.units)
    return any(
        unit.minimum <= place <= unit.maximum and (place * 10 ** digits_of(unit, FINER)).denominator == 1
        for place, unit in typed
    )


def _place(number: Decimal, limits: Sequence[Decimal]) -> tuple[bool, ...]:
    """Above which constants a number lies, and whether it is one."""
    return (*(number > limit for limit in limits), number in limits)


def limit_of(comparison: Comparison, names: SymbolTable) -> Decimal | None:
    """The constant with which a comparison compares a question's number itself; None where it does more."""
    match names.inline(comparison):
        case Comparison(left=Name(), right=Number(value=limit)) | Comparison(left=Number(value=limit), right=Name()):
            return limit
        case _:
            return None
