"""Submissions for tests of the desk: small ones, many of them, as old and in such a state as a test wants."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from screening.rulefiles.loading.loader import LoadedRules
from screening.storage.database.clock import now
from screening.storage.database.schema import event, submission, version
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import AssessmentRecord
from screening.storage.submissions.person.sharing import Draft, submit
from screening.storage.submissions.record.records import change, open_submission
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from tests.support.stores import PAIR

SMALL = AssessmentRecord(
    rules="{}", input={}, document={}, category="fibrosis", call_first=0, conflicts=0, unsure=0, translation=None
)


def assess_case(rules: LoadedRules, number: int) -> AssessmentRecord:
    """The judgement of a case of the rule file."""
    summary_input = SummaryInput(
        rules, rules.cases[number].answers, language("en"), now().date(), rules.review.state(now().date())
    )
    return Assessment(summary_input).record()


def send(
    store: Store,
    hours_ago: float = 0,
    judgement: AssessmentRecord = SMALL,
    *,
    reach: str = "",
    row: Mapping[str, Any] | None = None,
    contact: Mapping[str, Any] | None = None,
    **columns: Any,
) -> str:
    """Keep a submission that was sent some hours ago, with these sealed members and plain columns; its id."""
    at = now() - timedelta(hours=hours_ago)
    draft = Draft(
        assessment=judgement,
        row=row or {},
        contact=contact or {},
        reach=reach,
        language=columns.pop("language", "en"),
        answered_on=at.date().isoformat(),
        best_time=columns.pop("best_time", "any"),
        promised_at=at + timedelta(days=3),
        pair=PAIR,
    )

    def write(transaction: StoreTransaction) -> str:
        sent = submit(transaction, os.urandom(16), draft)
        kept = open_submission(transaction, sent.id)
        change(transaction, kept, **{"received_at": at, **columns})
        return sent.id

    return store.write(write)


def code_of(store: Store, submission_id: str) -> str:
    """The reference code of a submission."""
    with store.reading() as transaction:
        return open_submission(transaction, submission_id).code


def clear(store: Store) -> None:
    """Leave nothing that was sent."""

    def write(transaction: StoreTransaction) -> None:
        for table in (event, version, submission):
            transaction.connection.execute(delete(table))

    store.write(write)
