"""The demonstration with its desk, and who works at it."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.storage.accounts.staff import Role
from tests.support.cheap_passwords import cheap_passwords
from tests.support.desk import Desk, forgive, signed_in
from tests.support.web_fixtures import make_app

__all__ = ["app", "cheap_passwords"]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of this folder's own: others must find nobody at the desk."""
    return make_app(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A browser that has opened nothing yet, with no failed attempts before it."""
    found = Desk(app)
    forgive(found.store)
    return found


@pytest.fixture
def coordinator(app: Flask) -> Desk:
    """A coordinator who has signed in."""
    return signed_in(app, Role.COORDINATOR)


@pytest.fixture
def clinician(app: Flask) -> Desk:
    """A clinician who has signed in."""
    return signed_in(app, Role.CLINICIAN)


@pytest.fixture
def manager(app: Flask) -> Desk:
    """A manager who has signed in."""
    return signed_in(app, Role.MANAGER)
