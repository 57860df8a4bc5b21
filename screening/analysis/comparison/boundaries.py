"""How far a number or a date of an answer set can go, all else the same, before something else comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from screening.analysis.comparison.two_forms import TwoForms
from screening.analysis.solver.numbers import bounds, step
from screening.analysis.solver.witness import Answers
from screening.ruleset.model.dates import TODAY, DayRange, day_in

Holds = Callable[[Decimal], bool]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The numbers, in the stored unit, or the days with which the same comes of an answer set."""

    question: str
    least: Decimal | date
    most: Decimal | date
    from_minimum: bool
    """No smaller number, or no earlier day, is accepted."""
    to_maximum: bool
    """No greater number, or no later day, is accepted."""


def boundaries(forms: TwoForms, answers: Answers, same: Callable[[Answers], bool]) -> Iterator[Boundary]:
    """The reach of each number and date of an answer set; `same` says whether the same comes of another one."""
    for name, answer in answers.items():
        if isinstance(answer, Decimal):
            yield _reach(forms, name, answer, lambda other, name=name: same({**answers, name: other}))  # type: ignore[misc]
        elif isinstance(answer, DayRange) and name != TODAY:
            yield _reach_of_day(forms, name, answers, same)


def _reach_of_day(forms: TwoForms, name: str, answers: Answers, same: Callable[[Answers], bool]) -> Boundary:
    """The days around the one given; days are counted in the calendar as numbers are on their grid."""
    given, accepted = answers[name], forms.accepted_days(name, answers[TODAY])
    assert isinstance(given, DayRange)  # noqa: S101 - as the caller has seen
    assert accepted  # noqa: S101 - the day given is one of them
    low, high, number = (Decimal(day) for day in (accepted.first, accepted.last, given.first.toordinal()))
    points = _Grid(Decimal(1), low, high).around([low, *map(Decimal, forms.days_compared(name, day_in(answers))), high])
    reached = _farthest(_Grid(Decimal(1), low, high), points, number, lambda day: same({**answers, name: _day(day)}))
    least, most = (date.fromordinal(int(end)) for end in reached)
    return Boundary(name, least, most, reached[0] == low, reached[1] == high)


def _day(number: Decimal) -> DayRange:
    return DayRange.of_day(date.fromordinal(int(number)))


def _reach(forms: TwoForms, name: str, number: Decimal, same: Holds) -> Boundary:
    questions = forms.questions(name)
    low = max(min(bounds(unit)[0] for unit in question.units) for question in questions)
    high = min(max(bounds(unit)[1] for unit in question.units) for question in questions)
    limits = [low, *(limit for limit in forms.limits.get(name, ()) if low < limit < high), high]
    reached = [number]
    for unit in questions[0].units:  # each unit has a grid of its own, and one may come closer to a threshold
        grid = _Grid(step(unit), *bounds(unit))
        reached += _farthest(grid, grid.around(limits), number, same)
    return Boundary(name, min(reached), max(reached), min(reached) == low, max(reached) == high)


def _farthest(grid: _Grid, points: Sequence[Decimal], number: Decimal, same: Holds) -> tuple[Decimal, Decimal]:
    """The least and the greatest number of a grid on the way to which the same comes; `points` are ascending."""
    least = grid.last([point for point in reversed(points) if point < number], number, same)
    return least, grid.last([point for point in points if point > number], number, same)


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
