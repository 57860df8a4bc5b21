"""A question page over HTTP from the real server, at rest and while PDFs are made all the time."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

PORT = 8191
PAGES = 600
MAKERS = 2


class Visitor:
    """One browser: a connection and its cookies."""

    def __init__(self) -> None:
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request; redirects are not followed."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(
            "GET" if form is None else "POST", path, urlencode(form) if form is not None else None, headers
        )
        response = self.connection.getresponse()
        for name, value in response.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, response.read()

    def send(self, path: str, **form: str) -> None:
        """Fill in the form of a page."""
        page = self.ask(path)[1].decode()
        found = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert found, path
        self.ask(path, {"csrf_token": found[1], **form})

    def answer_red_flags(self) -> None:
        """With one warning sign there is a result after two questions."""
        self.send("/who", who="me")
        self.send("/questions/red_flags", red_flags="none")


@contextmanager
def _serving() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SCREENING_")}
        environment |= {"SCREENING_DEMONSTRATION": "1", "SCREENING_INSTANCE": folder, "SCREENING_PORT": str(PORT)}
        command = [str(Path(sys.executable).parent / "screening"), "serve"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(5)  # until the workers are warm
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


def report() -> Iterator[str]:
    """One line a figure."""
    with _serving():
        visitor = Visitor()
        visitor.answer_red_flags()
        at_rest = _times(visitor)
        stop, made = threading.Event(), [0] * MAKERS
        makers = [threading.Thread(target=_make, args=(stop, made, number)) for number in range(MAKERS)]
        for maker in makers:
            maker.start()
        busy = _times(visitor)
        stop.set()
        for maker in makers:
            maker.join()
    for name, seconds in (("at rest", at_rest), (f"while {MAKERS} visitors make PDFs ({sum(made)} made)", busy)):
        yield f"a question page {name}: median {_at(seconds, 0.5) * 1e3:.1f} ms, p99 {_at(seconds, 0.99) * 1e3:.1f} ms"
    yield f"p99 while PDFs are made: {_at(busy, 0.99) / _at(at_rest, 0.99):.1f} x at rest (wanted: at most 3)"


def _times(visitor: Visitor) -> list[float]:
    found = []
    for _ in range(PAGES):
        start = time.perf_counter()
        status, _page = visitor.ask("/questions/age")
        found.append(time.perf_counter() - start)
        assert status == 200
        time.sleep(0.01)
    return sorted(found)


def _at(ordered: list[float], share: float) -> float:
    return ordered[int(len(ordered) * share)]


def _make(stop: threading.Event, made: list[int], number: int) -> None:
    visitor = Visitor()
    _answer_all(visitor)
    while not stop.is_set():
        status, content = visitor.ask("/summary.pdf")
        assert status == 503 or content.startswith(b"%PDF-")
        made[number] += status == 200


def _answer_all(visitor: Visitor) -> None:
    """Be not sure about everything."""
    visitor.send("/who", who="me")
    for _ in range(40):
        path = "/continue"
        status, page = visitor.ask(path)
        while status == 303:
            path = _location(visitor, path)
            status, page = visitor.ask(path)
        if path == "/check":
            return
        visitor.send(path, **_unsure(page.decode()))


def _location(visitor: Visitor, path: str) -> str:
    visitor.connection.request(
        "GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in visitor.cookies.items())}
    )
    response = visitor.connection.getresponse()
    response.read()
    return response.getheader("Location") or ""


def _unsure(page: str) -> dict[str, str]:
    if 'name="skip"' in page:
        found = re.search(r'name="skip" value="([^"]*)"', page)
        return {"skip": found[1] if found else "1"}
    names = set(re.findall(r'<input[^>]*name="([a-z_]+)"', page)) - {"csrf_token"}
    return {name: "50" if name == "age" else "?" for name in names}
