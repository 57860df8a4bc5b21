"""What staff do to a submission is told to those whom the clinic named, by a neutral name."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from screening.storage.accounts.staff import Role
from screening.storage.database.schema import outbox
from tests.support.desk import Desk, signed_in
from tests.support.submissions import EARLY, send
from tests.support.web_fixtures import make_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
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


def test_closing_is_told_once(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR)
    identity = send(desk.store, EARLY).id
    for _ in range(2):
        desk.get(f"/desk/submissions/{identity}")
        desk.submit({"state": "closed", "reason": "answered"}, action="/state")
    assert sorted(queued(desk)) == ["closed", "shared"]
