"""Applications with addresses for programs."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.api.asking import Asking
from tests.support.web_fixtures import app, make_app

__all__ = ["app"]


@pytest.fixture(scope="session")
def api_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The demonstration, whose addresses for programs are open to this machine."""
    return make_app(tmp_path_factory.mktemp("instance"), api="local", api_per_minute="1000000")


@pytest.fixture(scope="session")
def match_api_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The same without numbers of papers."""
    return make_app(
        tmp_path_factory.mktemp("instance"), demonstration="0", mode="match", api="local", api_per_minute="1000000"
    )


@pytest.fixture
def api(api_app: Flask) -> Asking:
    """A program on this machine."""
    return Asking(api_app.test_client())
