"""Small rule files that were proved or refuted wrongly, or ended in a traceback, with what is true of each.

Each is one of a kind; `fuzz` draws more of every kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from screening.analysis.proof.prover import Prover, prove
from screening.analysis.proof.verdicts import Example, Proof, Verdict
from screening.analysis.solver.undecided import Reason
from screening.rulefiles.loading.loader import load_rule_file
from tests.rulefiles.edited import DATA

PROOFS = DATA / "proof"
SECONDS = 4.0


def proof_of(name: str, *changes: tuple[str, str], folder: Path = PROOFS) -> Proof:
    """The proof of a rule file, edited or as it is."""
    file = PROOFS / f"{name}.yaml"
    if changes:
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = folder / f"{name}.yaml"
        file.write_text(text, encoding="utf-8")
    return prove(load_rule_file(file).engine, SECONDS)


def impossible(proof: Proof) -> set[str]:
    """The grounds of which it is proved that they never hold."""
    return {reach.target.name for reach in proof.reached if reach.is_impossible and reach.target.what == "ground"}


@pytest.mark.parametrize("name", ["bmi2", "mean40", "vsum"])
def test_arithmetic_that_is_right_is_proved(name: str) -> None:
    """A sum, a mean whose thirds are no decimals, and a weight by the square of a height."""
    proof = proof_of(name)
    assert [verdict.holds for verdict in proof.verdicts] == [True]
    assert proof.holds
    assert impossible(proof) == set()


@pytest.mark.parametrize("name", ["only4", "sqgt"])
def test_a_ground_that_only_rounding_would_let_hold_never_does(name: str) -> None:
    proof = proof_of(name)
    assert [verdict.holds for verdict in proof.verdicts] == [True]
    assert impossible(proof) == {"g_r"}
    assert proof.fails
    assert not proof.undecided


@dataclass(frozen=True)
class Broken:
    """A guarantee that fails, and the answers that must differ between the two sets that show it, if there are two."""

    file: str
    differing: frozenset[str]


BROKEN = (
    Broken("gt", frozenset()),
    Broken("strict_unaffected", frozenset({"leaves"})),
    Broken("raised_asks", frozenset({"nu"})),
    Broken("chain_changed", frozenset({"c"})),
)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda case: case.file)
def test_what_fails_is_shown_by_answers_that_differ_in_the_named_one_alone(broken: Broken) -> None:
    """Two numbers compared; a strict question that decides; what a number, or a chain of answers, lets be asked."""
    [verdict] = proof_of(broken.file).verdicts
    assert verdict.undecided is None
    assert not verdict.holds
    assert isinstance(verdict.example, Example)
    answers, changed = verdict.example.answers, verdict.example.changed
    assert {name for name in answers if changed and answers[name] != changed.get(name)} == broken.differing
    if changed:
        assert answers.keys() == changed.keys()
    else:
        assert answers["a"] > answers["b"]  # type: ignore[operator]


@pytest.mark.slow
def test_what_no_time_suffices_for_is_undecided_and_names_the_numbers() -> None:
    proof = proof_of("fermat")
    [verdict] = proof.verdicts
    assert verdict.undecided is not None
    assert verdict.undecided.reason is Reason.TIME
    assert verdict.undecided.questions == ("a", "b", "c")
    assert (proof.fails, proof.undecided, proof.holds) == (False, True, False)
    assert [reach.target.name for reach in proof.reached if reach.undecided and reach.target.what == "ground"] == [
        "g_r"
    ]
    assert sum(reach.example is not None for reach in proof.reached) == 16


# --- powers ---

EGFR = DATA / "rules" / "egfr.yaml"


def verdict_of(file: Path, name: str) -> Verdict:
    """The verdict on one guarantee of a rule file."""
    engine = load_rule_file(file).engine
    prover = Prover(engine)
    prover.solver.seconds = 60.0  # it takes one; a busy machine may take many
    return prover.verdict(next(guarantee for guarantee in engine.rule_set.guarantees if guarantee.id == name))


PROMISES = {
    "much_creatinine_is_low": ("definitely(creatinine > 400)", "definitely(creatinine > 120)"),
    "little_creatinine_is_not_low": ("definitely(creatinine < 90)", "definitely(creatinine < 250)"),
    "of_young_men": ("age < 50 and definitely(creatinine <= 100)", "age < 50 and definitely(creatinine <= 140)"),
    "more_is_never_milder": ("direction: up", "direction: down"),
}
"""For each guarantee of the rule file with powers something in it, and what it does not keep with that instead."""


@pytest.mark.parametrize("name", PROMISES)
def test_what_a_formula_with_powers_promises_is_proved(name: str) -> None:
    assert verdict_of(EGFR, name).holds


@pytest.mark.slow
@pytest.mark.parametrize("name", PROMISES)
def test_and_what_it_does_not_keep_is_shown_by_the_engine(name: str, tmp_path: Path) -> None:
    text = EGFR.read_text(encoding="utf-8")
    assert PROMISES[name][0] in text
    file = tmp_path / "egfr.yaml"
    file.write_text(text.replace(*PROMISES[name]), encoding="utf-8")
    verdict = verdict_of(file, name)
    assert not verdict.holds
    assert isinstance(verdict.example, Example)
    if name == "more_is_never_milder":
        answers, other = verdict.example.answers, verdict.example.changed
        assert other is not None
        assert answers["creatinine"] > other["creatinine"]  # type: ignore[operator]


BETWEEN = ("x / 3 * 3 < x) and definitely(x < 5) and definitely(x > 3)", "x * 2 == 7)")


def test_numbers_with_more_digits_than_can_be_typed_leave_a_ground_undecided(tmp_path: Path) -> None:
    [verdict] = proof_of("only4", BETWEEN, folder=tmp_path).verdicts
    assert verdict.undecided is not None
    assert (verdict.undecided.reason, verdict.undecided.questions) == (Reason.UNTYPED, ("x",))


def test_where_only_whole_numbers_are_read_it_is_proved(tmp_path: Path) -> None:
    proof = proof_of("only4", BETWEEN, ("decimals: 0}", "decimals: 0, whole: true}"), folder=tmp_path)
    assert [verdict.holds for verdict in proof.verdicts] == [True]
    assert impossible(proof) == {"g_r"}


def test_and_where_more_digits_can_be_typed_it_is_broken(tmp_path: Path) -> None:
    [verdict] = proof_of("only4", BETWEEN, ("decimals: 0}", "decimals: 1}"), folder=tmp_path).verdicts
    assert verdict.example is not None
    assert verdict.example.answers == {"x": Decimal("3.5")}
