"""A token that somebody planted with its cookie is no use where somebody is signed in, or visits what they sent."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.storage.accounts.staff import Role
from tests.support.desk import Desk, signed_in
from tests.support.sharing import CONTACT, look_up, shared
from tests.support.web import Web, form_values
from tests.support.web_fixtures import make_app


def plant(victim: Desk | Web, attacker: Desk | Web) -> None:
    """Put the attacker's cookie of forms into the victim's browser."""
    cookie = attacker.client.get_cookie("form")
    assert cookie is not None
    victim.client.set_cookie("form", cookie.value)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_planted_token_does_nothing_at_the_desk(app: Flask, is_signed_in: bool) -> None:
    victim = signed_in(app, Role.COORDINATOR, "victim")
    attacker = signed_in(app, Role.COORDINATOR, "attacker") if is_signed_in else Desk(app)
    page = attacker.get("/desk/account" if is_signed_in else "/desk/sign-in")
    token = page.all("input", name="csrf_token")[0]["value"]
    plant(victim, attacker)
    assert victim.raw("/desk/sign-out", "POST", {"csrf_token": token}).status_code == 400
    assert victim.raw("/desk/").status_code == 200


@pytest.mark.parametrize("is_visiting", [True, False])
@pytest.mark.parametrize("path", ["withdraw", "reach", "answers", "leave"])
def test_a_planted_token_does_nothing_to_what_was_sent(app: Flask, path: str, is_visiting: bool) -> None:
    victim, attacker = Web(app), Web(app)
    receipt = shared(victim)
    look_up(victim, receipt)
    if is_visiting:
        look_up(attacker, shared(attacker))
        attacker.get("/status/reach")
    else:
        attacker.get("/status")
    token = form_values(attacker.page.one("main").one("form"))["csrf_token"][0]
    plant(victim, attacker)
    victim.post(f"/status/{path}", {**CONTACT, "csrf_token": token}, status=400)
    assert "Mei Ling" in victim.get("/status/standing").text


def test_the_form_cookie_is_bound_to_the_host_where_https_is_on(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = make_app(tmp_path_factory.mktemp("secure forms"), https="1")
    for path in ("/who", "/desk/sign-in"):
        response = app.test_client().get(path, base_url="https://localhost")
        names = [header.partition("=")[0] for header in response.headers.getlist("Set-Cookie")]
        assert "__Host-form" in names
        assert all(name.startswith("__Host-") for name in names)
        for header in response.headers.getlist("Set-Cookie"):
            assert {"Secure", "Path=/"} <= set(header.split("; "))
            assert "Domain" not in header


def test_a_visit_that_is_over_says_so_and_leads_back(app: Flask) -> None:
    web = Web(app)
    look_up(web, shared(web))
    web.get("/status/reach")
    web.client.delete_cookie("visit")
    fields = form_values(web.page.one("main").one("form"))
    page = web.post("/status/reach", fields, status=400)
    assert page.one("h1").text == "Please open it again"
    assert [link for link in page.all("a") if link["href"] == "/status"]
