"""Somebody at the desk with a browser, for tests: signs in as a role, and checks every page that they open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import update
from werkzeug.test import TestResponse

from screening.crypto.passwords import hash_password
from screening.crypto.totp import code_at, step_at
from screening.runtime import EXTENSION, Service
from screening.storage.accounts.second_factor import app_secret, confirm_app, prepare_app
from screening.storage.accounts.staff import Role, add_staff, find_account
from screening.storage.audit.log import SERVICE
from screening.storage.database.account_tables import staff, throttle
from screening.storage.database.clock import now
from screening.storage.store import Store, StoreTransaction
from tests.support.page import Element, read_page
from tests.support.page_checks import desk_complaints
from tests.support.web import form_values

PASSWORD = "four words for tests"
Fields = Mapping[str, str | Sequence[str]]


class Desk:
    """A browser with its cookies, and the page it shows."""

    def __init__(self, app: Flask, base_url: str = "http://localhost") -> None:
        self.app = app
        self.service: Service = app.extensions[EXTENSION]
        self.client = app.test_client()
        self.base_url = base_url
        self.page = Element("", {})
        self.path = ""

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        assert self.service.store is not None
        return self.service.store

    def get(self, path: str, *, status: int = 200) -> Element:
        """Open a page."""
        return self._shown("GET", path, None, status)

    def follow(self, text: str) -> Element:
        """Follow the first link whose text begins so."""
        links = [element for element in self.page.all("a") if element.text.startswith(text)]
        assert links, f"no link {text!r} on {self.path}"
        return self.get(links[0]["href"])

    def submit(self, fields: Fields | None = None, *, action: str = "", status: int = 200) -> Element:
        """Press the button of the page whose address ends so, the first form in its main part unless told."""
        form, address, pressed = self._button(action)
        values = form_values(form) | pressed
        for name, value in (fields or {}).items():
            values[name] = [value] if isinstance(value, str) else list(value)
        return self._shown("POST", address, values, status)

    def _button(self, action: str) -> tuple[Element, str, dict[str, list[str]]]:
        """A form, where its button leads, and what that button says by itself."""
        if not action:
            form = self.page.one("main").all("form", method="post")[0]
            return form, form["action"], {}
        for form in self.page.all("form"):
            if form["action"].endswith(action):
                return form, form["action"], {}
            fitting = [button for button in form.all("button") if button["formaction"].endswith(action)]
            for button in sorted(
                fitting, key=lambda field: field.has("name")
            ):  # one that says nothing more, if there is
                return form, button["formaction"], {button["name"]: [button["value"]]} if button["name"] else {}
        raise AssertionError(f"no button to {action!r} on {self.path}")

    def raw(self, path: str, method: str = "GET", data: Fields | None = None) -> TestResponse:
        """The answer to one request, with no redirect followed and nothing checked."""
        response = self.client.open(path, method=method, data=data, base_url=self.base_url)
        response.get_data()
        response.close()
        return response

    def cookie(self) -> str:
        """The value by which the desk knows the browser; empty where there is none."""
        found = self.client.get_cookie("desk")
        return found.value if found else ""

    def _shown(self, method: str, path: str, data: Fields | None, status: int) -> Element:
        response = self.raw(path, method, data)
        while response.status_code == 303:
            path = response.headers["Location"]
            response = self.raw(path)
        self.path = path
        assert response.status_code == status, f"{response.status_code} at {path}"
        self.page = read_page(response.text)
        found = desk_complaints(self.page, response.headers)
        assert not found, f"{path}: " + "\n".join(found)
        return self.page


def add(store: Store, role: Role, name: str = "") -> str:
    """Make an account of this role whose app is set up; its id. The name is that of the role unless told."""

    hashed = hash_password(PASSWORD)

    def write(transaction: StoreTransaction) -> str:
        found = find_account(transaction, name or role)
        if found:
            return found.id
        made = add_staff(transaction, SERVICE, (name or role, role), hashed, invited=False)
        prepare_app(transaction, made)
        confirm_app(transaction, made)
        return made

    return store.write(write)


def current_code(store: Store, staff_id: str) -> str:
    """What the app shows now, even where it was used already: the step is forgotten."""
    with store.reading() as transaction:
        secret = app_secret(transaction, staff_id)
    assert secret
    forgotten = update(staff).where(staff.c.id == staff_id).values(totp_last_step=None)
    store.write(lambda transaction: transaction.connection.execute(forgotten))
    return code_at(secret, step_at(now()))


def forgive(store: Store) -> None:
    """Forget every failed attempt."""
    store.write(lambda transaction: transaction.connection.execute(throttle.delete()))


def stretch(store: Store) -> None:
    """Let every wait that has begun last an hour: a slow machine must not outlast it."""
    begun = update(throttle).where(throttle.c.blocked_until.is_not(None))
    longer = begun.values(blocked_until=now() + timedelta(hours=1))
    store.write(lambda transaction: transaction.connection.execute(longer))


def signed_in(app: Flask, role: Role, name: str = "", base_url: str = "http://localhost") -> Desk:
    """Somebody of this role who has signed in, by the pages for that."""
    desk = Desk(app, base_url)
    staff_id = add(desk.store, role, name)
    desk.get("/desk/sign-in")
    desk.submit({"name": name or role, "password": PASSWORD})
    desk.submit({"code": current_code(desk.store, staff_id)})
    return desk
