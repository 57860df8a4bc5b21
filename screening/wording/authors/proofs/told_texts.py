"""Which texts are told of an answer set in what is really made of it: its Document, and what is read out in a call.

The page and both papers print nothing of a rule file's texts but what stands in the Document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.engine.engine import Engine
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.dates import day_in
from screening.ruleset.model.text_places import TextPlace, text_places
from screening.ruleset.reading.answer_reader import read_answer
from screening.ruleset.reading.raw_plain import raw_plain
from screening.ruleset.told.told_texts import ToldTexts
from screening.wording.language.languages import language
from screening.wording.summary.context import OPEN, SummaryContext, SummaryInput
from screening.wording.summary.result import context_document

Telling = Callable[[Engine, Mapping[str, Plain]], frozenset[str]]
"""The ids of the texts that are told of an answer set."""


def telling(rules: LoadedRules) -> Telling:
    """What a proof asks of the texts of a rule file: those that have their place, and stand there indeed."""
    places = text_places(rules.rule_set)
    placed = cache(ToldTexts)

    def told(engine: Engine, answers: Mapping[str, Plain]) -> frozenset[str]:
        context = SummaryContext(_input(rules, engine, answers))
        said = "\n".join((*texts_in(context_document(context).parts), *read_aloud(rules)))
        standing = frozenset(place.id for place in places if stands(place, context, said))
        return standing & placed(engine).told(answers)

    return told


def stands(place: TextPlace, context: SummaryContext, said: str) -> bool:
    """Whether what a place holds is among what is said, with the answers in it."""
    return any(context.fill(text.partition(OPEN)[0]).strip() in said for text in place.texts)


def read_aloud(rules: LoadedRules) -> Iterator[str]:
    """What of the rule file is read out in every call: that the caller is no doctor, and how to get help."""
    if rules.rule_set.staff:
        yield rules.rule_set.staff.doctor
    yield from rules.rule_set.emergency.fastest.steps


def texts_in(something: object) -> Iterator[str]:
    """Every text in a Document or a part of it."""
    if isinstance(something, str):
        yield something
    elif isinstance(something, Mapping):
        for member in something.values():
            yield from texts_in(member)
    elif isinstance(something, tuple):
        for member in something:
            yield from texts_in(member)
    elif is_dataclass(something):
        for field in fields(something):
            yield from texts_in(getattr(something, field.name))


def _input(rules: LoadedRules, engine: Engine, answers: Mapping[str, Plain]) -> SummaryInput:
    questions = rules.rule_set.question
    given = {
        name: read_answer(questions[name], raw_plain(questions[name], plain))
        for name, plain in answers.items()
        if name in questions
    }
    return SummaryInput(rules, given, language("en"), day_in(answers), UNREVIEWED, parts_off=engine.parts_off)
