"""`screening serve`: what keeps it from starting is told in words; what starts says where it is."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from screening.app import WAITING_FILES
from screening.cli.operators.serve import THREADS, Server
from screening.config.reading import read_settings
from screening.documents.workers import WAITING, Limits
from tests.browser.conftest import serving
from tests.conftest import ROOT
from tests.support.patience import PATIENCE
from tests.support.ports import free_port

SCREENING = str(Path(sys.executable).parent / "screening")


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """This environment with these settings alone."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SCREENING_")}
    variables = {f"SCREENING_{name.upper()}": value for name, value in settings.items()}
    return {**inherited, "SCREENING_INSTANCE": str(folder / "instance"), **variables}


def refused(folder: Path, **settings: str) -> str:
    """What is said where it does not start."""
    result = subprocess.run(
        [SCREENING, "serve"],
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"port": "x", "mode": "y"}, "SCREENING_PORT is 'x'"),
        ({"modes": "match"}, "SCREENING_MODES is not a setting"),
        ({"host": "0.0.0.0"}, "No clinician has signed this rule file"),
        ({"cookie_keys": "abc"}, "64 hexadecimal digits"),
        ({"rules": "nothing.yaml"}, "nothing.yaml:1:1: There is no such file."),
        ({"rules": str(ROOT / "tests" / "data" / "invalid" / "alias.yaml")}, "An alias"),
    ],
)
def test_what_keeps_it_from_starting_is_told(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    assert said in refused(tmp_path, **settings)


@pytest.mark.slow
def test_every_mistake_in_the_settings_is_told_at_once(tmp_path: Path) -> None:
    assert len(refused(tmp_path, port="x", mode="y", https="z").splitlines()) == 3


@pytest.mark.slow
def test_a_key_file_that_others_may_read_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    folder.mkdir()
    (folder / "cookie.keys").write_text("ab" * 32)
    (folder / "cookie.keys").chmod(0o644)
    assert "chmod 600" in refused(tmp_path)


@pytest.mark.slow
def test_a_folder_for_keys_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "instance").write_text("a file in its place")
    assert "instance" in refused(tmp_path)


@pytest.mark.slow
def test_it_says_where_it_serves_and_ends_when_it_is_stopped(tmp_path: Path) -> None:
    port = free_port()
    settings = environment(tmp_path, demonstration="1", port=str(port))
    with subprocess.Popen(
        [SCREENING, "serve", "--workers", "1"], env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        first = running.stdout.readline()
        second = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        running.wait(timeout=PATIENCE)
        errors = running.stderr.read()
    assert first == f"http://127.0.0.1:{port}\n"
    assert second.startswith("A demonstration on this machine alone")
    assert running.returncode == 0
    assert "Traceback" not in errors


def test_a_web_process_is_not_replaced_where_the_machine_is_busy(tmp_path: Path) -> None:
    """Its sign of life may stay away as long as work in a worker process may last by the clock."""
    settings = read_settings({"SCREENING_DEMONSTRATION": "1", "SCREENING_INSTANCE": str(tmp_path)})
    assert Server(Flask("any"), settings, 1).cfg.timeout >= Limits().clock


@pytest.mark.slow
def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings = environment(tmp_path, demonstration="1", port=str(taken.getsockname()[1]))
        result = subprocess.run(
            [SCREENING, "serve"], env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert result.returncode != 0
    assert "Traceback" not in result.stderr
    assert "in use" in result.stderr


def test_full_queues_for_pdfs_and_files_leave_threads_for_pages() -> None:
    pdfs, files = 1 + WAITING, 1 + WAITING_FILES
    assert pdfs + files < THREADS


@pytest.mark.slow
@pytest.mark.real_clock
def test_connections_that_stand_idle_do_not_keep_others_out(tmp_path: Path) -> None:
    """Twice as many as there are threads, none of which sends anything; then one whose request stays half sent."""
    with serving(tmp_path, 1) as server, ExitStack() as idle:
        address = ("127.0.0.1", urlsplit(server.url).port or 0)
        for _ in range(2 * THREADS):
            idle.enter_context(socket.create_connection(address, timeout=PATIENCE))
        half_sent = idle.enter_context(socket.create_connection(address, timeout=PATIENCE))
        half_sent.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127")
        for _ in range(3):
            connection = http.client.HTTPConnection(*address, timeout=PATIENCE)
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok\n"
            connection.close()
