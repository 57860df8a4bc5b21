"""Deleting at a person's request, at the desk: how they are identified, who agrees, and what is left to read."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from screening.storage.accounts.staff import Role
from screening.storage.database.schema import audit, submission
from screening.storage.submissions.deletion.deletion_requests import request_of
from screening.storage.submissions.person.sharing import Receipt
from screening.storage.submissions.record.records import State, open_submission
from tests.desk.access.test_guard import desk_rules
from tests.support.calls import call, confirm, say, without_pair
from tests.support.desk import Desk, signed_in
from tests.support.submissions import EARLY, send

LINK = "Delete at the person's request"


def opened(desk: Desk, case: object = EARLY, **contact: object) -> tuple[Receipt, str]:
    """Something that was sent and is open."""
    receipt = send(desk.store, case, **contact)  # type: ignore[arg-type]
    path = f"/desk/submissions/{receipt.id}"
    desk.get(path)
    desk.follow(LINK)
    return receipt, path


def state_of(desk: Desk, receipt: Receipt) -> str:
    with desk.store.reading() as transaction:
        return str(
            transaction.connection.execute(select(submission.c.state).where(submission.c.id == receipt.id)).scalar_one()
        )


def audited(desk: Desk, receipt: Receipt) -> list[tuple[str, str]]:
    with desk.store.reading() as transaction:
        query = select(audit.c.action, audit.c.actor).where(audit.c.subject == receipt.id).order_by(audit.c.number)
        rows = transaction.connection.execute(query).all()
        return [(row.action, row.actor) for row in rows if row.action.startswith("deletion")]


def test_by_the_word_of_the_latest_call_it_is_restricted_at_once(coordinator: Desk) -> None:
    receipt, _ = opened(coordinator)
    assert not coordinator.page.all("input", value="words")
    page = coordinator.submit({"identity": "words"}, action="/deletion", status=400)
    assert "In the latest call their word was not right" in page.text
    assert state_of(coordinator, receipt) == State.NEW
    confirm(coordinator, receipt.id)
    coordinator.follow(LINK)
    assert not coordinator.page.one("main").all("input", type="text")
    page = coordinator.submit({"identity": "words"}, action="/deletion")
    assert page.one("h1").text == "Deletion asked"
    assert "coordinator wrote it down on" in page.text
    for secret in (receipt.code, "Aminah", "+60", "cirrhosis"):
        assert secret not in page.one("main").text
    assert state_of(coordinator, receipt) == State.RESTRICTED


@pytest.mark.slow
@pytest.mark.parametrize("heard", ["zebra", "rivver", None])
def test_a_word_that_was_not_right_or_a_call_after_it_is_no_request(coordinator: Desk, heard: str | None) -> None:
    receipt, path = opened(coordinator)
    confirm(coordinator, receipt.id)
    call(coordinator, receipt.id)
    if heard:
        say(coordinator, heard)
    coordinator.get(f"{path}/deletion")
    assert not coordinator.page.all("input", value="words")
    coordinator.submit({"identity": "words"}, action="/deletion", status=400)
    assert state_of(coordinator, receipt) == State.IN_CONTACT


def test_without_a_pair_only_a_call_back_is_left(coordinator: Desk) -> None:
    receipt, path = opened(coordinator)
    without_pair(coordinator.store, receipt.id)
    call(coordinator, receipt.id)
    coordinator.get(f"{path}/deletion")
    coordinator.submit({"identity": "words"}, action="/deletion", status=400)
    coordinator.submit({"identity": "call_back", "called_back": "yes"}, action="/deletion")
    assert state_of(coordinator, receipt) == State.RESTRICTED


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"identity": "call_back"},
        {"identity": "email", "told_code": "yes", "told_name": "yes", "told_day": "yes", "answered": "yes"},
        {"identity": "the clinic wants it"},
        {"identity": "words"},
    ],
)
def test_without_identity_there_is_no_request(coordinator: Desk, fields: dict[str, str]) -> None:
    receipt, _ = opened(coordinator)
    coordinator.submit(fields, action="/deletion", status=400)
    assert state_of(coordinator, receipt) == State.NEW
    with coordinator.store.reading() as transaction:
        assert request_of(transaction, receipt.id) is None


def test_where_no_number_is_stored_all_that_they_know_and_an_answer_by_email_is_needed(coordinator: Desk) -> None:
    receipt, _ = opened(coordinator, channel="email", reach="a@example.com", address="a@example.com")
    assert not coordinator.page.all("input", value="call_back")
    told = {"told_code": "yes", "told_name": "yes", "told_day": "yes"}
    coordinator.submit({"identity": "email", **told}, action="/deletion", status=400)
    assert state_of(coordinator, receipt) == State.NEW
    coordinator.submit({"identity": "email", **told, "answered": "yes"}, action="/deletion")
    assert state_of(coordinator, receipt) == State.RESTRICTED


def test_a_call_first_one_waits_for_another_colleague_on_top_of_the_list(app: Flask, coordinator: Desk) -> None:
    receipt, path = opened(coordinator)
    coordinator.get(path)
    coordinator.submit(action="/emergency")
    coordinator.get(f"{path}/deletion")
    page = coordinator.submit({"identity": "call_back", "called_back": "yes"}, action="/deletion")
    assert "Call this one first all the same." in page.text
    assert not [button for button in page.all("button") if button["formaction"].endswith("/agree")]
    row = coordinator.get("/desk/").all("section", class_="waiting")[0]
    assert receipt.code in row.text
    assert "Deletion asked; a second colleague by" in row.text
    assert state_of(coordinator, receipt) == State.NEW
    own = {"csrf_token": coordinator.page.all("input", name="csrf_token")[0]["value"]}
    with coordinator.store.reading() as transaction:
        own["revision"] = str(open_submission(transaction, receipt.id).row.revision)
    assert coordinator.raw(f"{path}/deletion/agree", "POST", own).status_code == 400
    assert state_of(coordinator, receipt) == State.NEW
    second = signed_in(app, Role.CLINICIAN, "Second")
    second.get(path)
    page = second.submit(action="/agree")
    assert page.one("h1").text == "Deletion asked"
    assert "Second agreed on" in page.text
    assert state_of(coordinator, receipt) == State.RESTRICTED
    (asked, first), (agreed, other) = audited(coordinator, receipt)
    assert (asked, agreed) == ("deletion_asked_call_back", "deletion_agreed")
    assert first != other


def test_it_is_undone_only_with_a_note(coordinator: Desk) -> None:
    receipt, _ = opened(coordinator)
    coordinator.submit({"identity": "call_back", "called_back": "yes"}, action="/deletion")
    coordinator.submit({"undo_note": " "}, action="/undo", status=400)
    assert state_of(coordinator, receipt) == State.RESTRICTED
    page = coordinator.submit({"undo_note": "It was the neighbour."}, action="/undo")
    assert receipt.code in page.one("h1").text
    assert "It was the neighbour." in page.one(id="feed").text
    assert state_of(coordinator, receipt) == State.NEW


@pytest.mark.parametrize("role", Role)
def test_nothing_of_a_restricted_one_is_read_by_anybody_at_any_address(app: Flask, role: Role) -> None:
    desk = signed_in(app, Role.COORDINATOR)
    receipt, _ = opened(desk, address="+60 19 777 0042", name="Zebrawati", note="moonlight")
    desk.submit({"identity": "call_back", "called_back": "yes"}, action="/deletion")
    anybody = signed_in(app, role)
    opened_pages = 0
    for endpoint, method, path in desk_rules(app):
        if endpoint == "desk.sign_in.sign_out":
            continue
        there = path.replace("submission_id", receipt.id).replace("question_id", "told")
        answers = [anybody.raw(there, method, {"revision": "2", "format": "json"})]
        if endpoint in ("desk.listing.index", "desk.exports.choose"):
            answers += [anybody.raw(f"{there}?group=restricted"), anybody.raw(f"{there}?section=early_cirrhosis")]
        for answer in answers:
            opened_pages += answer.status_code == 200
            for secret in (receipt.code, "777 0042", "Zebrawati", "moonlight"):
                assert secret not in answer.text, f"{secret} at {there} for {role}"
    assert opened_pages
