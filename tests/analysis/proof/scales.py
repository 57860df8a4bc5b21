"""Proves the draft of every scale in tests/data/scales, and prints the rows of docs/scales.md.

`python -m tests.analysis.proof.scales` takes some minutes; names after it choose scales.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from screening.analysis.proof.prover import prove
from screening.rulefiles.authoring.scale_table import ScaleTable, load_scale
from screening.rulefiles.authoring.scale_writer import write_scale
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.wording.authors.proofs.told_texts import telling
from tests.conftest import ROOT

TABLES = {path.stem: path for path in sorted((ROOT / "tests" / "data" / "scales").glob("*.yaml"))}


def drafted(table: Path, folder: Path) -> LoadedRules:
    """The rules that are written from a table; loading them checks them and runs their cases."""
    return load_rule_file(write_scale(load_scale(table), folder / table.name)[0])


def facts(scale: ScaleTable, rules: LoadedRules) -> list[str]:
    """What a row tells of a draft, but for how long its proof took."""
    counts = (len(scale.items), len(scale.totals), scale.parts, rules.completions, len(rules.rule_set.guarantees))
    return [scale.name, *map(str, counts), rules.hash[:12]]


def row(table: Path, folder: Path) -> str:
    """The row of a scale, once its draft is proved."""
    rules = drafted(table, folder)
    start = time.process_time()
    proof = prove(rules.engine, telling=telling(rules))
    seconds = time.process_time() - start
    told = f"{seconds:.0f}" if proof.holds else "FAILS" if proof.fails else "undecided"
    return f"| {' | '.join([*facts(load_scale(table), rules), told])} |"


if __name__ == "__main__":
    for chosen in sys.argv[1:] or TABLES:
        with TemporaryDirectory() as made:
            sys.stdout.write(f"{row(TABLES[chosen], Path(made))}\n")
            sys.stdout.flush()
