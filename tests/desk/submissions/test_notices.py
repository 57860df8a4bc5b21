"""What staff do to a submission is told to those whom the clinic named, by a neutral name."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from screening.storage.accounts.staff import Role
from screening.storage.database.schema import outbox
from tests.support.desk import Desk, signed_in
from tests.support.submissions import EARLY, send
from tests.support.web_fixtures import make_app


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The demonstration, with somebody who is told."""
    return make_app(
        tmp_path_factory.mktemp("told"),
        address="https://check.example",
        notice_email="desk@clinic.example",
        notice_email_from="check@clinic.example",
        smtp="smtp://127.0.0.1:9",
    )


def queued(desk: Desk) -> list[str]:
    with desk.store.reading() as transaction:
        return list(transaction.connection.execute(select(outbox.c.kind).order_by(outbox.c.made_at)).scalars())


def test_closing_is_told_once(told: Flask) -> None:
    desk = signed_in(told, Role.COORDINATOR)
    before = len(queued(desk))
    identity = send(desk.store, EARLY).id
    for _ in range(2):
        desk.get(f"/desk/submissions/{identity}")
        sent = {"csrf_token": desk.page.all("input", name="csrf_token")[0]["value"], "outcome": "close"}
        revision = desk.page.one("form", id="work").one("input", name="revision")["value"]
        desk.raw(f"/desk/submissions/{identity}/outcome", "POST", {**sent, "revision": revision, "reason": "answered"})
    assert queued(desk)[before:] == ["shared", "closed"]


def test_what_waits_stands_on_the_overview_and_nothing_where_all_arrived(told: Flask, manager: Desk) -> None:
    assert "Messages that wait" not in manager.get("/desk/overview").text
    desk = signed_in(told, Role.MANAGER)
    send(desk.store, EARLY)
    desk.store.write(lambda transaction: transaction.connection.execute(update(outbox).values(outcome="cut")))
    (section,) = [one for one in desk.get("/desk/overview").all("section") if one.one("h2")["id"] == "notices"]
    shown = {row.one("th").text: [cell.text for cell in row.all("td")] for row in section.one("tbody").all("tr")}
    number, failed = shown["Answers that were sent"]
    assert int(number) == int(failed) > 0
