"""`screening new`: five answers become a rule file that passes `check`, and nothing is written over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.cli import main
from screening.rulefiles.loading.loader import load_rule_file
from tests.cli.conftest import Call
from tests.rulefiles.edited import edited

ANSWERS = {
    "subject": "dry eyes",
    "guide": "Leaflet of the eye clinic",
    "signs": "Sudden loss of sight, or strong pain?",
    "question": "How often do your eyes feel dry?",
    "answers": "Never; Some days; Every day",
}
ODD = [
    "yes",
    'He said "no"',
    "a: b # c",
    "back\\slash \\n",
    "$subject $id $",
    "每天都干",
    "'",
    "- x",
    "🙂",
    "1.10",
    "~",
    "tab\there",
]
"""Texts that a careless writer of YAML makes something else of."""


def options(**changed: str) -> list[str]:
    return [part for name, answer in {**ANSWERS, **changed}.items() for part in (f"--{name}", answer)]


def test_five_answers_at_the_terminal_become_a_file_of_fewer_than_sixty_lines_that_passes_check(
    tmp_path: Path, call: Call
) -> None:
    file = tmp_path / "dry-eyes.yaml"
    typed = "\n".join(["safe eyes", ANSWERS["subject"], ANSWERS["guide"], *list(ANSWERS.values())[2:4], "Never"])
    result = CliRunner().invoke(main, ["new", str(file)], input=f"{typed}\n{ANSWERS['answers']}\n")
    assert result.exit_code == 0, result.output
    assert 'subject: The words "safe" are never said to a person.' in result.stderr
    assert "answers: Name two answers or more" in result.stderr
    assert f"screening preview {file}" in result.stdout
    assert file.read_text(encoding="utf-8").count("\n") < 60
    rules = load_rule_file(file)
    assert rules.rule_set.id == "dry_eyes"
    assert rules.rule_set.question["first"].text == ANSWERS["question"]
    assert [case.expected["category"] for case in rules.cases] == ["unlike", "unlike", "like", "unclear"]
    assert call("check", file).stdout.endswith("No mistakes found.\n")


def test_an_answer_for_which_no_rule_holds_any_more_breaks_a_guarantee_that_the_file_began_with(
    tmp_path: Path, call: Call
) -> None:
    file = tmp_path / "dry-eyes.yaml"
    call("new", file, *options())
    text = file.read_text(encoding="utf-8")
    file.write_text(edited(('when: first != "every_day"', 'when: first == "never"'), text=text), encoding="utf-8")
    proved = call("prove", file)
    assert proved.exit_code == 1
    assert re.search(r"FAILS .* no_gap: (.*\n){3}    first: Some days\n  Gives unclear", proved.stdout), proved.stdout


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_answered_stands_in_the_file_as_it_was_typed(odd: str, tmp_path: Path, call: Call) -> None:
    file = tmp_path / "odd.yaml"
    result = call("new", file, *options(subject=odd, guide=odd, signs=odd, question=odd, answers=f"{odd};other"))
    assert result.exit_code == 0, result.stderr
    rule_set = load_rule_file(file).rule_set
    said = " ".join(odd.split())
    assert rule_set.source["guide"].title == rule_set.emergency.signs == rule_set.question["first"].text == said
    assert rule_set.category["like"].name == rule_set.question["first"].options[0].text == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"signs": "Are you {tired}?"}, 'signs: There is no question or value "tired"'),
        ({"guide": " "}, "guide: Write something."),
        ({"question": "Are you **well**?"}, "question: A text is shown as it stands"),
        ({"answers": "Never;;"}, "answers: Name two answers or more"),
        ({"subject": "a\u200bb"}, "subject: The character U+200B"),
    ],
)
def test_what_cannot_stand_in_a_rule_file_is_told_and_nothing_is_written(
    changed: dict[str, str], said: str, tmp_path: Path, call: Call
) -> None:
    result = call("new", tmp_path / "eyes.yaml", *options(**changed))
    assert result.exit_code == 1
    assert result.stderr.startswith(said)
    assert result.stderr.endswith("Nothing is written.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("there.yaml", "is there already. Choose another name."),
        ("free.yaml", "free.cases.yaml is there already."),
        ("eyes", "a rule file is named like dry-eyes.yaml"),
        ("eyes.ms.yaml", "a rule file is named like dry-eyes.yaml"),
        ("眼.yaml", "a rule file is named like dry-eyes.yaml"),
        ("nowhere/eyes.yaml", "Make it first."),
    ],
)
def test_no_file_is_written_over_nor_under_a_name_that_none_can_have(
    name: str, said: str, tmp_path: Path, call: Call
) -> None:
    for there in ("there.yaml", "free.cases.yaml"):
        (tmp_path / there).write_text("mine")
    result = call("new", tmp_path / name, *options())
    assert result.exit_code == 1
    assert said in result.stderr
    assert {path.read_text() for path in tmp_path.iterdir()} == {"mine"}
