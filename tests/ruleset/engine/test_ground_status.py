"""How grounds stand: what is not sure never looks like "not met"."""

from __future__ import annotations

import pytest

from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Answers
from screening.ruleset.engine.ground_status import Stance, Stances
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.open_answers import is_open
from tests.conftest import ROOT
from tests.support.cases import CASES, ONE_OF_EACH, RULES, by_name
from tests.support.every import for_every

STANCES = Stances(RULES.engine)


def stances_of(answers: Answers) -> dict[str, Stance]:
    return dict(STANCES.of(answers, RULES.engine.evaluate(answers)))


def plain_of(case: Case, rules: LoadedRules = RULES) -> dict[str, Plain]:
    return plain_answers(rules.rule_set, case.answers)


@for_every("case", CASES, by_name)
def test_met_is_what_the_engine_says(case: Case) -> None:
    answers = plain_of(case)
    met = [name for name, stance in stances_of(answers).items() if stance is Stance.MET]
    assert met == [each for each in stances_of(answers) if each in RULES.engine.evaluate(answers).grounds]


@pytest.mark.parametrize("case", ONE_OF_EACH.values(), ids=lambda each: each.name)
def test_no_single_answer_to_what_is_not_sure_makes_a_ground_true_that_was_not_met(case: Case) -> None:
    answers = plain_of(case)
    outcome = RULES.engine.evaluate(answers)
    stances = stances_of(answers)
    not_met = {name for name, stance in stances.items() if stance is Stance.NOT_MET}
    tried = 0
    for question in RULES.rule_set.questions:
        if question.id not in outcome.asked or not is_open(question, RULES.engine.state(answers)[question.id]):
            continue
        options = [each.code for each in question.options if not each.leaves_open and not each.exclusive]
        for code in options:
            answer: Plain = frozenset({code}) if question.type == "several" else code
            if isinstance(before := answers.get(question.id), frozenset):
                answer = frozenset({code}) | {each for each in before if each}
            now = RULES.engine.evaluate({**answers, question.id: answer})
            if question.id not in now.ignored and now.asked == outcome.asked:
                tried += 1
                assert not not_met & set(now.grounds), (question.id, code)
    if case.name == ONE_OF_EACH["unclear, nothing_known"].name:
        assert tried > 5


def test_not_sure_not_asked_and_no_are_told_apart() -> None:
    fine: dict[str, Plain] = {**plain_of(ONE_OF_EACH["early_cirrhosis"])}
    assert stances_of(fine)["told_of_cirrhosis"] is Stance.MET
    assert stances_of({**fine, "told": "none"})["told_of_cirrhosis"] is Stance.NOT_MET
    assert stances_of({**fine, "told": None})["told_of_cirrhosis"] is Stance.NOT_SURE
    unchecked: dict[str, Plain] = {**fine, "ascites": "swelling_unchecked", "other_health": frozenset({None})}
    assert stances_of(unchecked)["fluid"] is Stance.NOT_SURE
    assert stances_of(unchecked)["infected_fluid"] is Stance.NOT_SURE
    assert stances_of({**unchecked, "other_health": frozenset()})["infected_fluid"] is Stance.NOT_MET
    not_reported: dict[str, Plain] = {**fine, "told": "none", "stage": None, "lsm": None}
    assert stances_of(not_reported)["belly_infection"] is Stance.NOT_ASKED


def test_other_rule_files_are_read_too() -> None:
    rules = load_rule_file(ROOT / "rules" / "audit-c.yaml")
    stances = Stances(rules.engine)
    for case in rules.cases:
        answers = plain_of(case, rules)
        standing = stances.of(answers, rules.engine.evaluate(answers))
        assert set(standing) == set(rules.rule_set.ground)
