"""Submissions for tests of the desk: a case's answers, sent as a person sends them."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.state import UNREVIEWED
from screening.ruleset.reading.answer_types import Answer
from screening.storage.database.clock import now
from screening.storage.store import Store
from screening.storage.submissions.person.sharing import Draft, Receipt, submit
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from tests.support.cases import DAY, ENGLISH, ONE_OF_EACH, RULES
from tests.support.stores import PAIR

CONTACT: dict[str, Any] = {
    "name": "Aminah",
    "channel": "phone",
    "address": "+60 12 345 6789",
    "reach": "+60123456789",
    "best_time": "morning",
    "language": "ms",
    "note": "",
    "helper": None,
    "consents": [],
    "terms": [],
}
UNCLEAR = ONE_OF_EACH["unclear, several"]
EARLY = ONE_OF_EACH["early_cirrhosis"]
LATE = ONE_OF_EACH["decompensated"]
FIBROSIS = ONE_OF_EACH["fibrosis"]
NOTHING = ONE_OF_EACH["unclear, nothing_known"]


def send(
    store: Store, case: Case, rules: LoadedRules = RULES, answers: dict[str, Answer] | None = None, **contact: Any
) -> Receipt:
    """Send the answers of a case, with others where they are given."""
    summary_input = SummaryInput(rules, {**case.answers, **(answers or {})}, ENGLISH, DAY, UNREVIEWED)
    assessment, told = Assessment(summary_input), {**CONTACT, **contact}
    danger = {"safety": list(assessment.safety_texts), "safety_notes": list(assessment.safety_notes)}
    draft = Draft(
        assessment=assessment.record(),
        row={"name": told["name"], "channel": "phone", "for": "me", **danger},
        contact=told,
        reach=secrets.token_hex(6),
        language="ms",
        answered_on=DAY.isoformat(),
        best_time="morning",
        promised_at=now() + timedelta(days=3),
        pair=PAIR,
    )
    return store.write(lambda transaction: submit(transaction, secrets.token_bytes(16), draft))
