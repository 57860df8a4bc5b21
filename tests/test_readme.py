"""What the README says is true: its examples run, its settings, folders and links exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.cli import main
from screening.config.settings import SETTINGS
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ACCESSIBILITY.md", "WALKS.md")


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    (example,) = blocks("json")
    file = tmp_path / "answers.json"
    file.write_text(example)
    return file


@pytest.fixture
def stiffer(answers: Path) -> Path:
    """Two versions of the liver rules, one with a higher threshold for the scan."""
    old = (ROOT / "rules" / "liver.yaml").read_text(encoding="utf-8")
    new = re.sub(r"lsm >= 8\.0\)$", "lsm >= 10.0)", old, flags=re.MULTILINE)
    assert new != old
    for name, text in {"old": old, "new": new, "stiffer": new}.items():
        answers.with_name(f"{name}.yaml").write_text(text, encoding="utf-8")
    return answers.with_name("stiffer.yaml")


def run(command: str, folder: Path) -> str:
    """What a command prints; files that are not there already stand in the folder."""
    arguments = command.removeprefix("$ ").removeprefix(".venv/bin/screening ").split()
    placed = [str(ROOT / each) if each.startswith("rules/") else each for each in arguments]
    placed = [str(folder / each) if each.endswith((".json", ".jsonl", ".pdf", ".yaml")) else each for each in placed]
    result = CliRunner().invoke(main, placed)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("example", blocks("console"))
def test_what_is_shown_of_a_command_is_what_it_prints(example: str, answers: Path, stiffer: Path) -> None:
    command, *shown = example.strip().splitlines()
    printed = run(command, answers.parent)
    for part in (each for line in shown for each in line.split("...")):
        assert part.strip() in printed


def commands() -> list[str]:
    """Each line of the section on commands."""
    lines = re.findall(r"^\.venv/bin/screening (.*?)(?:\s{2,}#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 7
    return lines


LONG = ("--strength",)
"""What a command says takes a minute."""
SHOWN = [
    pytest.param(each, marks=[pytest.mark.slow] if each.endswith(LONG) else [])
    for each in commands()
    if each != "serve"
]


@pytest.mark.parametrize("command", SHOWN)
def test_every_command_shown_runs(command: str, answers: Path, stiffer: Path) -> None:
    answers.with_name("answers.jsonl").write_text(json.dumps(json.loads(answers.read_text())) + "\n")
    for each in (ROOT / "rules").glob("liver*.yaml"):  # some commands write beside the rule file: a copy of it
        (answers.parent / each.name).write_text(each.read_text())
    quick = re.sub("(prove|translate) rules/", r"\1 ", command).replace("book.pdf", "book.pdf --quick")
    assert run(quick, answers.parent) or "-o" in command


def test_the_settings_shown_exist() -> None:
    assert set(re.findall(r"SCREENING_[A-Z_]+", README)) <= SETTINGS.keys()


def test_every_folder_of_the_map_exists_and_none_is_missing() -> None:
    found = README.split("## A map", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"^  ([a-z]+)/ ", found, re.MULTILINE))
    there = {each.name for each in (ROOT / "screening").iterdir() if each.is_dir() and each.name.isalpha()}
    assert named == there
    for folder in re.findall(r"^([a-z]+)/ ", found, re.MULTILINE):
        assert (ROOT / folder).is_dir()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_and_file_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = {each for each in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in each}
    files = set(re.findall(r"`((?:tests|rules|screening|templates)/[\w./-]+)`", text))
    for each in links | files:
        assert (ROOT / each).exists(), each
