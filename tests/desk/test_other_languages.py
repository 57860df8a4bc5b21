"""What was sent in another language: staff read it beside their own, and it is amended in the person's."""

from __future__ import annotations

import secrets
from datetime import timedelta

import pytest

from screening.rulefiles.review.state import UNREVIEWED
from screening.storage.database.clock import now
from screening.storage.submissions.person.sharing import Draft, Receipt, submit
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.context import SummaryInput
from screening.wording.summary.result import result_document
from tests.desk.submissions.test_telephone import kept_versions, settle
from tests.support.cases import DAY, ENGLISH
from tests.support.desk import Desk
from tests.support.stores import PAIR
from tests.support.submissions import CONTACT, UNCLEAR, send


def send_in_malay(desk: Desk) -> tuple[Receipt, SummaryInput]:
    """Send a case as somebody does who reads Malay."""
    found = desk.service
    malay = found.translations["ms"]
    summary_input = SummaryInput(malay.rules, UNCLEAR.answers, language("ms"), DAY, UNREVIEWED)
    draft = Draft(
        assessment=Assessment(summary_input).record(found.rules.canonical, malay.canonical),
        row={"name": "Aminah", "channel": "phone", "for": "me", "safety": []},
        contact=CONTACT,
        reach=secrets.token_hex(6),
        language="ms",
        answered_on=DAY.isoformat(),
        best_time="any",
        promised_at=now() + timedelta(days=3),
        pair=PAIR,
    )
    store = desk.store
    return store.write(lambda transaction: submit(transaction, secrets.token_bytes(16), draft)), summary_input


def test_staff_read_what_was_seen_beside_their_own_language(coordinator: Desk) -> None:
    receipt, given = send_in_malay(coordinator)
    page = coordinator.get(f"/desk/submissions/{receipt.id}/versions/0")
    panels = page.one("main").all("section", class_="seen panel")
    assert [element["lang"] for element in panels] == ["ms", "en"]
    assert panels[0].one("h2").text == result_document(given).heading
    english = SummaryInput(coordinator.service.rules, UNCLEAR.answers, ENGLISH, DAY, UNREVIEWED)
    assert panels[1].one("h2").text == result_document(english).heading


def test_what_was_seen_in_the_language_of_staff_stands_there_once(coordinator: Desk) -> None:
    receipt = send(coordinator.store, UNCLEAR)
    page = coordinator.get(f"/desk/submissions/{receipt.id}/versions/0")
    assert len(page.one("main").all("section", class_="seen panel")) == 1


@pytest.mark.slow
def test_an_amended_outcome_is_told_in_the_persons_language(coordinator: Desk) -> None:
    receipt, _ = send_in_malay(coordinator)
    settle(coordinator, receipt.id, "told", {"told": "cirrhosis_late"})
    first, second = kept_versions(coordinator, receipt.id)
    assert second.document["language"] == first.document["language"] == "ms"
    assert (second.rules_hash, second.translation_hash) == (first.rules_hash, first.translation_hash)
    assert second.document["category"] == "decompensated"
