"""Programs of the system that some tests need, and what a test does where one is missing.

`./test PATH` wants no more than Python: such a test is then skipped, with a sentence that names what to install.
`./test` and `.ci/run` have set up everything: there it fails, since a test that did not run is not one that passed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

PACKAGES = {
    "chromium": "chromium",
    "java": "default-jre-headless",
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "initdb": "postgresql",
    "faketime": "faketime",
    "curl": "curl",
}
"""Which package of Debian brings a program; `setup` installs these."""

POSTGRESQL = Path("/usr/lib/postgresql")
"""Where Debian keeps the programs of each version of PostgreSQL, outside the path."""


def program(name: str) -> str:
    """The path of a program; where it is missing, the test ends here. CHROMIUM names another browser."""
    path = shutil.which(os.environ.get("CHROMIUM", name) if name == "chromium" else name)
    if not path:
        end_test(f"{name} is not installed here: ./setup test installs it (Debian's package {PACKAGES[name]})")
    return path


def postgresql_programs() -> Path:
    """The folder of the newest PostgreSQL of this machine."""
    versions = sorted(POSTGRESQL.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return (versions[-1] if versions else Path(program("initdb"))).parent


def end_test(sentence: str) -> NoReturn:
    """End a test that cannot run here, with a sentence that says what to install."""
    if os.environ.get("TESTS_SKIP_NOTHING"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
