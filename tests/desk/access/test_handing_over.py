"""What a disabled colleague has is handed over by a manager, who reads nothing of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from screening.storage.accounts.staff import Role, disable
from screening.storage.accounts.staff_rows import write_staff_row
from screening.storage.audit.log import SERVICE
from screening.storage.audit.verification import entries
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.handing_over import held_numbers
from screening.storage.submissions.desk_list.list_groups import NOBODY
from screening.storage.submissions.record.events import events
from screening.storage.submissions.record.records import State, open_submission
from tests.support.desk import Desk, add
from tests.support.desk_submissions import clear, code_of, send


@pytest.fixture
def devi(manager: Desk) -> str:
    """A coordinator who has two open submissions, one that is closed, and one that is restricted; her id."""
    clear(manager.store)
    who = add(manager.store, Role.COORDINATOR, "Devi")
    manager.store.write(lambda transaction: _enable(transaction, who))
    for state in (State.NEW, State.IN_CONTACT, State.CLOSED, State.RESTRICTED):
        send(manager.store, assignee_id=who, state=state)
    return who


def _enable(transaction: StoreTransaction, who: str) -> None:
    write_staff_row(transaction, SERVICE, who, {"active": True})


def holders(desk: Desk) -> list[str | None]:
    with desk.store.reading() as transaction:
        query = select(submission.c.assignee_id).order_by(submission.c.state)
        return list(transaction.connection.execute(query).scalars())


def test_disabling_leads_to_handing_over_by_number_and_code_alone(manager: Desk, devi: str) -> None:
    receiver = add(manager.store, Role.CLINICIAN, "Dr Lim")
    page = manager.get(f"/desk/staff/{devi}/disable")
    assert "They have 2 open submissions." in page.one("main").text
    page = manager.submit()
    assert manager.path == f"/desk/staff/{devi}/hand-over"
    assert "has 2 open submissions" in page.one("main").text
    assert len(page.one("main").one("details").all("li")) == 2
    manager.submit({"receiver": receiver})
    assert "Dr Lim has 2 submissions more now." in manager.page.one("main").text
    assert sorted(map(str, holders(manager))) == sorted([devi, devi, receiver, receiver])
    with manager.store.reading() as transaction:
        assert held_numbers(transaction) == {receiver: 2}
        told = list(entries(transaction, newest=2))
    assert {entry.action for entry in told} == {f"given_to_{receiver}"}
    assert {entry.actor for entry in told} == {add(manager.store, Role.MANAGER)}


def test_what_happened_says_who_gave_it_to_whom(manager: Desk, coordinator: Desk, devi: str) -> None:
    receiver = add(manager.store, Role.CLINICIAN, "Dr Lim")
    manager.store.write(lambda transaction: disable(transaction, SERVICE, devi))
    manager.get(f"/desk/staff/{devi}/hand-over")
    manager.submit({"receiver": receiver})
    with manager.store.reading() as transaction:
        query = select(submission.c.id).where(submission.c.assignee_id == receiver).limit(1)
        identity = transaction.connection.execute(query).scalar_one()
        (given,) = events(transaction, open_submission(transaction, identity))
    assert (given.kind, given.detail["to"]) == ("given", receiver)


def test_the_team_page_offers_it_while_there_are_any(manager: Desk, devi: str) -> None:
    assert "Hand over" not in manager.get("/desk/staff").one("main").text
    manager.store.write(lambda transaction: disable(transaction, SERVICE, devi))
    assert "Hand over 2 open submissions" in manager.get("/desk/staff").one("main").text
    page = manager.follow("Hand over 2 open submissions")
    codes = {item.text for item in page.one("main").one("details").all("li")}
    with manager.store.reading() as transaction:
        query = select(submission.c.id).where(submission.c.state.in_([State.NEW, State.IN_CONTACT]))
        identities = list(transaction.connection.execute(query).scalars())
    assert codes == {code_of(manager.store, identity) for identity in identities}
    manager.submit({"receiver": NOBODY})
    assert "Hand over" not in manager.page.one("main").text
    assert holders(manager).count(None) == 2
    assert manager.get(f"/desk/staff/{devi}/hand-over").one("h1").text == "Staff"


def test_only_who_may_read_submissions_and_sign_in_gets_them(manager: Desk, devi: str) -> None:
    manager.store.write(lambda transaction: disable(transaction, SERVICE, devi))
    own = add(manager.store, Role.MANAGER)
    page = manager.get(f"/desk/staff/{devi}/hand-over")
    offered = {choice["value"] for choice in page.all("input", name="receiver")}
    assert {own, devi}.isdisjoint(offered)
    token = page.one("main").one("input", name="csrf_token")["value"]
    for receiver in ("", own, devi, "nothing"):
        data = {"csrf_token": token, "receiver": receiver}
        response = manager.raw(f"/desk/staff/{devi}/hand-over", "POST", data)
        assert response.status_code == 400
        assert "Choose who gets them." in response.text
    assert holders(manager).count(devi) == 4


def test_what_somebody_has_who_can_sign_in_is_not_given_by_others(manager: Desk, coordinator: Desk, devi: str) -> None:
    manager.get(f"/desk/staff/{devi}/hand-over", status=404)
    assert coordinator.raw(f"/desk/staff/{devi}/hand-over").status_code == 403
