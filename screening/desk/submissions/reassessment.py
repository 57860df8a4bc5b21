"""Judging a submission anew with an answer that was settled, by the rules that judged it before."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from screening.desk.submissions.opened import OpenedSubmission
from screening.rulefiles.model.canonical import sha256
from screening.rulefiles.translation.loader import Translation
from screening.ruleset.engine.answer_reader import Answer
from screening.runtime import service
from screening.storage.database.clock import now
from screening.storage.submissions.assessments import add_amendment, counts_of
from screening.storage.submissions.records import Submission, change
from screening.wording.language.languages import language
from screening.wording.summary.assessment import assess, safety_texts
from screening.wording.summary.context import SummaryContext, SummaryInput


def amended_input(opened: OpenedSubmission, question: str, answer: Answer) -> SummaryInput:
    """The latest input with one answer set, told in the person's language where its translation is still the same."""
    before = opened.telling.given
    told = _translation_of(opened)
    rules, tag = (told.rules, told.language) if told else (opened.rules, opened.rules.rule_set.language)
    return replace(
        before, answers={**before.answers, question: answer}, rules=rules, language=language(tag), amended=True
    )


def _translation_of(opened: OpenedSubmission) -> Translation | None:
    """The translation by which the latest judgement was told, if rules and texts are still those."""
    found = service()
    if opened.latest.rules_hash != found.rules.hash:
        return None
    told = found.translations.values()
    return next((each for each in told if sha256(each.canonical) == opened.latest.translation_hash), None)


def keep_amended(connection: Connection, kept: Submission, given: SummaryInput, by: str) -> int:
    """Keep the judgement of what was said on the telephone beside the earlier ones; its number."""
    translation = service().translations.get(given.language.tag)
    made = assess(given, service().rules.canonical, translation.canonical) if translation else assess(given)
    number = add_amendment(connection, kept, made, by)
    row = {**kept.row_members, "safety": list(safety_texts(SummaryContext(given)))}
    columns: Any = {**counts_of(made), "contacted_at": kept.row.contacted_at or now()}
    change(connection, kept, row=row, **columns)
    return number
