"""Ranges of one number within which nothing that decides changes: what stands for all the numbers that may be answered.

Where a number is compared with constants alone, the numbers around each constant are enough. Where rules compute with
it, the range is halved until every comparison is the same throughout, or one number is left; so no band is missed,
however narrow (see `Budget`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from screening.ruleset.compiler.classes.date_cells import DayCell, days_of
from screening.ruleset.compiler.completions.completion_plan import OfNumber, completions_of, plan_completions
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.engine.engine import Engine
from screening.ruleset.language.ranges import OneOf, Ranged, RangedAnswer, RangeReader, Truth, counting
from screening.ruleset.language.spans import VARIES, Span, Vary
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Bound, Plain, State
from screening.ruleset.model.dates import TODAY, DayRange
from screening.ruleset.model.expression import Comparison, Known, Name, Node, Number
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import Value

LIMIT = 4_000
"""Ranges looked at for one explanation before it gives up and says so."""


@dataclass
class Budget:
    """How many more ranges may be looked at."""

    left: int = LIMIT

    def spend(self) -> bool:
        """Whether one more may be looked at."""
        self.left -= 1
        return self.left >= 0

    @property
    def is_spent(self) -> bool:
        """Whether something was left out."""
        return self.left < 0


Telling = tuple[Truth | RangedAnswer, ...]
"""What is so at every point of a range, of all that decides; VARIES where it is not the same."""
End = TypeVar("End", int, Decimal)
Halves = tuple[tuple[End, End], tuple[End, End]]


class Deciding:
    """What of a rule set's conditions decides, and what of it depends on a question or value."""

    def __init__(self, engine: Engine) -> None:
        self.names: Final = engine.names
        self._off = engine.off
        rule_set = engine.rule_set
        asking = [question.ask_if.tree for question in rule_set.questions if question.ask_if]
        self._plan = plan_completions(rule_set, conditions=asking)
        deciding = [*(ground.when.tree for ground in rule_set.grounds), *asking]
        self.values: Final = tuple(value.id for value in self._read_by(deciding))
        reads = {part: self.reads(part) for part in self._parts(deciding)}
        strict = frozenset(question.id for question in rule_set.questions if question.strict)
        self._strict = {part: self.names.questions_in(part) & strict for part in reads}
        self.steering: Final = frozenset[str]().union(*(reads[part] for part in self._parts(asking)))
        """The questions and values of which it may depend what is asked, by more than whether they are known."""
        self._parts_of: dict[str, list[Node]] = defaultdict(list)
        for part, read in reads.items():
            for name in read:
                self._parts_of[name].append(part)
        self._plain = frozenset(part for part in reads if _is_plain(part, self.names))
        bounds = self.names.number_bounds
        numbers = (question.id for question in rule_set.questions if question.type is QuestionType.NUMBER)
        self._whole: Mapping[str, Span] = {
            name: span for name in numbers if name in strict and (span := bounds.of(Name(name)))
        }
        """All that each strict number may be."""

    def _read_by(self, trees: Sequence[Node]) -> tuple[Value, ...]:
        return self.names.values_read_by(trees)

    def _parts(self, trees: Sequence[Node]) -> tuple[Node, ...]:
        """The comparisons in conditions, and whether values are known: through values too."""
        every = [*trees, *(value.expression.tree for value in self._read_by(trees))]
        return tuple(dict.fromkeys(part for tree in every for part in tree.walk() if self._is_telling(part)))

    def _is_telling(self, part: Node) -> bool:
        return isinstance(part, Comparison) or (isinstance(part, Known) and part.subject.name in self.names.values)

    def reads(self, node: Node) -> frozenset[str]:
        """The questions and values that an expression reads, and what decides whether its questions are asked."""
        return self.names.depends_on(node).union(value.id for value in self._read_by([node]))

    def parts_of(self, name: str) -> tuple[Node, ...]:
        """What depends on a question or value."""
        return tuple(self._parts_of[name])

    def computing(self, name: str) -> tuple[Node, ...]:
        """Those of them that are more than a number compared with a constant."""
        return tuple(part for part in self._parts_of[name] if part not in self._plain)

    def limits(self, name: str) -> tuple[Decimal, ...]:
        """The constants with which a value itself is compared."""
        return tuple(sorted({limit for part in self._parts_of[name] if (limit := _limit(part, name)) is not None}))

    def beyond_limits(self, name: str) -> tuple[Node, ...]:
        """What depends on a value otherwise."""
        return tuple(part for part in self._parts_of[name] if _limit(part, name) is None)

    def context(
        self, parts: Sequence[Node], state: Ranged, varying: str, supposed: Mapping[str, Span] | None = None
    ) -> Telling:
        """What is so in a range of answer sets, in each way in which strict answers may turn out; one answer varies."""
        counted, steered = state, tuple[RangedAnswer, ...]()
        if varying in self.steering:
            counted = counting(self.names, state, self._off, supposed)
            steered = tuple(answer for name, answer in counted.items() if name != varying)
        return (*steered, *(truth for part in parts for truth in self._truths(part, counted, supposed)))

    def _truths(self, part: Node, counted: Ranged, supposed: Mapping[str, Span] | None) -> Iterator[Truth]:
        if not self._strict[part]:
            yield RangeReader(self.names, counted, supposed).truth(part)
            return
        for completion in self._completions(self._strict[part], counted):
            yield RangeReader(self.names, {**counted, **completion}, supposed).truth(part)

    def _completions(self, strict: frozenset[str], counted: Ranged) -> Iterator[Ranged]:
        """The ways in which strict answers may turn out; one that varies, or a number, does so in all of them."""
        groups = [group for group in self._plan.groups_of(strict) if not isinstance(group, OfNumber)]
        varying = [group for group in groups if any(counted[name] is VARIES for name in group.questions)]
        same: Ranged = {name: VARIES for group in varying for name in group.questions}
        numbers: Ranged = {name: self._whole[name] for name in strict & self._whole.keys() if counted[name] is None}
        plain: State = {name: answer for name, answer in counted.items() if not isinstance(answer, Span | OneOf | Vary)}
        for completion in completions_of([group for group in groups if group not in varying], plain):
            yield {**same, **numbers, **completion}


def _is_plain(part: Node, names: SymbolTable) -> bool:
    inlined = names.inline(part)
    return isinstance(inlined, Comparison) and {type(inlined.left), type(inlined.right)} == {Name, Number}


def _limit(part: Node, name: str) -> Decimal | None:
    """The constant with which a comparison compares a value itself."""
    match part:
        case Comparison(left=Name(name=other), right=Number(value=limit)) if other == name:
            return limit
        case Comparison(left=Number(value=limit), right=Name(name=other)) if other == name:
            return limit
        case _:
            return None


def bisect(
    low: End,
    high: End,
    split: Callable[[End, End], Halves[End] | None],
    context: Callable[[End, End], Telling],
    budget: Budget,
) -> Iterator[tuple[End, End, Telling]]:
    """A range in parts within which all is the same, or which cannot be split; fewer where the budget is spent."""
    waiting = [(low, high)]
    while waiting and budget.spend():
        low, high = waiting.pop()
        telling = context(low, high)
        halves = split(low, high) if VARIES in telling else None
        if halves is None:
            yield low, high, telling
        else:
            waiting.extend(reversed(halves))


def numbers_of(
    question: Question, state: State, deciding: Deciding, budget: Budget, given: Plain
) -> Iterator[Decimal | DayRange]:
    """A number, or a day, for each sort of a question's, by what rules compute with it; none where they do not.

    `state` holds what counts where the question is answered; where it decides what is asked, what was answered. Only
    what the answer `given` leaves is told.
    """
    computing, parts = deciding.computing(question.id), deciding.parts_of(question.id)
    for grid in grids_of(question, given, state) if computing else ():

        def context(low: int, high: int, parts: Sequence[Node] = parts, grid: AnyGrid = grid) -> Telling:
            return deciding.context(parts, {**state, question.id: grid.span(low, high)}, question.id)

        if VARIES not in context(0, grid.last, computing):
            continue
        seen: set[Telling] = set()
        for low, high, telling in bisect(0, grid.last, _split_indices, context, budget):
            if VARIES in telling or telling not in seen:
                seen.add(telling)
                number = grid.number((low + high) // 2)
                if not isinstance(given, Bound) or not isinstance(number, Decimal) or given.contains(number):
                    yield number


def some_answer(question: Question, state: Ranged) -> Plain:
    """Some answer to a question for a number or a date."""
    return next(iter(grids_of(question, None, state))).number(0)


@dataclass(frozen=True)
class Grid:
    """The numbers that a unit lets be typed, in the stored unit, by their place in order."""

    unit: Unit

    @property
    def last(self) -> int:
        """The place of the highest."""
        return int((self.unit.maximum - self.unit.minimum).scaleb(self.unit.decimals))

    def places(self, given: Plain) -> range:
        """The places of all numbers, or of those that a bound leaves."""
        every = range(self.last + 1)
        if not isinstance(given, Bound):
            return every
        find = {True: bisect_right, False: bisect_left}
        first = find[given.low_open](every, given.low, key=self.number)
        return every[first : find[not given.high_open](every, given.high, key=self.number)]

    def span(self, low: int, high: int) -> Span:
        """The numbers from one place to another."""
        return Span(self.number(low), self.number(high))

    def number(self, place: int) -> Decimal:
        """The number at a place."""
        typed = EXACT.add(self.unit.minimum, Decimal(place).scaleb(-self.unit.decimals))
        return EXACT.multiply(typed, self.unit.factor)


@dataclass(frozen=True)
class DayGrid:
    """The days on which a date may lie, by their place in order: those of a month or a year that was given, or all."""

    days: DayCell

    @property
    def last(self) -> int:
        """The place of the last day."""
        return self.days.last - self.days.first

    def places(self, given: Plain) -> range:  # noqa: ARG002 - only its own days are in it
        """The places of all days."""
        return range(self.last + 1)

    def span(self, low: int, high: int) -> DayRange:
        """The days from one place to another."""
        return self.days.span(self.days.first + low, self.days.first + high)

    def number(self, place: int) -> DayRange:
        """The day at a place."""
        return self.days.answer(self.days.first + place)


AnyGrid = Grid | DayGrid


def grids_of(question: Question, given: Plain, state: Ranged) -> Sequence[AnyGrid]:
    """Where the answers to a question for a number or a date lie: one of each unit, or the days up to today."""
    if question.type is QuestionType.DATE:
        today = state[TODAY]
        if not isinstance(today, DayRange):
            raise TypeError(today)
        return (DayGrid(days_of(question, given, today)),)
    return [Grid(unit) for unit in question.units]


def _split_indices(low: int, high: int) -> Halves[int] | None:
    middle = (low + high) // 2
    return None if low == high else ((low, middle), (middle + 1, high))
