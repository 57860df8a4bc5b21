"""The clients of the page on programs run as they stand there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from screening.rulefiles.loading.loader import LoadedRules
from tests.conftest import ROOT
from tests.support.app_server import served_here
from tests.support.system import program

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
WRITTEN = "http://127.0.0.1:8000"


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.real_clock
def test_the_client_in_python_runs(api_app: Flask, liver: LoadedRules) -> None:
    (client,) = examples("python")
    with served_here(api_app) as base:
        code = client.replace(WRITTEN, base)
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
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
        ran = subprocess.run(shell, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.splitlines():
        members = json.loads(line)
        assert {"category", "interrupts", "outcome", "seal"} & members.keys(), line
