"""Which days stand for all that an open strict date may turn out to be: one for each that rules tell apart.

The days are halved until every comparison is the same throughout, or one day is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from screening.ruleset.compiler.classes.number_cells import Given, NumberCells
from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.answers import Plain, ValueResult
from screening.ruleset.model.dates import TODAY, DayRange, earliest_day, latest_day
from screening.ruleset.model.expression import Node
from screening.ruleset.model.questions import Question, QuestionType


@dataclass(frozen=True, slots=True)
class DayCell:
    """Neighbouring days, by their numbers in the calendar."""

    first: int
    last: int

    def answer(self, step: int) -> DayRange:
        """One day as an answer."""
        return DayRange.of_day(date.fromordinal(step))

    def span(self, first: int, last: int) -> DayRange:
        """Days as a range of answers."""
        return DayRange(date.fromordinal(first), date.fromordinal(last))

    def roundest(self, first: int, last: int) -> DayRange:
        """The middle one of these days, or the first of its year or of its month where that is among them."""
        middle = date.fromordinal((first + last) // 2)
        rounder = (middle.replace(month=1, day=1), middle.replace(day=1))
        return DayRange.of_day(next((day for day in rounder if day.toordinal() >= first), middle))


def days_of(question: Question, given: Plain, today: Plain) -> DayCell:
    """All days on which a date may lie: those of a month or a year that was given, or all that the question accepts."""
    if isinstance(given, DayRange):
        return DayCell(given.first.toordinal(), given.last.toordinal())
    if not isinstance(today, DayRange):
        raise TypeError(question.id)
    last = latest_day(today.last, question.within_years) if question.future else today.last
    return DayCell(earliest_day(today.first, question.within_years).toordinal(), last.toordinal())


class DateCells(NumberCells):
    """One strict date, and how conditions tell its days apart."""

    def __init__(self, question: Question, conditions: Iterable[Node], names: SymbolTable) -> None:
        super().__init__(question, conditions, names)
        self.reads |= {TODAY}

    def numbers(  # type: ignore[override]
        self, answers: Mapping[str, Plain], values: Mapping[str, ValueResult] | None = None
    ) -> Sequence[DayRange]:
        """What stands for all that the date may be, all other answers being known; `values` are supposed ones."""
        given = answers[self.question.id]
        if not isinstance(given, DayRange):
            given = None
        elif given.is_day:
            return (given,)
        beside = tuple((name, answers[name]) for name in self._order)
        return self._kept(given, beside, tuple(sorted((values or {}).items())))

    def _side(self, cell: DayCell) -> tuple[bool, ...]:  # noqa: ARG002 - no constant is compared with a date itself
        return ()

    def _cells_within(self, given: Given, answers: Mapping[str, Plain]) -> Sequence[DayCell]:
        return (days_of(self.question, given, answers[TODAY]),)


def cells_of_question(question: Question, conditions: Iterable[Node], names: SymbolTable) -> NumberCells:
    """How the answers to a number or a date are told apart."""
    return (DateCells if question.type is QuestionType.DATE else NumberCells)(question, conditions, names)
