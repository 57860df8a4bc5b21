"""One's own account: a password or recovery codes changed by their owner alone, and out everywhere else."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.crypto.totp import code_at, step_at
from screening.storage.accounts.second_factor import APP_REPLACED, app_secret
from screening.storage.accounts.staff import Role
from screening.storage.audit.lately import last_by_subject
from screening.storage.database.clock import now
from tests.desk.access.test_sign_in import error_of, give_password
from tests.support.desk import PASSWORD, Desk, add, current_code, forgive, signed_in, stretch

pytestmark = pytest.mark.clock

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


# --- another app ---


def show_new_secret(own: Desk, name: str) -> str:
    """Prove who one is; the secret for the new app."""
    staff_id = add(own.store, Role.COORDINATOR, name)
    own.get("/desk/account")
    own.follow("Set up another app")
    page = own.submit({"current": PASSWORD, "code": current_code(own.store, staff_id)})
    return "".join(page.one("main").one("code").text.split())


def test_another_app_is_set_up_by_its_owner_and_others_are_out_and_the_manager_sees_it(
    app: Flask, manager: Desk
) -> None:
    own, elsewhere = (signed_in(app, Role.COORDINATOR, "other app") for _ in range(2))
    staff_id = add(own.store, Role.COORDINATOR, "other app")
    secret = show_new_secret(own, "other app")
    before = current_code(own.store, staff_id)
    own.submit({"code": "000000"}, status=400)
    assert elsewhere.raw("/desk/").status_code == 200
    assert "Another app since" not in manager.get("/desk/staff").text
    used = code_at(secret, step_at(now()))
    page = own.submit({"code": used})
    assert page.one("h1").text == "From now on the new app counts"
    assert own.raw("/desk/").status_code == 200
    assert elsewhere.raw("/desk/").status_code == 303
    assert "Another app since" in manager.get("/desk/staff").text
    with own.store.reading() as transaction:
        assert app_secret(transaction, staff_id) == secret
        assert staff_id in last_by_subject(transaction, APP_REPLACED)
    again = Desk(app)
    forgive(own.store)
    give_password(again, "other app")
    again.submit({"code": used}, status=400)  # to set up the app
    again.submit({"code": before}, status=400)
    assert again.submit({"code": code_at(secret, step_at(now()) + 1)}).one("h1").text == "Submissions"


@pytest.mark.parametrize(("password", "right_code"), [("a guess", True), (PASSWORD, False), ("", False)])
def test_without_password_and_code_no_other_app_is_set_up(app: Flask, password: str, right_code: bool) -> None:
    own = signed_in(app, Role.COORDINATOR, "same app")
    staff_id = add(own.store, Role.COORDINATOR, "same app")
    own.get("/desk/account/app")
    code = current_code(own.store, staff_id) if right_code else "000000"
    page = own.submit({"current": password, "code": code}, status=400)
    assert error_of(page) == "The password or the code is wrong. Wait for the next code."
    assert not page.all("img")
    forgive(own.store)


def test_a_secret_counts_in_the_session_alone_in_which_it_was_shown(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "moved app")
    staff_id = add(own.store, Role.COORDINATOR, "moved app")
    secret = show_new_secret(own, "moved app")
    sealed = own.page.one("main").one("input", name="app")["value"]
    other = signed_in(app, Role.COORDINATOR, "moved app")
    token = other.get("/desk/account").all("input", name="csrf_token")[0]["value"]
    for value in (sealed, sealed[:-4] + "AAAA", ""):
        sent = {"csrf_token": token, "app": value, "code": code_at(secret, step_at(now()))}
        assert other.raw("/desk/account/app/new", "POST", sent).headers["Location"] == "/desk/account/app"
    with own.store.reading() as transaction:
        assert app_secret(transaction, staff_id) != secret


def test_whoever_finds_an_open_browser_cannot_guess_their_way_to_another_app(app: Flask) -> None:
    own = signed_in(app, Role.COORDINATOR, "open browser")
    for _ in range(5):
        own.get("/desk/account/app")
        own.submit({"current": PASSWORD, "code": "000000"}, status=400)
    stretch(own.store)
    staff_id = add(own.store, Role.COORDINATOR, "open browser")
    own.get("/desk/account/app")
    own.submit({"current": PASSWORD, "code": current_code(own.store, staff_id)}, status=429)
    forgive(own.store)
