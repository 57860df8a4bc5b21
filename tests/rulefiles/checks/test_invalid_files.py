"""Every file in tests/data/invalid is the small rule file with one mistake; NAME.expected holds what is said of it.

Files in `cases` are case files with one mistake; they are read beside the right rule file. Files in `warned` can be
used, and are warned of. Whoever changes the small rule file gives the same change to these files (`patch` does it),
and reads each new sentence as the person who made the mistake.
"""

from __future__ import annotations

import re
import shutil
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import FileProblem, RuleFileError, load_rule_file
from screening.ruleset.reading import answer_reader, answer_types, number_reader, two_parts, typed_numbers
from screening.wording.authors.mistakes.problems import PROBLEMS, located_problem
from tests.rulefiles.checks.mistakes import MISTAKES
from tests.rulefiles.edited import DATA, ENGLISH, SMALL, SMALL_CASES_TEXT, SMALL_TEXT, edited
from tests.support.every import for_every

INVALID = DATA / "invalid"
RULE_FILES = sorted(INVALID.glob("*.yaml"))
CASE_FILES = sorted((INVALID / "cases").glob("*.cases.yaml"))
WARNED_FILES = sorted((INVALID / "warned").glob("*.yaml"))

SEVERAL_MISTAKES = {
    "bomb_of_aliases": "an anchor and its aliases are told one by one",
    "category_renamed_in_one_place": "each place that names it is told",
    "several_mistakes_at_once": "shows that all are told",
    "several_mistakes_in_the_shape": "shows that all are told",
    "several_mistakes_in_the_yaml": "shows that all are told",
}
"""Files about which more than one thing is said, and why."""
NOT_DERIVED = {"empty", "nothing_but_comments", "list_at_the_top", "text_at_the_top", "windows_encoding"}
"""Files that are not the small rule file with a change of some lines."""
DATE_ERRORS = ("not_a_date", "date_future", "date_past", "date_ahead")
NOT_IN_A_FILE = {
    "file.missing": "no file: test_hostile_files.py",
    "file.companion": "depends on its name: test_hostile_files.py",
    "file.folder": "a folder: test_hostile_files.py",
    "file.unreadable": "depends on the system: test_hostile_files.py",
    "cohort.both": "about a mapping of a table: tests/cohort/test_mapping.py",
    "cohort.members": "about a mapping of a table: tests/cohort/test_mapping.py",
    "cohort.repeated": "about a mapping of a table: tests/cohort/test_mapping.py",
    "cohort.other_rules": "about a mapping of a table: tests/cohort/test_mapping.py",
    "guarantee.says_nothing": "about each kind of guarantee: test_guarantee_members.py",
    "guarantee.says_neither": "about each kind of guarantee: test_guarantee_members.py",
    "scale_table.above": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.bands": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.ends": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.item": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.twice": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.unread": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "scale_table.urgent": "about a table of a scale: tests/rulefiles/authoring/test_scale.py",
    "illustration.too_large": "about a file beside it: test_illustrations.py",
    "illustration.not_svg": "about a file beside it: test_illustrations.py",
    "illustration.not_shapes": "about a file beside it: test_illustrations.py",
    "journeys.day": "about a file of assumed visitors: test_journeys.py",
    "journeys.days": "about a file of assumed visitors: test_journeys.py",
    "journeys.other_rules": "about a file of assumed visitors: test_journeys.py",
    "journeys.range": "about a file of assumed visitors: test_journeys.py",
    "review.in_future": "about a reviewer's form: cli/test_sign.py",
    "review.no_comment": "about a reviewer's form: cli/test_sign.py",
    "review.not_filled_in": "about a reviewer's form: cli/test_sign.py",
    "review.other_version": "about a reviewer's form: cli/test_sign.py",
    "review.no_day": "about a file of signatures: test_review.py",
    "review.no_verdict": "about a file of signatures: test_review.py",
    "review.other_rules": "about a file of signatures: test_review.py",
    "review.signatures_last": "about a file of signatures: test_review.py",
    "review.tampered": "about a file of signatures: test_review.py",
    "review.too_long": "about a file of signatures: test_review.py",
    "review.unprintable": "about a file of signatures: test_review.py",
    "yaml.too_large": "too large to keep: test_hostile_files.py",
    "shape.too_many": "too long to keep: test_hostile_files.py",
    "shape.other": "for keywords that the schemas do not use yet: test_shape.py proves that there is none",
    "answer.other_minus": "no range of the small rule file reaches below zero: test_reading_negative_numbers.py",
    "answer.unit_foreign": "no number of the small rule file has one: ruleset/reading/test_number_reader.py",
    "answer.reading_other": "no case has a reading: ruleset/reading/test_number_reader.py",
    "answer.not_a_text": "nothing is written in the small rule file: wording/authors/mistakes/test_errors.py",
    "answer.text_empty": "nothing is written in the small rule file: wording/authors/mistakes/test_errors.py",
    "answer.text_too_long": "nothing is written in the small rule file: wording/authors/mistakes/test_errors.py",
    **{f"answer.{code}": "no date is asked there: ruleset/reading/test_typed_dates.py" for code in DATE_ERRORS},
    "case.no_today": "no date is asked in the small rule file: rulefiles/cases/test_today.py",
    "case.today": "no date is asked in the small rule file: rulefiles/cases/test_today.py",
    "answer.parts_shape": "no number of the small rule file has two parts: ruleset/reading/test_two_parts.py",
    "answer.parts_readings": "no number of the small rule file has two parts: ruleset/reading/test_two_parts.py",
    "answer.parts_second": "no number of the small rule file has two parts: ruleset/reading/test_two_parts.py",
    "answer.exclusive": "the exclusive option of the small rule file yields: test_cases.py",
    **{code: "of a frame: model/test_frames.py" for code in PROBLEMS if code.startswith("frame.")},
    **{code: "of a translation: test_translation.py" for code in PROBLEMS if code.startswith("translation.")},
    "glossary.other_rules": "about a glossary: test_translation.py",
    **{code: "of a file of pins: pinning/test_pinning.py" for code in PROBLEMS if code.startswith("pins.")},
    **{code: "of scales: test_number_scales.py" for code in PROBLEMS if code.startswith(("scale.", "note.time_frame"))},
    **{code: "of fonts: documents/test_font_checks.py" for code in PROBLEMS if code.startswith("font.")},
    **{code: "of a mapping: cohort/test_mapping.py" for code in PROBLEMS if code.startswith("cohort.")},
}
"""Problems that no file there has, and why."""
READERS = (answer_reader, answer_types, number_reader, two_parts, typed_numbers)
"""The modules that say why an answer cannot be read."""


def found(path: Path) -> list[FileProblem]:
    """What is wrong with a rule file."""
    with pytest.raises(RuleFileError) as raised:
        load_rule_file(path)
    return raised.value.problems


def beside_the_rules(cases: Path, folder: Path) -> Path:
    """The small rule file in a folder of its own, with these cases beside it."""
    name = cases.name.removesuffix(".cases.yaml")
    shutil.copy(cases, folder / cases.name)
    shutil.copy(SMALL, folder / f"{name}.yaml")
    return Path(f"{name}.yaml")


def said(path: Path) -> str:
    return "".join(f"{located_problem(problem, ENGLISH)}\n" for problem in found(path))


@for_every("path", RULE_FILES, ids=lambda path: path.stem)
def test_an_invalid_rule_file_says_what_is_wrong_and_where(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INVALID)
    assert said(Path(path.name)) == path.with_suffix(".expected").read_text(encoding="utf-8")


@for_every("path", CASE_FILES, ids=lambda path: path.name.removesuffix(".cases.yaml"))
def test_an_invalid_case_file_says_what_is_wrong_and_where(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = path.with_name(path.name.replace(".cases.yaml", ".expected"))
    assert said(beside_the_rules(path, tmp_path)) == expected.read_text(encoding="utf-8")


@for_every("path", WARNED_FILES, ids=lambda path: path.stem)
def test_a_file_that_can_be_used_is_warned_of_with_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    warned = "".join(f"{located_problem(problem, ENGLISH)}\n" for problem in load_rule_file(Path(path.name)).warnings)
    assert warned == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.slow
def test_every_problem_that_has_a_sentence_is_in_some_file(tmp_path: Path) -> None:
    codes = {problem.problem.code for path in RULE_FILES for problem in found(path)}
    codes |= {problem.problem.code for path in WARNED_FILES for problem in load_rule_file(path).warnings}
    for path in CASE_FILES:
        codes |= {problem.problem.code for problem in found(tmp_path / beside_the_rules(path, tmp_path))}
    for _, right, wrong, *_ in MISTAKES:
        (tmp_path / "edited.yaml").write_text(edited((right, wrong)), encoding="utf-8")
        codes |= {problem.problem.code for problem in found(tmp_path / "edited.yaml")}
    assert sorted({*PROBLEMS, *unreadable_answers()} - codes) == sorted(NOT_IN_A_FILE)


def unreadable_answers() -> set[str]:
    """The code of each problem by which an answer in a case file cannot be read."""
    source = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in READERS)
    found = re.findall(r'Error\((?:question, )?"(\w+)"(?: if signed else "(\w+)")?', source)
    assert len(found) >= 20
    return {f"answer.{code}" for codes in found for code in codes if code}


def test_there_are_many_invalid_files_and_nothing_stands_beside_them() -> None:
    assert len(RULE_FILES) >= 70
    assert len(CASE_FILES) >= 30
    assert len(WARNED_FILES) >= 5
    names = {path.stem for path in [*RULE_FILES, *WARNED_FILES]} | {
        path.name.removesuffix(".cases.yaml") for path in CASE_FILES
    }
    assert {path.stem for path in INVALID.rglob("*.expected")} == names
    assert {path.suffix for path in INVALID.rglob("*") if path.is_file()} == {".yaml", ".expected"}


@for_every("path", [*RULE_FILES, *CASE_FILES, *WARNED_FILES], ids=lambda path: path.stem)
def test_an_invalid_file_has_one_mistake_and_differs_from_the_small_one_in_few_lines(path: Path) -> None:
    name = path.stem.removesuffix(".cases")
    if name not in NOT_DERIVED:
        right = SMALL_CASES_TEXT if path in CASE_FILES else SMALL_TEXT
        assert changed_places(right, path.read_text(encoding="utf-8")) <= (9 if name in SEVERAL_MISTAKES else 2)
    expected = path.with_name(f"{name}.expected").read_text(encoding="utf-8")
    assert (expected.count("\n") > 1) == (name in SEVERAL_MISTAKES)


def changed_places(right: str, wrong: str) -> int:
    """How many runs of lines differ, the comment on top left aside."""
    lines = right.splitlines()[2:], wrong.splitlines()
    return sum(tag != "equal" for tag, *_ in SequenceMatcher(None, *lines, autojunk=False).get_opcodes())


@for_every("path", sorted(INVALID.rglob("*.expected")), ids=lambda path: path.stem)
def test_a_sentence_is_complete_and_ends_as_one(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        file, _, _, sentence = line.split(":", 3)
        assert file in {f"{path.stem}.yaml", f"{path.stem}.cases.yaml"}
        assert sentence.endswith((".", "?"))
        assert not re.search(r"%\(|\bNone\b|Decimal|\(\)|  ", sentence.strip())
