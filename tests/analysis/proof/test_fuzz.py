"""Proofs of random rule files are held against every answer set: `fuzz` tells more, and takes new seeds."""

from __future__ import annotations

import pytest

from screening.analysis.proof import prover
from screening.analysis.proof.guarantees import Kind
from screening.analysis.proof.prover import KINDS
from screening.analysis.solver.rule_formulas import RuleModel
from tests.analysis.proof import fuzz

FIRST = 7_200_001
"""The first seed of the files that are always tried."""
OF_NUMBERS, MORE_OF_NUMBERS = 8_300_004, 8_300_020
"""The same of files of numbers, of which more bounds are tried."""
BROKEN_BY_A_BOUND = 7_400_001
"""The seed of a file with a guarantee that exact numbers keep, and a bound breaks."""


@pytest.mark.parametrize("count", [2, pytest.param(5, marks=pytest.mark.slow)])
def test_nothing_is_proved_of_numbers_that_a_bound_refutes(count: int) -> None:
    report = fuzz.fuzz(count, OF_NUMBERS if count == 2 else MORE_OF_NUMBERS, of_numbers=True)
    assert report.wrong == []
    assert report.counts["kept"] > count
    assert report.counts["broken"] > count
    assert report.counts["broken by a bound"] > 0
    assert report.counts.total() == 10 * count


@pytest.mark.parametrize("count", [3, pytest.param(6, marks=pytest.mark.slow)])
def test_nothing_is_proved_that_an_answer_set_refutes_and_nothing_broken_without_one(count: int) -> None:
    report = fuzz.fuzz(count, FIRST)
    assert report.wrong == []
    assert report.counts["kept"] > count
    assert report.counts["broken"] > count
    assert report.counts["can happen"] > 0
    assert report.counts.total() == 10 * count


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1795992954003, 1795992954087])
def test_a_number_that_is_supposed_is_none_of_which_no_power_can_be_worked_out(seed: int) -> None:
    assert fuzz.fuzz(1, seed).wrong == []


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prove as if no query of some kinds were ever asked."""

    def none(*_: object) -> list[object]:
        return []

    for name in ("unaffected_by", "never_milder_changed", "never_with"):
        kind = KINDS[name]
        monkeypatch.setitem(KINDS, name, Kind(none, kind.confirmed, kind.can_happen))  # type: ignore[arg-type]


def test_a_proof_that_takes_no_bound_into_account_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fuzz.fuzz(1, BROKEN_BY_A_BOUND).counts["broken by a bound"] == 1
    monkeypatch.setattr(prover, "RuleModel", lambda rule_set, **_: RuleModel(rule_set))
    assert any("FALSE proof" in message for message in fuzz.fuzz(1, BROKEN_BY_A_BOUND).wrong)


@pytest.mark.slow
@pytest.mark.usefixtures("forgetful")
def test_a_proof_that_looks_at_nothing_is_found_out() -> None:
    wrong = fuzz.fuzz(6, FIRST).wrong
    assert wrong
    assert all("FALSE proof" in message for message in wrong)
