"""Which of the readings of a typed number is meant: the bounds of its unit tell, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.compiler.numbers.arithmetic import EXACT
from screening.ruleset.model.questions import ForeignUnit, Question, Unit
from screening.ruleset.reading.two_parts import may_mean, not_in_parts, read_parts, written_in
from screening.ruleset.reading.typed_numbers import (
    TypedNumber,
    TypedNumberError,
    bound_and_rest,
    clean,
    parse_typed,
    refuse_what_is_no_unit,
    visible,
    written,
)
from screening.ruleset.reading.unit_spellings import by_name, typed_unit

_TEN = Decimal(10)


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen beside the number."""

    unit: Unit | None = None
    is_unknown: bool = False
    """Whether "no range, or I'm not sure" was chosen; else, without a unit, nothing was."""


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number that was read."""

    amount: Decimal
    unit: Unit | None
    """None where the person cannot tell it; then nothing may be computed with the amount."""
    sign: str = ""
    """Which bound the amount is, as `< <= > >=`; empty where it is meant exactly."""


def read_typed(question: Question, text: str, choice: Choice, *, settle: bool, reading: Decimal | None) -> ReadNumber:
    """Read a text beside what was chosen, or raise `TypedNumberError`.

    `settle`: the number is read back before it counts, so that bounds may settle which of two readings is meant.
    `reading`: the one that was settled before, under whatever bounds there were; the text is not read again.
    """
    if choice.unit and reading is not None and may_mean(choice.unit, text, reading):
        return _in_range(question, reading, choice.unit, bound_and_rest(clean(text))[0])
    if reading is None and (typed := read_parts(question, text, choice.unit, unit_unknown=choice.is_unknown)):
        if choice.is_unknown:
            return ReadNumber(typed.amount, None, typed.sign)
        return _in_range(question, typed.amount, typed.unit, typed.sign)
    return _read_one(question, text, choice, settle=settle, reading=reading)


def _read_one(question: Question, text: str, choice: Choice, *, settle: bool, reading: Decimal | None) -> ReadNumber:
    """Read one number with what may stand behind it."""
    number = _parsed(question, text, choice.unit)
    if choice.is_unknown:
        if number.unit_unless_flag and typed_unit(question, number) is None:
            refuse_what_is_no_unit(number, text)
        return ReadNumber(number.readings[0], None, number.sign)
    unit = _unit(question, number, choice.unit, text, is_settled=reading is not None)
    if reading is not None:
        if reading not in number.readings:
            raise TypedNumberError("reading_other", typed=visible(text), readings=_as_readings(number))
        amount = reading
    else:
        amount = _settled(question, number, unit, text, settle=settle)
    return _in_range(question, amount, unit, number.sign)


def _in_range(question: Question, amount: Decimal, unit: Unit, sign: str) -> ReadNumber:
    """A number that its unit accepts."""
    check_bounds(question, (amount,), unit)
    if is_below_all(amount, sign, unit):
        raise _out_of_range(unit)
    check_whole(amount, unit)
    return ReadNumber(amount, unit, sign)


def _parsed(question: Question, text: str, chosen: Unit | None) -> TypedNumber:
    """What a text may mean; of what is no number it is told how one in two parts is typed, where that was chosen."""
    scales = (chosen,) if chosen else question.units
    try:
        return parse_typed(text, signed=any(scale.minimum < 0 for scale in scales))
    except TypedNumberError as error:
        if chosen and chosen.parts and error.code in ("not_a_number", "two_numbers"):
            raise not_in_parts(chosen, text) from None
        raise


def _out_of_range(unit: Unit) -> TypedNumberError:
    if unit.parts:
        limits = {"minimum": written_in(unit, unit.minimum), "maximum": written_in(unit, unit.maximum)}
        return TypedNumberError("out_of_range", **limits, in_parts=True)
    return TypedNumberError("out_of_range", minimum=unit.minimum, maximum=unit.maximum, unit=unit.label)


def _as_readings(number: TypedNumber) -> list[str]:
    """What a number may be read as, each so that it can be typed: a bound never without its sign."""
    return [number.sign + written(reading) for reading in number.readings]


def _unit(question: Question, number: TypedNumber, chosen: Unit | None, text: str, *, is_settled: bool) -> Unit:
    """The unit that counts: the one chosen, never another in silence; where none is, the one typed."""
    typed = typed_unit(question, number)
    if isinstance(typed, ForeignUnit):
        raise TypedNumberError("unit_foreign", text=typed.text)
    if typed is not None and chosen is not None and typed is not chosen:
        raise TypedNumberError("unit_other", typed=typed.label, chosen=chosen.label, **by_name(question))
    if typed is None and number.unit_unless_flag and not is_settled:
        if chosen and chosen.parts:
            raise not_in_parts(chosen, text)
        refuse_what_is_no_unit(number, text)
        labels = [unit.label for unit in ((chosen,) if chosen else question.units)]
        raise TypedNumberError("unit_unknown", typed=number.unit_unless_flag, labels=labels, **by_name(question))
    unit = chosen or typed
    if unit is None:
        raise TypedNumberError("unit_missing", known=[unit.code for unit in question.units], **by_name(question))
    return unit


def _settled(question: Question, number: TypedNumber, unit: Unit, text: str, *, settle: bool) -> Decimal:
    """The one reading that lies in bounds, if no other lies anywhere near them."""
    fitting = [reading for reading in number.readings if unit.minimum <= reading <= unit.maximum]
    if not fitting:
        check_bounds(question, number.readings, unit)
    low = EXACT.multiply(unit.minimum, _TEN) if unit.minimum < 0 else unit.minimum
    high = unit.maximum if unit.maximum < 0 else EXACT.multiply(unit.maximum, _TEN)
    near = [reading for reading in number.readings if low <= reading <= high]
    if len(near) > 1 or (len(number.readings) > 1 and not settle):
        raise TypedNumberError("two_readings", typed=visible(text), readings=_as_readings(number))
    return fitting[0]


def check_bounds(question: Question, readings: Sequence[Decimal], unit: Unit) -> None:
    """Raise `TypedNumberError` where no reading lies in the bounds of a unit: a slip has a usual reason."""
    if any(unit.minimum <= reading <= unit.maximum for reading in readings):
        return
    others = [other for other in question.units if other is not unit]
    fitting = [other for other in others if any(other.minimum <= reading <= other.maximum for reading in readings)]
    if fitting or not others:
        for slip in unit.slips:
            if any(slip.explains(reading) for reading in readings):
                raise TypedNumberError("slip", text=slip.text)
    if fitting:
        raise TypedNumberError("slip", other=fitting[0].printed_range or fitting[0].label, **by_name(question))
    raise _out_of_range(unit)


def is_below_all(amount: Decimal, sign: str, unit: Unit) -> bool:
    """Whether no number is left by a bound: below zero, where none is negative."""
    return sign == "<" and amount == 0 and unit.minimum >= 0


def check_whole(amount: Decimal, unit: Unit) -> None:
    """Raise `TypedNumberError` for a fraction where none can be meant; which whole number is not ours to say."""
    if unit.whole and amount != amount.to_integral_value():
        raise TypedNumberError("whole")
