"""A guarantee that leaves out what its kind speaks of is told: it would be kept, or broken, whatever the rules say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from screening.analysis.proof.prover import EVERYTHING, KINDS
from screening.rulefiles.checks.guarantee_members import NEEDED, check_guarantee_members
from screening.rulefiles.checks.static_guarantees import STATIC
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.model.guarantees import Guarantee
from tests.rulefiles.edited import SMALL, edited, mistakes
from tests.support.every import for_every

SMALL_SET = load_rule_file(SMALL).rule_set


def told(guarantee: Guarantee) -> list[str]:
    alone = replace(SMALL_SET, guarantees=(guarantee,))
    return [str(problem.values["kind"]) for problem in check_guarantee_members(alone)]


@for_every("kind", NEEDED)
def test_a_guarantee_of_nothing_is_told_once_for_each_member_that_it_needs(kind: str) -> None:
    assert told(Guarantee("it", kind, "A promise.")) == [kind] * len(NEEDED[kind])


def test_every_kind_but_those_that_speak_of_all_needs_something() -> None:
    speak_of_all = {EVERYTHING, "interrupt_kept", "never_shown"}  # texts of the last are asked for with its topics
    assert set(NEEDED) == {*KINDS, *STATIC} - speak_of_all


@for_every(
    ("edit", "said"),
    [
        (("    then: [rescue]\n", ""), 'The guarantee "lice_need_rescue" does not say what it speaks of.'),
        (("    order: [wet, moist, dry]\n", ""), "needs one of these; add it: order, to."),
    ],
)
def test_it_is_told_by_check_with_what_to_add(edit: tuple[str, str], said: str, tmp_path: Path) -> None:
    told_of_it = mistakes(tmp_path, edited(edit))
    assert len(told_of_it) == 1
    assert said in told_of_it[0]
