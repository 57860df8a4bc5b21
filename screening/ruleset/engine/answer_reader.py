"""One reader of an answer for every mouth: the form, the API and the command line call `read_answer`.

A raw answer is what JSON can hold:

    any question      null: not sure
    a choice          "code"
    several           ["code", ...]; null among them: not sure about the rest
    a number          4.2 (in the stored unit), "4,2" (as typed), or {"value": 4.2 or "4,2", "unit": "mg/dL"};
                      a null unit: the person cannot tell, so the number is kept but unknown to the rules
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from screening.ruleset.compiler.arithmetic import EXACT, WHOLE
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import Question, QuestionType, Unit

MAX_TYPED = 20
"""Characters in a typed number; no report prints a longer one."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """The person said "I'm not sure"."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option chosen."""

    code: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """The options ticked, in the order of the file."""

    codes: tuple[str, ...]
    unsure_of_rest: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit in which it was typed."""

    amount: Decimal
    typed: str
    unit: str | None
    """The unit's code; None where the person could not tell it."""


Answer = Unsure | Chosen | Ticked | Quantity


class AnswerError(ValueError):
    """The raw answer cannot be read; `code` and `values` say why, `wording` says it in words."""

    def __init__(self, question: Question, code: str, **values: object) -> None:
        super().__init__(f"{question.id}: {code}")
        self.question = question
        self.code = code
        self.values = values


def read_answer(question: Question, raw: object) -> Answer:
    """Read one raw answer, or raise `AnswerError`."""
    if raw is None:
        return Unsure()
    match question.type:
        case QuestionType.CHOICE:
            return _read_choice(question, raw)
        case QuestionType.SEVERAL:
            return _read_several(question, raw)
        case QuestionType.NUMBER:
            return _read_number(question, raw)


def raw_answer(answer: Answer) -> object:
    """The raw form of an answer: what `read_answer` reads as the same answer."""
    match answer:
        case Unsure():
            return None
        case Chosen(code=code):
            return code
        case Ticked(codes=codes, unsure_of_rest=unsure):
            return [*codes, None] if unsure else list(codes)
        case Quantity(typed=typed, unit=unit):
            return {"value": typed, "unit": unit}


def plain_answer(question: Question, answer: Answer) -> Plain:
    """The answer as the rules read it: numbers exact and in the stored unit, "none of these" as no tick."""
    match answer:
        case Unsure():
            return frozenset({None}) if question.type is QuestionType.SEVERAL else None
        case Chosen(code=code):
            return code
        case Ticked(codes=codes, unsure_of_rest=unsure):
            ticked = frozenset(codes) - question.exclusive_codes
            return ticked | {None} if unsure else ticked
        case Quantity(unit=None):
            return None
        case Quantity(amount=amount, unit=code):
            return WHOLE.multiply(amount, unit_of(question, code).factor)


def raw_plain(question: Question, plain: Plain) -> object:
    """A raw answer that is read as this plain one: what a program may send to give it."""
    if isinstance(plain, Decimal):
        return _raw_number(question, plain)
    if not isinstance(plain, frozenset):
        return plain
    codes: list[str | None] = [option.code for option in question.options if option.code in plain]
    if None in plain:
        return [*codes, None]
    return codes or sorted(question.exclusive_codes)


def _raw_number(question: Question, number: Decimal) -> object:
    """A number in the first unit in which it can be typed; in the stored one by itself."""
    for unit in question.units:
        amount = number / unit.factor
        typed = round(amount, unit.decimals)
        if typed == amount and unit.minimum <= amount <= unit.maximum:
            return number if unit is question.stored_unit else {"value": typed, "unit": unit.code}
    return number


def unit_of(question: Question, code: str | None) -> Unit:
    """The unit with this code; raises `AnswerError` where the question has none such."""
    for unit in question.units:
        if code == unit.code or code in unit.also:
            return unit
    raise AnswerError(question, "unit_unknown", unit=code, known=[each.code for each in question.units])


def is_unusual(question: Question, answer: Answer) -> bool:
    """Whether a number is possible but rare enough to ask for confirmation."""
    if not isinstance(answer, Quantity) or answer.unit is None:
        return False
    return unit_of(question, answer.unit).is_unusual(answer.amount)


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
    exclusive = [each for each in ticked if each.exclusive]
    if exclusive and (unsure or len(ticked) > 1):
        if not all(each.yields for each in exclusive):
            raise AnswerError(question, "exclusive", option=exclusive[0].text)
        ticked = [each for each in ticked if not each.exclusive]
    if not ticked:
        return Unsure()
    return Ticked(tuple(each.code for each in ticked), unsure)


# --- numbers -------------------------------------------------------------------------------------


def _read_number(question: Question, raw: object) -> Answer:
    value, unit = _value_and_unit(question, raw)
    amount = _read_typed(question, value) if isinstance(value, str) else _read_numeric(question, value)
    typed = value.strip() if isinstance(value, str) else _written(question, amount)
    if unit is None:
        return Quantity(amount, typed, None)
    _check_range(question, amount, unit)
    _check_decimals(question, amount, unit)
    return Quantity(amount, typed, unit.code)


def _value_and_unit(question: Question, raw: object) -> tuple[object, Unit | None]:
    if isinstance(raw, Mapping):
        if "value" not in raw or raw.keys() - {"value", "unit"}:
            raise AnswerError(question, "number_shape")
        if "unit" in raw:
            code = raw["unit"]
            return raw["value"], None if code is None else unit_of(question, str(code))
        raw = raw["value"]
    if isinstance(raw, str) and len(question.units) > 1:
        raise AnswerError(question, "unit_missing", known=[unit.code for unit in question.units])
    return raw, question.stored_unit


def _read_numeric(question: Question, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise AnswerError(question, "not_a_number", typed=str(value)[:MAX_TYPED])
    amount = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not amount.is_finite():
        raise AnswerError(question, "not_a_number", typed=str(value))
    if abs(amount.adjusted()) > MAX_TYPED:
        raise AnswerError(question, "too_long", limit=MAX_TYPED)
    if amount.is_signed():
        raise AnswerError(question, "negative", typed=f"{amount:f}"[:MAX_TYPED])
    return amount


def _written(question: Question, amount: Decimal) -> str:
    """A number that was sent as one, as it may be typed: a point never stands before just three digits."""
    typed = f"{amount:f}"
    if _GROUPED.fullmatch(typed):
        typed += "0"
    if len(typed) > MAX_TYPED:
        raise AnswerError(question, "too_long", limit=MAX_TYPED)
    return typed


_DIGITS = re.compile(r"\d+")
_SPACED = re.compile(r"\d{1,3}( \d{3})+")
_DECIMAL = re.compile(r"(\d+)[.,](\d+)")
_GROUPED = re.compile(r"\d+([.,]\d{3})+([.,]\d+)?")
_SIGNED = re.compile(r"[<>≤≥~]\s*\d.*")
_NEGATIVE = re.compile(r"[-−–]\s*\d.*")
_WITH_UNIT = re.compile(r"\d[\d.,\s]*\s*[^\d\s.,].*")


def _read_typed(question: Question, text: str) -> Decimal:
    """Read a number as people type it; a separator before exactly three digits is never guessed at."""
    typed = " ".join(_ascii_digits(text).split())
    if not typed:
        raise AnswerError(question, "empty")
    if len(typed) > MAX_TYPED:
        raise AnswerError(question, "too_long", limit=MAX_TYPED)
    if _DIGITS.fullmatch(typed) or _SPACED.fullmatch(typed):
        return Decimal(typed.replace(" ", ""))
    if (match := _DECIMAL.fullmatch(typed)) and (len(match[2]) != 3 or not match[1].strip("0")):
        return Decimal(f"{match[1]}.{match[2]}")
    if _GROUPED.fullmatch(typed):
        raise AnswerError(question, "thousands", typed=text.strip(), readings=_readings(question, typed))
    for pattern, code in ((_SIGNED, "inequality"), (_NEGATIVE, "negative"), (_WITH_UNIT, "unit_typed")):
        if pattern.fullmatch(typed):
            raise AnswerError(question, code, typed=text.strip())
    raise AnswerError(question, "not_a_number", typed=text.strip())


def _ascii_digits(text: str) -> str:
    """The text with digits of other scripts and full-width forms as ASCII ones; a superscript is no such digit."""
    plain = (each if unicodedata.category(each) == "No" else unicodedata.normalize("NFKC", each) for each in text)
    return "".join(str(unicodedata.decimal(each, each)) for each in "".join(plain))


def _readings(question: Question, typed: str) -> list[str]:
    """What `1.200` or `150.000` may mean, written so that it can be read in one way only.

    Each reading is offered only where it lies in the range of some unit of the question.
    """
    *groups, last = re.split(r"[.,]", typed)
    before = "".join(groups)
    as_thousands = Decimal(before + last if len(last) == 3 else f"{before}.{last}")
    readings = [as_thousands]
    if len(groups) == 1:
        as_decimals = Decimal(f"{before}.{last}")
        places = min(2, max(unit.decimals for unit in question.units))
        if as_decimals == as_decimals.to_integral_value():
            readings.append(as_decimals.to_integral_value())
        elif places:
            readings.append(EXACT.quantize(as_decimals, Decimal(1).scaleb(-places)))
    return [
        f"{reading:f}"
        for reading in readings
        if any(unit.minimum <= reading <= unit.maximum for unit in question.units)
    ]


def _check_range(question: Question, amount: Decimal, unit: Unit) -> None:
    if unit.minimum <= amount <= unit.maximum:
        return
    for slip in unit.slips:
        if slip.explains(amount):
            raise AnswerError(question, "slip", text=slip.text)
    raise AnswerError(question, "out_of_range", minimum=unit.minimum, maximum=unit.maximum, unit=unit.label)


def _check_decimals(question: Question, amount: Decimal, unit: Unit) -> None:
    exponent = EXACT.normalize(amount).as_tuple().exponent
    if isinstance(exponent, int) and -exponent > unit.decimals:
        raise AnswerError(question, "decimals", limit=unit.decimals)
