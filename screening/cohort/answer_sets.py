"""A row of a table as an answer set of one rule set, and what in it cannot be an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from screening.cohort.cells import decimal
from screening.cohort.mapping import CohortMapping, Column, Tick
from screening.cohort.table import Row
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import TODAY, DayRange, PartialDate
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Chosen, Quantity, plain_answer, unit_of
from screening.ruleset.reading.number_reader import is_below_all
from screening.ruleset.reading.typed_numbers import bound_and_rest, has_two_readings


class Unusable(StrEnum):
    """Why a cell is no answer."""

    NOT_A_NUMBER = "not_a_number"
    TWO_READINGS = "two_readings"
    """A text in which a point stands before just three digits, and the mapping says not that it is a decimal point."""
    BELOW = "below"
    """Below what the question accepts; of a date, before."""
    ABOVE = "above"
    """Above what the question accepts; of a date, after."""
    NOT_A_DATE = "not_a_date"
    """No day, month or year that there is, as 2024-05-17, 2024-05 or 2024."""
    NOT_OFFERED = "not_offered"
    """No option was declared for the cell, or the form does not offer the option or unit declared."""


_ISO = re.compile(r"(?P<date>[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)([ T]00:00(:00([.]0+)?)?)?")
_NO_DATE = {"date_past": Unusable.BELOW, "date_future": Unusable.ABOVE, "date_ahead": Unusable.ABOVE}
"""Why a date that there is is no answer: it is too early, or too late."""


@dataclass(frozen=True, slots=True)
class RowAnswers:
    """What a row says, and of which questions it says something that is no answer; these stay unknown."""

    answers: Mapping[str, Plain]
    unusable: Mapping[str, Unusable]


class Reader:
    """Reads rows by one mapping for one rule set."""

    def __init__(self, mapping: CohortMapping, rule_set: RuleSet) -> None:
        self.mapping = mapping
        self.questions = rule_set.question
        known, today = self.questions, mapping.today
        self.assumed: Mapping[str, Plain] = {
            name: plain_answer(known[name], answer, today)
            for name, answer in mapping.assumed.items()
            if name in known and _is_offered(known[name], answer, today)
        }
        """The answers that every row has, and today where dates are asked."""
        if rule_set.has_dates and today:
            self.assumed = {**self.assumed, TODAY: DayRange.of_day(today)}

    def counts(self, row: Row) -> bool:
        """Whether a row is one of those that the mapping asks for."""
        mapping = self.mapping
        return all(row[name] in cells for name, cells in mapping.where.items()) and all(
            row[name] not in mapping.missing for name in mapping.filled
        )

    def read(self, row: Row) -> RowAnswers:
        """The answers of a row; what it does not hold is unknown."""
        answers: dict[str, Plain] = dict(self.assumed)
        unusable: dict[str, Unusable] = {}
        for name, column in self.mapping.columns.items():
            if name in self.questions and row[column.name] not in self.mapping.missing:
                answer = _answer(self.questions[name], column, row[column.name], self.mapping.today)
                if isinstance(answer, Unusable):
                    unusable[name] = answer
                else:
                    answers[name] = answer
        for name, ticks in self.mapping.ticks.items():
            if name in self.questions and self.questions[name].type is QuestionType.SEVERAL:
                answers[name] = _ticked_options(self.questions[name], ticks, row)
        return RowAnswers(answers, unusable)


def _is_offered(question: Question, answer: Answer, today: date | None) -> bool:
    """Whether a form offers an assumed answer, which was read for the new one; elsewhere it stays unknown."""
    try:
        return read_answer(question, raw_answer(answer), today=today) == answer
    except AnswerError:
        return False


def _answer(question: Question, column: Column, text: str, today: date | None) -> Plain | Unusable:
    if question.type is QuestionType.NUMBER and column.unit in {unit.code for unit in question.units}:
        return _number(question, column, text)
    if question.type is QuestionType.TEXT:
        return WRITTEN
    if question.type is QuestionType.DATE:
        return _date(question, text, today)
    code = (column.options or {}).get(text)
    if code is None or code not in question.option:
        return Unusable.NOT_OFFERED
    return plain_answer(question, Chosen(code))


def _number(question: Question, column: Column, text: str) -> Plain | Unusable:
    """The number in the stored unit, exactly, or a bound. Nothing is read back here, so a range settles nothing."""
    sign, typed = bound_and_rest(text)
    number, unit = decimal(typed), unit_of(question, column.unit)
    if number is None:
        return Unusable.NOT_A_NUMBER
    if has_two_readings(typed) and not column.has_decimal_points:
        return Unusable.TWO_READINGS
    if number < unit.minimum or is_below_all(number, sign, unit):
        return Unusable.BELOW
    return Unusable.ABOVE if number > unit.maximum else plain_answer(question, Quantity(number, text, unit.code, sign))


def _date(question: Question, text: str, today: date | None) -> Plain | Unusable:
    """The days that a date in ISO 8601 may be, with as much of it as is known; a moment at midnight is its day."""
    written = _ISO.fullmatch(text)
    try:
        answer = read_answer(question, written["date"] if written else "", today=today)
    except AnswerError as error:
        return _NO_DATE.get(error.code, Unusable.NOT_A_DATE)
    return plain_answer(question, answer, today) if isinstance(answer, PartialDate) else Unusable.NOT_A_DATE


def _ticked_options(question: Question, ticks: Mapping[str, Tick], row: Row) -> Plain:
    """What the row ticks, and not sure about the rest: a table without a column for it does not say no."""
    ticked = (code for code, tick in ticks.items() if code in question.option and row[tick.column] in tick.cells)
    return frozenset({None, *ticked})
