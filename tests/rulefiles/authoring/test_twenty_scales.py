"""Twenty public scales as tables of items, scores and bands: each draft is checked and proved, and no item required."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.analysis.proof.prover import prove
from screening.rulefiles.authoring.scale_table import load_scale
from screening.wording.authors.proofs.told_texts import telling
from tests.analysis.proof.scales import TABLES, drafted, facts
from tests.conftest import ROOT
from tests.support.every import for_every

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "scales.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and line.rstrip("| ").split()[-1].isdecimal()
]
"""The rows of the page, each as it was printed once its draft was proved."""
QUICK = ("cage", "scoff", "stop-bang")
SLOW = ("fagerstrom", "gad-7", "who-5")
"""With the quick ones those that are proved anew; of the others the page names the very drafts that were proved."""
PROVED = [*QUICK, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)]


def test_there_are_twenty_and_all_were_proved() -> None:
    assert len(ROWS) == len(TABLES) == 20


@for_every("name", TABLES)
def test_a_draft_is_checked_with_its_cases_and_is_the_one_that_was_proved(name: str, tmp_path: Path) -> None:
    rules = drafted(TABLES[name], tmp_path)
    assert all(question.strict and not question.required for question in rules.rule_set.questions)
    assert facts(load_scale(TABLES[name]), rules) in [row[:-1] for row in ROWS], "python -m tests.analysis.proof.scales"


@pytest.mark.parametrize("name", PROVED)
def test_a_draft_is_proved_with_nothing_undecided(name: str, tmp_path: Path) -> None:
    rules = drafted(TABLES[name], tmp_path)
    proof = prove(rules.engine, telling=telling(rules))
    assert proof.holds
    assert len(proof.verdicts) == len(rules.rule_set.guarantees)
