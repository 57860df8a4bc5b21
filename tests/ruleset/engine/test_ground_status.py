"""How grounds stand: what is not sure never looks like "not met"."""

from __future__ import annotations

from screening.rulefiles.cases.case_file import Case, plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.ruleset.engine.engine import Answers
from screening.ruleset.engine.ground_status import GroundStatus, GroundStatuses
from screening.ruleset.model.answers import Plain
from screening.ruleset.model.open_answers import is_open
from tests.conftest import ROOT
from tests.support.cases import CASES, ONE_OF_EACH, RULES, by_name
from tests.support.every import for_every

STANCES = GroundStatuses(RULES.engine)


def statuses_of(answers: Answers) -> dict[str, GroundStatus]:
    return dict(STANCES.of(answers, RULES.engine.evaluate(answers)))


def plain_of(case: Case, rules: LoadedRules = RULES) -> dict[str, Plain]:
    return plain_answers(rules.rule_set, case.answers)


@for_every("case", CASES, by_name)
def test_met_is_what_the_engine_says(case: Case) -> None:
    answers = plain_of(case)
    met = [name for name, status in statuses_of(answers).items() if status is GroundStatus.MET]
    assert met == [name for name in statuses_of(answers) if name in RULES.engine.evaluate(answers).grounds]


@for_every("case", ONE_OF_EACH.values(), ids=lambda case: case.name)
def test_no_single_answer_to_what_is_not_sure_makes_a_ground_true_that_was_not_met(case: Case) -> None:
    answers = plain_of(case)
    outcome = RULES.engine.evaluate(answers)
    statuses = statuses_of(answers)
    not_met = {name for name, status in statuses.items() if status is GroundStatus.NOT_MET}
    tried = 0
    for question in RULES.rule_set.questions:
        if question.id not in outcome.asked or not is_open(question, RULES.engine.state(answers)[question.id]):
            continue
        options = [option.code for option in question.options if not option.leaves_open and not option.exclusive]
        for code in options:
            answer: Plain = frozenset({code}) if question.type == "several" else code
            if isinstance(before := answers.get(question.id), frozenset):
                answer = frozenset({code}) | {text for text in before if text}
            now = RULES.engine.evaluate({**answers, question.id: answer})
            if question.id not in now.ignored and now.asked == outcome.asked:
                tried += 1
                assert not not_met & set(now.grounds), (question.id, code)
    if case.name == ONE_OF_EACH["unclear, nothing_known"].name:
        assert tried > 5


def test_not_sure_not_asked_and_no_are_told_apart() -> None:
    fine: dict[str, Plain] = {**plain_of(ONE_OF_EACH["early_cirrhosis"])}
    assert statuses_of(fine)["told_of_cirrhosis"] is GroundStatus.MET
    assert statuses_of({**fine, "told": "none"})["told_of_cirrhosis"] is GroundStatus.NOT_MET
    assert statuses_of({**fine, "told": None})["told_of_cirrhosis"] is GroundStatus.NOT_SURE
    unchecked: dict[str, Plain] = {**fine, "ascites": "swelling_unchecked", "other_health": frozenset({None})}
    assert statuses_of(unchecked)["fluid"] is GroundStatus.NOT_SURE
    assert statuses_of(unchecked)["infected_fluid"] is GroundStatus.NOT_SURE
    assert statuses_of({**unchecked, "other_health": frozenset()})["infected_fluid"] is GroundStatus.NOT_MET
    not_reported: dict[str, Plain] = {**fine, "told": "none", "stage": None, "lsm": None}
    assert statuses_of(not_reported)["belly_infection"] is GroundStatus.NOT_ASKED


def test_other_rule_files_are_read_too() -> None:
    rules = load_rule_file(ROOT / "rules" / "audit-c.yaml")
    statuses = GroundStatuses(rules.engine)
    for case in rules.cases:
        answers = plain_of(case, rules)
        own = statuses.of(answers, rules.engine.evaluate(answers))
        assert set(own) == set(rules.rule_set.ground)
