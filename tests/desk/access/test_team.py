"""A manager's page of who works at the desk."""

from __future__ import annotations

import re

from flask import Flask

from screening.storage.accounts.staff import Role, account, find_account
from tests.desk.access.test_sign_in import error_of, give_password
from tests.support.desk import PASSWORD, Desk, add, signed_in


def test_a_manager_adds_somebody_who_can_then_sign_in(app: Flask, manager: Desk) -> None:
    manager.get("/desk/")
    manager.follow("Staff")
    page = manager.submit({"name": "Siti Aminah", "role": "coordinator"}, action="/staff")
    (invitation,) = [element.text for element in page.one("main").all("code")]
    assert re.fullmatch(r"(\w{4}-){3}\w{4}", invitation)
    assert "Siti Aminah" in page.one("h1").text
    assert invitation not in manager.get("/desk/staff").text
    other = Desk(app)
    other.get("/desk/sign-in")
    assert other.submit({"name": "siti aminah", "password": invitation}).one("h1").text == "Choose a password"


def test_what_is_missing_or_taken_is_said_and_nothing_typed_is_lost(manager: Desk) -> None:
    manager.get("/desk/staff")
    page = manager.submit({"name": "  ", "role": "coordinator"}, action="/staff", status=400)
    assert error_of(page) == "Type a name."
    page = manager.submit({"name": "Somebody", "role": "owner"}, action="/staff", status=400)
    assert error_of(page) == "Choose a role."
    assert page.one("input", id="name")["value"] == "Somebody"
    page = manager.submit({"name": "MANAGER", "role": "clinician"}, action="/staff", status=400)
    assert "MANAGER already" in error_of(page)


def test_a_manager_disables_somebody_else_but_not_themselves(app: Flask, manager: Desk) -> None:
    gone = signed_in(app, Role.COORDINATOR, "Going")
    staff_id = add(manager.store, Role.COORDINATOR, "Going")
    manager.get("/desk/staff")
    page = manager.get(f"/desk/staff/{staff_id}/disable")
    assert page.one("h1").text == "Disable Going?"
    assert "signed out everywhere at once" in page.one("main").text
    assert gone.raw("/desk/").status_code == 200
    manager.submit()
    assert manager.path == "/desk/staff"
    assert gone.raw("/desk/").status_code == 303
    own = add(manager.store, Role.MANAGER)
    assert not [element for element in manager.page.all("a") if element["href"].endswith(f"{own}/disable")]
    token = manager.page.all("input", name="csrf_token")[0]["value"]
    assert manager.raw(f"/desk/staff/{own}/disable", "POST", {"csrf_token": token}).status_code == 400
    with manager.store.reading() as transaction:
        kept = account(transaction, own)
    assert kept
    assert kept.active


def test_a_manager_invites_somebody_anew(app: Flask, manager: Desk) -> None:
    staff_id = add(manager.store, Role.COORDINATOR, "Locked out")
    manager.get("/desk/staff")
    links = [element["href"] for element in manager.page.all("a") if staff_id in element["href"]]
    assert links == [f"/desk/staff/{staff_id}/reset", f"/desk/staff/{staff_id}/disable"]
    page = manager.get(links[0])
    assert "stop working at once" in page.one("main").text
    give_password(Desk(app), "Locked out")
    page = manager.submit()
    invitation = page.one("main").one("code").text
    other = Desk(app)
    other.get("/desk/sign-in")
    other.submit({"name": "Locked out", "password": PASSWORD}, status=400)
    assert other.submit({"name": "Locked out", "password": invitation}).one("h1").text == "Choose a password"


def test_nobody_is_found_by_a_made_up_id(manager: Desk) -> None:
    manager.get("/desk/staff")
    token = manager.page.all("input", name="csrf_token")[0]["value"]
    assert manager.raw("/desk/staff/0000/disable", "POST", {"csrf_token": token}).status_code == 404
    for path in ("disable", "reset"):
        assert manager.raw(f"/desk/staff/0000/{path}").status_code == 404


def test_a_wrong_role_is_told_so_in_words(coordinator: Desk) -> None:
    page = coordinator.get("/desk/staff", status=403)
    assert page.one("h1").text == "Not for your role"
    assert "Staff" not in page.one("nav").text


def test_a_hostile_name_is_shown_as_it_was_typed(manager: Desk) -> None:
    manager.get("/desk/staff")
    name = "<b>{{ 7*7 }}</b> & %d"
    page = manager.submit({"name": name, "role": "clinician"}, action="/staff")
    assert name in page.one("h1").text
    with manager.store.reading() as transaction:
        assert find_account(transaction, name)
