"""Prints answer sets to a rule file with their outcomes, one JSON object a line: for readers that are not in Python."""

from __future__ import annotations

import sys
from pathlib import Path

from screening.rulefiles.loading.loader import load_rule_file
from tests.agreement.answer_sets import AnswerSets
from tests.agreement.lines import line


def main(rules: str, count: str, seed: str = "1") -> None:
    """Print `count` lines."""
    loaded = load_rule_file(Path(rules))
    for answers in AnswerSets(loaded.engine, int(seed), loaded.cases).draw(int(count)):
        sys.stdout.write(f"{line(loaded.engine, answers)}\n")


main(*sys.argv[1:])
