"""Which answers leave more than one part of the guide open, and what each answer in their place would mean."""

from __future__ import annotations

from screening.ruleset.model.outcome import Settling
from screening.ruleset.model.outcome_conditions import SEVERAL_TOLD
from screening.wording.summary.context import SummaryContext
from screening.wording.summary.quoted_answers import answers_with_labels, settling_words

MOST = 3
"""Answers that are named; whatever else is open is listed as that."""


def left_open_names(context: SummaryContext) -> tuple[str, ...]:
    """The strict questions without a definite answer that keep a further part possible; none where one was matched."""
    if context.outcome.kind not in SEVERAL_TOLD:
        return ()
    questions = context.rule_set.question
    return tuple(name for name in context.explanation.missing if questions[name].strict)


def left_open_by(context: SummaryContext) -> tuple[str, ...]:
    """One sentence that says so, for a person, beside the reasons that are certain; none where nothing is left open."""
    names = left_open_names(context)
    if not names:
        return ()
    if means := _means(context, names):
        answer = answers_with_labels(context, names)
        more = context.language.apart(means)
        return (
            context.say(
                "%(answer)s. This answer leaves more than one part open: %(means)s.", answer=answer, means=more
            ),
        )
    return (_several(context, names),)


def left_open_in_short(context: SummaryContext) -> tuple[str, ...]:
    """The same for the first screen: of one answer alone only what the mildest in its place would mean."""
    names = left_open_names(context)
    means = _means(context, names)
    if not means:
        return left_open_by(context)
    return (context.language.sentence(context.language.apart((answers_with_labels(context, names), means[0]))),)


def _several(context: SummaryContext, names: tuple[str, ...]) -> str:
    parts = [category.name for category in context.described_categories if not _has_ground(context, category.id)]
    answers = answers_with_labels(context, names[:MOST])
    if not parts:
        return context.say("Your answers leave more than one part open by this: %(answers)s.", answers=answers)
    return context.say(
        "%(answers)s. So your answers may be like %(parts)s too.", answers=answers, parts=context.language.any_of(parts)
    )


def _settled_by(context: SummaryContext, name: str) -> tuple[Settling, ...]:
    """For each part that is told, the answer to this question alone that gives it; empty where one needs more."""
    told = [category.id for category in context.described_categories]
    alone = {
        settling.category: settling for settling in context.explanation.settled_by if set(settling.answers) == {name}
    }
    return tuple(alone[category] for category in reversed(told)) if alone.keys() >= set(told) else ()


def _means(context: SummaryContext, names: tuple[str, ...]) -> tuple[str, ...]:
    """Where one answer alone leaves more open, what others in its place would mean; the mildest part first."""
    if len(names) != 1:
        return ()
    question = context.rule_set.question[names[0]]
    return tuple(
        context.say(
            "if it is “%(answer)s”, only %(part)s fits",
            answer=settling_words(question, settling.answers[question.id], context),
            part=context.rule_set.category[settling.category].name,
        )
        for settling in _settled_by(context, question.id)
    )


def _has_ground(context: SummaryContext, category: str) -> bool:
    return any(context.rule_set.category_of[name] == category for name in context.outcome.grounds)
