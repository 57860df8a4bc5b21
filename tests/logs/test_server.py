"""A server that runs, with its workers and threads: what goes wrong in it prints places, and no planted word."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from screening.api.operation import FHIR, PREFIX, Operation, Scope
from screening.api.operations import OPERATIONS
from screening.cli import main
from tests.support.patience import PATIENCE
from tests.support.ports import free_port
from tests.support.web_fixtures import settings_of

WORD = "mangosteen"
SERVER = """
import logging, os, sys, threading, warnings
from screening.app import create_app
from screening.cli.operators.serve import Server
from screening.config.reading import read_settings
from screening.logs.setup import configure, log_format_of
from screening.runtime import current_service
from screening.storage import database
from flask import request

word = os.environ.pop("WORD")
configure(log_format_of(os.environ))
settings = read_settings(os.environ)
app = create_app(settings)

@app.get("/raises")
def raises():
    raise ValueError(word)

@app.get("/streams")
def streams():
    def parts():
        yield "first"
        raise ValueError(word)
    return app.response_class(parts())

@app.get("/thread")
def thread():
    def work():
        raise ValueError(word)
    started = threading.Thread(target=work, name=word)
    started.start()
    started.join()
    return ""

@app.get("/worker")
def worker():
    return current_service().workers.run(int, word)

@app.get("/worker/warns")
def worker_warns():
    current_service().workers.run(warnings.warn, word)
    return ""

@app.get("/worker/logs")
def worker_logs():
    current_service().workers.run(logging.getLogger("weasyprint").error, "%s", word)
    return ""

@app.get("/worker/dies")
def worker_dies():
    return current_service().workers.run(threading.Lock)  # no lock can be handed over: the process ends

@app.get("/flask")
def flask():
    app.logger.error("Exception on %s", word)
    return ""

@app.get("/page")
def page():
    app.jinja_env.globals["gettext"] = app.jinja_env.globals["_"] = lambda *_, **__: 1 / 0
    raise ValueError(word)  # and its page fails too

def breaking(view):
    def answer(**parts):
        if "break" in request.args:
            raise ValueError(word, request.get_data())
        return view(**parts)
    return answer

for name, view in list(app.view_functions.items()):
    if name.startswith("api."):
        app.view_functions[name] = breaking(view)

Server(app, settings, 1).run()
"""


class Running:
    """A server, and what it prints."""

    def __init__(self, folder: Path, log: str, **more: str) -> None:
        self.port = free_port()
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("SCREENING_")}
        self.settings = settings_of(folder / "instance", port=str(self.port), log=log, **more)
        self._log = folder / "log"
        with self._log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-c", SERVER],
                env={**inherited, **self.settings, "WORD": WORD},
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
            )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("http://"), self._log.read_text()

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, id and body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        response = connection.getresponse()
        try:
            body = response.read().decode()
        except HTTPException:  # the rest of it never came
            body = ""
        connection.close()
        return response.status, response.headers.get("X-Request-Id", ""), body

    def ask(self, method: str, path: str, body: bytes, **headers: str) -> tuple[int, bytes]:
        """Status and body of what is answered to a program."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, content

    def say(self, text: bytes) -> None:
        """Send what is no request, and wait for the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as line:
            line.sendall(text)
            while line.recv(1000):
                pass

    def ended(self) -> tuple[str, str]:
        """What it printed and what it logged, once it has ended."""
        self.process.send_signal(signal.SIGINT)
        out, _ = self.process.communicate(timeout=PATIENCE)
        return out, self._log.read_text()


@pytest.fixture(params=["json", "text"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path, request.param)
    yield running
    running.process.kill()
    running.process.wait()
    assert running.process.stdout is not None
    running.process.stdout.close()


@pytest.mark.slow
def test_whatever_goes_wrong_in_a_server_prints_places_and_no_planted_word(
    server: Running, request: pytest.FixtureRequest
) -> None:
    log = request.node.callspec.params["server"]
    status, identity, body = server.get("/raises")
    assert status == 500
    assert identity in body
    streamed = server.get("/streams")[1]
    for path in ("/thread", "/worker/warns", "/worker/logs", "/flask"):
        assert server.get(path)[0] == 200, path
    assert server.get("/worker")[0] == 500
    assert server.get("/worker/dies")[0] == 500
    server.say(f"GET /{WORD} HTTP/{WORD}\r\n\r\n".encode())
    server.say(f"GET / HTTP/1.1\r\nX {WORD}\r\n\r\n".encode())
    server.get(f"/{WORD}?{WORD}={WORD}")
    server.get("/page")
    printed, said = server.ended()
    assert WORD not in printed + said
    assert "Traceback" not in printed + said
    if log == "json":
        lines = [json.loads(line) for line in said.splitlines()]
        first = next(line for line in lines if line.get("request") == identity)
        assert first["message"] == "unexpected error in raises: ValueError"
        assert first["failure"][0]["frames"][-1]["function"] == "raises"
        functions = {
            frame["function"] for line in lines for link in line.get("failure", []) for frame in link["frames"]
        }
        assert {"raises", "parts", "work", "page", "_serve"} <= functions
        requests = {line.get("request") for line in lines if line["logger"] == "gunicorn.error"}
        assert streamed in requests
        loggers = {line["logger"] for line in lines}
        assert {"weasyprint", "screening", "gunicorn.error", "screening.documents.workers"} <= loggers
    else:
        for place in (" in raises", " in parts", " in work", " in page", "weasyprint, at ", "UserWarning"):
            assert place in said, place


ANSWERS = {"age": 54, "ascites": "now"}


def bodies(operation: Operation, response: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """What a program may send there with the word in it: rightly, wrongly, and as nothing that is read."""
    if not operation.takes:
        yield f"text/{WORD}", WORD.encode()
        return
    told: list[object] = [
        {"answers": {**ANSWERS, WORD: WORD}, WORD: WORD},
        {"answers": {"age": WORD, "told": WORD, "red_flags": [WORD], "lsm": {"value": WORD, "unit": WORD}}},
        {"answers": WORD},
        {**response, WORD: WORD, "item": [{"linkId": WORD, "text": WORD, "answer": [{"valueString": WORD}]}]},
        {**response, "status": WORD},
        {**response, "item": [{"linkId": "age", "answer": [{"valueQuantity": {"value": 5, "code": WORD}}]}]},
        {**response, "text": {"status": WORD, "div": WORD}},
    ]
    for row in told:
        yield operation.takes, json.dumps(row).encode()
    yield operation.takes, f'{{"{WORD}": '.encode()
    yield f"text/{WORD}", WORD.encode()
    yield operation.takes, f"%PDF-1.7 {WORD}".encode()


@pytest.mark.slow
@pytest.mark.parametrize("log", ["json", "text"])
def test_no_word_that_a_program_sends_is_in_a_log(tmp_path: Path, log: str) -> None:
    running = Running(tmp_path, log, api="keys", api_submissions="1", api_per_minute="1000000")
    try:
        scopes = [part for scope in Scope for part in ("--scope", str(scope))]
        issue = ["api-keys", "issue", "all", *scopes, "--role", "clinician", "--network", "127.0.0.1"]
        issued = CliRunner().invoke(main, issue, env=running.settings)
        assert issued.exit_code == 0, issued.output
        key = f"Bearer {issued.stdout.strip()}"
        sent = json.dumps({"answers": ANSWERS}).encode()
        made = running.ask("POST", f"{PREFIX}/fhir/response", sent, Authorization=key, Content_Type="application/json")
        response = json.loads(made[1])
        statuses: set[int] = set()
        for operation in OPERATIONS:
            path = PREFIX + operation.path.replace("{code}", WORD)
            query = f"?after={WORD}&language={WORD}&{WORD}={WORD}"
            for kind, body in bodies(operation, response):
                status, _ = running.ask(operation.method, path + query, body, Authorization=key, Content_Type=kind)
                statuses.add(status)
            for credential in ("", f"Bearer screening_{WORD}", f"Basic {WORD}"):
                statuses.add(running.ask(operation.method, path, sent, Authorization=credential)[0])
            broken = running.ask(operation.method, f"{path}?break={WORD}", sent, Authorization=key, X_Request_Id=WORD)
            assert broken[0] == 500
            assert WORD.encode() not in broken[1]
        statuses.add(running.ask("PUT", f"{PREFIX}/{WORD}", WORD.encode(), Authorization=key)[0])
        right = json.dumps({**response, "text": {"div": WORD}}).encode()
        for path in ("outcome", "bundle"):
            asked = f"{PREFIX}/fhir/{path}"
            assert running.ask("POST", asked, right, Authorization=key, Content_Type=FHIR)[0] == 200
        printed, said = running.ended()
    finally:
        running.process.kill()
        running.process.wait()
        assert running.process.stdout is not None
        running.process.stdout.close()
    assert statuses >= {200, 400, 401, 404, 415, 422}
    assert statuses <= {200, 400, 401, 403, 404, 405, 413, 415, 422}
    assert WORD not in printed + said
    assert "Traceback" not in printed + said
    for operation in OPERATIONS:
        assert f"unexpected error in api.{operation.id}" in said
