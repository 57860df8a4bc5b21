"""What a mapping says of each answer, as columns: the facts of which formulas speak, and where cells are in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from types import MappingProxyType

import ibis.expr.types as ir

from screening.cohort.answer_sets import Reader, Unusable
from screening.cohort.cells import FLOAT_DIGITS
from screening.cohort.judging.cells import (
    FALSE,
    NO_NUMBER,
    TRUE,
    UNIT,
    OrNoNumber,
    any_column,
    every_column,
    least,
    read_cells,
)
from screening.cohort.judging.days import DIGITS, Days, read_days
from screening.cohort.judging.numbers import Number, constant, joined
from screening.cohort.judging.spans import Span
from screening.cohort.mapping import Column
from screening.ruleset.compiler.classes.date_cells import days_of
from screening.ruleset.engine.engine import UNSURE
from screening.ruleset.formulas.atoms import Atom, Is, NumberGiven, Ticked, Unsure
from screening.ruleset.model.answers import Bound, Plain, has_bound
from screening.ruleset.model.dates import TODAY, DayRange, Elapsed, day_in, elapsed, time_name
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.reading.answer_types import unit_of

_DOUBTFUL = Number(NO_NUMBER, is_certain=False)
"""A number of which nothing is known here but that there is one."""


class Facts:
    """The facts of one table, made as formulas ask for them; a fact is a column, or the same in every row."""

    def __init__(
        self,
        reader: Reader,
        table: ir.Table,
        names: Mapping[str, str],
        or_no_number: OrNoNumber = least,
        spans: Mapping[str, Span] = MappingProxyType({}),
    ) -> None:
        """`names`: how the columns that the mapping reads are called in the table; `spans`: what is known of some.

        `or_no_number`: how its database says so; `least` is for those that are asked here.
        """
        self.reader = reader
        self.names = names
        read, self.cells = read_cells(table, names, or_no_number, spans)
        columns = [reader.mapping.columns[name].name for name in self.questions if self._is_date(name)]
        self.table, self.days = read_days(read, {name: names[name] for name in dict.fromkeys(columns)})
        for name, cells in self.cells.items():
            cells.over(self.table, names[name])

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """The questions that columns answer."""
        mapping, known = self.reader.mapping, self.reader.questions
        ticking = [name for name in mapping.ticks if name in known and known[name].type is QuestionType.SEVERAL]
        return {name: known[name] for name in (*mapping.columns, *ticking) if name in known}

    def of(self, atom: Atom) -> ir.BooleanValue | bool | None:
        """A fact; None where it is not one of answers alone."""
        match atom:
            case Is(question=name, option=option):
                return self._chosen(name, option)
            case Ticked(question=name, option=option):
                return self._ticked(name, option) if name in self.questions else option in self._ticks(name)
            case Unsure(question=name):
                return name in self.questions or None in self._ticks(name)
            case NumberGiven(question=name):
                if name in self.questions:
                    return self.given.get(name, False)
                return self._same(name) is not None
            case _:
                return None

    def _chosen(self, name: str, option: str) -> ir.BooleanValue | bool:
        if name not in self.questions:
            return self._same(name) == option
        if self.questions[name].type is QuestionType.TEXT:
            return ~self._missing(self.reader.mapping.columns[name].name)
        return self._column_is(name, option)

    def _same(self, name: str) -> Plain:
        """The answer that is the same in every row."""
        return self.reader.assumed.get(name)

    def _ticks(self, name: str) -> frozenset[str | None]:
        ticks = self.reader.assumed.get(name, UNSURE)
        return ticks if isinstance(ticks, frozenset) else UNSURE

    def _column_is(self, name: str, option: str) -> ir.BooleanValue:
        column = self.reader.mapping.columns[name]
        if self.reader.questions[name].option[option].means_unsure:
            return FALSE
        meant = [cell for cell, code in (column.options or {}).items() if code == option]
        return self.cells[column.name].is_in(meant) & ~self._missing(column.name)

    def _ticked(self, name: str, option: str) -> ir.BooleanValue | bool:
        tick = self.reader.mapping.ticks[name].get(option)
        return self.cells[tick.column].is_in(tick.cells) if tick else False

    def _missing(self, column: str) -> ir.BooleanValue:
        return self.cells[column].is_in(self.reader.mapping.missing)

    # --- numbers ---

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """The numbers that columns answer, exactly, in the stored unit; and those that are assumed in every row."""
        columns = {name: self.reader.mapping.columns[name] for name in self.questions if self._is_number(name)}
        answered = {name: self._number(self.questions[name], column) for name, column in columns.items()}
        dated = [name for name in self.questions if self._is_date(name)]
        times = {time_name(name, unit): self._time(name, unit) for name in dated for unit in Elapsed}
        assumed = (self._assumed(name, plain) for name, plain in self.reader.assumed.items() if name != TODAY)
        return {**answered, **times, **{name: number for numbers in assumed for name, number in numbers.items()}}

    def _assumed(self, name: str, plain: Plain) -> Mapping[str, Number]:
        """The numbers of an answer that is the same in every row; where it is a bound, every row is in doubt."""
        if isinstance(plain, Decimal):
            return {name: constant(Fraction(plain))}
        if isinstance(plain, Bound):
            return {name: _DOUBTFUL}
        if isinstance(plain, DayRange):
            known = {unit: constant(Fraction(elapsed(unit, plain.first, self.today))) for unit in Elapsed}
            return {time_name(name, unit): number if plain.is_day else _DOUBTFUL for unit, number in known.items()}
        return {}

    def question_of(self, number: str) -> str:
        """The question that a number answers, or whose date the time since is."""
        return number.split(" ", 1)[0]

    @property
    def today(self) -> date:
        """The day by which dates are judged."""
        return day_in(self.reader.assumed)

    def _is_date(self, name: str) -> bool:
        return self.questions[name].type is QuestionType.DATE and name in self.reader.mapping.columns

    def _days(self, name: str) -> Days:
        return self.days[self.reader.mapping.columns[name].name]

    def _time(self, name: str, unit: Elapsed) -> Number:
        since = self._days(name).since(unit, self.today)
        return Number(since, may_be_negative=self.questions[name].future, digits=DIGITS)

    def _is_number(self, name: str) -> bool:
        column = self.reader.mapping.columns.get(name)
        units = {unit.code for unit in self.questions[name].units}
        return column is not None and self.questions[name].type is QuestionType.NUMBER and column.unit in units

    def _number(self, question: Question, column: Column) -> Number:
        unit = unit_of(question, column.unit)
        digits = len(str(int(max(abs(unit.minimum), abs(unit.maximum)))))
        cells = self.cells[column.name]
        typed = Number(cells.number, may_be_negative=unit.minimum < 0, digits=digits, scale=FLOAT_DIGITS)
        return typed if unit.factor == 1 else joined(typed, "*", constant(Fraction(unit.factor)))

    @cached_property
    def given(self) -> Mapping[str, ir.BooleanValue]:
        """Where columns answer numbers, and dates to the day: as their questions accept them."""
        asked = {name: self.questions[name] for name in self.questions if self._is_number(name)}
        dated = {name: self._accepted_day(name) for name in self.questions if self._is_date(name)}
        return {name: self._accepted(question) for name, question in asked.items()} | dated

    def _accepted_day(self, name: str) -> ir.BooleanValue:
        days, (first, last) = self._days(name), self._first_and_last(name)
        inside = days.is_day & (days.number >= first) & (days.number <= last)
        return inside & ~self._missing(self.reader.mapping.columns[name].name)

    def _first_and_last(self, name: str) -> tuple[float, float]:
        """The numbers in the calendar of the days between which a date is accepted."""
        accepted = days_of(self.questions[name], None, DayRange.of_day(self.today))
        return float(accepted.first), float(accepted.last)

    def _accepted(self, question: Question) -> ir.BooleanValue:
        column = self.reader.mapping.columns[question.id]
        low, high = _bounds(unit_of(question, column.unit))
        cells = self.cells[column.name]
        inside = cells.is_at_least(low) & cells.is_at_most(high)
        return inside & ~self._marked_missing(column.name) if self._marks else inside

    @property
    def _marks(self) -> frozenset[str]:
        """What stands in cells where nothing was measured, beside nothing at all."""
        return self.reader.mapping.missing - {""}

    def _marked_missing(self, column: str) -> ir.BooleanValue:
        return self.cells[column].is_in(self._marks)

    # --- whole rows ---

    @cached_property
    def counts(self) -> ir.BooleanValue:
        """Whether a row is one of those that the mapping asks for."""
        mapping = self.reader.mapping
        wanted = [self.cells[name].is_in(cells) for name, cells in mapping.where.items()]
        return every_column([*wanted, *(~self._missing(name) for name in mapping.filled)])

    @cached_property
    def doubts(self) -> list[ir.BooleanValue]:
        """Where cells may be read otherwise row by row; everywhere, where an assumed answer is a bound."""
        if has_bound(self.reader.assumed):
            return [TRUE]
        mapping = self.reader.mapping
        found = [
            cells.doubt & ~self.days[name].is_day if name in self.days else cells.doubt
            for name, cells in self.cells.items()
        ]
        found += [~days.is_day & ~self._missing(name) for name, days in self.days.items()]
        for name in self.questions:
            if self._is_number(name):
                column = mapping.columns[name]
                unread = self.cells[column.name].doubt_as_number(has_decimal_points=column.has_decimal_points)
                if unread is not FALSE:
                    found.append(unread & ~self._missing(column.name))
        return found

    @property
    def doubt(self) -> ir.BooleanValue:
        """Where one of them may."""
        return any_column(self.doubts)

    @cached_property
    def unusable(self) -> Mapping[tuple[str, Unusable], ir.BooleanValue]:
        """Where a cell is no answer, by question and reason; those that nobody can read here are in doubt."""
        found: dict[tuple[str, Unusable], ir.BooleanValue] = {}
        for name, question in self.questions.items():
            column = self.reader.mapping.columns.get(name)
            if column is None:
                continue
            cells, given = self.cells[column.name], ~self._missing(column.name)
            if self._is_number(name):
                low, high = _bounds(unit_of(question, column.unit))
                # Said by what is asked anyway. No number at all is in no range, nor outside.
                outside = given & ~cells.is_no_number
                found[name, Unusable.BELOW] = outside & ~cells.is_at_least(low)
                found[name, Unusable.ABOVE] = outside & ~cells.is_at_most(high)
            elif self._is_date(name):
                days, (first, last) = self._days(name), self._first_and_last(name)
                found[name, Unusable.BELOW] = given & days.is_day & (days.number < first)
                found[name, Unusable.ABOVE] = given & days.is_day & (days.number > last)
            elif question.type is not QuestionType.TEXT:
                offered = [cell for cell, code in (column.options or {}).items() if code in question.option]
                found[name, Unusable.NOT_OFFERED] = given & ~cells.is_in(offered)
        return found

    @cached_property
    def lacking(self) -> Mapping[str, ir.BooleanValue | bool]:
        """Where a required answer is missing, by question."""
        required = [question for question in self.reader.questions.values() if question.required]
        return {question.id: self._lacks(question) for question in required}

    def _lacks(self, question: Question) -> ir.BooleanValue | bool:
        if question.id not in self.questions:
            return self._same(question.id) is None
        if question.type in (QuestionType.NUMBER, QuestionType.DATE):
            return ~self.given[question.id] if question.id in self.given else True
        if question.type is QuestionType.SEVERAL:
            return False
        return ~any_column([self._column_is(question.id, code) for code in question.option])


def _bounds(unit: Unit) -> tuple[float, float]:
    """The least and the greatest number of millionths that a unit takes."""
    return float(ceil(unit.minimum * UNIT)), float(floor(unit.maximum * UNIT))
