"""One's own account: a password or recovery codes changed by their owner alone, and out everywhere else."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.storage.accounts.staff import Role
from tests.desk.access.test_sign_in import error_of, give_password
from tests.support.desk import PASSWORD, Desk, add, current_code, forgive, signed_in, stretch

NEW = "wide open window"


def test_a_new_password_takes_the_place_of_the_old_one_and_others_are_out(app: Flask) -> None:
    own, elsewhere = (signed_in(app, Role.COORDINATOR, "changes password") for _ in range(2))
    before = own.cookie()
    own.get("/desk/")
    own.follow("changes password")
    page = own.submit({"current": PASSWORD, "password": NEW, "again": NEW}, action="/password")
    assert page.one("h1").text == "Your account"
    assert own.cookie() not in ("", before)
    assert own.raw("/desk/account").status_code == 200
    assert elsewhere.raw("/desk/account").status_code == 303
    desk = Desk(app)
    forgive(desk.store)
    give_password(desk, "changes password", PASSWORD, status=400)
    assert give_password(desk, "changes password", NEW).one("h1").text == "Code of your app"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"current": "wrong password", "password": NEW, "again": NEW}, "This is not your password."),
        ({"current": PASSWORD, "password": "short", "again": "short"}, "at least 12 characters"),
        ({"current": PASSWORD, "password": NEW, "again": NEW + "s"}, "The two passwords differ."),
    ],
)
def test_a_password_is_changed_by_its_owner_and_to_a_good_one(app: Flask, typed: dict[str, str], message: str) -> None:
    own = signed_in(app, Role.COORDINATOR, "keeps password")
    own.get("/desk/account")
    page = own.submit(typed, action="/password", status=400)
    assert message in error_of(page)
    assert own.raw("/desk/account").status_code == 200
    forgive(own.store)


def test_whoever_finds_an_open_browser_cannot_guess_the_password(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "left open")
    for _ in range(5):
        own.get("/desk/account")
        own.submit({"current": "a guess", "password": NEW, "again": NEW}, action="/password", status=400)
    stretch(own.store)
    own.get("/desk/account")
    own.submit({"current": PASSWORD, "password": NEW, "again": NEW}, action="/password", status=429)
    forgive(own.store)


def test_new_recovery_codes_need_a_code_of_the_app_and_replace_all_earlier_ones(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "new codes")
    staff_id = add(own.store, Role.COORDINATOR, "new codes")
    assert "0 recovery codes left" in own.get("/desk/account").text
    own.submit({"code": "000000"}, action="/recovery-codes", status=400)
    page = own.submit({"code": current_code(own.store, staff_id)}, action="/recovery-codes")
    first = [element.text for element in page.one("main").all("code")]
    assert len(first) == 10
    assert "10 recovery codes left" in own.get("/desk/account").text
    page = own.submit({"code": current_code(own.store, staff_id)}, action="/recovery-codes")
    second = [element.text for element in page.one("main").all("code")]
    desk = Desk(app)
    give_password(desk, "new codes")
    desk.submit({"code": first[0]}, status=400)
    assert desk.submit({"code": second[0]}).one("h1").text == "Submissions"
