"""One reader of an answer for every mouth: the form, the API and the command line call `read_answer`.

A raw answer is what JSON can hold:

    any question      null: not sure
    a choice          "code"
    several           ["code", ...]; null among them: not sure about the rest
    a text            "the words"
    a date            "2024", "2024-05" or "2024-05-17", with as much of it as is known; or as people type it
    a number          4.2 (in the stored unit), "4,2" (as typed), or {"value": 4.2 or "4,2", "unit": "mg/dL"};
                      a bound is typed with its sign: "<0.5", "≥ 75";
                      a null unit: the person cannot tell, so the number is kept but unknown to the rules;
                      with "reading": "4.2" where more was typed than a number that can be read in one way: what was
                      understood then, so that no later rule file reads the text in another way

A number may have a minus sign (- or U+2212) where its unit reaches below zero, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from screening.ruleset.model.dates import PartialDate, earliest_day, latest_day
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import (
    Answer,
    AnswerError,
    Chosen,
    Quantity,
    Ticked,
    Unsure,
    Written,
    unit_of,
)
from screening.ruleset.reading.free_texts import clean, shows
from screening.ruleset.reading.number_reader import Choice, check_bounds, check_whole, read_typed
from screening.ruleset.reading.two_parts import written_in
from screening.ruleset.reading.typed_dates import TypedDateError, parse_typed_date
from screening.ruleset.reading.typed_numbers import MAX_TYPED, TypedNumberError, has_two_readings, visible

_READING = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def read_answer(question: Question, raw: object, *, read_back: bool = False, today: date | None = None) -> Answer:
    """Read one raw answer, or raise `AnswerError`.

    `read_back`: a number is shown to the person before it counts, so that the bounds of its unit may settle which of
    two readings is meant. `today`: the day by which a date is plausible; None: it was accepted before.
    """
    if raw is None:
        return Unsure()
    match question.type:
        case QuestionType.CHOICE:
            return _read_choice(question, raw)
        case QuestionType.SEVERAL:
            return _read_several(question, raw)
        case QuestionType.NUMBER:
            return _read_number(question, raw, read_back=read_back)
        case QuestionType.TEXT:
            return _read_text(question, raw)
        case QuestionType.DATE:
            return _read_date(question, raw, today)


def raw_answer(answer: Answer) -> object:
    """The raw form of an answer: what `read_answer` reads as the same answer."""
    match answer:
        case Unsure():
            return None
        case Chosen(code=code):
            return code
        case Ticked(codes=codes, unsure_of_rest=unsure):
            return [*codes, None] if unsure else list(codes)
        case Written(text=text):
            return text
        case PartialDate():
            return answer.text
        case Quantity(typed=typed, unit=unit, reading=reading):
            return {"value": typed, "unit": unit, "reading": reading} if reading else {"value": typed, "unit": unit}


# --- options -------------------------------------------------------------------------------------


def _read_choice(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise AnswerError(question, "not_a_code", known=list(question.option))
    if raw not in question.option:
        raise AnswerError(question, "option_unknown", option=raw, known=list(question.option))
    return Chosen(raw)


def _read_several(question: Question, raw: object) -> Answer:
    if isinstance(raw, str) or not isinstance(raw, Sequence):
        raise AnswerError(question, "not_a_list", known=list(question.option))
    for code in raw:
        if code is not None and not (isinstance(code, str) and code in question.option):
            raise AnswerError(question, "option_unknown", option=code, known=list(question.option))
    unsure = None in raw
    ticked = [option for option in question.options if option.code in raw]
    if not ticked and not unsure:
        raise AnswerError(question, "nothing_ticked")
    exclusive = [option for option in ticked if option.exclusive]
    if exclusive and (unsure or len(ticked) > 1):
        if not all(option.yields for option in exclusive):
            raise AnswerError(question, "exclusive", option=exclusive[0].text)
        ticked = [option for option in ticked if not option.exclusive]
    if not ticked:
        return Unsure()
    return Ticked(tuple(option.code for option in ticked), unsure)


# --- texts ---------------------------------------------------------------------------------------


def _read_text(question: Question, raw: object) -> Answer:
    if not isinstance(raw, str):
        raise AnswerError(question, "not_a_text")
    text = clean(raw)
    if not shows(text):
        raise AnswerError(question, "text_empty")
    if len(text) > question.most:
        raise AnswerError(question, "text_too_long", length=len(text), most=question.most)
    return Written(text)


# --- dates ---------------------------------------------------------------------------------------


def _read_date(question: Question, raw: object, today: date | None) -> Answer:
    if not isinstance(raw, str):
        raise AnswerError(question, "not_a_date")
    try:
        answer = parse_typed_date(raw)
    except TypedDateError as error:
        raise AnswerError(question, error.code, typed=clean(raw)[:MAX_TYPED]) from None
    if today is not None:
        _check_date(question, answer, today)
    return answer


def _check_date(question: Question, answer: PartialDate, today: date) -> None:
    """Some of its days are plausible, and not after today where they may not be."""
    days, years = answer.days, question.within_years
    if not question.future and days.first > today:
        raise AnswerError(question, "date_future", date=answer)
    if days.last < earliest_day(today, years):
        raise AnswerError(question, "date_past", date=answer, years=years)
    if days.first > latest_day(today, years):
        raise AnswerError(question, "date_ahead", date=answer, years=years)


# --- numbers -------------------------------------------------------------------------------------


def _read_number(question: Question, raw: object, *, read_back: bool) -> Answer:
    value, choice, reading = _value_and_choice(question, raw)
    try:
        if isinstance(value, str):
            number = read_typed(question, value, choice, settle=read_back, reading=reading)
            unit = number.unit.code if number.unit else None
            return Quantity(number.amount, visible(value), unit, number.sign)
        return _read_numeric(question, value, choice)
    except TypedNumberError as error:
        raise AnswerError(question, error.code, **error.values) from None


def _value_and_choice(question: Question, raw: object) -> tuple[object, Choice, Decimal | None]:
    if not isinstance(raw, Mapping):
        raw = {"value": raw}
    if "value" not in raw or raw.keys() - {"value", "unit", "reading"}:
        raise AnswerError(question, "number_shape")
    reading = _reading(question, raw)
    if "unit" in raw:
        code = raw["unit"]
        return raw["value"], Choice(is_unknown=True) if code is None else Choice(unit_of(question, str(code))), reading
    typed_in_several = isinstance(raw["value"], str) and len(question.units) > 1
    return raw["value"], Choice(None if typed_in_several else question.stored_unit), reading


def _reading(question: Question, raw: Mapping[str, object]) -> Decimal | None:
    """What a text was understood as, where that is said; it stands beside a text and its unit alone."""
    reading = raw.get("reading")
    if reading is None:
        return None
    is_number = isinstance(reading, str) and len(reading) <= MAX_TYPED and _READING.fullmatch(reading)
    if not is_number or not isinstance(raw["value"], str) or raw.get("unit") is None:
        raise AnswerError(question, "number_shape")
    return Decimal(str(reading))


def _read_numeric(question: Question, value: object, choice: Choice) -> Answer:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypedNumberError("not_a_number", typed=str(value)[:MAX_TYPED])
    amount = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not amount.is_finite():
        raise TypedNumberError("not_a_number", typed=str(value))
    if abs(amount.adjusted()) > MAX_TYPED:
        raise TypedNumberError("too_long", limit=MAX_TYPED)
    scales = (choice.unit,) if choice.unit else question.units
    if amount.is_signed() and not any(scale.minimum < 0 for scale in scales):
        raise TypedNumberError("negative", typed=f"{amount:f}"[:MAX_TYPED])
    amount = amount or amount.copy_abs()
    if choice.unit is None:
        return Quantity(amount, _as_typed(amount), None)
    check_bounds(question, (amount,), choice.unit)
    check_whole(amount, choice.unit)
    typed = written_in(choice.unit, amount) if choice.unit.parts else _as_typed(amount)
    if len(typed) > MAX_TYPED:
        raise TypedNumberError("too_long", limit=MAX_TYPED)
    return Quantity(amount, typed, choice.unit.code)


def _as_typed(amount: Decimal) -> str:
    """A number that was sent as one, as it may be typed: a point never stands before just three digits."""
    typed = f"{amount:f}"
    if len(typed) < MAX_TYPED and has_two_readings(typed):
        typed += "0"
    if len(typed) > MAX_TYPED:
        raise TypedNumberError("too_long", limit=MAX_TYPED)
    return typed
