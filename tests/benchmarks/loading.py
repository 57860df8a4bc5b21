"""Loading the liver rule file with shape, types and cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from screening.rulefiles.loading.loader import load_rule_file
from tests.benchmarks.measuring import medians


def report(path: Path) -> Iterator[str]:
    """One line a figure."""
    figures = medians({"load": lambda: load_rule_file(path)}, rounds=11)
    yield f"load of {path.name} with shape, types and cases: {figures['load'] * 1e3:.0f} ms (wanted: under 300)"
