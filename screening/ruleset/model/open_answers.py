"""Which answers leave their question open."""

from __future__ import annotations

from screening.ruleset.model.answers import Plain
from screening.ruleset.model.questions import Question


def is_open(question: Question, answer: Plain) -> bool:
    """Whether an answer leaves its question open: unknown, unsure about some options, or leaving others open."""
    if isinstance(answer, frozenset):
        return None in answer
    if answer is None:
        return True
    option = question.option.get(answer) if isinstance(answer, str) else None
    return option is not None and bool(option.leaves_open)
