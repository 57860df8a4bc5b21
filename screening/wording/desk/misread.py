"""Counts of questions that people misread, as rows of a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import Language


@dataclass(frozen=True, slots=True)
class MisreadRow:
    """One question, and how often the clinic saw something else."""

    text: str
    count: int


def misread_rows(rule_set: RuleSet, counted: Mapping[str, int], language: Language) -> tuple[MisreadRow, ...]:
    """The questions that were misread, the most often first; of a question that is gone its id."""
    gone = language.gettext("%(id)s (no longer asked)")
    rows = []
    for name, count in counted.items():
        question = rule_set.question.get(name)
        rows.append(MisreadRow(question.text if question else gone % {"id": name}, count))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.text)))
