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
    return isinstance(answer, str) and bool(question.option[answer].leaves_open)
