"""Judging a submission anew with answers that were settled, by the rules that judged it before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from screening.desk.submissions.clinic_calendar import calendar_of
from screening.desk.submissions.opened import OpenedSubmission
from screening.rulefiles.model.canonical import sha256
from screening.rulefiles.translation.loader import Translation
from screening.ruleset.reading.answer_types import Answer
from screening.runtime import current_service
from screening.storage.database.clock import now
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.heard import counts_with_heard
from screening.storage.submissions.assessments.versions import add_amendment
from screening.storage.submissions.next_steps.standing import place, standing_of
from screening.storage.submissions.next_steps.steps import after_hearing
from screening.storage.submissions.record.records import Submission
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput


def amended_input(opened: OpenedSubmission, answers: Mapping[str, Answer]) -> SummaryInput:
    """The latest input with these answers set, judged today, in the person's language where its texts are the same."""
    before = opened.context.input
    translation = _translation_of(opened)
    rules, tag = (
        (translation.rules, translation.language) if translation else (opened.rules, opened.rules.rule_set.language)
    )
    return replace(
        before,
        answers={**before.answers, **answers},
        rules=rules,
        language=language(tag),
        amended=True,
        today=now().astimezone().date(),
    )


def _translation_of(opened: OpenedSubmission) -> Translation | None:
    """The translation by which the latest judgement was told, if rules and texts are still those."""
    service = current_service()
    if opened.latest.rules_hash != service.rules.hash:
        return None
    translations = service.translations.values()
    return next(
        (
            translation
            for translation in translations
            if sha256(translation.canonical) == opened.latest.translation_hash
        ),
        None,
    )


def store_reassessment(transaction: StoreTransaction, submission: Submission, assessment: Assessment, by: str) -> int:
    """Keep the judgement of what was said on the telephone beside the earlier ones; its number."""
    translation = current_service().translations.get(assessment.input.language.tag)
    source = current_service().rules.canonical if translation else ""
    record = assessment.record(source, translation.canonical if translation else None)
    number = add_amendment(transaction, submission, record, by)
    danger = {"safety": list(assessment.safety_texts), "safety_notes": list(assessment.safety_notes)}
    row = {**submission.row_members, **danger}
    moment = now()
    columns: Any = {**counts_with_heard(submission, record), "contacted_at": submission.row.contacted_at or moment}
    standing = after_hearing(standing_of(submission), calendar_of(submission, moment))
    place(transaction, submission, standing, row=row, **columns)
    return number
