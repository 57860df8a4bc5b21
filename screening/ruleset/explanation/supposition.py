"""Whether what is possible would change, were a value known that the answers leave unknown.

What the value would have to be is looked for first, then answers to its open inputs that make it so: ranges of answers
are halved until one is met, or none is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from screening.ruleset.compiler.completions.completion_plan import plan_completions
from screening.ruleset.compiler.generated import Supposing
from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.compiler.rule_functions import compile_supposing
from screening.ruleset.engine.engine import Engine
from screening.ruleset.explanation.cells import AnyGrid, Budget, Deciding, Halves, Telling, bisect, grids_of
from screening.ruleset.language.evaluation_mode import is_number
from screening.ruleset.language.number_bounds import ANYTHING
from screening.ruleset.language.ranges import Ranged, RangedAnswer, RangeReader, Truth, counting
from screening.ruleset.language.spans import VARIES, Amount, Span, Vary
from screening.ruleset.model.answers import Plain, State
from screening.ruleset.model.questions import Question, QuestionType

Candidates = Callable[[Question, Plain], Iterable[Plain]]
"""The answers that stand for all that a question may still be answered with."""

_FAR = Decimal("1e30")
"""Farther from zero than any value of answers that people give."""
_NARROW = Decimal("1e-12")
"""The part of its size, or of one, below which a range of a value is split no further."""


@dataclass(frozen=True)
class _Cell:
    """A range of a value within which what is possible is the same; of a condition false is 0 and true is 1."""

    low: Decimal
    high: Decimal
    changes: bool


@dataclass(frozen=True)
class _Box:
    """What is left of the answers to the inputs of a value: places in the grid of a number, or answers themselves."""

    inputs: tuple[Question, ...]
    grids: tuple[AnyGrid | None, ...]
    left: tuple[range | tuple[Plain, ...], ...]

    @classmethod
    def whole(cls, inputs: Sequence[Question], state: State, candidates: Candidates) -> _Box:
        """All answers that there may be."""
        return cls(
            tuple(inputs),
            tuple(_grid(question, state) for question in inputs),
            tuple(
                grid.places(state[question.id])
                if (grid := _grid(question, state))
                else tuple(candidates(question, state[question.id]))
                for question in inputs
            ),
        )

    def answers(self) -> dict[str, RangedAnswer]:
        """All of it as one range of answers."""
        ranged: dict[str, RangedAnswer] = {}
        for question, grid, left in zip(self.inputs, self.grids, self.left, strict=True):
            if grid and isinstance(left, range):
                ranged[question.id] = grid.span(left[0], left[-1])
            elif not isinstance(left, range):
                ranged[question.id] = left[0] if len(left) == 1 else VARIES
        return ranged

    def middle(self) -> dict[str, Plain]:
        """One answer set of it."""
        answers: dict[str, Plain] = {}
        for question, grid, left in zip(self.inputs, self.grids, self.left, strict=True):
            at = len(left) // 2
            if grid and isinstance(left, range):
                answers[question.id] = grid.number(left[at])
            elif not isinstance(left, range):
                answers[question.id] = left[at]
        return answers

    def halves(self) -> Iterator[_Box]:
        """It in two parts, choices before numbers, the widest of these first; nothing where it is one answer set."""
        wide = [index for index, left in enumerate(self.left) if len(left) > 1]
        if wide:
            at = max(wide, key=lambda index: (not isinstance(self.left[index], range), len(self.left[index])))
            middle = len(self.left[at]) // 2
            for part in (self.left[at][:middle], self.left[at][middle:]):
                yield replace(self, left=(*self.left[:at], part, *self.left[at + 1 :]))


def _grid(question: Question, state: State) -> AnyGrid | None:
    """Where the answers to a question lie of which there are too many to go through: a number, or a date."""
    if question.type not in (QuestionType.NUMBER, QuestionType.DATE):
        return None
    return grids_of(question, state[question.id], state)[0]


class SupposedValues:
    """Supposes what unknown values might be; made once for an engine."""

    def __init__(self, engine: Engine, deciding: Deciding, candidates: Candidates) -> None:
        self._engine = engine
        self._deciding = deciding
        self._candidates = candidates
        self._place = {value.id: index for index, value in enumerate(engine.rule_set.values)}

    @cached_property
    def _supposing(self) -> Supposing:
        """Compiled where it is first needed."""
        plan = plan_completions(self._engine.rule_set, values_vary=True)
        return compile_supposing(self._engine.rule_set, plan, self._engine.off)

    def unknown(self, counted: State) -> Iterator[str]:
        """The values that decide something and that these answers leave unknown."""
        values = self._engine.functions.values(counted)
        return (name for name in self._deciding.values if values[self._place[name]] is None)

    def would_change(
        self, name: str, inputs: Sequence[Question], state: State, possible: frozenset[str], budget: Budget
    ) -> bool:
        """Whether there are answers to a value's open inputs by which it is known, and changes what is possible."""
        whole = _Box.whole(inputs, state, self._candidates)
        if not all(whole.left):  # a bound that leaves no number in range
            return False
        cells = list(self._cells(name, self._read_value(name, whole, state), state, possible, budget))
        if not any(cell.changes for cell in cells):
            return False
        boxes = deque([whole])
        while boxes and budget.spend():
            box = boxes.popleft()
            if not _may_change(self._read_value(name, box, state), cells):
                continue
            if self._changes(name, {**state, **box.middle()}, state, possible):
                return True
            boxes.extend(box.halves())
        return False

    def _changes(self, name: str, answered: State, state: State, possible: frozenset[str]) -> bool:
        """Whether the value is known by these answers and, for itself and with them, changes what is possible."""
        counted, _ = self._engine.functions.effective(answered)
        value = self._engine.functions.values(counted)[self._place[name]]
        if value is None or self._supposing(state, {name: value}) == possible:
            return False
        return self._engine.possible(answered) != possible

    def _read_value(self, name: str, box: _Box, state: State) -> Amount | Truth:
        names = self._engine.names
        tree = names.values[name].expression.tree
        needed = names.depends_on(tree)
        reader = RangeReader(names, counting(names, {**state, **box.answers()}, self._engine.off, needed=needed))
        return reader.amount(tree) if is_number(tree, names) else reader.truth(tree)

    # --- what the value would have to be ---

    def _cells(
        self, name: str, read: Amount | Truth, state: State, possible: frozenset[str], budget: Budget
    ) -> Iterator[_Cell]:
        """The ranges of a value, of all that it may be, by what is possible were it known."""
        if read is None:
            return
        if not is_number(self._engine.names.values[name].expression.tree, self._engine.names):
            for value in (False, True):
                yield _Cell(Decimal(value), Decimal(value), self._supposing(state, {name: value}) != possible)
            return
        for low, high, same in self._ranges(name, self._whole(name, read), state, budget):
            yield _Cell(low, high, not same or self._supposing(state, {name: _halfway(low, high)}) != possible)

    def _whole(self, name: str, read: Amount | Truth) -> Span:
        """All that a number may be: what was read, or the bounds beyond which no answers lead."""
        if isinstance(read, Span) and read.low.is_finite() and read.high.is_finite():
            return read
        names = self._engine.names
        bounds = names.number_bounds.of(names.values[name].expression.tree) or ANYTHING
        return Span(max(bounds.low, _FAR.copy_negate()), min(bounds.high, _FAR))

    def _ranges(self, name: str, whole: Span, state: State, budget: Budget) -> Iterator[tuple[Decimal, Decimal, bool]]:
        """The ranges of a value, and whether every comparison is the same throughout: not so around a threshold."""
        parts = self._deciding.beyond_limits(name)
        counted, _ = self._engine.functions.effective(state)
        answers: Ranged = state if name in self._deciding.steering else counted

        def context(low: Decimal, high: Decimal) -> Telling:
            return self._deciding.context(parts, answers, name, {name: Span(low, high)})

        limits = (limit for limit in self._deciding.limits(name) if whole.low <= limit <= whole.high)
        points = sorted({whole.low, whole.high, *limits})
        yield from ((point, point, True) for point in points)
        for low, high in pairwise(points):
            for least, most, telling in bisect(low, high, _split_decimals, context, budget):
                yield least, most, VARIES not in telling


def _halfway(low: Decimal, high: Decimal) -> Decimal:
    return EXACT.divide(EXACT.add(low, high), Decimal(2))


def _split_decimals(low: Decimal, high: Decimal) -> Halves[Decimal] | None:
    middle = _halfway(low, high)
    wide = EXACT.subtract(high, low) > EXACT.multiply(_NARROW, max(middle.copy_abs(), Decimal(1)))
    return ((low, middle), (middle, high)) if wide else None


def _may_change(read: Amount | Truth, cells: Iterable[_Cell]) -> bool:
    """Whether some of what a value may be changes what is possible."""
    if read is None:
        return False
    span = Span(Decimal(read), Decimal(read)) if isinstance(read, bool) else read
    return any(cell.changes and _meet(span, cell) for cell in cells)


def _meet(span: Span | Vary, cell: _Cell) -> bool:
    return not isinstance(span, Span) or (span.low <= cell.high and cell.low <= span.high)
