"""Answers carried in a file: what the file holds, and what of it still fits the rules when it is opened again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, ParamSpec, Protocol, TypeVar

from screening.crypto.phrase_box import NotSealedFileError, open_with_any, seal_with_phrase
from screening.questionnaire.answers_cookie import AnswersState
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet

P = ParamSpec("P")
T = TypeVar("T")

FIRST_LINE = "Saved answers, sealed. Open this file on the page where you made it, with your words."
"""Stands in every file, whatever its language: a file is known by it."""
SAVED_FIELDS = frozenset({"answers", "confirmed", "seen", "who", "day"})
"""What of all that is kept goes into a file: not what ties a browser to something that was sent to a clinic."""
SECRET_BYTES = 5
"""Four words; scrypt makes guessing them slow."""


@dataclass(frozen=True, slots=True)
class OpenedAnswers:
    """A file that was opened."""

    state: AnswersState
    changed: tuple[Question, ...]
    """Questions that have been answered and are asked in other words, or with other options, today."""
    gone: int
    """How many answers are to questions that are no longer there."""


class Run(Protocol):
    """Calls a function, here or in a worker process: with words a file is sealed and opened slowly on purpose."""

    def __call__(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """What the function gives."""


def _run_here(function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    return function(*arguments, **named)


def sealed_file(state: AnswersState, rule_set: RuleSet, secret: bytes, run: Run = _run_here) -> str:
    """A file with all that is kept, sealed with a secret."""
    digests = {name: _digest(rule_set.question[name]) for name in state.answers if name in rule_set.question}
    members = {name: value for name, value in asdict(state).items() if name in SAVED_FIELDS}
    content = json.dumps({"kept": members, "questions": digests}, separators=(",", ":"))
    return run(seal_with_phrase, content.encode(), secret.hex(), FIRST_LINE)


def open_file(text: str, rule_set: RuleSet, secrets: Sequence[bytes], run: Run = _run_here) -> OpenedAnswers:
    """What a file holds; `secrets` are those that the words may stand for.

    Raises `NotSealedFileError` or `WrongPhraseError`.
    """
    content = run(open_with_any, text, [secret.hex() for secret in secrets], FIRST_LINE)
    if not isinstance(content, bytes):
        raise content
    try:
        members: dict[str, Any] = json.loads(content)
        state = AnswersState(**{name: value for name, value in members["kept"].items() if name in SAVED_FIELDS})
        digests: dict[str, str] = members["questions"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotSealedFileError from None
    questions = rule_set.question
    changed = tuple(questions[name] for name in state.answers if _differs(questions.get(name), digests.get(name)))
    return OpenedAnswers(state, changed, sum(name not in questions for name in state.answers))


def _differs(question: Question | None, digest: str | None) -> bool:
    return question is not None and _digest(question) != digest


def _digest(question: Question) -> str:
    """Changes where what a person is asked, or what an answer means, does; not with help, pictures and codes."""
    content = (
        question.text,
        question.not_sure,
        [(option.code, option.text, option.group) for option in question.options],
        [(unit.code, unit.label, str(unit.factor)) for unit in question.units],
    )
    return sha256(repr(content).encode()).hexdigest()[:16]
