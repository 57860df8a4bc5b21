"""Which outcomes may be sent to a clinic: what the rule file says, and never while help may be needed."""

from __future__ import annotations

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.ruleset.engine.sharing_policy import may_be_shared
from screening.ruleset.model.rule_set import Tone
from tests.conftest import ROOT
from tests.support.cases import CASES, RULES, by_name, outcome_of
from tests.support.every import for_every

NEVER = {"urgent", "not_covered", "no_sign"}
"""Categories of the liver rules that nobody is offered to send."""


@for_every("case", CASES, by_name)
def test_every_case_is_offered_just_where_its_category_may_be_and_nothing_urgent_is_possible(case: Case) -> None:
    outcome = outcome_of(case)
    expected = outcome.category not in NEVER and "urgent" not in outcome.possible
    assert may_be_shared(RULES.rule_set, outcome) == expected


def test_the_cases_hold_every_way_to_be_offered_or_not() -> None:
    outcomes = [outcome_of(each) for each in CASES]
    shared = {each.category for each in outcomes if may_be_shared(RULES.rule_set, each)}
    assert shared == {each.id for each in RULES.rule_set.categories} - NEVER
    assert {each.category for each in outcomes} >= NEVER
    assert [each for each in outcomes if each.kind and "urgent" in each.possible]


def test_an_underlying_section_is_never_sent_in_the_place_of_its_category() -> None:
    beside = [each for each in map(outcome_of, CASES) if each.underlying is not None]
    assert [each for each in beside if each.underlying and RULES.rule_set.category[each.underlying.category].share]
    assert not [each for each in beside if may_be_shared(RULES.rule_set, each)]


def test_nobody_under_18_is_offered_to_send_anything() -> None:
    young = [outcome_of(each) for each in CASES if "under_18" in outcome_of(each).grounds]
    assert young
    assert not [each for each in young if may_be_shared(RULES.rule_set, each)]


def test_a_second_subject_says_for_itself_what_may_be_sent() -> None:
    rules = load_rule_file(ROOT / "rules" / "audit-c.yaml")
    urgent = {each.id for each in rules.rule_set.categories if each.tone is Tone.URGENT}
    assert not [each for each in rules.rule_set.categories if each.share and each.id in urgent]
