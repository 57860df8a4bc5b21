"""Prints every figure; with words as arguments only those of these modules (deciding, pages, ...)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from screening.resources import resource
from screening.rulefiles.loading.loader import load_rule_file
from tests.benchmarks import (
    cohorts,
    deciding,
    desk,
    documents,
    finding,
    listing,
    load,
    loading,
    overview,
    pages,
    proving,
    serving,
    slow_phone,
)


def main() -> None:
    """Measure and print."""
    path = resource("rules") / "liver.yaml"
    rules = load_rule_file(path)
    reports: dict[str, Callable[[], Iterator[str]]] = {
        "deciding": lambda: deciding.report(rules),
        "loading": lambda: loading.report(path),
        "pages": pages.report,
        "desk": desk.report,
        "documents": lambda: documents.report(rules),
        "load": load.report,
        "slow_phone": slow_phone.report,
        "serving": serving.report,
        "proving": lambda: proving.report(rules),
        "listing": listing.report,
        "overview": overview.report,
        "finding": finding.report,
        "cohorts": cohorts.report,
    }
    unknown = [name for name in sys.argv[1:] if name not in reports]
    if unknown:
        sys.exit(f"There is no report {', '.join(unknown)}. Known are: {', '.join(reports)}.")
    for name in sys.argv[1:] or reports:
        for line in reports[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
