"""What reads the clock works on another day, and where days begin earlier or later than here."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT
from tests.support.shifted_clock import SHIFTS, run

MARKED = [
    str(file)
    for file in sorted((ROOT / "tests").rglob("test_*.py"))
    if "pytestmark = pytest.mark.clock\n" in file.read_text(encoding="utf-8")
]


def test_some_tests_read_the_clock() -> None:
    assert len(MARKED) >= 7


@pytest.mark.slow
@pytest.mark.parametrize("zone", SHIFTS)
def test_what_reads_the_clock_is_right_on_another_day_in_another_zone(zone: str) -> None:
    result = run(zone, "-q", "-m", "clock and not slow and not real_clock", *MARKED, output=subprocess.PIPE)
    assert result.returncode == 0, result.stdout[-4000:]
