"""Every address of the desk opens for whom it says, and for nobody else."""

from __future__ import annotations

import re

import pytest
from flask import Blueprint, Flask

import screening.desk.blueprint as whole
from screening.desk.access.guard import AccessRule, access_rule_of
from screening.storage.accounts.sessions import Stage
from screening.storage.accounts.staff import Role
from tests.support.desk import Desk, signed_in
from tests.support.web_fixtures import make_app


def desk_rules(app: Flask) -> list[tuple[str, str, str]]:
    """Endpoint, method and a path of every address of the desk."""
    return [
        (
            rule.endpoint,
            method,
            re.sub(r"<int:\w+>", "0", str(rule.rule)).replace("<", "").replace(">", ""),
        )
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk")
        for method in sorted({"GET", "POST"} & set(rule.methods or ()))
    ]


def needs(app: Flask, endpoint: str) -> AccessRule:
    found = access_rule_of(app.view_functions[endpoint])
    assert found is not None, f"{endpoint} does not say who may open it"
    return found


@pytest.fixture
def open_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application that asks for no token of its forms, so that the guard itself is seen."""
    app = make_app(tmp_path_factory.mktemp("desk"))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def test_nobody_opens_anything_but_the_way_in(open_app: Flask) -> None:
    for endpoint, method, path in desk_rules(open_app):
        response = Desk(open_app).raw(path, method)
        if needs(open_app, endpoint).stage is None:
            assert response.status_code in (200, 400), endpoint
        else:
            assert response.status_code == 303, endpoint
            assert response.headers["Location"].split("?")[0] == "/desk/sign-in", endpoint


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_it_may_and_nothing_else(open_app: Flask, role: Role) -> None:
    desk = signed_in(open_app, role)
    refused = 0
    for endpoint, method, path in desk_rules(open_app):
        asked = needs(open_app, endpoint)
        if endpoint == "desk.sign_in.sign_out":
            continue
        response = desk.raw(path, method)
        if asked.stage is Stage.SIGNED_IN and role not in asked.roles:
            assert response.status_code == 403, f"{role} at {endpoint}"
            refused += 1
        elif asked.stage not in (None, Stage.SIGNED_IN):
            assert response.headers["Location"] == "/desk/", endpoint
        else:
            assert response.status_code in (200, 303, 400, 404, 409, 410), (
                f"{role} at {endpoint}: {response.status_code}"
            )
    assert refused


def test_a_view_that_says_nothing_opens_for_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    forgotten = Blueprint("forgotten", __name__)
    forgotten.get("/forgotten")(lambda: "everything")
    before = whole.PARTS
    whole.PARTS = (*before, forgotten)  # type: ignore[assignment]
    try:
        app = make_app(tmp_path_factory.mktemp("desk"))
    finally:
        whole.PARTS = before
    assert Desk(app).raw("/desk/forgotten").status_code == 403
    for role in Role:
        assert signed_in(app, role).raw("/desk/forgotten").status_code == 403
