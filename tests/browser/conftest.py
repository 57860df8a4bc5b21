"""A real server and a real browser for the tests in this folder, each started once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.ports import free_port
from tests.support.system import program
from tests.support.web import Web
from tests.support.web_fixtures import make_app, settings_of

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WAIT = 300_000
"""Milliseconds until the browser gives up: far longer than a page takes, for a busy machine is no failure."""
expect.set_options(timeout=WAIT)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave browsers out where libfaketime shifts the clock: under it Chromium waits in circles, and never paints."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker("real_clock")


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    log: Path
    """All that it printed."""
    process: int
    """Of the master, whose children are the workers."""


@contextmanager
def serving(folder: Path, workers: int = 1, database: str = "", **more: str) -> Iterator[Server]:
    """The service as `screening serve` runs it, with the settings and the key of the tests' application."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SCREENING_")}
    settings = {
        **inherited,
        **settings_of(folder, **more),
        "SCREENING_PORT": str(free_port()),
        "DATABASE_URL": database,
    }
    log = folder / "server.log"
    command = [str(Path(sys.executable).parent / "screening"), "serve", "--workers", str(workers)]
    with (
        log.open("w") as errors,
        subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=errors, text=True) as running,
    ):
        assert running.stdout is not None
        try:
            url = running.stdout.readline().strip()
            assert url, log.read_text()
            yield Server(url, log, running.pid)
        finally:
            running.terminate()
            log.write_text(log.read_text() + running.stdout.read())


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where keys and database of the demonstration stand."""
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """The demonstration, served."""
    with serving(folder) as found:
        yield found


@pytest.fixture(scope="session")
def app(folder: Path) -> Flask:
    """The same demonstration in this process: what is sent here is found there."""
    return make_app(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium with a new profile, which asks nobody for anything."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program("chromium"), args=ARGUMENTS)
        yield found
        found.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """Open a window with these properties; with a Web as `as_`, one that holds its answers."""
    opened: list[BrowserContext] = []

    def new_window(as_: Web | None = None, **properties: object) -> Page:
        context = browser.new_context(**{"base_url": server.url, **properties})  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        opened.append(context)
        if as_ is not None:
            held = [(name, as_.client.get_cookie(name)) for name in ("answers", "visit")]
            for name, cookie in held:
                if cookie is not None:
                    context.add_cookies([{"name": name, "value": cookie.value, "url": server.url}])
        return context.new_page()

    yield new_window
    for closing in opened:
        closing.close()


@pytest.fixture
def web(app: Flask) -> Web:
    """A browser without a window, to prepare the answers of one that has one."""
    return Web(app)
