"""The tests under another clock in another zone: what depends on today, or on where the machine stands, fails here.

`./test --clock` runs the quick tests in two combinations, in one process each; `tests/test_clock.py` runs those marked
`clock` in the same two. libfaketime (Debian's package `faketime`) shifts the clock of the process and of all that it
starts. Under it Python cannot sleep ("Invalid argument"), so tests that wait for something end as skipped, and those
that wait in other processes are marked `real_clock` and left out; so is PostgreSQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.conftest import ROOT
from tests.support.system import program

SHIFTS = {"Pacific/Kiritimati": "+400d", "Pacific/Honolulu": "+1826d"}
"""By zone, the first and the last in which a day begins, how far the clock is ahead."""


def clock_file(file: Path) -> dict[str, str]:
    """The environment of a process whose clock is ahead by as many seconds as a file says at each look ("-400")."""
    shown = subprocess.run(
        [program("faketime"), "-m", "-f", "+0", "printenv", "LD_PRELOAD"], check=True, capture_output=True, text=True
    )
    return {
        "LD_PRELOAD": shown.stdout.strip(),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def run(zone: str, *arguments: str, output: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run pytest with these arguments there."""
    command = [program("faketime"), "-m", "--exclude-monotonic", "-f", SHIFTS[zone], sys.executable, "-m", "pytest"]
    # By itself: coverage, workers and what is skipped of the run that asks for this one are none of it.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    environment = {**inherited, "TZ": zone, "TESTS_SHIFTED": SHIFTS[zone]}
    options = ["-p", "no:cacheprovider", "-k", "not postgresql"]
    return subprocess.run(
        [*command, *options, *arguments],
        check=False,
        text=True,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        cwd=ROOT,
    )


def main(arguments: Sequence[str]) -> None:
    """Run the quick tests, or those of some paths, in every combination."""
    codes = []
    for zone, shift in SHIFTS.items():
        print(f"== {zone}, {shift}", flush=True)  # noqa: T201 - says which run this is
        codes.append(run(zone, "-m", "not slow and not real_clock", *arguments).returncode)
    sys.exit(max(codes))


if __name__ == "__main__":
    main(sys.argv[1:])
