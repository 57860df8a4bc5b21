"""Which numbers stand for all that an open strict question may turn out to be: one for each that rules tell apart.

Where a number is compared with constants alone, these are the constants and one number between each two. Where rules
compute with it, what lies between is halved until every comparison is the same throughout, or one number is left: exact
whatever the rules compute, as interval arithmetic calls nothing certain that some number denies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import ceil, floor

from screening.ruleset.compiler.arithmetic import EXACT
from screening.ruleset.language.ranges import RangeReader, Truth
from screening.ruleset.language.spans import VARIES, Span
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain, ValueResult
from screening.ruleset.model.expression import Comparison, Name, Node, Number
from screening.ruleset.model.questions import Question, Unit

FINER = 2
"""How many more digits than a report prints are told apart where rules compute with a number."""
MOST_RANGES = 4_000
"""Ranges looked at for one number, a second's work; a rule file that needs more is refused (see `is_told_apart`)."""

FEW = 24
"""So many whole numbers are all gone through where formulas are written."""
KEPT = 64
"""For so many answers the numbers are kept."""

Beside = tuple[tuple[str, Plain], ...]
"""What a number is compared with: the answers to some questions."""
Supposed = tuple[tuple[str, ValueResult], ...]
"""Values that stand for what the answers give."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The numbers of one unit between two constants, or one of these: neighbouring steps of so many digits."""

    unit: Unit
    digits: int
    first: int
    last: int

    def number(self, step: int) -> Decimal:
        """The number at a step, in the stored unit."""
        return EXACT.multiply(Decimal(step).scaleb(-self.digits), self.unit.factor)

    def roundest(self, first: int, last: int) -> Decimal:
        """A number with few digits in the middle of those from one step to another."""
        size = 1
        while size * 10 <= last - first:
            size *= 10
        middle = self.number(round(Fraction(first + last, 2 * size)) * size)
        return Decimal(f"{middle.normalize(EXACT):f}")


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
        return tuple(cell for unit in self.question.units for cell in _cells(unit, self.limits, finer))

    @cached_property
    def _fixed(self) -> tuple[Decimal, ...]:
        return fixed_numbers(self.question, self.limits)

    @property
    def completions(self) -> int:
        """About how many numbers are gone through where nothing is known."""
        return len(self._fixed) + 2 * len(self.tests)

    def numbers(
        self, answers: Mapping[str, Plain], values: Mapping[str, ValueResult] | None = None
    ) -> Sequence[Decimal]:
        """What stands for all that the number may be, all other answers being known; `values` are supposed ones."""
        given = answers[self.question.id]
        if isinstance(given, Decimal):
            return (given,)
        if not self.tests:
            return self._fixed
        beside = tuple((name, answers[name]) for name in self._order)
        return self._kept(beside, tuple(sorted((values or {}).items())))

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(sorted(self.reads))

    @cached_property
    def _kept(self) -> Callable[[Beside, Supposed], tuple[Decimal, ...]]:
        """The numbers by what they are compared with; some are kept, as one answer set is read many times."""
        return lru_cache(maxsize=KEPT)(lambda beside, values: tuple(self._told_apart(dict(beside), dict(values))))

    def is_told_apart(self, answers: Mapping[str, Plain]) -> bool:
        """Whether no range was left in which something may still change, all other answers being known."""
        ranges = self._ranges(answers, {}) if self.tests else ()
        return all(first == last or VARIES not in told for _, first, last, told in ranges)

    def _told_apart(self, answers: Mapping[str, Plain], values: Mapping[str, ValueResult]) -> Iterator[Decimal]:
        seen: set[tuple[object, ...]] = set()
        for cell, first, last, told in self._ranges(answers, values):
            key = (*_place(cell.number(cell.first), self.limits), *told)
            if VARIES in told:
                yield from dict.fromkeys(cell.number(step) for step in (first, (first + last) // 2, last))
            elif key not in seen:
                seen.add(key)
                yield cell.roundest(first, last)

    def _ranges(
        self, answers: Mapping[str, Plain], values: Mapping[str, ValueResult]
    ) -> Iterator[tuple[Cell, int, int, tuple[Truth, ...]]]:
        """All numbers in ranges throughout which all is the same, as far as that is found; and what it is."""
        left = MOST_RANGES
        for cell in self.cells:
            waiting = [(cell.first, cell.last)]
            while waiting:
                first, last = waiting.pop()
                told = self._told(answers, values, cell, first, last)
                left -= 1
                if VARIES in told and first < last and left > 0:
                    middle = (first + last) // 2
                    waiting += [(middle + 1, last), (first, middle)]
                else:
                    yield cell, first, last, told

    def _told(
        self,
        answers: Mapping[str, Plain],
        values: Mapping[str, ValueResult],
        cell: Cell,
        first: int,
        last: int,
    ) -> tuple[Truth, ...]:
        """What comparisons are from one step to another."""
        span = Span(cell.number(first), cell.number(last))
        reader = RangeReader(self._names, {**answers, self.question.id: span}, values)
        return tuple(reader.truth(test) for test in self.tests)


def fixed_numbers(question: Question, limits: Iterable[Decimal]) -> tuple[Decimal, ...]:
    """One number at and between constants with which alone a question's number is compared; of all its units one."""
    ordered = sorted(limits)
    cells = (cell for unit in question.units for cell in _cells(unit, ordered, finer=0))
    numbers = (cell.roundest(cell.first, cell.last) for cell in cells)
    return tuple({_place(number, ordered): number for number in numbers}.values())


def few_numbers(question: Question) -> tuple[Decimal, ...]:
    """All numbers that a question accepts, where these are whole ones and few; none else."""
    cells = [cell for unit in question.units for cell in _cells(unit, (), finer=0)]
    if not all(unit.whole for unit in question.units) or sum(cell.last - cell.first + 1 for cell in cells) > FEW:
        return ()
    return tuple(sorted({cell.number(step) for cell in cells for step in range(cell.first, cell.last + 1)}))


def is_gone_through(question: Question, number: Decimal) -> bool:
    """Whether a number is one of those that are told apart wherever rules compute with them."""
    typed = ((Fraction(number) / Fraction(unit.factor), unit) for unit in question.units)
    return any(
        unit.minimum <= place <= unit.maximum and (place * 10 ** _digits(unit, FINER)).denominator == 1
        for place, unit in typed
    )


def _digits(unit: Unit, finer: int) -> int:
    """With how many digits a unit's numbers are told apart."""
    return 0 if unit.whole else unit.decimals + finer


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


def _cells(unit: Unit, limits: Iterable[Decimal], finer: int) -> Iterator[Cell]:
    """What a unit lets be typed, at and between constants that are in the stored unit."""
    factor, least, most = Fraction(unit.factor), Fraction(unit.minimum), Fraction(unit.maximum)
    places = sorted({place for limit in limits if least <= (place := Fraction(limit) / factor) <= most})
    for place in places:
        yield from _point(unit, place)
    ends = [(least, least not in places), *((place, False) for place in places), (most, most not in places)]
    for (low, with_low), (high, with_high) in pairwise(ends):
        yield from _between(unit, (low, with_low), (high, with_high), finer)


def _point(unit: Unit, place: Fraction) -> Iterator[Cell]:
    """One number, where it can be typed."""
    digits = 0
    while (place * 10**digits).denominator % 2 == 0 or (place * 10**digits).denominator % 5 == 0:
        digits += 1
    if (place * 10**digits).denominator == 1 and not (unit.whole and digits):
        step = int(place * 10**digits)
        yield Cell(unit, digits, step, step)


def _between(unit: Unit, low: tuple[Fraction, bool], high: tuple[Fraction, bool], finer: int) -> Iterator[Cell]:
    """The numbers between two others, each with whether it is one of them."""
    if low[0] == high[0]:
        if low[1] and high[1]:
            yield from _point(unit, low[0])
        return
    digits = _digits(unit, finer)
    while True:
        size = Fraction(1, 10**digits)
        first, last = ceil(low[0] / size), floor(high[0] / size)
        first += first * size == low[0] and not low[1]
        last -= last * size == high[0] and not high[1]
        if first <= last:
            yield Cell(unit, digits, first, last)
            return
        if unit.whole:
            return
        digits += 1
