"""A question page in process, beside Flask's hello."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from flask import Flask

from screening.app import create_app
from screening.config.reading import read_settings
from tests.benchmarks.measuring import medians


def report() -> Iterator[str]:
    """One line a figure."""
    hello = Flask("hello")

    @hello.get("/")
    def _hello() -> str:
        return "hello"

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(read_settings({"SCREENING_DEMONSTRATION": "1", "SCREENING_INSTANCE": folder}))
        app.config["WTF_CSRF_ENABLED"] = False
        client, plain = app.test_client(), hello.test_client()
        client.post("/who", data={"who": "me"})
        client.post("/questions/red_flags", data={"red_flags": "none"})
        client.post("/questions/age", data={"age": "50"})
        pages = {name: f"/questions/{name}" for name in ("red_flags", "age", "told")}
        assert all(client.get(path).status_code == 200 for path in pages.values())
        answer = {"told": "fibrosis"}
        figures = medians(
            {
                "hello": lambda: plain.get("/"),
                **{name: lambda path=path: client.get(path) for name, path in pages.items()},  # type: ignore[misc]
                "answer": lambda: client.post("/questions/told", data=answer),
            }
        )
    yield f"Flask's hello: {figures['hello'] * 1e6:.0f} us"
    for name in pages:
        yield f"the question page {name}: {figures[name] / figures['hello']:.1f} x hello (wanted: at most 5)"
    yield f"a valid answer, POST to redirect: {figures['answer'] / figures['hello']:.1f} x hello"
