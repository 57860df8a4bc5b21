"""Signing in: what lets nobody in, what lets somebody in once, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from screening.crypto.passwords import hash_password
from screening.crypto.totp import code_at, step_at
from screening.desk.demonstration.accounts import DEMONSTRATION, prepare_accounts
from screening.storage.accounts.second_factor import accept_code, app_secret, new_recovery_codes, use_recovery_code
from screening.storage.accounts.sessions import (
    IDLE,
    LONGEST,
    UNFINISHED,
    Stage,
    begin_session,
    find_session,
    touch_session,
)
from screening.storage.accounts.staff import Role, account, add_staff, disable, reset, store_password
from screening.storage.accounts.staff_rows import LockedAccountError, write_staff_row
from screening.storage.audit.log import SERVICE
from screening.storage.database.account_tables import staff, staff_session
from screening.storage.database.clock import now
from screening.storage.database.schema import audit
from tests.support.desk import PASSWORD, Desk, add, current_code, forgive, signed_in, stretch
from tests.support.page import Element
from tests.support.web_fixtures import make_app

pytestmark = pytest.mark.clock


def error_of(page: Element) -> str:
    """What the summary above a form says."""
    return page.one(id="error-summary").one("a").text


def give_password(desk: Desk, name: str = "coordinator", password: str = PASSWORD, status: int = 200) -> Element:
    """Type name and password."""
    desk.get("/desk/sign-in")
    return desk.submit({"name": name, "password": password}, status=status)


# --- password and code ---


def test_password_and_code_open_the_desk_whatever_the_case_of_the_name(desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR)
    page = give_password(desk, " Coordinator ")
    assert page.one("h1").text == "Code of your app"
    page = desk.submit({"code": current_code(desk.store, staff_id)})
    assert page.one("h1").text == "Submissions"
    assert "coordinator" in page.one("header").text


@pytest.mark.parametrize(("name", "password"), [("coordinator", "another password"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_password_says_no_more_than_that_something_is_wrong(desk: Desk, name: str, password: str) -> None:
    add(desk.store, Role.COORDINATOR)
    page = give_password(desk, name, password, status=400)
    assert error_of(page) == "Name or password is wrong, or the invitation has expired."
    assert desk.cookie() == ""


def test_the_password_alone_opens_nothing(desk: Desk) -> None:
    add(desk.store, Role.COORDINATOR)
    give_password(desk)
    assert desk.raw("/desk/").headers["Location"] == "/desk/sign-in/code"


def test_a_password_that_was_hashed_with_weaker_parameters_is_hashed_anew(desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR, "old hash")
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    desk.store.write(lambda transaction: store_password(transaction, staff_id, weak))
    give_password(desk, "old hash")
    with desk.store.reading() as transaction:
        found = account(transaction, staff_id)
    assert found
    assert found.password_hash != weak
    assert give_password(Desk(desk.app), "old hash").one("h1").text == "Code of your app"


def test_a_code_is_never_accepted_twice(app: Flask, desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR, "twice")
    code = current_code(desk.store, staff_id)
    give_password(desk, "twice")
    desk.submit({"code": code})
    again = Desk(app)
    give_password(again, "twice")
    page = again.submit({"code": code}, status=400)
    assert error_of(page) == "This code is wrong, or was used already. Wait for the next one."


def test_after_a_later_code_an_earlier_one_is_not_accepted(desk: Desk) -> None:
    kept, at = desk.store, now()
    staff_id = add(kept, Role.COORDINATOR, "steps")
    with kept.reading() as transaction:
        secret = app_secret(transaction, staff_id)
    assert secret
    step = step_at(at)

    def accepted(which: int) -> bool:
        return kept.write(lambda transaction: accept_code(transaction, staff_id, code_at(secret, which), at))

    assert not accepted(step - 2)
    assert accepted(step)
    assert not accepted(step - 1)
    assert accepted(step + 1)
    assert not accepted(step + 2)


def test_the_secret_of_an_app_is_sealed_for_its_account(desk: Desk) -> None:
    store = desk.store
    one, other = add(store, Role.COORDINATOR, "one"), add(store, Role.COORDINATOR, "other")
    with store.reading() as transaction:
        secret = app_secret(transaction, one)
        sealed = transaction.connection.execute(select(staff.c.totp_sealed).where(staff.c.id == one)).scalar_one()
    assert secret
    assert secret.encode() not in sealed
    moved = update(staff).where(staff.c.id == other).values(totp_sealed=sealed)
    store.write(lambda transaction: transaction.connection.execute(moved))
    with store.reading() as transaction, pytest.raises(LockedAccountError):
        app_secret(transaction, other)


def test_a_recovery_code_signs_in_once(app: Flask, desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR, "lost telephone")
    codes = desk.store.write(lambda transaction: new_recovery_codes(transaction, staff_id))
    give_password(desk, "lost telephone")
    assert desk.submit({"code": f" {codes[0].lower()} "}).one("h1").text == "Submissions"
    again = Desk(app)
    give_password(again, "lost telephone")
    again.submit({"code": codes[0]}, status=400)
    assert again.submit({"code": codes[1]}).one("h1").text == "Submissions"


def test_a_recovery_code_is_nobody_elses(desk: Desk) -> None:
    store = desk.store
    one, other = add(store, Role.COORDINATOR, "one"), add(store, Role.COORDINATOR, "other")
    codes = store.write(lambda transaction: new_recovery_codes(transaction, one))

    def used(who: str) -> bool:
        return store.write(lambda transaction: use_recovery_code(transaction, who, codes[0], now()))

    assert not used(other)
    assert used(one)
    assert not used(one)


def test_an_account_of_a_demonstration_lets_nobody_in_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("demonstrated")
    desk = Desk(make_app(folder))
    prepare_accounts(desk.store)
    assert give_password(desk, "manager", DEMONSTRATION.password).one("h1").text == "Code of your app"
    clinic = {f"clinic_{name}": "x" for name in ("name", "licence")} | {"clinic_sells": "yes", "answer_days": "3"}
    contacts = {"privacy_contact": "x", "complaints_contact": "x", "paid_by": "x"}
    real = Desk(make_app(folder, demonstration="0", mode="match", **clinic, **contacts))
    give_password(real, "manager", DEMONSTRATION.password, status=400)


# --- sessions ---


def test_each_step_has_a_session_of_its_own(desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR, "steps of sign-in")
    desk.client.set_cookie("desk", "chosen by somebody else")
    give_password(desk, "steps of sign-in")
    first = desk.cookie()
    assert first != "chosen by somebody else"
    desk.submit({"code": current_code(desk.store, staff_id)})
    second = desk.cookie()
    assert second not in ("", first)
    thief = Desk(desk.app)
    thief.client.set_cookie("desk", first)
    assert thief.raw("/desk/").headers["Location"].startswith("/desk/sign-in?")


def test_a_form_from_before_signing_in_is_not_accepted_afterwards(desk: Desk) -> None:
    staff_id = add(desk.store, Role.COORDINATOR, "old form")
    desk.get("/desk/sign-in")
    token = desk.page.one("main").one("input", name="csrf_token")["value"]
    desk.submit({"name": "old form", "password": PASSWORD})
    desk.submit({"code": current_code(desk.store, staff_id)})
    assert desk.raw("/desk/sign-out", "POST", {"csrf_token": token}).status_code == 400
    assert desk.raw("/desk/").status_code == 200


def test_a_form_of_somebody_else_is_refused(coordinator: Desk) -> None:
    for data in ({}, {"csrf_token": "made up"}):
        assert coordinator.raw("/desk/sign-out", "POST", data).status_code == 400
    assert coordinator.raw("/desk/").status_code == 200


def test_signing_out_ends_it_for_whoever_kept_the_cookie(coordinator: Desk) -> None:
    value = coordinator.cookie()
    coordinator.submit(action="/sign-out")
    assert coordinator.cookie() == ""
    coordinator.client.set_cookie("desk", value)
    assert coordinator.raw("/desk/").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(tmp_path_factory: pytest.TempPathFactory) -> None:
    secure = make_app(tmp_path_factory.mktemp("secure"), https="1")
    desk = Desk(secure, "https://localhost")
    add(desk.store, Role.COORDINATOR)
    desk.get("/desk/sign-in")
    token = desk.page.one("main").one("input", name="csrf_token")["value"]
    sent = {"csrf_token": token, "name": "coordinator", "password": PASSWORD}
    (header,) = [
        header for header in desk.raw("/desk/sign-in", "POST", sent).headers.getlist("Set-Cookie") if "desk=" in header
    ]
    assert header.startswith("__Host-desk=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(header.split("; "))


def test_a_session_ends_when_it_is_idle_and_after_a_day_of_work(desk: Desk) -> None:
    kept, at = desk.store, now()
    staff_id = add(kept, Role.COORDINATOR)
    value = kept.write(lambda transaction: begin_session(transaction, staff_id, Stage.SIGNED_IN, at))

    def lasts(moment: timedelta) -> bool:
        with kept.reading() as transaction:
            return find_session(transaction, value, at + moment) is not None

    second = timedelta(seconds=1)
    assert lasts(IDLE - second)
    assert not lasts(IDLE)
    used = timedelta(0)
    while used + IDLE <= LONGEST:
        used += IDLE - second
        moment = at + used
        assert lasts(used) == (used < LONGEST)
        kept.write(lambda transaction, moment=moment: touch_session(transaction, value, moment))  # type: ignore[misc]
    assert lasts(LONGEST - second)
    assert not lasts(LONGEST)


def test_somebody_who_gave_the_password_alone_has_less_time(desk: Desk) -> None:
    kept, at = desk.store, now()
    staff_id = add(kept, Role.COORDINATOR)
    value = kept.write(lambda transaction: begin_session(transaction, staff_id, Stage.PASSWORD, at))
    late = at + UNFINISHED
    kept.write(lambda transaction: touch_session(transaction, value, late))
    with kept.reading() as transaction:
        assert find_session(transaction, value, late) is None


def test_an_idle_browser_is_asked_to_sign_in_again_and_comes_back(coordinator: Desk) -> None:
    old = update(staff_session).values(seen_at=now() - IDLE)
    coordinator.store.write(lambda transaction: transaction.connection.execute(old))
    response = coordinator.raw("/desk/?state=new")
    assert response.headers["Location"] == "/desk/sign-in?next=/desk/?state%3Dnew"
    staff_id = add(coordinator.store, Role.COORDINATOR)
    coordinator.get(response.headers["Location"])
    coordinator.submit({"name": "coordinator", "password": PASSWORD})
    coordinator.submit({"code": current_code(coordinator.store, staff_id)})
    assert coordinator.path == "/desk/?state=new"


@pytest.mark.parametrize("target", ["https://evil.example/desk/", "//evil.example/desk/", "/\\evil.example", "/result"])
def test_signing_in_leads_nowhere_else(desk: Desk, target: str) -> None:
    staff_id = add(desk.store, Role.COORDINATOR)
    desk.get("/desk/sign-in")
    desk.submit({"name": "coordinator", "password": PASSWORD, "next": target})
    desk.submit({"code": current_code(desk.store, staff_id), "next": target})
    assert desk.path == "/desk/"


def test_who_is_disabled_is_out_at_once(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR, "leaving")
    staff_id = add(desk.store, Role.COORDINATOR, "leaving")
    desk.store.write(lambda transaction: disable(transaction, SERVICE, staff_id))
    assert desk.raw("/desk/").status_code == 303
    give_password(desk, "leaving", status=400)


def test_a_session_of_somebody_who_may_no_longer_sign_in_opens_nothing(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR, "switched off")
    staff_id = add(desk.store, Role.COORDINATOR, "switched off")
    off = update(staff).where(staff.c.id == staff_id).values(active=False)
    desk.store.write(lambda transaction: transaction.connection.execute(off))
    assert desk.raw("/desk/").status_code == 303


# --- slowed down ---


def test_who_guesses_has_to_wait_even_in_a_new_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("guessed")
    desk = Desk(make_app(folder))
    staff_id = add(desk.store, Role.COORDINATOR)
    add(desk.store, Role.CLINICIAN)
    for _ in range(5):
        give_password(desk, password="guess", status=400)
    stretch(desk.store)
    page = give_password(desk, status=429)
    assert "Try again in" in error_of(page)
    later = Desk(make_app(folder))
    give_password(later, status=429)
    give_password(later, "COORDINATOR", status=429)
    give_password(later, "clinician")
    forgive(later.store)
    give_password(later)
    later.submit({"code": current_code(later.store, staff_id)})


def test_who_guesses_codes_has_to_wait_however_often_they_begin_anew(app: Flask, desk: Desk) -> None:
    add(desk.store, Role.COORDINATOR, "codes")
    for _ in range(5):
        give_password(desk, "codes")
        desk.submit({"code": "000000"}, status=400)
        desk.client = Desk(app).client
    stretch(desk.store)
    give_password(desk, "codes", status=429)
    forgive(desk.store)


@pytest.mark.slow
def test_one_address_that_tries_many_names_has_to_wait(desk: Desk) -> None:
    for number in range(31):
        give_password(desk, f"name {number}", "guess", status=400)
    stretch(desk.store)
    page = give_password(desk, "name 99", "guess", status=429)
    assert "Try again in" in error_of(page)
    forgive(desk.store)


# --- the first sign-in ---


def invited(desk: Desk, name: str, invitation: str) -> str:
    """Somebody with an invitation; their id."""
    kept, hashed = desk.store, hash_password(invitation)
    return kept.write(lambda transaction: add_staff(transaction, SERVICE, (name, Role.CLINICIAN), hashed, invited=True))


def test_an_invitation_leads_over_password_and_app_to_recovery_codes_shown_once(app: Flask, desk: Desk) -> None:
    staff_id = invited(desk, "Newcomer", "ABCD-EFGH")
    page = give_password(desk, "Newcomer", "ABCD-EFGH")
    assert page.one("h1").text == "Choose a password"
    assert desk.raw("/desk/").headers["Location"] == "/desk/sign-in/password"
    page = desk.submit({"password": "newcomer1234", "again": "newcomer1234"}, status=400)
    assert "hardly more than your name" in error_of(page)
    page = desk.submit({"password": "wide open window", "again": "wide open windows"}, status=400)
    assert error_of(page) == "The two passwords differ."
    page = desk.submit({"password": "wide open window", "again": "wide open window"})
    assert page.one("h1").text == "Set up your authenticator app"
    assert page.one("img")["src"].startswith("data:image/svg+xml")
    desk.submit({"code": "000000"}, status=400)
    secret = "".join(page.one("code").text.split())
    page = desk.submit({"code": code_at(secret, step_at(now()))})
    codes = [element.text for element in page.all("code")]
    assert len(set(codes)) == 10
    assert desk.get("/desk/").one("h1").text == "Submissions"
    assert desk.raw("/desk/sign-in/app").headers["Location"] == "/desk/"
    give_password(Desk(app), "Newcomer", "ABCD-EFGH", status=400)
    again = Desk(app)
    give_password(again, "Newcomer", "wide open window")
    assert again.submit({"code": codes[3]}).one("h1").text == "Submissions"
    with desk.store.reading() as transaction:
        done = transaction.connection.execute(select(audit.c.action).where(audit.c.subject == staff_id)).scalars().all()
    assert {"added_clinician", "password_chosen", "recovery_codes_made", "signed_in", "recovery_code_used"} <= set(done)


@pytest.mark.parametrize(("days", "status"), [(-1, 400), (6, 200), (400, 400)])
def test_an_invitation_that_has_expired_or_is_of_a_clock_that_leapt_opens_nothing(
    desk: Desk, days: int, status: int
) -> None:
    staff_id = invited(desk, f"Late {days}", "ABCD-EFGH")
    until = {"invited_until": now() + timedelta(days=days)}
    desk.store.write(lambda transaction: write_staff_row(transaction, SERVICE, staff_id, until))
    give_password(desk, f"Late {days}", "ABCD-EFGH", status=status)


def test_who_is_reset_starts_over(app: Flask) -> None:
    desk = signed_in(app, Role.COORDINATOR, "Forgot")
    store = desk.store
    staff_id = add(store, Role.COORDINATOR, "Forgot")
    with store.reading() as transaction:
        before = app_secret(transaction, staff_id)
    codes = store.write(lambda transaction: new_recovery_codes(transaction, staff_id))
    hashed = hash_password("NEW1-NEW2")
    store.write(lambda transaction: reset(transaction, SERVICE, staff_id, hashed))
    assert desk.raw("/desk/").status_code == 303
    give_password(desk, "Forgot", status=400)
    give_password(desk, "Forgot", "NEW1-NEW2")
    desk.submit({"password": "wide open window", "again": "wide open window"})
    secret = "".join(desk.page.one("code").text.split())
    assert secret != before
    assert not store.write(lambda transaction: use_recovery_code(transaction, staff_id, codes[0], now()))
