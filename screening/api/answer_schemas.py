"""The JSON Schema (2020-12) of answers to the questions of a rule set: valid by it is what `answers` accepts, no more.

A decimal within bounds is written as a number, or as a string of one grammar (`decimal_patterns`); typed text, such as
"4,2", belongs to the form. No keyword is used that needs arithmetic on binary numbers, such as `multipleOf` with a
fraction: validators get that wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from screening.api.bodies import LEAST
from screening.api.decimal_patterns import MOST, any_decimal, decimal_pattern
from screening.ruleset.model.questions import Question, QuestionType, Unit
from screening.ruleset.reading.free_texts import SHOWS
from screening.ruleset.reading.typed_dates import ISO_DATE

Schema = dict[str, Any]
_NULL: Schema = {"type": "null", "description": "not sure"}


def answers_schema(questions: Iterable[Question], *, whole: bool) -> Schema:
    """Of an answer set; `whole`: with every answer without which there is no outcome."""
    asked = list(questions)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {question.id: question_schema(question) for question in asked},
    }
    required = [question.id for question in asked if question.required]
    return {**schema, "required": required} if whole and required else schema


def question_schema(question: Question) -> Schema:
    """Of one answer. Only a required one may not be null."""
    accepted = _accepted(question)
    if not question.required:
        accepted = [_NULL, *accepted]
    return {"title": question.label, "description": question.text, "anyOf": accepted}


def _accepted(question: Question) -> list[Schema]:
    match question.type:
        case QuestionType.CHOICE:
            return [{"type": "string", "enum": choosable(question)}]
        case QuestionType.SEVERAL:
            return _several(question)
        case QuestionType.NUMBER:
            return _number(question)
        case QuestionType.TEXT:
            return [{"type": "string", "maxLength": question.most, "pattern": SHOWS}]
        case QuestionType.DATE:
            return [_text(f"^(?:{ISO_DATE})$")]


def choosable(question: Question) -> list[str]:
    """The codes of a choice that may be sent: a required one takes none that means "not sure"."""
    return [option.code for option in question.options if not (question.required and option.means_unsure)]


def _several(question: Question) -> list[Schema]:
    """Codes, each once, and null among them for "not sure about the rest". One that excludes the others stands alone,
    unless it yields to them.
    """
    alone = [option.code for option in question.options if option.exclusive and not option.yields]
    together = [option.code for option in question.options if option.code not in alone]
    items: Schema = {"anyOf": [{"type": "null"}, {"type": "string", "enum": together}]} if together else _NULL
    schemas: list[Schema] = [{"type": "array", "items": items, "minItems": 1, "uniqueItems": True}]
    if alone:
        one: Schema = {"type": "array", "items": {"type": "string", "enum": alone}, "minItems": 1, "maxItems": 1}
        schemas.append(one)
    return schemas


def _number(question: Question) -> list[Schema]:
    stored = question.stored_unit
    by_unit = [_quantity(amount_schemas(unit), unit_codes(unit)) for unit in question.units]
    bounds = [bound for unit in question.units for bound in _bounds(unit)]
    schemas = [*amount_schemas(stored), _quantity(amount_schemas(stored)), *by_unit, *bounds]
    if not question.required:
        schemas.append(_quantity(_any_amount(question), None))
    return schemas


SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
"""How a number is sent that is a bound, as a laboratory prints it, and how that is typed in one character."""
_NOTHING: Schema = {"anyOf": [{"const": Decimal(0)}, {"type": "string", "pattern": r"^0(?:\.0+)?$"}]}


def _bounds(unit: Unit) -> list[Schema]:
    """Of a number that is a bound, with its unit. Below zero, where none is negative, there is nothing."""
    codes, amounts = unit_codes(unit), amount_schemas(unit)
    below, others = _quantity(amounts, codes, ["<"]), _quantity(amounts, codes, [sign for sign in SIGNS if sign != "<"])
    if unit.minimum == 0:
        below["properties"]["value"] = {**below["properties"]["value"], "not": _NOTHING}
    return [below, others]


def amount_schemas(unit: Unit) -> list[Schema]:
    """Of a number in a unit, and of the same as a string."""
    bounds: Schema = {"minimum": unit.minimum, "maximum": unit.maximum, "description": unit.counted}
    number = {"type": "integer", **bounds} if unit.whole else {"type": "number", **bounds, **_not_near_zero(unit)}
    return [number, _text(amount_pattern(unit))]


def _not_near_zero(unit: Unit) -> Schema:
    """That a number between two bounds is 0 or can be told from it."""
    return _FAR if unit.minimum < LEAST and unit.maximum > -LEAST else {}


_FAR: Schema = {"not": {"exclusiveMinimum": -LEAST, "exclusiveMaximum": LEAST, "not": {"const": Decimal(0)}}}


def amount_pattern(unit: Unit) -> str:
    """The pattern of a number in a unit, as a string."""
    return decimal_pattern(unit.minimum, unit.maximum, whole=unit.whole)


def unit_codes(unit: Unit) -> list[str]:
    """What names a unit."""
    return [unit.code, *unit.also]


def is_signed(question: Question) -> bool:
    """Whether a number may be below zero in some unit."""
    return any(unit.minimum < 0 for unit in question.units)


def _any_amount(question: Question) -> list[Schema]:
    """Of a number whose unit nobody knows: it is kept, and unknown to the rules."""
    least = -MOST if is_signed(question) else Decimal(0)
    number: Schema = {"type": "number", "minimum": least, "maximum": MOST, **_FAR}
    return [number, _text(any_decimal(signed=is_signed(question)))]


def _text(pattern: str) -> Schema:
    """Of a decimal string. That it has no line end is said twice: `$` of some engines stands before one, too."""
    return {"type": "string", "pattern": pattern, "not": {"pattern": "\\n"}}


def _quantity(amounts: list[Schema], units: list[str] | tuple[()] | None = (), signs: Sequence[str] = ()) -> Schema:
    """Of a number with its unit; without `units` it is in the stored one, with None nobody knows it."""
    properties: Schema = {"value": {"anyOf": amounts}}
    if units is None:
        properties["unit"] = {"type": "null"}
    elif units:
        properties["unit"] = {"type": "string", "enum": list(units)}
    if signs:
        properties["sign"] = {"type": "string", "enum": list(signs)}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
