"""The assessments of a submission: number 0 as it was shared, then each amendment; none is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from screening.config.notifications import NoticeEvent
from screening.storage.database.clock import now
from screening.storage.database.rows import VersionRow, fetch_all
from screening.storage.database.schema import version
from screening.storage.store import Members, StoreTransaction
from screening.storage.submissions.assessments.rule_texts import TextKind, store_rule_text
from screening.storage.submissions.notices.outbox import queue
from screening.storage.submissions.record.cipher import SubmissionCipher
from screening.storage.submissions.record.records import Submission


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One assessment as it was: what went in, what was shown, and by which texts."""

    rules: str
    """Canonical JSON of the rule set."""
    input: Members
    """Answers and all else that the Document was made from."""
    document: Members
    category: str
    call_first: int
    conflicts: int
    unsure: int
    translation: str | None = None
    """Canonical JSON of the translation; None: the rule set's own language."""


@dataclass(frozen=True, slots=True)
class Version:
    """An assessment that is kept: number 0 is what was shared."""

    number: int
    made_at: datetime
    made_by: str | None
    rules_hash: str
    translation_hash: str | None
    input: Members
    document: Members


def counts_of(assessment: AssessmentRecord) -> dict[str, Any]:
    """The plain columns of a submission that follow from an assessment, for `records.change`."""
    return {
        "category": assessment.category,
        "call_first": assessment.call_first,
        "conflicts": assessment.conflicts,
        "unsure": assessment.unsure,
    }


def versions(transaction: StoreTransaction, submission: Submission) -> list[Version]:
    """Every assessment of a submission, the one that was shared first."""
    query = select(version).where(version.c.submission_id == submission.id).order_by(version.c.number)
    return [_open_version(submission, row) for row in fetch_all(transaction.connection, VersionRow, query)]


def _open_version(submission: Submission, row: VersionRow) -> Version:
    place = f"{submission.id}/{row.number}"
    return Version(
        row.number,
        row.made_at,
        row.made_by,
        row.rules_hash,
        row.translation_hash,
        submission.cipher.open(row.input_sealed, "version", place, "input"),
        submission.cipher.open(row.document_sealed, "version", place, "document"),
    )


def add_amendment(
    transaction: StoreTransaction, submission: Submission, assessment: AssessmentRecord, made_by: str | None
) -> int:
    """Keep a new assessment beside the earlier ones; its number. The caller's `change` guards against two at once."""
    query = select(func.max(version.c.number)).where(version.c.submission_id == submission.id)
    number = int(transaction.connection.execute(query).scalar_one()) + 1
    store_version(transaction, submission.cipher, (submission.id, number), made_by, assessment)
    queue(transaction, submission.id, NoticeEvent.CHANGED)
    return number


def store_version(
    transaction: StoreTransaction,
    cipher: SubmissionCipher,
    place: tuple[str, int],
    made_by: str | None,
    assessment: AssessmentRecord,
) -> None:
    """Keep an assessment as the version of a submission that `place` names by id and number."""
    submission_id, number = place
    row = f"{submission_id}/{number}"
    translation = assessment.translation
    values = {
        "submission_id": submission_id,
        "number": number,
        "made_at": now(),
        "made_by": made_by,
        "rules_hash": store_rule_text(transaction, TextKind.RULES, assessment.rules),
        "translation_hash": store_rule_text(transaction, TextKind.TRANSLATION, translation) if translation else None,
        "input_sealed": cipher.seal(assessment.input, "version", row, "input"),
        "document_sealed": cipher.seal(assessment.document, "version", row, "document"),
    }
    transaction.connection.execute(insert(version).values(values))
