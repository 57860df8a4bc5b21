"""One submission at the desk, in process and warm, without its PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from screening.storage.accounts.staff import Role
from tests.benchmarks.measuring import medians
from tests.support.desk import signed_in
from tests.support.submissions import EARLY, LATE, NOTHING, UNCLEAR, send
from tests.support.web_fixtures import make_app


def report() -> Iterator[str]:
    """One line a figure."""
    hello = Flask("hello")

    @hello.get("/")
    def _hello() -> str:
        return "hello"

    with tempfile.TemporaryDirectory() as folder:
        desk = signed_in(make_app(Path(folder)), Role.CLINICIAN)
        plain = hello.test_client()
        cases = {"unclear": UNCLEAR, "early": EARLY, "late": LATE, "nothing known": NOTHING}
        paths = {name: f"/desk/submissions/{send(desk.store, case).id}" for name, case in cases.items()}
        assert all(desk.raw(path).status_code == 200 for path in paths.values())
        figures = medians(
            {
                "hello": lambda: plain.get("/"),
                **{name: lambda path=path: desk.raw(path) for name, path in paths.items()},  # type: ignore[misc]
            }
        )
    for name in paths:
        times = figures[name] / figures["hello"]
        yield f"one submission, {name}: {figures[name] * 1e3:.0f} ms (wanted: under 100 ms), {times:.0f} x hello"
