"""How the commands are called: in this process where that serves, and as a person calls them where it does not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from tests.rulefiles.edited import SMALL
from tests.support.patience import PATIENCE

Call = Callable[..., Result]
Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command in this process; its answers may be given as text, and stand in for standard input."""
    for name in list(os.environ):
        if name.startswith("SCREENING_"):
            monkeypatch.delenv(name)

    def called(*arguments: str | Path, text: str | bytes = "") -> Result:
        return CliRunner().invoke(main, list(map(str, arguments)), input=text)

    return called


@pytest.fixture
def small(call: Call) -> Call:
    """Call a command with the small rule file, which is quicker to load."""

    def called(*arguments: str | Path, text: str | bytes = "") -> Result:
        return call(*arguments, "--rules", SMALL, text=text)

    return called


@pytest.fixture
def process() -> Process:
    """Call a command as a process of its own."""

    def called(*arguments: str | Path, text: str = "") -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SCREENING_")}
        command = [str(Path(sys.executable).parent / "screening"), *map(str, arguments)]
        return subprocess.run(
            command, input=text, capture_output=True, text=True, env=environment, timeout=PATIENCE, check=False
        )

    return called
