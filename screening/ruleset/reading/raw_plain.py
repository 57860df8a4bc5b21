"""Raw answers that are read as a plain one: what a program, or a case that a proof found, may send to give it."""

from __future__ import annotations

from decimal import Decimal

from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.dates import DayRange, as_partial
from screening.ruleset.model.questions import Question
from screening.ruleset.reading.two_parts import written_in
from screening.ruleset.reading.typed_numbers import written


def raw_plain(question: Question, plain: Plain) -> object:
    """A raw answer that is read as this plain one: what a program may send to give it."""
    if isinstance(plain, Decimal):
        return _raw_number(question, plain)
    if isinstance(plain, Bound):
        return _raw_bound(question, plain)
    if isinstance(plain, DayRange):
        return as_partial(plain).text
    if not isinstance(plain, frozenset):
        return plain
    codes: list[str | None] = [option.code for option in question.options if option.code in plain]
    if None in plain:
        return [*codes, None]
    return codes or sorted(question.exclusive_codes)


def _raw_bound(question: Question, bound: Bound) -> object:
    """A bound as it may be typed, in the stored unit."""
    sign, number = _sign_and_number(bound)
    return {"value": sign + written_in(question.stored_unit, number), "unit": question.stored_unit.code}


def bound_text(bound: Bound) -> str:
    """A bound with its sign, as one number."""
    sign, number = _sign_and_number(bound)
    return sign + written(number)


def _sign_and_number(bound: Bound) -> tuple[str, Decimal]:
    is_upper = bound.high.is_finite()
    number, is_open = (bound.high, bound.high_open) if is_upper else (bound.low, bound.low_open)
    return ("<" if is_upper else ">") + ("" if is_open else "="), number


def _raw_number(question: Question, number: Decimal) -> object:
    """A number in the first unit in which it can be typed; in the stored one by itself."""
    for unit in question.units:
        amount = number / unit.factor
        typed = round(amount, unit.decimals)
        if typed == amount and unit.minimum <= amount <= unit.maximum:
            return number if unit is question.stored_unit else {"value": typed, "unit": unit.code}
    return number
