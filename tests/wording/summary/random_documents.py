"""What a Document says, taken apart: its texts, the sources that it cites, and random answers to make one of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

from hypothesis import strategies as st

from screening.ruleset.model.dates import PartialDate
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.answer_types import Answer, Chosen, Ticked, Unsure, Written
from screening.wording.document.blocks import Block, ClaimPair, Document, Items, Paragraph, Part, PhoneNumbers, Table
from screening.wording.document.paper_blocks import NumberTable
from tests.support.cases import RULES


def texts_in(something: object) -> Iterator[str]:
    """Every text in a Document or a part of it."""
    if isinstance(something, str):
        yield something
    elif isinstance(something, dict):
        for value in something.values():
            yield from texts_in(value)
    elif isinstance(something, tuple | list):
        for item in something:
            yield from texts_in(item)
    elif is_dataclass(something):
        for member in fields(something):
            yield from texts_in(getattr(something, member.name))


def text_of(part: Part | None) -> str:
    """The texts of a part; empty where there is none."""
    return "\n".join(texts_in(part.blocks)) if part else ""


def cited_by(block: Block) -> tuple[int, ...]:
    """The numbers of the sources that a block cites."""
    match block:
        case Table(row_sources=rows):
            return tuple(number for row in rows for number in row)
        case NumberTable(rows=rows):
            return tuple(number for row in rows for number in row.sources)
        case Paragraph(sources=numbers) | Items(sources=numbers) | ClaimPair(sources=numbers):
            return numbers
        case PhoneNumbers(numbers=phones):
            return tuple(number for phone in phones for number in phone.sources)
    return ()


def cited_in(document: Document) -> list[int]:
    """The numbers of all sources that a Document cites, each once, in the order in which they are cited."""
    blocks = [block for part in document.parts.values() for block in part.blocks]
    return list(dict.fromkeys(number for block in blocks for number in cited_by(block)))


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer to a question."""
    match question.type:
        case QuestionType.TEXT:
            return st.one_of(st.just(Unsure()), st.builds(Written, st.sampled_from(["\u6c34 & <b>", "{soil}\nmore"])))
        case QuestionType.DATE:
            known = [PartialDate(2024, 2, 29), PartialDate(2024, 5), PartialDate(2020)]
            return st.sampled_from([*known, *([] if question.required else [Unsure()])])
        case QuestionType.CHOICE:
            return st.sampled_from([Unsure(), *map(Chosen, question.option)])
        case QuestionType.SEVERAL:
            ordinary = [option.code for option in question.options if not option.exclusive]
            some = st.lists(st.sampled_from(ordinary), min_size=1, max_size=3, unique=True)
            alone = st.sampled_from([Unsure(), *(Ticked((code,)) for code in sorted(question.exclusive_codes))])
            return st.one_of(alone, alone, st.builds(_ticked, st.just(question), some, st.booleans()))
        case QuestionType.NUMBER:
            return st.one_of(*map(st.just, [Unsure()] * (not question.required)), _numbers(question))


def _ticked(question: Question, codes: list[str], unsure: bool) -> Ticked:
    return Ticked(tuple(code for code in question.option if code in codes), unsure)


def _numbers(question: Question) -> st.SearchStrategy[Answer]:
    """Numbers of any unit, and numbers whose unit nobody knows."""
    found: list[st.SearchStrategy[Answer]] = []
    for unit in question.units:
        amounts = st.decimals(min_value=unit.minimum, max_value=unit.maximum, places=min(unit.decimals, 2))
        found.append(st.builds(_read, st.just(question), amounts, st.just(unit.code)))
    if not question.required:
        found.append(st.builds(_read, st.just(question), st.just(question.units[0].maximum), st.none()))
    return st.one_of(found)


def _read(question: Question, amount: Decimal, unit: str | None) -> Answer:
    return read_answer(question, {"value": amount, "unit": unit})


def answer_sets() -> st.SearchStrategy[dict[str, Answer]]:
    """Any answers to any questions of the liver rules; the age is always among them."""
    questions = RULES.rule_set.questions
    required = {question.id: answers_to(question) for question in questions if question.required}
    optional = {question.id: answers_to(question) for question in questions if not question.required}
    return st.fixed_dictionaries(required, optional=optional)
