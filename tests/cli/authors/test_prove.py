"""`screening prove`: what it prints of guarantees that hold and that fail, its receipt, and the cases it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screening.rulefiles.cases.case_file import plain_answers
from screening.rulefiles.loading.loader import load_rule_file
from screening.rulefiles.review.proof_receipt import matching_receipt, receipt_path
from tests.cli.conftest import Call
from tests.rulefiles.edited import DATA, SMALL_CASES_TEXT, SMALL_TEXT, edited

NEVER_OCCURS = (
    "banned:\n",
    "  - {id: all, kind: everything_reachable, text: Everything can occur.}\n\nbanned:\n",
)
FAULT = ('any_of(signs, "lice")\n        because', 'any_of(signs, "mould")\n        because')
"""Animals on the plant are no ground any more, and mould is one."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small rule file, alone in a folder."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL_TEXT, encoding="utf-8")
    return path


def seed(file: Path, *changes: tuple[str, str], cases: str = "") -> Path:
    """Edit the rule file, and put cases beside it."""
    file.write_text(edited(*changes), encoding="utf-8")
    if cases:
        file.with_name("small.cases.yaml").write_text(cases, encoding="utf-8")
    return file


def test_guarantees_that_hold_are_listed_and_a_receipt_is_written(call: Call, file: Path) -> None:
    result = call("prove", file)
    assert result.exit_code == 0
    assert result.stderr == ""
    said = result.stdout.splitlines()
    for line, name in zip(said, ("lice_need_rescue", "drier_is_never_milder"), strict=False):
        assert line.startswith("holds ")
        assert f"{name}: " in line
    assert "2 of 2 guarantees kept, for every answer set that the form accepts" in result.stdout
    assert said[-1] == f"Receipt: {receipt_path(file)}"
    receipt = matching_receipt(file, load_rule_file(file).hash)
    assert receipt is not None
    assert receipt.guarantees == receipt.of_bounds == ("lice_need_rescue", "drier_is_never_milder")
    assert receipt.solver.startswith("z3 ")


def test_a_guarantee_that_fails_names_its_line_the_answers_and_what_the_person_would_read(
    call: Call, file: Path
) -> None:
    result = call("prove", seed(file, FAULT))
    assert result.exit_code == 1
    said = result.stdout
    lines = file.read_text(encoding="utf-8").splitlines()
    line = lines.index("  - id: lice_need_rescue") + 1
    assert "FAILS " in said
    assert f"The guarantee stands in line {line}." in said
    assert "    signs: Small green animals\n" in said
    assert "Gives unclear. The person would read: We cannot match your answers yet" in said
    assert "1 of 2 guarantees kept" in said


def test_the_lines_of_the_grounds_that_hold_are_named(call: Call, file: Path) -> None:
    result = call("prove", seed(file, ("then: [rescue]", "then: [thirsty]")))
    line = file.read_text(encoding="utf-8").splitlines().index("      - id: animals") + 1
    assert result.exit_code == 1
    assert f"line {line}: the ground animals holds" in result.stdout


def test_a_pair_of_answer_sets_is_told_by_what_changes(call: Call, file: Path) -> None:
    result = call("prove", seed(file, ("order: [wet, moist, dry]", "order: [dry, moist, wet]")))
    assert result.exit_code == 1
    assert "    soil: Dry -> " in result.stdout
    assert result.stdout.count("The person would read: ") == 2


def test_what_can_never_occur_is_listed(call: Call, file: Path) -> None:
    never = ("when: light_pot and", "when: light_pot and not light_pot and")
    result = call("prove", seed(file, NEVER_OCCURS, never))
    assert result.exit_code == 1
    assert "the ground light can never hold" in result.stdout


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("dry and definitely(weight > 60)", "FAILS  the ground dry_soil can never hold."),
        ("dry and definitely(weight * weight > 2600)", "FAILS  the ground dry_soil can never hold."),
        ("dry or not dry", "FAILS  the ground dry_soil always holds."),
    ],
)
def test_a_ground_that_never_or_always_holds_is_a_failure_without_a_receipt(
    call: Call, file: Path, condition: str, said: str
) -> None:
    seed(file, ("        when: dry\n", f"        when: {condition}\n"))
    result = call("prove", file)
    assert result.exit_code == 1
    assert said in result.stdout
    assert not receipt_path(file).exists()


def test_an_exception_that_is_not_needed_is_a_failure(call: Call, file: Path) -> None:
    exception = ("then: [rescue]\n", "then: [rescue]\n    except_when: age > 99\n")
    result = call("prove", seed(file, exception))
    assert result.exit_code == 1
    assert "It holds without its exception too. Remove `except_when`." in result.stdout


def test_without_a_proof_there_is_no_receipt_and_an_old_one_no_longer_counts(call: Call, file: Path) -> None:
    assert call("prove", file).exit_code == 0
    old = receipt_path(file).read_text(encoding="utf-8")
    seed(file, FAULT)
    assert call("prove", file).exit_code == 1
    assert receipt_path(file).read_text(encoding="utf-8") == old
    assert matching_receipt(file, load_rule_file(file).hash) is None


def test_a_receipt_counts_for_this_very_file_alone(call: Call, file: Path) -> None:
    call("prove", file)
    members = json.loads(receipt_path(file).read_text(encoding="utf-8"))
    assert members["sha256"] == load_rule_file(file).hash
    seed(file, ("then: [rescue]", "then: [rescue, fine]"))
    assert matching_receipt(file, load_rule_file(file).hash) is None


def test_cases_that_fail_do_not_hinder_the_proof_but_the_receipt(call: Call, file: Path) -> None:
    result = call("prove", seed(file, FAULT, cases=SMALL_CASES_TEXT))
    assert result.exit_code == 1
    assert "1 of 2 guarantees kept" in result.stdout
    assert "small.cases.yaml:" in result.stderr
    assert "expects the category rescue" in result.stderr
    assert "in the cases: no receipt." in result.stderr


@pytest.mark.parametrize(
    "cases",
    [
        SMALL_CASES_TEXT.replace("category: fine", "category: thirsty", 1),
        SMALL_CASES_TEXT.replace("grounds: [dry_soil]", "grounds: [gone]"),
        "cases: [",
    ],
    ids=["one fails", "one names a ground that is gone", "they cannot be read"],
)
def test_where_only_the_cases_are_wrong_all_is_proved_but_no_receipt_written(
    call: Call, file: Path, cases: str
) -> None:
    result = call("prove", seed(file, cases=cases), "--write-cases")
    assert result.exit_code == 1
    assert "2 of 2 guarantees kept" in result.stdout
    assert "small.cases.yaml:" in result.stderr
    assert not receipt_path(file).exists()
    assert file.with_name("small.cases.yaml").read_text(encoding="utf-8") == cases


def test_written_cases_load_and_show_what_no_case_showed(call: Call, file: Path) -> None:
    result = call("prove", file, "--write-cases")
    assert result.exit_code == 0
    rules = load_rule_file(file)
    assert f"{len(rules.cases)} cases were added." in result.stdout
    rule_set = rules.rule_set
    outcomes = [rules.engine.evaluate(plain_answers(rule_set, case.answers)) for case in rules.cases]
    assert {outcome.category for outcome in outcomes} == set(rule_set.category)
    assert {name for outcome in outcomes for name in outcome.grounds} == set(rule_set.ground)
    assert {name for outcome in outcomes for name in outcome.notes} == set(rule_set.note)


def test_cases_are_written_only_for_what_has_none(call: Call, file: Path) -> None:
    seed(file, cases=SMALL_CASES_TEXT)
    assert "0 cases were added." in call("prove", file, "--write-cases").stdout
    assert file.with_name("small.cases.yaml").read_text(encoding="utf-8") == SMALL_CASES_TEXT


def test_a_file_with_mistakes_is_told_and_not_proved(call: Call, file: Path) -> None:
    result = call("prove", seed(file, ("then: [rescue]", "then: [help]")))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1] == "1 mistake found."


def test_numbers_in_two_parts_are_proved_as_the_one_number_that_they_are(call: Call, tmp_path: Path) -> None:
    for name in ("bmi.yaml", "bmi.cases.yaml"):
        (tmp_path / name).write_bytes((DATA / "rules" / name).read_bytes())
    proved = call("prove", tmp_path / "bmi.yaml")
    assert proved.exit_code == 0, proved.output
    assert "3 of 3 guarantees kept" in proved.output
    pounds = (
        (tmp_path / "bmi.yaml")
        .read_text(encoding="utf-8")
        .replace("when: definitely(bmi < 18.5)", "when: definitely(bmi < 17)")
    )
    (tmp_path / "bmi.yaml").write_text(pounds, encoding="utf-8")
    broken = call("prove", tmp_path / "bmi.yaml")
    assert broken.exit_code == 1, broken.output
    assert "light_and_tall" in broken.output
