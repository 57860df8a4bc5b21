"""Where a library of the system is missing, who runs the machine reads which, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from screening.documents.libraries import LIBRARIES, MissingLibraryError, require_libraries
from tests.support.patience import PATIENCE

WITHOUT = """
from screening.documents.libraries import LIBRARIES
from screening.cli import main
LIBRARIES["libnobody-has-this.so.7"] = "libnobody7"
main()
"""


def test_nothing_is_said_where_all_are_there() -> None:
    require_libraries()


def test_a_missing_library_is_named_by_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIBRARIES, "libnobody-has-this.so.7", "libnobody7")
    with pytest.raises(MissingLibraryError, match=r"not installed here: libnobody7 .*\./setup"):
        require_libraries()


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["summary", "answers.json", "-o", "out.pdf"], ["serve"]])
def test_a_command_that_needs_it_says_so_and_stops(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text('{"age": 52, "red_flags": ["none"]}')
    environment = {
        "PATH": "/usr/bin:/bin",
        "SCREENING_DEMONSTRATION": "1",
        "SCREENING_INSTANCE": str(tmp_path / "instance"),
    }
    command = [sys.executable, "-c", WITHOUT, *arguments]
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=PATIENCE, cwd=tmp_path, env=environment
    )
    assert result.returncode == 1
    assert "libnobody7" in result.stderr
    assert "Traceback" not in result.stderr
