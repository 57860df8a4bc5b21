"""The receipt of a proof: it counts for one very rule file, and the one that ships is of the file that ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import LoadedRules
from screening.rulefiles.review.proof_receipt import Receipt, matching_receipt, receipt_path, write_receipt
from tests.support.cases import LIVER

RECEIPT = Receipt("ab" * 32, ("one", "two"), "screening 1.0.0", "a solver", "2026-11-22")


def test_a_receipt_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_receipt(tmp_path / "small.yaml", RECEIPT)
    assert matching_receipt(tmp_path / "small.yaml", RECEIPT.sha256) == RECEIPT


def test_the_receipt_of_another_file_does_not_count(tmp_path: Path) -> None:
    write_receipt(tmp_path / "small.yaml", replace(RECEIPT, sha256="cd" * 32))
    assert matching_receipt(tmp_path / "small.yaml", RECEIPT.sha256) is None
    assert matching_receipt(tmp_path / "other.yaml", RECEIPT.sha256) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sha256": 5}', "null"])
def test_a_damaged_receipt_does_not_count(tmp_path: Path, text: str) -> None:
    receipt_path(tmp_path / "small.yaml").write_text(text)
    assert matching_receipt(tmp_path / "small.yaml", RECEIPT.sha256) is None


def test_the_receipt_that_ships_is_of_the_rules_that_ship(liver: LoadedRules) -> None:
    receipt = matching_receipt(LIVER, liver.hash)
    assert receipt is not None, "run `screening prove rules/liver.yaml` after an edit"
    assert receipt.guarantees == tuple(guarantee.id for guarantee in liver.rule_set.guarantees)
