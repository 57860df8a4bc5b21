"""How long ago dates are, as numbers of formulas: which are read, and between which they lie whatever day today is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from screening.ruleset.language.symbol_table import SymbolTable
from screening.ruleset.model.dates import DatesUnreadError, Elapsed, time_name
from screening.ruleset.model.expression import Comparison, Name, Node, Number, Since
from screening.ruleset.model.questions import Question, QuestionType, Unit

LEAP = 4
"""Years in which there is a day more, at most and but for a century's."""
SLACK = 4
"""Days by which so many full months, or years, may be off their mean."""
DAYS_OF_MONTH, DAYS_OF_YEAR = Decimal("30.4375"), Decimal("365.25")


class Reach(NamedTuple):
    """The least and the greatest that a time may be, on the day on which most days are accepted."""

    least: int
    most: int


def reach(question: Question, unit: Elapsed) -> Reach:
    """Between which numbers the time since a date lies."""
    years = question.within_years
    most = {Elapsed.DAYS: 365 * years + years // LEAP + 1, Elapsed.MONTHS: 12 * years, Elapsed.YEARS: years}[unit]
    return Reach(-most if question.future else 0, most)


def time_question(question: Question, unit: Elapsed) -> Question:
    """The time since a date as if it were asked itself: a whole number."""
    least, most = reach(question, unit)
    own = Unit(unit, unit, Decimal(least), Decimal(most), whole=True)
    return replace(question, id=time_name(question.id, unit), type=QuestionType.NUMBER, units=(own,))


def answered_question(questions: Mapping[str, Question], name: str) -> Question:
    """A question for a number by its id, or the time since a date by its name."""
    if name in questions:
        return questions[name]
    date, _, unit = name.partition(" ")
    return time_question(questions[date], Elapsed(unit))


def times_read(trees: Iterable[Node]) -> Mapping[str, tuple[Elapsed, ...]]:
    """For each date, the units in which conditions read it."""
    read: dict[str, set[Elapsed]] = {}
    for tree in trees:
        for part in tree.walk():
            if isinstance(part, Since):
                read.setdefault(part.subject.name, set()).add(part.unit)
    return {name: tuple(unit for unit in Elapsed if unit in units) for name, units in read.items()}


def one_time(question: Question, names: SymbolTable, conditions: Iterable[Node]) -> tuple[Elapsed, ...]:
    """The unit in which rules read a strict date; none where they do not.

    Several are refused: which days, months and years go together depends on the day that is today. So are days that are
    not compared with a constant well within the range, as how many days that has depends on it too.
    """
    inlined = [names.inline(condition) for condition in conditions]
    read = times_read(inlined).get(question.id, ())
    days = Since(Name(question.id), Elapsed.DAYS)
    compared = [
        part for tree in inlined for part in tree.walk() if isinstance(part, Comparison) and days in part.walk()
    ]
    if len(read) > 1 or not all(_is_within(part, days, question) for part in compared):
        raise DatesUnreadError(question.id)
    return read


def _is_within(comparison: Comparison, days: Since, question: Question) -> bool:
    """Whether days are compared with a constant that is fewer than the range has on any day."""
    sides = (comparison.left, comparison.right)
    other = next((side for side in sides if isinstance(side, Number)), None)
    return other is not None and days in sides and abs(other.value) < 365 * question.within_years
