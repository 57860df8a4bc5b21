"""A person's answers as plain text, for their own notes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.document.read_back import AnswerRow
from screening.wording.language.languages import Language


def plain_answers_text(
    rule_set: RuleSet, rows: Iterable[AnswerRow], day: str, language: Language, older: str = ""
) -> str:
    """The answers, a question and its answer a paragraph.

    `day` is when the last one was given, ISO 8601; `older` says it of those that were given before.
    """
    say = language.gettext
    answered_on = language.date(date.fromisoformat(day)) if day else ""
    head = [rule_set.title, say("Answers of %(day)s", day=answered_on), older, say("Information, not medical advice.")]
    lines = [f"{row.label}\n  {row.answer}" for row in rows]
    return "\n\n".join(("\n".join(filter(None, head)), *lines, rule_set.disclaimer)) + "\n"
