"""With every id of the rule file renamed the page of a submission stays: nothing of the subject is in the code."""

from __future__ import annotations

import pytest
from flask import Flask

from screening.rulefiles.cases.case_file import Case
from screening.rulefiles.loading.loader import load_rule_file
from screening.storage.accounts.staff import Role
from tests.conftest import ROOT
from tests.support.cases import CASES, LIVER, RULES
from tests.support.desk import signed_in
from tests.support.renaming import renamed
from tests.support.submissions import EARLY, LATE, UNCLEAR, send
from tests.support.web_fixtures import make_app

SECTIONS = ("look", "call", "grounds", "documents")


@pytest.mark.slow
def test_the_page_is_the_same_with_other_names(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("renamed")
    rules, names = renamed(LIVER, RULES, folder)
    other = make_app(tmp_path_factory.mktemp("desk"), rules=str(folder / LIVER.name))
    desk, other_desk = signed_in(app, Role.CLINICIAN), signed_in(other, Role.CLINICIAN)

    def shown(case: Case) -> tuple[list[str], list[str]]:
        first = send(desk.store, case)
        second = send(other_desk.store, rules.cases[CASES.index(case)], rules)
        page = desk.get(f"/desk/submissions/{first.id}")
        again = other_desk.get(f"/desk/submissions/{second.id}")
        told = [page.one(id=name).text.replace(first.code, "CODE") for name in SECTIONS]
        back = [names.back(again.one(id=name).text).replace(second.code, "CODE") for name in SECTIONS]
        return told, [text.replace(rules.hash[:12], RULES.hash[:12]) for text in back]

    for case in (UNCLEAR, EARLY, LATE):
        told, back = shown(case)
        assert [_days(text) for text in back] == [_days(row) for row in told]


def _days(text: str) -> str:
    """Without the moment at which something was sent."""
    return text.split("(22 Nov", maxsplit=1)[0]


def test_another_subject_has_the_same_page(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = ROOT / "rules" / "audit-c.yaml"
    rules = load_rule_file(path)
    desk = signed_in(make_app(tmp_path_factory.mktemp("desk"), rules=str(path)), Role.COORDINATOR)
    for case in rules.cases[:4]:
        page = desk.get(f"/desk/submissions/{send(desk.store, case, rules).id}")
        assert page.one(id="grounds").all("li")
        assert not page.all(class_="never")
