"""Cases with dates come out the same on every day: the file says which one is today."""

from __future__ import annotations

from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import RuleFileError, load_rule_file
from screening.wording.authors.mistakes.problems import located_problem
from tests.rulefiles.edited import DATA, ENGLISH

DATED = DATA / "rules" / "dated.yaml"
CASES = DATED.with_name("dated.cases.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "A date is asked, so a day must stand for today"),
        ('today: "30/11/2026"\n', '"30/11/2026" is no day. Write today as 2026-11-30.'),
        ('today: "2020-01-01"\n', "is still to come"),
    ],
)
def test_cases_say_which_day_is_today(tmp_path: Path, typed: str, said: str) -> None:
    (tmp_path / "dated.yaml").write_text(DATED.read_text(encoding="utf-8"), encoding="utf-8")
    cases = CASES.replace('today: "2026-11-30"\n', typed)
    (tmp_path / "dated.cases.yaml").write_text(cases, encoding="utf-8")
    with pytest.raises(RuleFileError) as raised:
        load_rule_file(tmp_path / "dated.yaml")
    assert any(said in located_problem(problem, ENGLISH) for problem in raised.value.problems)


def test_a_case_may_have_a_day_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "dated.yaml").write_text(DATED.read_text(encoding="utf-8"), encoding="utf-8")
    answers = '{born: "2008-12-01", treated: 2020}'
    own = f'{{name: No more a year later, today: "2027-11-30", answers: {answers}, category: CATEGORY}}'
    for category, problems in (("young", 1), ("unclear", 0)):
        cases = f"{CASES}  - {own.replace('CATEGORY', category)}\n"
        (tmp_path / "dated.cases.yaml").write_text(cases, encoding="utf-8")
        found = load_rule_file(tmp_path / "dated.yaml", cases_may_fail=True).failing
        assert len(found) == problems
