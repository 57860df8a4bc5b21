"""Judged by the rules of another day: told as it was then, and compared with today's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from screening.rulefiles.loading.stored_rules import rules_from
from screening.rulefiles.model.canonical import canonical_json
from screening.ruleset.reading.answer_types import Answer, Chosen, Quantity
from tests.support.cases import CASES, LIVER, RULES, outcome_of
from tests.support.desk import Desk
from tests.support.submissions import EARLY, send

TODAYS = f"Today's rules ({RULES.rule_set.version})"


def earlier_rules(folder: Path, *changes: tuple[str, str]) -> LoadedRules:
    """The liver rules with texts replaced everywhere; cases that fail do not matter here."""
    text = LIVER.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / LIVER.name
    path.write_text(text, encoding="utf-8")
    (folder / "illustrations").symlink_to(LIVER.with_name("illustrations"))
    return load_rule_file(path, cases_may_fail=True)


def look(desk: Desk, rules: LoadedRules, **answers: Answer) -> str:
    receipt = send(desk.store, EARLY, rules, answers)
    page = desk.get(f"/desk/submissions/{receipt.id}")
    assert page.one(id="grounds").all("li")
    return page.one(id="look").text


def test_rules_that_were_kept_decide_as_they_did() -> None:
    again = rules_from(canonical_json(RULES.data))
    assert again.hash == RULES.hash
    for case in CASES:
        assert again.engine.evaluate(plain_answers(again.rule_set, case.answers)) == outcome_of(case)


def test_todays_own_rules_are_named_as_such(coordinator: Desk) -> None:
    assert "Judged by the very rules of today." in look(coordinator, RULES)


@pytest.mark.slow
def test_todays_rules_say_the_same_about_what_other_rules_judged(coordinator: Desk, tmp_path: Path) -> None:
    earlier = earlier_rules(tmp_path, ("definitely(lsm >= 15)", "definitely(lsm >= 13)"))
    assert f"{TODAYS} say the same." in look(coordinator, earlier)


def test_todays_rules_say_something_else(coordinator: Desk, tmp_path: Path) -> None:
    earlier = earlier_rules(tmp_path, ("definitely(lsm >= 15)", "definitely(lsm >= 70)"))
    told = look(coordinator, earlier, told=Chosen("fibrosis"))
    assert "scarring (fibrosis)" in told
    assert f"{TODAYS} say: early cirrhosis." in told


def test_an_answer_that_todays_rules_cannot_read_is_said(coordinator: Desk, tmp_path: Path) -> None:
    earlier = earlier_rules(
        tmp_path,
        ('"cirrhosis_early"', '"cirrhosis_soon"'),
        ("code: cirrhosis_early", "code: cirrhosis_soon"),
        ("liver_no_scar, fibrosis, cirrhosis_early", "liver_no_scar, fibrosis, cirrhosis_soon"),
    )
    shown = look(coordinator, earlier, told=Chosen("cirrhosis_soon"))
    assert 'cannot read the answer to "What a doctor told about scarring"' in shown
    assert "A doctor told you: Cirrhosis, with no complications." in shown


def test_an_answer_to_a_question_that_is_gone_is_said(coordinator: Desk, tmp_path: Path) -> None:
    earlier = earlier_rules(tmp_path, ("ggt", "gamma"))
    told = look(coordinator, earlier, gamma=Quantity(Decimal(40), "40", "U/L"))
    assert f"{TODAYS} say the same. No longer asked: GGT." in told
