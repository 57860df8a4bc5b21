"""What a person may have answered, a type of answer a type of question, and what the rules read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from screening.ruleset.compiler.numbers.arithmetic import WHOLE
from screening.ruleset.model.answers import INFINITY, Bound, Plain
from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import WRITTEN, Question, QuestionType, Unit
from screening.ruleset.reading.typed_numbers import as_one_number


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
    """Nothing may be computed with it where the unit is None: it may be one of two readings."""
    typed: str
    """The text, without what cannot be seen."""
    unit: str | None
    """The unit's code; None where the person could not tell it."""
    sign: str = ""
    """Which bound the amount is, as `< <= > >=`; empty where it is meant exactly."""

    @property
    def is_settled_by_bounds(self) -> bool:
        """Whether the text alone can be read in two ways."""
        number = as_one_number(self.typed)
        return self.unit is not None and number is not None and len(number.readings) > 1

    @property
    def reading(self) -> str:
        """The number that was understood, where more was typed than a number with one reading; else empty."""
        number = as_one_number(self.typed)
        is_bare = number is not None and number.is_bare and number.readings == (self.amount,)
        return "" if self.unit is None or is_bare else f"{self.amount:f}"


@dataclass(frozen=True, slots=True)
class Written:
    """Words of the person's own, in one Unicode form, without what cannot be seen."""

    text: str


Answer = Unsure | Chosen | Ticked | Quantity | Written | PartialDate


class AnswerError(ValueError):
    """The raw answer cannot be read; `code` and `values` say why, `wording` says it in words."""

    def __init__(self, question: Question, code: str, **values: object) -> None:
        super().__init__(f"{question.id}: {code}")
        self.question = question
        self.code = code
        self.values = values


def plain_answer(question: Question, answer: Answer, today: date | None = None) -> Plain:
    """The answer as the rules read it: numbers exact and in the stored unit, "none of these" as no tick, what means
    "not sure" as not known, a date as its days up to `today` where it may not lie after.
    """
    match answer:
        case Unsure():
            return frozenset({None}) if question.type is QuestionType.SEVERAL else None
        case Chosen(code=code):
            return None if question.option[code].means_unsure else code
        case Ticked(codes=codes, unsure_of_rest=unsure):
            ticked = frozenset(codes) - question.exclusive_codes
            return ticked | {None} if unsure else ticked
        case Written():
            return WRITTEN
        case PartialDate():
            return answer.days if today is None or question.future else answer.days.until(today)
        case Quantity(unit=None):
            return None
        case Quantity(amount=amount, unit=code, sign=sign):
            unit = unit_of(question, code)
            number = WHOLE.multiply(amount, unit.factor)
            return _bound(number, sign, unit) if sign else number


def _bound(number: Decimal, sign: str, unit: Unit) -> Bound:
    """All numbers that a bound leaves; no number is negative where none can be typed that is."""
    if sign.startswith("<"):
        least = -INFINITY if unit.minimum < 0 else Decimal(0)
        return Bound(least, number, low_open=unit.minimum < 0, high_open=sign == "<")
    return Bound(number, INFINITY, low_open=sign == ">", high_open=True)


def unit_of(question: Question, code: str | None) -> Unit:
    """The unit with this code; raises `AnswerError` where the question has none such."""
    for unit in question.units:
        if code == unit.code or code in unit.also:
            return unit
    raise AnswerError(question, "unit_unknown", unit=code, known=[unit.code for unit in question.units])


def is_unusual(question: Question, answer: Answer) -> bool:
    """Whether a number is possible but rare enough to ask for confirmation."""
    if not isinstance(answer, Quantity) or answer.unit is None:
        return False
    return unit_of(question, answer.unit).is_unusual(answer.amount)
