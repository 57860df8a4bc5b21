"""Answers carried in a file: how the file is sealed and opened again, and whether this deployment made it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ParamSpec, Protocol, TypeVar

from screening.crypto.box import SealError, open_sealed, seal
from screening.crypto.keys import KeyRing
from screening.crypto.phrase_box import NotSealedFileError, open_with_any, seal_with_phrase
from screening.questionnaire.answers_state import SAVED_FIELDS, AnswersState, read_kept
from screening.rulefiles.model.foreign_json import read_foreign_json
from screening.rulefiles.model.shape import check_shape, saved_schema
from screening.ruleset.model.questions import Question
from screening.ruleset.model.rule_set import RuleSet

P = ParamSpec("P")
T = TypeVar("T")

FIRST_LINE = "Saved answers, sealed. Open this file on the page where you made it, with your words."
"""Stands in every file, whatever its language: a file is known by it."""
SECRET_BYTES = 5
"""Four words; scrypt makes guessing them slow."""
VERSION = 1
"""Of the shape that `rules/saved.schema.json` describes."""
_PURPOSE = "saved answers"
_FOR_EVER = 2**62
"""Seconds after which a seal is no longer believed: how old answers may be is for the rule file to say."""


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """What a file holds."""

    state: AnswersState
    """As it was saved: by other rules, perhaps, and with dates that are worth nothing where it is not sealed."""
    digests: Mapping[str, str]
    """By question: how it was asked."""
    is_sealed: bool
    """Whether this deployment wrote all of it, the dates above all. Who has the words can write anything else."""


class Run(Protocol):
    """Calls a function, here or in a worker process: with words a file is sealed and opened slowly on purpose."""

    def __call__(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
        """What the function gives."""


def run_here(function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> T:
    """The function called in this process, for a `Run`."""
    return function(*arguments, **named)


def sealed_file(
    state: AnswersState, rule_set: RuleSet, secret: bytes, ring: KeyRing, now: int, *, run: Run = run_here
) -> str:
    """A file with all that is kept, sealed by this deployment, then with a secret; `now` in seconds since 1970."""
    digests = {name: question_digest(rule_set.question[name]) for name in state.answers if name in rule_set.question}
    kept = {name: value for name in SAVED_FIELDS if (value := getattr(state, name))}
    members = {"version": VERSION, "kept": {"answers": {}, **kept}, "questions": digests}
    members["seal"] = seal(_digest(members), ring, _PURPOSE, now)
    content = json.dumps(members, separators=(",", ":"))
    return run(seal_with_phrase, content.encode(), secret.hex(), FIRST_LINE)


def open_file(text: str, secrets: Sequence[bytes], ring: KeyRing, now: int, *, run: Run = run_here) -> SavedAnswers:
    """What a file holds; `secrets` are those that the words may stand for, `now` in seconds since 1970.

    Raises `NotSealedFileError` or `WrongPhraseError`.
    """
    content = run(open_with_any, text, [secret.hex() for secret in secrets], FIRST_LINE)
    if not isinstance(content, bytes):
        raise content
    try:
        members = read_foreign_json(content)
        if check_shape(members, saved_schema()):
            raise NotSealedFileError
        state = read_kept(members["kept"])
    except ValueError:
        raise NotSealedFileError from None
    is_sealed = _is_ours(members.pop("seal", ""), _digest(members), ring, now)
    return SavedAnswers(state, members["questions"], is_sealed)


def _is_ours(text: str, digest: bytes, ring: KeyRing, now: int) -> bool:
    try:
        return open_sealed(text, ring, _PURPOSE, now, _FOR_EVER) == digest
    except SealError:
        return False


def _digest(members: Mapping[str, Any]) -> bytes:
    """Of all that is sealed, in whatever order it stands."""
    return sha256(json.dumps(members, sort_keys=True, default=str).encode()).digest()


def question_digest(question: Question) -> str:
    """Changes where what a person is asked, or what an answer means, does; not with help, pictures and codes."""
    content = (
        question.text,
        question.not_sure,
        [(option.code, option.text, option.group) for option in question.options],
        [(unit.code, unit.label, str(unit.factor)) for unit in question.units],
        *([question.most] if question.most else []),
        *((unit.code, str(unit.parts)) for unit in question.units if unit.parts),
    )
    return sha256(repr(content).encode()).hexdigest()[:16]
