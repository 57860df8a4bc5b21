"""A form that comes too late: nothing of it is done, nothing of it is lost, and it is shown to nobody else."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import delete, update

from screening.crypto.box import seal
from screening.desk.access.unsent_form import KEPT_FOR, UNSENT
from screening.storage.accounts.sessions import IDLE
from screening.storage.accounts.staff import Role, find_account
from screening.storage.database.account_tables import staff_session
from screening.storage.database.clock import now
from tests.support.desk import PASSWORD, Desk, add, current_code, signed_in
from tests.support.desk_submissions import send
from tests.support.page import Element, read_page

pytestmark = pytest.mark.clock

NEWCOMER = "Siti Aminah binti Abdullah"


def let_expire(desk: Desk, *, swept: bool = False) -> None:
    """Let every session at the desk be over, its row gone or not."""
    old = delete(staff_session) if swept else update(staff_session).values(seen_at=now() - IDLE)
    desk.store.write(lambda transaction: transaction.connection.execute(old))


def send_late(desk: Desk, *, swept: bool = False) -> Element:
    """A manager types a name, is away for a while, and sends it; the page that then comes."""
    desk.get("/desk/staff")
    let_expire(desk, swept=swept)
    return desk.submit({"name": NEWCOMER, "role": "coordinator"}, action="/staff", status=403)


def sign_in_again(desk: Desk, name: str) -> Element:
    staff_id = add(desk.store, Role.MANAGER, name)
    desk.submit({"name": name, "password": "a guess"}, status=400)
    desk.submit({"name": name, "password": PASSWORD})
    desk.submit({"code": "000000"}, status=400)
    return desk.submit({"code": current_code(desk.store, staff_id)})


def is_there(desk: Desk) -> bool:
    with desk.store.reading() as transaction:
        return find_account(transaction, NEWCOMER) is not None


@pytest.mark.parametrize("swept", [False, True])
def test_what_was_typed_is_offered_again_and_done_only_when_it_is_sent_again(app: Flask, swept: bool) -> None:
    desk = signed_in(app, Role.MANAGER, f"late {swept}")
    page = send_late(desk, swept=swept)
    assert NEWCOMER not in page.text
    assert NEWCOMER not in page.one("main").one("input", name=UNSENT)["value"]
    shown = sign_in_again(desk, f"late {swept}")
    assert shown.one("h1").text == "This was not sent yet"
    assert NEWCOMER in shown.text
    assert not is_there(desk)
    assert "Invitation for" in desk.submit().one("h1").text
    assert is_there(desk)
    removed = "delete from staff where name = ?"
    desk.store.write(lambda transaction: transaction.connection.exec_driver_sql(removed, (NEWCOMER,)))


def test_it_is_offered_to_nobody_else(app: Flask) -> None:
    desk = signed_in(app, Role.MANAGER, "typed it")
    send_late(desk)
    other = sign_in_again(desk, "came later")
    assert NEWCOMER not in other.text
    assert other.one("h1").text == "Overview"


@pytest.mark.parametrize(("seconds", "offered"), [(KEPT_FOR - 60, True), (KEPT_FOR + 1, False)])
def test_it_is_offered_for_half_an_hour(app: Flask, seconds: int, offered: bool) -> None:
    desk = Desk(app)
    staff_id = add(desk.store, Role.MANAGER, "away")
    fields = [["name", NEWCOMER]]
    members = {"owner": staff_id, "endpoint": "desk.team.add", "values": {}, "fields": fields}
    at = int(now().timestamp()) - seconds
    sealed = seal(json.dumps(members).encode(), desk.service.cookie_keys, "unsent desk form", at)
    desk.get("/desk/sign-in")
    desk.submit({"name": "away", "password": PASSWORD, UNSENT: sealed})
    assert (NEWCOMER in desk.submit({"code": current_code(desk.store, staff_id)}).text) == offered


def test_what_proves_who_somebody_is_is_never_kept(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR, "secrets")
    desk.get("/desk/account")
    form = next(form for form in desk.page.all("form") if form["action"].endswith("/password"))
    token = form.one("input", name="csrf_token")["value"]
    let_expire(desk)
    sent = {"csrf_token": token, "current": PASSWORD, "password": "wide open window", "again": "wide open window"}
    assert desk.raw("/desk/account/password", "POST", sent).headers["Location"] == "/desk/sign-in"


def test_made_up_or_altered_it_is_as_if_it_were_not_there(app: Flask) -> None:
    staff_id = add(Desk(app).store, Role.MANAGER, "altered")
    for value in ("x", "A" * 200, "\u00e4"):
        desk = Desk(app)
        desk.get("/desk/sign-in")
        desk.submit({"name": "altered", "password": PASSWORD, UNSENT: value})
        assert desk.submit({"code": current_code(desk.store, staff_id)}).one("h1").text != "This was not sent yet"


def test_a_form_from_an_earlier_session_is_refused_and_what_was_typed_is_shown(app: Flask) -> None:
    desk = signed_in(app, Role.MANAGER, "two tabs")
    token = desk.get("/desk/staff").all("input", name="csrf_token")[0]["value"]
    desk.client.get("/desk/")
    newer = signed_in(app, Role.MANAGER, "two tabs")
    desk.client = newer.client
    sent = {"csrf_token": token, "name": NEWCOMER, "role": "coordinator"}
    response = desk.raw("/desk/staff", "POST", sent)
    assert response.status_code == 400
    assert NEWCOMER in response.text
    assert not is_there(desk)


def test_how_a_call_ended_is_offered_again_in_words_and_without_ids(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR, "called")
    path = f"/desk/submissions/{send(desk.store, 1)}"
    token = desk.get("/desk/").all("input", name="csrf_token")[0]["value"]
    let_expire(desk)
    sent = {"csrf_token": token, "note": "It rang.", "outcome": "left_message", "paper": "bilirubin", "revision": "0"}
    desk.page = read_page(desk.raw(f"{path}/outcome", "POST", sent).text)
    desk.submit({"name": "called", "password": PASSWORD})
    shown = desk.submit({"code": current_code(desk.store, add(desk.store, Role.COORDINATOR, "called"))})
    assert [element.text for element in shown.all(class_="typed-before")] == [
        "It rang.",
        "Left a message",
        "Bilirubin, total",
    ]
    assert shown.one("main").one("form")["action"] == f"{path}/outcome"


@pytest.mark.parametrize("note", ["Rang twice; her son answers in the evening.", ""])
def test_what_was_typed_on_a_submission_comes_back_to_that_submission(app: Flask, note: str) -> None:
    name = f"at one {bool(note)}"
    desk = signed_in(app, Role.COORDINATOR, name)
    path = f"/desk/submissions/{send(desk.store, 1)}"
    token = desk.get("/desk/").all("input", name="csrf_token")[0]["value"]
    let_expire(desk)
    sent = {"csrf_token": token, "note": note, "revision": "1"}
    response = desk.raw(f"{path}/note", "POST", sent)
    if not note:
        assert response.headers["Location"] == f"/desk/sign-in?next={path}"
        return
    page = read_page(response.text)
    fields = {field["name"]: field["value"] for field in page.one("main").all("input") if field["name"] != "password"}
    assert fields["next"] == path
    desk.page = page
    desk.submit({"name": name, "password": PASSWORD})
    shown = desk.submit({"code": current_code(desk.store, add(desk.store, Role.COORDINATOR, name))})
    assert note in shown.text
    assert shown.one("main").one("form")["action"] == f"{path}/note"
    assert shown.one("main").one("a")["href"] == path
