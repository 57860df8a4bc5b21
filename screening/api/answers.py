"""Answers that a program sends become answers of the rules: by `ruleset`'s own reader, no looser than the schema."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from screening.api.answer_schemas import SIGNS, amount_pattern, is_signed, unit_codes
from screening.api.bodies import plain_number
from screening.api.decimal_patterns import MOST, any_decimal
from screening.api.problems import Mistake
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, AnswerError, Quantity, plain_answer
from screening.ruleset.reading.two_parts import written_in
from screening.ruleset.reading.typed_dates import ISO_DATE
from screening.wording.document.answers import answer_error
from screening.wording.language.languages import SOURCE_LANGUAGE, language

_ISO_DATE = re.compile(ISO_DATE)
_DECIMAL = re.compile(any_decimal(signed=True))


@dataclass(frozen=True, slots=True)
class _WrongAnswerError(Exception):
    """An answer that the schema does not allow."""

    code: str
    detail: str


def asked_here(rule_set: RuleSet, parts_off: frozenset[str]) -> tuple[Question, ...]:
    """The questions that a deployment may ask with these parts switched off."""
    return tuple(question for question in rule_set.questions if rule_set.page_of[question.id].part not in parts_off)


def read_answers(
    raw: Mapping[str, object], rule_set: RuleSet, parts_off: frozenset[str], *, whole: bool
) -> tuple[dict[str, Answer], list[Mistake]]:
    """The answers, and every mistake in them; `whole`: there is to be an outcome, so what is required is missed."""
    asked = {question.id: question for question in asked_here(rule_set, parts_off)}
    answers: dict[str, Answer] = {}
    mistakes: list[Mistake] = []
    for name, value in raw.items():
        if name not in asked:
            mistakes.append(Mistake(("answers", name), "question_unknown", _unknown(name, rule_set)))
            continue
        try:
            answers[name] = _read(asked[name], value)
        except _WrongAnswerError as error:
            mistakes.append(Mistake(("answers", name), error.code, error.detail))
    if whole:
        missing = (name for name, question in asked.items() if question.required and name not in raw)
        mistakes += [Mistake(("answers", name), "required", _REQUIRED) for name in missing]
    return answers, mistakes


_REQUIRED = "There is no outcome without this answer."


def _unknown(name: str, rule_set: RuleSet) -> str:
    if name in rule_set.question:
        return "This deployment does not ask this question. Leave it out."
    return "There is no such question. GET /api/v1/questions lists all."


def _read(question: Question, raw: object) -> Answer:
    _check_shape(question, raw)
    try:
        answer = read_answer(question, _with_numbers(question, raw), today=date.today())
    except AnswerError as error:
        raise _WrongAnswerError(error.code, answer_error(error, language(SOURCE_LANGUAGE))) from None
    if question.required and plain_answer(question, answer) is None:
        raise _WrongAnswerError("required", _REQUIRED)
    if isinstance(answer, Quantity) and answer.unit is None and abs(answer.amount) > MOST:
        raise _WrongAnswerError("out_of_range", f"Without its unit a number is at most {MOST}.")
    return answer


def _check_shape(question: Question, raw: object) -> None:
    """Refuse what the reader would take from a form, and what a program has no reason to send."""
    if isinstance(raw, list) and question.type is QuestionType.SEVERAL:
        codes = [code for code in raw if code is None or isinstance(code, str)]
        if len(set(codes)) < len(codes):
            raise _WrongAnswerError("repeated", "Send each code once.")
    if isinstance(raw, str) and question.type is QuestionType.TEXT and len(raw) > question.most:
        raise _WrongAnswerError("text_too_long", f"A text here has at most {question.most} characters.")
    if isinstance(raw, str) and question.type is QuestionType.DATE and not _ISO_DATE.fullmatch(raw):
        raise _WrongAnswerError("date_pattern", 'Write a date as "2024-05-17", or as "2024-05" or "2024".')
    if isinstance(raw, dict) and question.type is QuestionType.NUMBER:
        unknown = raw.keys() - {"value", "unit", "sign"}
        if "sign" in raw and not (isinstance(raw.get("unit"), str) and raw["sign"] in (*SIGNS,)):
            raise _WrongAnswerError("sign", f"A bound has a unit, and a sign that is one of these: {', '.join(SIGNS)}.")
        if unknown or "value" not in raw or not isinstance(raw.get("unit", ""), str | None):
            raise _WrongAnswerError("number_shape", 'Send a number, or {"value": 4.2, "unit": "mg/dL"}.')


def _with_numbers(question: Question, raw: object) -> object:
    """The same with a decimal string as the number that it is."""
    if question.type is not QuestionType.NUMBER:
        return raw
    if isinstance(raw, str):
        return _number(question, raw, question.stored_unit)
    if not isinstance(raw, dict):
        return raw
    value = raw["value"]
    if isinstance(value, str):
        value = _number(question, value, _unit(question, raw))
    sign, unit = SIGNS.get(raw.get("sign", ""), ""), _unit(question, raw)
    if sign and unit and isinstance(value, Decimal):
        value = sign + written_in(unit, value)  # which the reader takes as it is typed: in one way only
    return {**{name: member for name, member in raw.items() if name != "sign"}, "value": value}


def _unit(question: Question, raw: Mapping[str, object]) -> Unit | None:
    """The unit in which a number is sent; None where nobody knows it, or where there is none of this name."""
    if "unit" not in raw:
        return question.stored_unit
    return next((unit for unit in question.units if raw["unit"] in unit_codes(unit)), None)


def _number(question: Question, text: str, unit: Unit | None) -> Decimal:
    """A decimal string as a number; one out of bounds is left to the reader, which says why."""
    pattern = amount_pattern(unit) if unit else any_decimal(signed=is_signed(question))
    is_decimal = _DECIMAL.fullmatch(text) and "\n" not in text
    is_within = is_decimal and re.fullmatch(pattern, text)
    number = plain_number(Decimal(text)) if is_decimal else Decimal(0)
    if is_within or (is_decimal and not _is_allowed(number, unit, signed=is_signed(question))):
        return number
    detail = 'Write a decimal string as "4.2": ASCII digits, a point, no zeros in front, no sign but a needed minus.'
    raise _WrongAnswerError("number_pattern", detail)


def _is_allowed(number: Decimal, unit: Unit | None, *, signed: bool) -> bool:
    """Whether the reader would take a number, in whatever way it is written."""
    if unit is None:
        return signed or number >= 0
    return unit.minimum <= number <= unit.maximum and not (unit.whole and number != number.to_integral_value())
