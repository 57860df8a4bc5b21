"""The clients of the page on programs run as they stand there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from screening.cli import main
from screening.config.reading import read_settings
from screening.config.settings import Api
from screening.rulefiles.loading.loader import LoadedRules
from screening.runtime import EXTENSION
from tests.conftest import ROOT
from tests.support.app_server import served_here
from tests.support.patience import PATIENCE
from tests.support.system import program
from tests.support.web_fixtures import make_app, settings_of

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
WRITTEN = "http://127.0.0.1:8000"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.real_clock
def test_the_client_in_python_runs(api_app: Flask, liver: LoadedRules) -> None:
    (client,) = examples("python")
    with served_here(api_app) as base:
        code = client.replace(WRITTEN, base).replace("timeout=30", f"timeout={PATIENCE}")
        ran = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("unclear [")
    assert liver.rule_set.disclaimer in ran.stdout
    assert "at most 20 pages" in ran.stdout
    assert "/answers/age: " in ran.stdout.splitlines()[-1]
    assert "/answers/colour: " in ran.stdout.splitlines()[-1]


@pytest.mark.real_clock
@pytest.mark.parametrize("command", examples("bash"))
def test_each_command_with_curl_runs(api_app: Flask, command: str, tmp_path: Path) -> None:
    program("curl")
    with served_here(api_app) as base:
        code = command.replace(WRITTEN, base)
        shell = ["bash", "-c", code]
        ran = subprocess.run(shell, capture_output=True, text=True, timeout=PATIENCE, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.splitlines():
        members = json.loads(line)
        assert {"category", "interrupts", "outcome", "seal"} & members.keys(), line


def test_each_command_about_keys_runs_as_it_stands(tmp_path: Path) -> None:
    app = make_app(tmp_path, api="keys", api_submissions="1")
    shown = [line for block in examples("sh") for line in block.splitlines() if line.startswith("screening ")]
    shown += [" ".join(command.split()) for command in re.findall(r"`(screening api-keys [^`]*)`", PAGE)]
    assert len(shown) > 3
    for command in shown:
        environment = settings_of(tmp_path, api="keys", api_submissions="1")
        ran = CliRunner().invoke(main, shlex.split(command)[1:], env=environment)
        assert ran.exit_code == 0, ran.output
    app.extensions[EXTENSION].store.database.engine.dispose()


def test_the_line_that_starts_it_opens_it_to_this_machine() -> None:
    (line,) = (block for block in examples("sh") if block.startswith("SCREENING_"))
    *set_there, program_named, command = shlex.split(line)
    settings = read_settings(dict(setting.split("=", 1) for setting in set_there))
    assert (settings.api, settings.demonstration, program_named, command) == (
        Api.LOCAL,
        True,
        ".venv/bin/screening",
        "serve",
    )
