"""The judgements of a submission: number 0 as it was shared, then each amendment; none is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from screening.storage.database.clock import now
from screening.storage.database.schema import version
from screening.storage.store import Members, StoreTransaction, SubmissionCipher
from screening.storage.submissions.records import Submission
from screening.storage.submissions.rule_texts import TextKind, store_rule_text


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """One judgement as it was: what went in, what was shown, and by which texts."""

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
    """A judgement that is kept: number 0 is what was shared."""

    number: int
    made_at: datetime
    made_by: str | None
    rules_hash: str
    translation_hash: str | None
    input: Members
    document: Members


def counts_of(judged: AssessmentRecord) -> dict[str, Any]:
    """The plain columns of a submission that follow from a judgement, for `submissions.change`."""
    return {
        "category": judged.category,
        "call_first": judged.call_first,
        "conflicts": judged.conflicts,
        "unsure": judged.unsure,
    }


def versions(transaction: StoreTransaction, kept: Submission) -> list[Version]:
    """Every judgement of a submission, the one that was shared first."""
    query = select(version).where(version.c.submission_id == kept.id).order_by(version.c.number)
    return [_opened_version(kept, row) for row in transaction.connection.execute(query)]


def _opened_version(kept: Submission, row: Row[Any]) -> Version:
    place = f"{kept.id}/{row.number}"
    return Version(
        row.number,
        row.made_at,
        row.made_by,
        row.rules_hash,
        row.translation_hash,
        kept.drawer.open(row.input_sealed, "version", place, "input"),
        kept.drawer.open(row.document_sealed, "version", place, "document"),
    )


def add_amendment(
    transaction: StoreTransaction, kept: Submission, judged: AssessmentRecord, made_by: str | None
) -> int:
    """Keep a new judgement beside the earlier ones; its number. The caller's `change` guards against two at once."""
    query = select(func.max(version.c.number)).where(version.c.submission_id == kept.id)
    number = int(transaction.connection.execute(query).scalar_one()) + 1
    keep_version(transaction, kept.drawer, (kept.id, number), made_by, judged)
    return number


def keep_version(
    transaction: StoreTransaction,
    opened: SubmissionCipher,
    place: tuple[str, int],
    made_by: str | None,
    judged: AssessmentRecord,
) -> None:
    """Keep a judgement as the version of a submission that `place` names by id and number."""
    submission_id, number = place
    row = f"{submission_id}/{number}"
    translation = judged.translation
    values = {
        "submission_id": submission_id,
        "number": number,
        "made_at": now(),
        "made_by": made_by,
        "rules_hash": store_rule_text(transaction, TextKind.RULES, judged.rules),
        "translation_hash": store_rule_text(transaction, TextKind.TRANSLATION, translation) if translation else None,
        "input_sealed": opened.seal(judged.input, "version", row, "input"),
        "document_sealed": opened.seal(judged.document, "version", row, "document"),
    }
    transaction.connection.execute(insert(version).values(values))
