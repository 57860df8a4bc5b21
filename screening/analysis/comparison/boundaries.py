"""How far a number of an answer set can go, all else the same, before something else comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from screening.analysis.comparison.two_forms import TwoForms
from screening.analysis.solver.numbers import bounds, step
from screening.analysis.solver.witness import Answers

Holds = Callable[[Decimal], bool]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The numbers, in the stored unit, with which the same comes of an answer set."""

    question: str
    least: Decimal
    most: Decimal
    from_minimum: bool
    """No smaller number is accepted."""
    to_maximum: bool
    """No greater number is accepted."""


def boundaries(forms: TwoForms, answers: Answers, same: Callable[[Answers], bool]) -> Iterator[Boundary]:
    """The reach of each number of an answer set; `same` says whether the same comes of another one."""
    for name, number in answers.items():
        if isinstance(number, Decimal):
            yield _reach(forms, name, number, lambda other, name=name: same({**answers, name: other}))  # type: ignore[misc]


def _reach(forms: TwoForms, name: str, number: Decimal, same: Holds) -> Boundary:
    questions = forms.questions(name)
    low = max(min(bounds(unit)[0] for unit in question.units) for question in questions)
    high = min(max(bounds(unit)[1] for unit in question.units) for question in questions)
    limits = [low, *(limit for limit in forms.limits.get(name, ()) if low < limit < high), high]
    reached = [number]
    for unit in questions[0].units:  # each unit has a grid of its own, and one may come closer to a threshold
        grid = _Grid(step(unit), *bounds(unit))
        points = grid.around(limits)
        reached.append(grid.last([point for point in points if point > number], number, same))
        reached.append(grid.last([point for point in reversed(points) if point < number], number, same))
    return Boundary(name, min(reached), max(reached), min(reached) == low, max(reached) == high)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The numbers that can be typed in one unit."""

    size: Decimal
    low: Decimal
    high: Decimal

    def around(self, limits: Iterable[Decimal]) -> list[Decimal]:
        """The numbers on and next to each limit, ascending."""
        counts = {int(limit // self.size) + away for limit in limits for away in (-1, 0, 1)}
        return [boundary for count in sorted(counts) if self.low <= (boundary := count * self.size) <= self.high]

    def last(self, path: Iterable[Decimal], start: Decimal, same: Holds) -> Decimal:
        """The last number on a path away from the start with which the same comes.

        Between two points of the path a rule sees no difference, unless it computes with the number: hence the
        bisection.
        """
        last = start
        for point in path:
            if not same(point):
                return self._between(last, point, same)
            last = point
        return last

    def _between(self, last: Decimal, beyond: Decimal, same: Holds) -> Decimal:
        while True:
            steps = int((beyond - last) / 2 / self.size) or (1 if beyond > last else -1)
            middle = beyond - steps * self.size  # the point beyond is on the grid; the start may not be
            if not min(last, beyond) < middle < max(last, beyond):
                return last
            last, beyond = (middle, beyond) if same(middle) else (last, middle)
