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
    outcomes = [outcome_of(case) for case in CASES]
    shared = {outcome.category for outcome in outcomes if may_be_shared(RULES.rule_set, outcome)}
    assert shared == {category.id for category in RULES.rule_set.categories} - NEVER
    assert {outcome.category for outcome in outcomes} >= NEVER
    assert [outcome for outcome in outcomes if outcome.kind and "urgent" in outcome.possible]


def test_an_underlying_section_is_never_sent_in_the_place_of_its_category() -> None:
    beside = [outcome for outcome in map(outcome_of, CASES) if outcome.underlying is not None]
    assert [
        outcome
        for outcome in beside
        if outcome.underlying and RULES.rule_set.category[outcome.underlying.category].share
    ]
    assert not [outcome for outcome in beside if may_be_shared(RULES.rule_set, outcome)]


def test_nobody_under_18_is_offered_to_send_anything() -> None:
    young = [outcome_of(case) for case in CASES if "under_18" in outcome_of(case).grounds]
    assert young
    assert not [outcome for outcome in young if may_be_shared(RULES.rule_set, outcome)]


def test_a_second_subject_says_for_itself_what_may_be_sent() -> None:
    rules = load_rule_file(ROOT / "rules" / "audit-c.yaml")
    urgent = {category.id for category in rules.rule_set.categories if category.tone is Tone.URGENT}
    assert not [category for category in rules.rule_set.categories if category.share and category.id in urgent]
