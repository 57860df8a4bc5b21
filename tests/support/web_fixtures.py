"""Fixtures of everything that needs the web application; a folder's conftest.py imports those it uses."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from screening.app import Served, create_app, load_served
from screening.config.reading import read_settings
from tests.support.stores import copy_tables
from tests.support.web import Web

KEY = "4f" * 32
OTHER_KEY = "a1" * 32

MakeApp = Callable[..., Flask]


class _Compiled(BytecodeCache):
    """Compiled templates, as long as their text stays the same: each application would compile all that it shows."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what another application compiled."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def settings_of(folder: Path, **more: str) -> dict[str, str]:
    """An environment for an application with numbers, whose keys are the tests' own."""
    return {
        "SCREENING_DEMONSTRATION": "1",
        "SCREENING_INSTANCE": str(folder),
        "SCREENING_COOKIE_KEYS": KEY,
        "SCREENING_PACE_BURST": "1000000",  # all tests come from one address; those of the pace set their own
        "SCREENING_PACE_HOURLY": "1000000",
        **{f"SCREENING_{name.upper()}": value for name, value in more.items()},
    }


def make_app(folder: Path, **more: str) -> Flask:
    """An application with these settings; the rules that ship with the service are read once for all of them."""
    settings = read_settings(settings_of(folder, **more))
    if not (file := folder / "screening.db").exists():
        copy_tables(file)
    app = create_app(settings) if settings.rules else create_app(settings, load=_load_once)
    app.jinja_env.bytecode_cache = _COMPILED
    return app


@cache
def _load_once(path: Path) -> Served:
    return load_served(path)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The demonstration: every part is on."""
    return make_app(tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def match_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A deployment that asks for no numbers."""
    return make_app(tmp_path_factory.mktemp("instance"), demonstration="0", mode="match")


@pytest.fixture
def web(app: Flask) -> Web:
    """A browser that has opened nothing yet."""
    return Web(app)


@pytest.fixture
def match_web(match_app: Flask) -> Web:
    """The same where no numbers are asked for."""
    return Web(match_app)
