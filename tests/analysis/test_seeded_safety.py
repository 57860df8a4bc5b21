"""No fault that carries safety passes in silence: `check` tells each, though no condition and no case changes."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from screening.rulefiles.loading.loader import FileProblem, RuleFileError, load_rule_file
from screening.rulefiles.pinning.comparison import raise_if_unpinned, unpinned
from screening.rulefiles.pinning.pin_file import PinFile, PinnedChange
from screening.rulefiles.pinning.selection import pinned, pinned_translation
from screening.rulefiles.translation.loader import load_translations
from screening.wording.authors.mistakes.problems import located_problem
from tests.analysis.seeded_safety import FAULTS, SilentFault, with_fault
from tests.rulefiles.edited import edited
from tests.support.cases import ENGLISH, LIVER, RULES

DAY = date(2026, 11, 22)
ILLUSTRATIONS = LIVER.with_name("illustrations")
TRANSLATIONS = {"ms", "id", "zh-Hans"}


def pins_of_today() -> PinFile:
    """What is pinned of the liver rules as they stand, whatever the file of pins says."""
    hashes = {member.id: member.hash for member in pinned(RULES).values()}
    entries = [PinnedChange("1", "en", DAY, "First.", hashes)]
    for translation in load_translations(RULES).values():
        told = {member.id: member.hash for member in pinned_translation(RULES, translation).values()}
        entries.append(PinnedChange("1", translation.language, DAY, "First.", told))
    return PinFile(tuple(entries))


@pytest.fixture(scope="module")
def pins() -> PinFile:
    """Made once."""
    return pins_of_today()


def mistakes(path: Path, pins: PinFile) -> list[FileProblem]:
    """What `check` tells of a rule file, but for its cases."""
    try:
        rules = load_rule_file(path)
        translations = load_translations(rules)
        raise_if_unpinned(unpinned(rules, translations.values(), pins), rules)
    except RuleFileError as error:
        return error.problems
    return []


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_that_changes_no_condition_is_told(fault: SilentFault, pins: PinFile, tmp_path: Path) -> None:
    data = deepcopy(RULES.data)
    with_fault(data, fault)
    path = tmp_path / LIVER.name
    path.write_text(json.dumps(data, default=float, ensure_ascii=False, indent=1), encoding="utf-8")
    (tmp_path / "illustrations").symlink_to(ILLUSTRATIONS)
    said = [located_problem(problem, ENGLISH) for problem in mistakes(path, pins)]
    assert any(fault.told in sentence for sentence in said), said


@pytest.mark.slow
def test_the_rules_without_a_fault_are_told_of_nothing(pins: PinFile) -> None:
    assert mistakes(LIVER, pins) == []


def test_there_are_enough_of_them_and_no_two_are_the_same() -> None:
    assert len({fault.steps for fault in FAULTS}) == len({fault.name for fault in FAULTS}) == len(FAULTS) >= 50


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("ms", "questions.red_flags.options.vomit_blood.text", "Pening"),
        ("id", "emergency.speeds.now.title", "Tunggu"),
        ("zh-Hans", "emergency.numbers.malaysia.note", "用手机拨打110。"),
        ("ms", "categories.urgent.headings.now.text", "Semua baik"),
    ],
)
def test_a_fault_in_a_translation_is_told(language: str, name: str, text: str, pins: PinFile, tmp_path: Path) -> None:
    for file in (LIVER, *(LIVER.with_name(f"liver.{tag}.yaml") for tag in TRANSLATIONS)):
        shutil.copy(file, tmp_path)
    (tmp_path / "illustrations").symlink_to(ILLUSTRATIONS)
    path = tmp_path / f"liver.{language}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index(f"  {name}:\n")
    before = "".join(lines[start : start + 3])
    assert before.splitlines()[2].startswith("    text: ")
    after = "".join(lines[start : start + 2]) + f'    text: "{text}"\n'
    path.write_text(edited((before, after), text="".join(lines)), encoding="utf-8")
    [problem] = mistakes(tmp_path / LIVER.name, pins)
    assert problem.file == str(path)
    assert problem.position.line == start + 2
    assert name in located_problem(problem, ENGLISH)
