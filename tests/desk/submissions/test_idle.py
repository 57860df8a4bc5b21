"""What is deleted soon because nothing happens to it: who sees it, what of it, and who puts it off and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, submission, told_limit
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.idle import POSTPONED, listed_idle
from screening.storage.submissions.person.sharing import Receipt
from screening.storage.submissions.record.records import open_submission
from screening.wording.language.languages import language
from tests.support.desk import Desk, signed_in
from tests.support.stores import with_step
from tests.support.submissions import EARLY, send

REASON = "A complaint of the person is still open."


@pytest.fixture(autouse=True)
def _told_long_ago(app: Flask, desk: Desk) -> Iterator[None]:
    """People could read of the limit for years; afterwards nothing of these tests is listed any more."""
    long_ago = update(told_limit).values(since=now() - timedelta(days=900))
    desk.store.write(lambda transaction: transaction.connection.execute(long_ago))
    yield
    recent = update(submission).values(changed_at=now())
    desk.store.write(lambda transaction: transaction.connection.execute(recent))


def idle(store: Store, days: int, **columns: object) -> Receipt:
    """Something that was opened and to which nothing happened for so many days."""
    receipt = send(store, EARLY, name="Zebrawati", address="+60 19 777 0042", note="moonlight")
    at = now() - timedelta(days=days)
    values = {"received_at": at, "opened_at": at, "promised_at": at, "changed_at": at, **columns}
    statement = update(submission).where(submission.c.id == receipt.id).values(with_step(values))
    store.write(lambda transaction: transaction.connection.execute(statement))
    return receipt


def day(days_from_now: int) -> str:
    return language("en").date((now() + timedelta(days=days_from_now)).astimezone().date())


def listed_ids(transaction: StoreTransaction) -> set[str]:
    return {one.id for one in listed_idle(transaction, now())}


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_codes_and_days_of_the_last_month_and_nothing_of_the_person(app: Flask, role: Role) -> None:
    someone = signed_in(app, role)
    soon, later = idle(someone.store, 151), idle(someone.store, 149)
    page = someone.get("/desk/").all("a", href="/desk/idle/")
    assert page
    main = someone.get("/desk/idle/").one("main")
    assert soon.code in main.text
    assert day(29) in main.text
    assert day(-151) in main.text
    assert later.code not in main.text
    for secret in ("Zebrawati", "777 0042", "moonlight", "cirrhosis"):
        assert secret not in main.text
    assert bool(main.all("a", href=f"/desk/submissions/{soon.id}")) is (role is not Role.MANAGER)
    assert ("Put it off" in main.text) is (role is Role.MANAGER)


def test_only_a_manager_puts_it_off(app: Flask, clinician: Desk) -> None:
    receipt = idle(clinician.store, 160)
    assert clinician.raw(f"/desk/idle/{receipt.id}").status_code == 403
    clinician.get("/desk/idle/")
    token = clinician.page.all("input", name="csrf_token")[0]["value"]
    fields = {"csrf_token": token, "revision": "1", "reason": REASON}
    assert clinician.raw(f"/desk/idle/{receipt.id}", "POST", fields).status_code == 403
    with clinician.store.reading() as transaction:
        assert receipt.id in listed_ids(transaction)


def test_a_manager_puts_it_off_with_a_reason_which_others_see_and_is_asked_once_more(
    app: Flask, manager: Desk, coordinator: Desk
) -> None:
    receipt = idle(manager.store, 170)
    assert "will be deleted soon" in manager.get("/desk/overview").one("main").text
    manager.follow("1 will be deleted soon")
    manager.follow("Put it off")
    assert "Write nothing about the person's health." in manager.page.text
    page = manager.submit({"reason": "ok"}, status=400)
    assert page.all("textarea")[0].text == "ok"
    told = manager.submit({"reason": REASON}).one("main").text
    assert receipt.code not in told
    assert "It is put off: it is kept for 180 days" in told
    with manager.store.reading() as transaction:
        row = open_submission(transaction, receipt.id).row
        query = select(audit.c.actor).where(audit.c.subject == receipt.id, audit.c.action == POSTPONED)
        assert len(transaction.connection.execute(query).all()) == 1
    assert now() - row.changed_at < timedelta(minutes=5)
    feed = coordinator.get(f"/desk/submissions/{receipt.id}").one(id="feed").text
    assert "Put off deleting it" in feed
    assert "manager" in feed
    assert REASON in feed
    aged = update(submission).where(submission.c.id == receipt.id).values(changed_at=now() - timedelta(days=155))
    manager.store.write(lambda transaction: transaction.connection.execute(aged))
    main = manager.get("/desk/idle/").one("main").text
    assert f": {REASON}" in main
    assert "manager put it off on" in main


def test_where_something_happened_meanwhile_nothing_is_put_off_and_it_is_said(
    app: Flask, manager: Desk, coordinator: Desk
) -> None:
    receipt = idle(manager.store, 170)
    path = f"/desk/idle/{receipt.id}"
    manager.get(path)
    shown = manager.page
    coordinator.get(f"/desk/submissions/{receipt.id}")
    assert f"It is deleted on {day(10)}, or at most a week later" in coordinator.page.one("main").text
    coordinator.submit({"note": "Called again."}, action="/note")
    assert "or at most a week later" not in coordinator.page.one("main").text
    manager.page = shown
    page = manager.submit({"reason": REASON})
    assert "Something happened to it meanwhile" in page.text
    assert REASON not in coordinator.get(f"/desk/submissions/{receipt.id}").text
    assert "Something happened to it meanwhile" in manager.get(path).text


@pytest.mark.parametrize("identity", ["0" * 16, "x"])
def test_an_address_of_nothing_leads_back_to_the_list(manager: Desk, identity: str) -> None:
    assert manager.get(f"/desk/idle/{identity}").one("h1").text == "Deleted soon"


def test_a_promise_that_lies_ahead_keeps_it_off_the_list(manager: Desk) -> None:
    receipt = idle(manager.store, 170, promised_at=now() + timedelta(days=2))
    assert receipt.code not in manager.get("/desk/idle/").one("main").text
