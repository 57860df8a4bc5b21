"""A scale of nine strict items, none of them required, is proved: its bands, what never gets milder or is kept open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.analysis.proof.prover import Prover, prove
from screening.analysis.solver.engine_oracle import Judge
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.language.parsing import parse
from screening.ruleset.model.guarantees import Guarantee
from screening.ruleset.model.texts import Expression
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def nine() -> LoadedRules:
    return load_rule_file(ROOT / "tests" / "data" / "rules" / "nine_items.yaml")


def named(rules: LoadedRules, name: str) -> Guarantee:
    """A guarantee of the file."""
    return next(guarantee for guarantee in rules.rule_set.guarantees if guarantee.id == name)


def test_nothing_in_it_is_required_or_warned_of(nine: LoadedRules) -> None:
    assert all(question.strict and not question.required for question in nine.rule_set.questions)
    assert nine.warnings == ()


@pytest.mark.slow
def test_every_guarantee_is_kept_and_all_that_should_be_able_to_occur_can(nine: LoadedRules) -> None:
    proof = prove(nine.engine)
    assert {verdict.guarantee for verdict in proof.verdicts} >= {"more_days_are_never_milder", "unsure_keeps_rot_open"}
    assert [verdict.guarantee for verdict in proof.verdicts if not verdict.holds] == []
    assert [reach.target for reach in proof.reached if reach.example is None] == []


def test_what_is_not_so_of_a_total_is_found_with_answers_that_the_engine_confirms(nine: LoadedRules) -> None:
    kept = named(nine, "low_totals_are_never_bad")
    condition = "total < 16"
    broken = replace(kept, when=Expression(condition, parse(condition)), never=("bad",))
    verdict = Prover(nine.engine).verdict(broken)
    assert not verdict.holds
    assert verdict.example is not None
    assert "bad" in nine.engine.possible(verdict.example.answers)


def test_a_guarantee_about_one_item_tells_its_answers_apart(nine: LoadedRules) -> None:
    kept = named(nine, "low_totals_are_never_bad")
    prover = Prover(nine.engine)
    for name in ("leaves_yellow", "insects"):  # whichever options stand for a total, those of one of them are others
        none = f'{name} == "not_once" and total >= 20'
        guarantee = replace(kept, when=Expression(none, parse(none)), never=("worst",))
        assert Judge(nine.engine).may_speak_of(guarantee, {})
        verdict = prover.verdict(guarantee)
        assert not verdict.holds
        assert verdict.example is not None
    most = 'leaves_yellow == "not_once" and insects == "not_once" and spots == "not_once" and rot == "not_once"'
    assert prover.verdict(replace(kept, when=Expression(most, parse(most)), never=("worst",))).holds
