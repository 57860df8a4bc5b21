"""An independent reader of the doctor's first page: what the person answered, rebuilt from its text alone."""

from __future__ import annotations

import re
from decimal import Decimal

from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity, Ticked, Unsure
from tests.support.cases import RULES
from tests.support.pdf import squeezed

_PAPER = RULES.rule_set.doctor_paper
assert _PAPER is not None
_LABELS = {name: squeezed(words.label) for name, words in _PAPER.question.items()}
_ANY_LABEL = "|".join(re.escape(label) for label in sorted(_LABELS.values(), key=len, reverse=True))
_REST = squeezed("not sure about the rest")
_NOT_GIVEN = squeezed("not given, or not sure")
_UNKNOWN = "(unit not known)"
_TABLE = squeezed("Numbers given")
"""The heading below which stands how old the tests are."""


def rebuilt_answer(page: str, question: Question) -> Answer | None:
    """What the text of the page says about a question; None where it says nothing."""
    label = re.escape(_LABELS[question.id])
    before = rf"(?:^|[.,]|{_TABLE})"
    statement = re.search(rf"{before}{label}(?:,(?:{_ANY_LABEL}))*:(.*?)\.(?!\d)", squeezed(page), re.IGNORECASE)
    return _answer(question, statement[1]) if statement else _number(page, question)


def _number(page: str, question: Question) -> Quantity | None:
    """The number that stands in the row of a question, in the cell beside its label."""
    assert _PAPER is not None
    label = _PAPER.question[question.id].label
    for unit in (*question.units, None):
        sign = _UNKNOWN if unit is None else "" if unit.label == label else unit.label
        row = rf"(?<!\S){_over_lines(label)}\s+(\d+(?:\.\d+)?)\s*{_over_lines(sign)}(?!\S|\s*\(unit)"
        if number := re.search(row, page.replace("\u2060", ""), re.IGNORECASE):
            return Quantity(Decimal(number[1]), number[1], unit.code if unit else None)
    return None


def _over_lines(text: str) -> str:
    """A pattern for a text that may be broken over lines."""
    return r"\s+".join(re.escape(word) for word in text.split())


def _answer(question: Question, said: str) -> Answer:
    assert _PAPER is not None
    words = _PAPER.question[question.id]
    unsure = {squeezed(words.not_sure or "not sure"), _NOT_GIVEN}
    if said in unsure:
        return Unsure()
    if question.type is QuestionType.NUMBER:
        amount, unit = re.fullmatch(r"([\d.]+)(.*)", said).groups()  # type: ignore[union-attr]
        codes = {squeezed(unit.label): unit.code for unit in question.units}
        return Quantity(Decimal(amount), amount, None if unit == squeezed(_UNKNOWN) else codes[unit])
    options = {
        squeezed(words.answer[code].text if code in words.answer else option.repeat or option.text): code
        for code, option in question.option.items()
    }
    if question.type is QuestionType.CHOICE:
        return Chosen(options[said])
    pieces = said.split(";")
    return Ticked(tuple(options[piece] for piece in pieces if piece != _REST), _REST in pieces)


def is_same(one: Answer | None, other: Answer) -> bool:
    """Whether two answers say the same; how a number was typed is no matter."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.amount == other.amount and one.unit == other.unit
    return one == other
