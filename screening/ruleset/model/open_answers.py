"""Which answers leave their question open."""

from __future__ import annotations

from screening.ruleset.model.answers import Plain, is_bounded
from screening.ruleset.model.questions import Question


def is_open(question: Question, answer: Plain) -> bool:
    """Whether an answer leaves its question open: unknown, unsure about some options, or leaving others open.

    A bound does not: nobody can tell the person more than what stands on their paper. Nor does a month or a year.
    """
    if isinstance(answer, frozenset):
        return None in answer
    if answer is None:
        return True
    option = question.option.get(answer) if isinstance(answer, str) else None
    return option is not None and bool(option.leaves_open or option.means_unsure)


def leaves_others(question: Question, answer: Plain) -> bool:
    """Whether the truth may be another answer than this one: it is open, a bound, or a date that is no single day."""
    return is_bounded(answer) or is_open(question, answer)
