"""What `cohort.cells` reads in a cell, as columns of the database; where the two might differ, there is doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import floor as next_below
from math import isfinite
from operator import and_, or_
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from screening.cohort.cells import FLOAT_DIGITS, Cell, cell, decimal
from screening.cohort.judging.spans import ANYTHING, Span
from screening.ruleset.reading.typed_numbers import FIRST_GROUP, NEXT_GROUP

WHOLE_DIGITS = 9
"""Digits before the point that a number may have here: with those behind it, binary numbers tell all apart."""
UNIT = 10**FLOAT_DIGITS
"""Numbers of cells are kept as so many millionths: whole ones, which binary numbers hold exactly."""
_SIMPLE = f"^-?[0-9]{{1,{WHOLE_DIGITS}}}([.][0-9]{{1,{FLOAT_DIGITS}}})?$"
_TWO_READINGS = f"^-?{FIRST_GROUP}[.]{NEXT_GROUP}$"
"""Which of the simple numbers `typed_numbers.has_two_readings`."""
_PLAIN_TEXT = "^[!-~](.*[!-~])?$"
"""Nothing at its ends that may be white."""
_NO_NUMBER = "[A-DF-Za-df-z]"
"""No number has such a letter, but for the names of what is none, or has no end."""
_NAMED_NUMBER = "(?i)nan|inf"
_MOST = 10.0**6
"""Binary numbers up to here are rounded as the decimal that they are written as, but for those near a middle."""
_PARTS = ("number", "empty", "two_readings", "doubt")
"""What is read of a cell in a stage of its own."""
_NEAR_MIDDLE = 0.499
"""How far from a whole number of millionths a binary number may be."""

NO_NUMBER = ibis.literal(float("nan"), type="float64")
"""Stands where there is no number: it is in no range, and equals nothing."""
TRUE = ibis.literal(True)  # noqa: FBT003 - a value, not a flag
FALSE = ibis.literal(False)  # noqa: FBT003 - the same


OrNoNumber: TypeAlias = Callable[[ir.Value], ir.Value]
"""A number, or `NO_NUMBER` where there is none."""


def anywhere(number: ir.Value) -> ir.Value:
    """The same, as every database understands it."""
    return number.fill_null(NO_NUMBER)


def least(number: ir.Value) -> ir.Value:
    """The same, sooner, where of the least number what is null is left out, and what is no number is the greatest."""
    return ibis.least(number, NO_NUMBER)


def any_column(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """Where one of some conditions holds; joined as a tree, which stays shallow however many there are."""
    return _joined(list(conditions), or_, FALSE)


def every_column(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    """Where each of some conditions holds."""
    return _joined(list(conditions), and_, TRUE)


Join: TypeAlias = Callable[[ir.BooleanValue, ir.BooleanValue], ir.BooleanValue]


def _joined(parts: list[ir.BooleanValue], join: Join, neutral: ir.BooleanValue) -> ir.BooleanValue:
    if len(parts) < 2:
        return parts[0] if parts else neutral
    half = len(parts) // 2
    return join(_joined(parts[:half], join, neutral), _joined(parts[half:], join, neutral))


class Cells:
    """One column of the table."""

    def __init__(self, column: ir.Value, or_no_number: OrNoNumber, span: Span = ANYTHING) -> None:
        """`span`: what is known of a column of binary numbers."""
        self.column = column
        self.or_no_number = or_no_number
        self.span = span
        self.two_readings: ir.BooleanValue = FALSE
        self.is_text = column.type().is_string()
        self.is_date = column.type().is_date()
        if self.is_text:
            self._read_text(column)
        elif column.type().is_floating():
            self._read_binary(column.cast("float64"))
        elif column.type().is_integer() or column.type().is_decimal():
            self._read_exact(column)
        else:
            self.number = NO_NUMBER
            self.empty = column.isnull()
            self.doubt = column.notnull()

    def _read_text(self, column: ir.Value) -> None:
        simple = column.re_search(_SIMPLE).fill_null(FALSE)
        self.two_readings = simple & column.re_search(_TWO_READINGS)
        self.number = ibis.cases((simple, _millionths(column.try_cast("float64"))), else_=NO_NUMBER)
        self.empty = column.isnull() | (column == "")
        is_word = column.re_search(_PLAIN_TEXT) & column.re_search(_NO_NUMBER) & ~column.re_search(_NAMED_NUMBER)
        self.doubt = ~(simple | self.empty | is_word.fill_null(FALSE))

    def _read_binary(self, column: ir.Value) -> None:
        given = self.or_no_number(column)
        self.number = _millionths(given)
        self.empty = given.isnan()
        # So said, none of it holds of what is no number, whatever a database says of that.
        self.doubt = _NEAR_MIDDLE - (given * float(UNIT) - self.number).abs() <= 0.0
        if not -_MOST < self.span.least <= self.span.most < _MOST:
            self.doubt |= _MOST - given.abs() <= 0.0

    def _read_exact(self, column: ir.Value) -> None:
        kind = column.type()
        self.number = self.or_no_number(_millionths(column.cast("float64")))
        self.empty = column.isnull()
        doubt = column.cast("float64").abs() >= 10.0**WHOLE_DIGITS
        if kind.is_decimal() and (kind.scale is None or kind.scale > FLOAT_DIGITS):
            doubt |= column.round(FLOAT_DIGITS) != column
        self.doubt = doubt.fill_null(FALSE)

    @property
    def is_no_number(self) -> ir.BooleanValue:
        """Where no number is read; of what is no text, that is where nothing stands, or doubt."""
        return self.number.isnan() if self.is_text else self.empty

    def is_at_least(self, low: float) -> ir.BooleanValue:
        """Where the number is not below so many millionths; of what is no number it may say anything."""
        return TRUE if _all_millionths(self.span.least) >= low else self.number >= low

    def is_at_most(self, high: float) -> ir.BooleanValue:
        """Where there is a number and it is not above."""
        return ~self.is_no_number if _all_millionths(self.span.most) <= high else self.number <= high

    def over(self, table: ir.Table, called: str) -> None:
        """Read on in a table of a later stage, in which the column is called so."""
        self.column = table[called]
        for part in _PARTS:
            setattr(self, part, table[f"{part}_{called}"])

    def is_in(self, cells: Iterable[Cell]) -> ir.BooleanValue:
        """Where the cell is one of these."""
        listed = sorted(set(cells))
        numbers = [number for text in listed if (number := _shortest(text)) is not None]
        found = [self.empty] if "" in listed else []
        if numbers:
            same = any_column(self.number == float(number * UNIT) for number in numbers)
            found.append(same & ~self.two_readings if self.is_text else same)
        if self.is_text and (words := [text for text in listed if text]):
            found.append(self.column.isin(words).fill_null(FALSE))
        if self.is_date and (days := [text for text in listed if text]):
            found.append(self.column.cast("string").isin(days).fill_null(FALSE))
        return any_column(found)

    def doubt_as_number(self, *, has_decimal_points: bool) -> ir.BooleanValue:
        """Where it is no number that can be read in one way."""
        unread = ~self.empty & self.number.isnan() if self.is_text else FALSE
        return unread | self.two_readings if self.is_text and not has_decimal_points else unread


def read_cells(
    table: ir.Table, names: Mapping[str, str], or_no_number: OrNoNumber, spans: Mapping[str, Span]
) -> tuple[ir.Table, dict[str, Cells]]:
    """The columns of a table, called by `names` there, each read once in a stage of its own."""
    read = {name: Cells(table[column], or_no_number, spans.get(name, ANYTHING)) for name, column in names.items()}
    staged = table.mutate(
        **{f"{part}_{names[name]}": getattr(cells, part) for name, cells in read.items() for part in _PARTS}
    )
    for name, cells in read.items():
        cells.over(staged, names[name])
    return staged, read


@ibis.udf.scalar.builtin(name="floor")  # type: ignore[untyped-decorator]
def floor(number: float) -> float:  # type: ignore[empty-body]
    """The next whole number below: a binary one, so that it may be what is none."""


@ibis.udf.scalar.builtin(name="ceil")  # type: ignore[untyped-decorator]
def ceiling(number: float) -> float:  # type: ignore[empty-body]
    """The next whole number above, the same way."""


def _millionths(number: ir.Value) -> ir.Value:
    return floor(number * float(UNIT) + 0.5)


def _all_millionths(number: float) -> float:
    """The same of one number: no less for a greater one, so that what it says of the ends it says of all between."""
    return float(next_below(number * float(UNIT) + 0.5)) if isfinite(number) else number


def _shortest(text: Cell) -> Decimal | None:
    """The number that a cell in its shortest form holds, if the database can hold it too."""
    number = decimal(text)
    if number is None or cell(number) != text or abs(number) >= 10**WHOLE_DIGITS:
        return None
    return number if number == round(number, FLOAT_DIGITS) else None
