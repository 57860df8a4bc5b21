"""What is done with a submission: each action, its trace, and two people at once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from screening.storage.accounts.staff import Role
from screening.storage.database.rows import SubmissionRow, fetch_only
from screening.storage.database.schema import audit, submission
from screening.storage.statistics.tallies import counts
from tests.support.calls import call
from tests.support.desk import Desk, add, signed_in
from tests.support.page import Element
from tests.support.stores import PAIR
from tests.support.submissions import CONTACT, EARLY, LATE, send

SECRETS = ("Aminah", "+60", "zebra and moon", "liver")
"""What no audit entry may hold."""


def path_of(desk: Desk) -> str:
    return f"/desk/submissions/{send(desk.store, EARLY).id}"


def row_of(desk: Desk, path: str) -> SubmissionRow:
    with desk.store.reading() as transaction:
        query = select(submission).where(submission.c.id == path.rsplit("/", 1)[1])
        return fetch_only(transaction.connection, SubmissionRow, query)


def actions(desk: Desk, path: str) -> list[str]:
    with desk.store.reading() as transaction:
        query = select(audit.c.action).where(audit.c.subject == path.rsplit("/", 1)[1]).order_by(audit.c.number)
        return list(transaction.connection.execute(query).scalars())


def feed(page: Element) -> list[str]:
    return [element.text for element in page.one(id="feed").all("li")]


def test_somebody_takes_it_and_hands_it_back(coordinator: Desk) -> None:
    path = path_of(coordinator)
    coordinator.get(path)
    page = coordinator.submit(action="/take")
    assert "with coordinator" in page.text
    assert row_of(coordinator, path).assignee_id == add(coordinator.store, Role.COORDINATOR)
    page = coordinator.submit(action="/hand-back")
    assert "nobody has it" in page.text
    assert [line.split(" · ")[0] for line in feed(page)] == ["Handed it back", "Took it"]
    assert [action for action in actions(coordinator, path) if action != "opened"] == ["shared", "taken", "handed_back"]


def token(desk: Desk) -> str:
    return desk.page.all("input", name="csrf_token")[0]["value"]


def test_a_note_is_kept_as_it_was_typed_and_does_nothing(coordinator: Desk) -> None:
    path = path_of(coordinator)
    coordinator.get(path)
    text = "<b>Called</b> {{ 1 + 1 }}\n<script>alert(1)</script> zebra and moon"
    page = coordinator.submit({"note": text}, action="/note")
    assert "<b>Called</b> {{ 1 + 1 }}" in page.one(id="feed").text
    assert not page.one("body").all("script", "b")
    coordinator.submit({"note": "  "}, action="/note", status=400)


def test_an_emergency_is_noted_first_and_what_to_say_is_shown_whatever_others_did(
    app: Flask, coordinator: Desk
) -> None:
    path = path_of(coordinator)
    before = row_of(coordinator, path).call_first or 0
    coordinator.get(path)
    other = signed_in(app, Role.COORDINATOR, "Bakti")
    other.get(path)
    other.submit({"note": "meanwhile"}, action="/note")
    page = coordinator.submit(action="/emergency")
    assert "Please hang up now and call 999" in page.text
    assert "Sila letakkan telefon" in page.one("p", lang="ms").text
    assert row_of(coordinator, path).call_first == before + 1
    page = coordinator.get(path)
    assert "Emergency on the call" in feed(page)[0]
    assert "Call this one first" in page.one(id="look").text
    assert "emergency" in actions(coordinator, path)


def test_what_the_clinic_saw_is_kept_by_ground_and_counted_without_who(coordinator: Desk) -> None:
    path = path_of(coordinator)
    with coordinator.store.reading() as transaction:
        before = counts(transaction, "misread").get("told", 0)
    coordinator.get(path)
    coordinator.submit({"ground": "told_of_cirrhosis/cancer", "seen": "x"}, action="/seen", status=400)
    coordinator.submit({"ground": "told_of_cirrhosis/told", "seen": ""}, action="/seen", status=400)
    page = coordinator.submit({"ground": "told_of_cirrhosis/told", "seen": "A letter says F3."}, action="/seen")
    assert "A letter says F3." in feed(page)[0]
    assert "told_of_cirrhosis" not in feed(page)[0]
    with coordinator.store.reading() as transaction:
        assert counts(transaction, "misread")["told"] == before + 1
    rows = [element.text for element in coordinator.get("/desk/misread").all("tr")]
    assert any("What has a doctor told you about scarring" in row for row in rows)


# --- two at once ---


ACTIONS = [
    ("/take", {}),
    ("/note", {"note": "zebra and moon"}),
    ("/seen", {"ground": "told_of_cirrhosis/told", "seen": "zebra and moon"}),
]


@pytest.mark.parametrize(("action", "fields"), ACTIONS, ids=[action[0] for action in ACTIONS])
def test_the_second_of_two_is_told_and_nothing_is_overwritten(
    app: Flask, coordinator: Desk, action: str, fields: dict[str, str]
) -> None:
    path = path_of(coordinator)
    coordinator.get(path)
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    other.get(path)
    other.submit({"note": "I spoke with her daughter."}, action="/note")
    before = row_of(coordinator, path)
    page = coordinator.submit(fields, action=action, status=409)
    assert row_of(coordinator, path) == before
    text = page.one(id="meanwhile").text
    assert "Bakti" in text
    assert "I spoke with her daughter." in text
    typed = [element.text for element in page.all("textarea")]
    assert [typed_text for typed_text in typed if typed_text] == [
        value for name, value in fields.items() if name in ("note", "seen")
    ]
    coordinator.submit({}, action=action)
    assert row_of(coordinator, path).revision == before.revision + 1


def test_only_what_happened_since_is_told(app: Flask, coordinator: Desk) -> None:
    path = path_of(coordinator)
    coordinator.get(path)
    coordinator.submit({"note": "before"}, action="/note")
    other = signed_in(app, Role.CLINICIAN, "Bakti")
    other.get(path)
    other.submit({"note": "after"}, action="/note")
    page = coordinator.submit({"note": "mine"}, action="/note", status=409)
    text = page.one(id="meanwhile").text
    assert "after" in text
    assert "before" not in text.replace("Somebody was here before you", "")


# --- the audit ---


@pytest.mark.slow
def test_every_action_is_in_the_audit_and_none_tells_anything(app: Flask, coordinator: Desk) -> None:
    receipt = send(coordinator.store, LATE)
    path = f"/desk/submissions/{receipt.id}"
    coordinator.get(path)
    for action, fields in [
        *ACTIONS,
        ("/hand-back", {}),
        ("/emergency", {}),
        ("/dialled", {}),
        ("/identity", {"word": PAIR.clinic}),
        ("/identity", {"word": "rivver"}),
        ("/identity", {"word": PAIR.person}),
    ]:
        coordinator.get(path)
        coordinator.submit(fields, action=action)
    call(coordinator, receipt.id)
    coordinator.submit(action="/identity/lost")
    done = actions(coordinator, path)
    assert {"taken", "noted", "seen_otherwise", "handed_back", "emergency", "checked_identity"} <= set(done)
    assert {"dialled", "word_lost"} <= set(done)
    with coordinator.store.reading() as transaction:
        entries = transaction.connection.execute(select(audit)).all()
    written = " ".join(str(value) for entry in entries for value in entry if not isinstance(value, bytes))
    for word in (*SECRETS, receipt.code, str(CONTACT["reach"]), PAIR.clinic, PAIR.person, "rivver"):
        assert word not in written.split(), word
    assert "zebra" not in written


def test_a_revision_that_is_no_number_changes_nothing(coordinator: Desk) -> None:
    path = path_of(coordinator)
    coordinator.get(path)
    for text in ("", "x", "-1", "9" * 30):
        sent = {"revision": text, "csrf_token": token(coordinator)}
        assert coordinator.raw(f"{path}/take", "POST", sent).status_code == 400
    assert row_of(coordinator, path).assignee_id is None
