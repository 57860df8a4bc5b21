"""Documents, and what they are made from, as JSON members and back: to be kept, and judged again years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from cattrs.preconf.json import JsonConverter, make_converter
from cattrs.strategies import configure_tagged_union

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import ReviewState
from screening.ruleset.reading.answer_reader import raw_answer, read_answer
from screening.wording.document.blocks import Block, Document
from screening.wording.language.languages import Language
from screening.wording.summary.context import OlderAnswers, SummaryInput, TypedBy


@dataclass(frozen=True)
class StoredInput:
    """The input of a summary without the rules and the language: those are named by hash, and kept once."""

    answers: Mapping[str, Any]
    """Raw answers by question."""
    answered_on: date
    review: ReviewState
    typed_by: TypedBy
    parts_off: tuple[str, ...]
    demonstration: bool
    rules_hash: str
    language: str
    """BCP 47."""
    amended: bool = False
    older: OlderAnswers = field(default_factory=OlderAnswers)
    today: date | None = None
    """Kept where dates are asked."""


def _kind(block: type) -> str:
    """The name that a kind of block has in templates."""
    return str(block.kind)  # type: ignore[attr-defined]


@cache
def _converter() -> JsonConverter:
    converter = make_converter()
    configure_tagged_union(Block, converter, tag_name="kind", tag_generator=_kind)
    return converter


def document_members(document: Document) -> dict[str, Any]:
    """A Document as JSON members."""
    members: dict[str, Any] = _converter().unstructure(document)
    return members


def document_from(members: Mapping[str, Any]) -> Document:
    """The Document that these members were made from."""
    return _converter().structure(members, Document)


def input_members(summary_input: SummaryInput) -> dict[str, Any]:
    """The input of a summary as JSON members, the rules by hash."""
    stored = StoredInput(
        answers={name: raw_answer(answer) for name, answer in summary_input.answers.items()},
        answered_on=summary_input.answered_on,
        review=summary_input.review,
        typed_by=summary_input.typed_by,
        parts_off=tuple(sorted(summary_input.parts_off)),
        demonstration=summary_input.demonstration,
        rules_hash=summary_input.rules.hash,
        language=summary_input.language.tag,
        amended=summary_input.amended,
        older=summary_input.older,
        today=summary_input.judged_on if summary_input.rules.rule_set.has_dates else None,
    )
    members: dict[str, Any] = _converter().unstructure(stored)
    return members


def input_from(members: Mapping[str, Any], rules: LoadedRules, language: Language) -> SummaryInput:
    """The input that was kept, to be judged again: by its own rules, or by others that can read its answers.

    Raises `AnswerError` where these rules cannot read an answer.
    """
    stored = _converter().structure(members, StoredInput)
    known = rules.rule_set.question
    return SummaryInput(
        rules=rules,
        answers={name: read_answer(known[name], raw) for name, raw in stored.answers.items() if name in known},
        language=language,
        answered_on=stored.answered_on,
        review=stored.review,
        typed_by=stored.typed_by,
        parts_off=frozenset(stored.parts_off),
        demonstration=stored.demonstration,
        amended=stored.amended,
        older=stored.older,
        today=stored.today,
    )
