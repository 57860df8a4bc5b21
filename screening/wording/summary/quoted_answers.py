"""Answers quoted in a sentence: those that a person gave, and those that would settle what is open."""

from __future__ import annotations

from collections.abc import Iterable

from screening.ruleset.model.answers import Bound, Plain
from screening.ruleset.model.dates import DayRange, as_partial
from screening.ruleset.model.questions import Question, QuestionType
from screening.ruleset.reading.raw_plain import bound_text
from screening.wording.language.languages import Language
from screening.wording.summary.context import SummaryContext

_ONE_OF_MANY = (QuestionType.NUMBER, QuestionType.DATE)


def answers_with_labels(context: SummaryContext, names: Iterable[str]) -> str:
    """Answers as they were given, each behind what it is about, in one text."""
    label = {name: context.rule_set.question[name].label for name in names}
    return context.language.apart([context.language.with_label(label[name], context.answer(name)) for name in label])


def answers_in_quotes(context: SummaryContext, names: Iterable[str]) -> str:
    """Answers in the words that were chosen, each with what it is about after it, in one text for the person."""
    label = {name: context.rule_set.question[name].label for name in names}
    quoted = [context.say("“%(answer)s” (%(label)s)", answer=context.answer(name), label=label[name]) for name in label]
    return context.language.apart(quoted)


def settling_words(question: Question, answer: Plain, context: SummaryContext) -> str:
    """An answer that would settle something; a number, or a day, is one of many that would."""
    words = answer_in_plain_words(question, answer, context.language)
    return context.say("such as %(number)s", number=words) if question.type in _ONE_OF_MANY else words


def answer_in_plain_words(question: Question, answer: Plain, language: Language) -> str:
    """An answer that nobody gave but that would settle something, or shows something, in words."""
    if isinstance(answer, frozenset):
        ticked = [option for option in question.options if option.code in answer]
        chosen = ticked or [option for option in question.options if option.exclusive]
        return language.apart(option.repeat or option.text for option in chosen) or language.gettext("none of these")
    if isinstance(answer, DayRange):
        return language.partial_date(as_partial(answer))
    option = question.option.get(answer) if isinstance(answer, str) else None
    if option:
        return option.repeat or option.text
    if question.type is QuestionType.TEXT:
        return language.gettext("whatever is written")
    if isinstance(answer, Bound):
        return bound_text(answer)
    return str(answer) if question.type is QuestionType.NUMBER else ""
