"""How far a number of an answer set can go, all else the same, before something else comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from screening.analysis.numbers import bounds, step
from screening.analysis.two_forms import TwoForms
from screening.analysis.witness import Answers
from screening.ruleset.questions import Question

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
    size = step(questions[0].stored_unit)
    low = max(_edges(each)[0] for each in questions)
    high = min(_edges(each)[1] for each in questions)
    limits = [each for each in forms.limits.get(name, ()) if low < each < high]
    around = sorted({low, high, *(each + away for each in limits for away in (-size, Decimal(0), size))})
    inside = [each for each in around if low <= each <= high]
    least = _last([each for each in reversed(inside) if each < number], number, size, same)
    most = _last([each for each in inside if each > number], number, size, same)
    return Boundary(name, least, most, least == low, most == high)


def _edges(question: Question) -> tuple[Decimal, Decimal]:
    return bounds(question.stored_unit)


def _last(path: list[Decimal], start: Decimal, size: Decimal, same: Holds) -> Decimal:
    """The last number on a path away from the start with which the same comes, to within one step.

    Between two points of the path a rule sees no difference, unless it computes with the number: hence the bisection.
    """
    last = start
    for point in path:
        if not same(point):
            return _between(last, point, size, same)
        last = point
    return last


def _between(last: Decimal, beyond: Decimal, size: Decimal, same: Holds) -> Decimal:
    while abs(beyond - last) > size:
        middle = last + (beyond - last) / 2 // size * size
        if middle in (last, beyond):
            break
        last, beyond = (middle, beyond) if same(middle) else (last, middle)
    return last
