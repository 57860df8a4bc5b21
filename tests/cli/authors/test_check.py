"""`screening check`: what a rule file holds, or every mistake in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from screening.rulefiles.checks.readability import HIGHEST_AGE
from screening.rulefiles.loading.loader import load_rule_file
from tests.cli.conftest import Call
from tests.rulefiles.edited import SMALL, SMALL_CASES_TEXT, SMALL_TEXT, edited
from tests.support.cases import CASES, LIVER, RULES
from tests.support.translating import translate


@pytest.fixture(scope="module")
def checked() -> Result:
    """What is said of the liver rules, which takes a while."""
    return CliRunner().invoke(main, ["check", str(LIVER)])


def test_a_good_file_is_counted_and_named_by_its_hash(checked: Result) -> None:
    result = checked
    assert result.exit_code == 0
    assert result.stderr == ""
    said = result.stdout
    rule_set = RULES.rule_set
    assert said.startswith(f"{LIVER}: liver {rule_set.version}\n  sha256 {RULES.hash}\n")
    assert f"{len(rule_set.pages)} pages, {len(rule_set.questions)} questions, " in said
    assert f"{len(rule_set.categories)} categories, {len(rule_set.grounds)} grounds, " in said
    assert f"{len(CASES)} cases, all as expected" in said
    assert f"at most {RULES.completions} completions" in said
    assert "Review: No clinician has reviewed these rules and texts yet." in said
    assert said.endswith("No mistakes found.\n")


def test_texts_that_are_hard_to_read_are_listed_the_hardest_first(checked: Result) -> None:
    ages = [float(age) for age in re.findall(r"^ +(\d+\.\d) +\S+$", checked.stdout, re.MULTILINE)]
    assert ages == sorted(ages, reverse=True)
    assert all(age > HIGHEST_AGE for age in ages)


@pytest.mark.slow
def test_every_text_is_listed_where_that_is_asked_for(call: Call) -> None:
    short, long = (call("check", LIVER, *options).stdout.splitlines() for options in ([], ["--texts"]))
    assert len(long) > len(short) + 50
    assert set(short) <= set(long)


def test_a_bad_file_is_told_mistake_by_mistake(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(edited(("id: rescue, name", "id: rescue, nam"), ("summary_title:", "summary_tittle:")))
    result = call("check", file)
    assert result.exit_code == 1
    assert result.stdout == ""
    *mistakes, count = result.stderr.splitlines()
    assert len(mistakes) == 2
    for line in mistakes:
        assert re.match(rf"{re.escape(str(file))}:\d+:\d+: ", line)
    assert count == "2 mistakes found."


def test_a_warning_is_told_with_its_place_and_keeps_no_file_from_being_used(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "warned.yaml"
    file.write_text(edited(('when: any_of(signs, "lice")\n        b', 'when: definitely(soil == "wet")\n        b')))
    result = call("check", file)
    assert result.exit_code == 0
    *_, warning, count, last = result.stdout.splitlines()
    assert re.match(
        rf'{re.escape(str(file))}:\d+:15: Without an answer to soil the ground "animals" counts as', warning
    )
    assert (count, last) == ("1 warning.", "No mistakes found.")


def test_a_case_that_is_not_as_expected_is_a_mistake(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL_TEXT)
    cases = SMALL.with_name("small.cases.yaml").read_text()
    assert cases.count("category: thirsty") >= 1
    (tmp_path / "small.cases.yaml").write_text(cases.replace("category: thirsty", "category: fine", 1))
    result = call("check", file)
    assert result.exit_code == 1
    assert f"{tmp_path / 'small.cases.yaml'}:" in result.stderr
    assert "expects the category fine, but the rules give thirsty" in result.stderr


@pytest.mark.parametrize("content", [b"", b"\xff", b"a: [", b"- 1", b"a: &x 1", b"\x00", b"a: 1\n---\nb: 2"])
def test_what_is_no_rule_file_is_told_and_not_thrown(call: Call, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    result = call("check", file)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{file}:")


def test_a_file_that_is_not_there_is_told(call: Call, tmp_path: Path) -> None:
    result = call("check", tmp_path / "nothing.yaml")
    assert result.exit_code in (1, 2)
    assert "nothing.yaml" in result.stderr


def test_a_folder_is_no_rule_file(call: Call, tmp_path: Path) -> None:
    result = call("check", tmp_path)
    assert result.exit_code in (1, 2)
    assert "directory" in result.stderr or "folder" in result.stderr


@pytest.mark.slow
def test_mistakes_that_no_case_would_notice_are_missed_until_the_cases_for_them_are_written(
    call: Call, tmp_path: Path
) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL_TEXT, encoding="utf-8")
    (tmp_path / "small.cases.yaml").write_text(SMALL_CASES_TEXT, encoding="utf-8")
    before = call("check", file, "--strength", "--write-cases")
    assert before.exit_code == 1
    assert "missed: line " in before.stdout
    assert "No mistakes found." not in before.stdout
    [added] = re.findall(r"^(\d+) cases were added\.$", before.stdout, re.MULTILINE)
    rules = load_rule_file(file)
    assert len(rules.cases) == 9 + int(added)
    after = call("check", file, "--strength")
    assert missed(after.stdout) < missed(before.stdout) / 4


def missed(said: str) -> int:
    [number] = re.findall(r"Strength: .* (\d+) missed\.", said)
    return int(number)


def test_cases_are_written_only_with_what_finds_them(call: Call) -> None:
    result = call("check", LIVER, "--write-cases")
    assert result.exit_code == 2
    assert "--write-cases belongs to --strength." in result.stderr


def test_a_character_that_would_be_lost_on_paper_is_a_mistake(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(edited(("title: What does my plant need?", 'title: "Plants 😀"')), encoding="utf-8")
    result = call("check", file)
    assert result.exit_code == 1
    assert "😀 U+1F600" in result.stderr
    assert result.stderr.endswith("1 mistake found.\n")


def test_a_translation_in_tamil_is_no_mistake_but_no_pdf_is_made_of_it(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL_TEXT, encoding="utf-8")
    translate(file, "ta", lambda text: f"{text} நோயாளி")
    result = call("check", file)
    assert result.exit_code == 0
    assert "small.ta.yaml:2:11: No PDF is made in ta. In its script (Taml) programs" in result.stdout
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    refused = call("summary", answers, "-o", tmp_path / "out.pdf", "--rules", file, "--language", "ta")
    assert refused.exit_code == 1
    assert "No PDF is made in ta." in refused.stderr
