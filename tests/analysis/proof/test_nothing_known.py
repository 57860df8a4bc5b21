"""That nothing is decided is shown by an answer set in which nothing is known, where one is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.analysis.proof.prover import Prover
from screening.analysis.proof.reachability import Target, targets
from screening.analysis.proof.verdicts import Example
from screening.analysis.solver.witness_dates import FIRST
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.dates import TODAY, DayRange
from tests.analysis.proof.scales import TABLES, drafted
from tests.conftest import ROOT
from tests.rulefiles.edited import DATA, edited, load_text

UNCLEAR = Target("category", "unclear")


def shown(prover: Prover) -> Example | None:
    queries = next(queries for target, queries in targets(prover.model) if target == UNCLEAR)
    return prover.reach_one(UNCLEAR, queries).example


@pytest.mark.parametrize("name", ["cage", "audit"])
def test_where_nothing_is_required_nobody_needs_to_have_answered(name: str, tmp_path: Path) -> None:
    assert shown(Prover(drafted(TABLES[name], tmp_path).engine)) == Example({}, None)


def test_where_an_answer_is_required_it_is_given() -> None:
    example = shown(Prover(load_rule_file(ROOT / "rules" / "audit-c.yaml").engine))
    assert example is not None
    assert example.answers.get("age") is not None


def test_where_dates_are_asked_nothing_is_known_but_which_day_is_today(tmp_path: Path) -> None:
    dated = (DATA / "rules" / "dated.yaml").read_text(encoding="utf-8")
    rules = load_text(tmp_path, edited(("required: true", "strict: true"), text=dated))
    assert shown(Prover(rules.engine)) == Example({TODAY: DayRange.of_day(FIRST)}, None)
