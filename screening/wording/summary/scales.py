"""Numbers from papers on a line with the cut-offs that the rules compare them with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from screening.ruleset.model.questions import Question
from screening.ruleset.reading.answer_types import Quantity
from screening.wording.document.answers import readable_number
from screening.wording.document.blocks import Part, Scale
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext

_ROOM = 2
"""The line ends at this many times the highest cut-off."""


def scales(context: SummaryContext) -> Iterator[Part]:
    """A line for each number that was read back from a paper and that a rule or note compares with something."""
    limits = context.engine.cut_offs
    questions = [question for question in context.rule_set.questions if context.rule_set.page_of[question.id].read_back]
    drawn = [
        _scale(question, plain, limits[question.id], context)
        for question in questions
        if question.id in context.outcome.asked
        and limits.get(question.id)
        and isinstance(plain := context.plain.get(question.id), Decimal)
    ]
    if drawn:
        yield Part("scales", context.say("Numbers beside the cut-offs of these rules"), tuple(drawn))


def _scale(question: Question, number: Decimal, limits: tuple[Decimal, ...], context: SummaryContext) -> Scale:
    language = context.language
    unit = question.stored_unit.counted
    end = limits[-1] * _ROOM
    answer = context.input.answers[question.id]
    return Scale(
        label=question.label,
        answer=context.answer(question.id) if isinstance(answer, Quantity) else "",
        number=_number_text(number, language),
        place=min(float(number / end), 1.0),
        beyond=number > end,
        cut_offs=tuple((float(limit / end), _number_text(limit, language)) for limit in limits),
        description=context.say(
            "%(label)s: %(number)s %(unit)s, on a line with the cut-offs %(cut_offs)s",
            label=question.label,
            number=_number_text(number, language),
            unit=unit,
            cut_offs=language.all_of([_number_text(limit, language) for limit in limits]),
        ),
    )


def _number_text(number: Decimal, language: Language) -> str:
    return language.number(readable_number(number))
