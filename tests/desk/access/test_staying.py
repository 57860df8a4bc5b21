"""The end of a session: its script is told when it comes, and what a page asks by itself never puts it off."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from screening.storage.accounts.sessions import IDLE, LONGEST, Session, Stage
from screening.storage.accounts.staff import Role, find_account
from screening.storage.database.account_tables import staff_session
from screening.storage.database.clock import now
from tests.support.desk import Desk, signed_in

pytestmark = pytest.mark.clock
MANY = timedelta(minutes=18)


def owner(desk: Desk) -> str:
    with desk.store.reading() as transaction:
        found = find_account(transaction, "who stays")
    assert found
    return found.id


def age(desk: Desk, since: timedelta) -> datetime:
    """Let no page have been opened for a while; when the last was."""
    seen = now() - since
    own = staff_session.c.staff_id == owner(desk)
    desk.store.write(
        lambda transaction: transaction.connection.execute(update(staff_session).where(own).values(seen_at=seen))
    )
    return seen


def seen_at(desk: Desk) -> datetime:
    with desk.store.reading() as transaction:
        query = select(func.max(staff_session.c.seen_at)).where(staff_session.c.staff_id == owner(desk))
        moment: datetime = transaction.connection.execute(query).scalar_one()
    return moment


@pytest.fixture
def stayer(app: Flask) -> Desk:
    """A coordinator with a session of their own."""
    desk = signed_in(app, Role.COORDINATOR, "who stays")
    desk.get("/desk/")
    return desk


@pytest.mark.parametrize("path", ["/desk/session", "/desk/arrivals?since=0"])
def test_what_a_page_asks_by_itself_prolongs_nothing(stayer: Desk, path: str) -> None:
    before = age(stayer, MANY)
    response = stayer.raw(path)
    assert response.status_code == 200
    assert abs(seen_at(stayer) - before) < timedelta(seconds=1)
    assert "Set-Cookie" not in response.headers
    age(stayer, IDLE)
    over = stayer.raw(path)
    assert over.status_code == 303
    assert over.headers["Location"].startswith("/desk/sign-in")


def test_it_says_how_many_seconds_are_left(stayer: Desk) -> None:
    age(stayer, MANY)
    assert stayer.raw("/desk/session").json == {"seconds": pytest.approx(120, abs=20)}
    assert int(stayer.get("/desk/").one("body")["data-seconds-left"]) == pytest.approx(IDLE.total_seconds(), abs=20)


def test_staying_prolongs_but_not_beyond_the_longest_time(stayer: Desk) -> None:
    token = stayer.page.one(id="session-warning").one("input", name="csrf_token")["value"]
    age(stayer, MANY)
    response = stayer.raw("/desk/session", "POST", {"csrf_token": token})
    assert response.json == {"seconds": pytest.approx(IDLE.total_seconds(), abs=20)}
    assert now() - seen_at(stayer) < timedelta(minutes=1)


def test_a_session_ends_after_its_longest_time_however_often_somebody_stays() -> None:
    began = now()
    late = began + LONGEST - timedelta(minutes=1)
    session = Session(None, Stage.SIGNED_IN, began, late)  # type: ignore[arg-type]
    assert session.ends_at == began + LONGEST


def test_single_keys_are_off_until_they_are_switched_on_in_this_browser(stayer: Desk) -> None:
    assert not stayer.page.one("body").has("data-keys")
    stayer.submit({"keys": "on"}, action="/keys")
    assert stayer.path == "/desk/"
    assert stayer.page.one("body")["data-keys"] == "on"
    assert "Switch keys off" in stayer.page.one(id="keys").text
    stayer.submit({"keys": "off", "next": "https://example.org/"}, action="/keys")
    assert stayer.path == "/desk/"
    assert not stayer.page.one("body").has("data-keys")
