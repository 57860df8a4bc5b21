"""The proof and the cases of the liver rules can fail: each seeded fault is caught by what the table names."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.analysis.proof.prover import Prover
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from tests.analysis import seeded_answers, seeded_faults
from tests.analysis.seeded_faults import TEXT, Fault
from tests.rulefiles.edited import edited
from tests.support.cases import LIVER

FAULTS = (*seeded_faults.FAULTS, *seeded_answers.FAULTS)
CASES = LIVER.with_name("liver.cases.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_caught(fault: Fault, tmp_path: Path) -> None:
    rules = load_with(fault, tmp_path)
    if fault.case:
        assert fault.case in {problem.problem.values.get("case") for problem in rules.failing}
    else:
        [guarantee] = [guarantee for guarantee in rules.rule_set.guarantees if guarantee.id == fault.guarantee]
        verdict = Prover(rules.engine).verdict(guarantee)
        assert not verdict.holds
        assert verdict.undecided is None


def load_with(fault: Fault, folder: Path) -> LoadedRules:
    """The liver rules with a fault, beside their cases where one of these is to catch it."""
    path = folder / "liver.yaml"
    path.write_text(edited((fault.old, fault.new), *fault.more, text=TEXT), encoding="utf-8")
    if fault.case:
        path.with_name("liver.cases.yaml").write_text(CASES, encoding="utf-8")
    return load_rule_file(path, cases_may_fail=True)


def test_there_are_enough_of_them_and_no_two_are_the_same() -> None:
    assert (
        len({(fault.old, fault.new) for fault in FAULTS}) == len({fault.name for fault in FAULTS}) == len(FAULTS) >= 30
    )
    assert all(bool(fault.guarantee) != bool(fault.case) for fault in FAULTS)
