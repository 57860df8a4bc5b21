"""Bodies of requests: read strictly, within bounds, and as members that are known; every mistake at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from screening.api.problems import Mistake, ProblemError
from screening.rulefiles.model.foreign_json import ForeignJsonError, read_foreign_json

MOST_WRITTEN = 38
"""Characters of a number written out without zeros that say nothing: every binary number of 64 bits down to 1e-20 has
no more, and the reader of answers takes 40. RFC 8259, section 6, lets a reader set such a limit."""
LEAST = Decimal("1e-20")
"""The least number beside 0: so each binary number of 64 bits that is not smaller is read, and no smaller one is."""
JSON = "application/json"

_REASONS = {
    "encoding": "The body is not UTF-8.",
    "repeated": "A name stands twice in one object. Send each once.",
    "number": "The body holds NaN, an infinity, or a number of more than 400 characters. Send numbers as measured.",
    "depth": "The body is nested too deeply. Look at the examples.",
}


@dataclass(frozen=True, slots=True)
class AnswersBody:
    """A body that holds answers, its members looked at and its answers not yet read."""

    answers: Mapping[str, object]
    options: Mapping[str, object]
    """The other members that were sent."""


def read_json(content: bytes) -> Any:
    """The data of a body, or `ProblemError` (400) where it is no JSON that is read here."""
    try:
        data = read_foreign_json(content)
    except ForeignJsonError as error:
        detail = _REASONS.get(error.reason) or f"Line {error.line}, column {error.column} is not JSON."
        raise ProblemError(400, "json", "The body cannot be read as JSON", detail=detail) from None
    too_long = [
        Mistake(path, "number_too_long", f"Write a number with at most {MOST_WRITTEN} characters, and none near 0.")
        for path, number in _numbers(data, ())
        if len(_written(number)) > MOST_WRITTEN or 0 < abs(number) < LEAST
    ]
    if too_long:
        raise ProblemError(400, "json", "The body cannot be read as JSON", too_long)
    return _plain(data)


def _numbers(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Decimal]]:
    if isinstance(data, dict):
        for name, member in data.items():
            yield from _numbers(member, (*path, name))
    elif isinstance(data, list):
        for index, member in enumerate(data):
            yield from _numbers(member, (*path, index))
    elif isinstance(data, int | Decimal) and not isinstance(data, bool):
        yield path, Decimal(data)


def _written(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(data: Any) -> Any:
    """The data with each number as the shortest decimal; to JSON -0 is 0."""
    if isinstance(data, dict):
        return {name: _plain(member) for name, member in data.items()}
    if isinstance(data, list):
        return [_plain(member) for member in data]
    if isinstance(data, int | Decimal) and not isinstance(data, bool):
        return plain_number(Decimal(data))
    return data


def plain_number(number: Decimal) -> Decimal:
    """A number without zeros that say nothing and without the sign of zero."""
    return Decimal(_written(number)) if number else Decimal(0)


def answers_body(data: Any, options: Mapping[str, Collection[object]]) -> tuple[AnswersBody, list[Mistake]]:
    """The answers in a body and its other members, of which `options` says what each may be; and what is wrong."""
    if not isinstance(data, dict):
        return AnswersBody({}, {}), [Mistake((), "not_an_object", 'Send an object: {"answers": {...}}.')]
    known = ("answers", *options)
    mistakes = [
        Mistake((name,), "member_unknown", f"There is no such member. Known are: {', '.join(known)}.")
        for name in data
        if name not in known
    ]
    answers = data.get("answers")
    if not isinstance(answers, dict):
        mistakes.append(Mistake(("answers",), "not_an_object", "Send an object with an answer for each question id."))
        answers = {}
    sent = {name: data[name] for name in options if name in data}
    mistakes += [
        Mistake((name,), "value_unknown", f"It is one of these: {', '.join(map(_shown, options[name]))}.")
        for name, value in sent.items()
        if not any(value is allowed or (isinstance(value, str) and value == allowed) for allowed in options[name])
    ]
    return AnswersBody(answers, sent), mistakes


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
