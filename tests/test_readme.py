"""What the README says is true: its examples run, its settings, folders and links exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.cli import main
from screening.config import SETTINGS
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


def test_the_answers_shown_give_the_outcome_shown(answers: Path) -> None:
    (example,) = blocks("console")
    command, shown = example.strip().splitlines()
    arguments = command.removeprefix("$ .venv/bin/screening ").replace("answers.json", str(answers)).split()
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    assert shown.endswith("...")
    assert result.stdout.startswith(shown.removesuffix("..."))


def commands() -> list[str]:
    """Each line of the section on commands."""
    lines = re.findall(r"^\.venv/bin/screening (.*?)(?:\s{2,}#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 7
    return lines


@pytest.mark.parametrize("command", [each for each in commands() if each != "serve"])
def test_every_command_shown_runs(command: str, answers: Path, tmp_path: Path) -> None:
    answers.with_name("answers.jsonl").write_text(json.dumps(json.loads(answers.read_text())) + "\n")
    arguments = command.replace("answers.json", str(tmp_path / "answers.json")).replace(
        "out.pdf", str(tmp_path / "out.pdf")
    )
    if command.startswith("prove"):  # writes beside the rule file: a copy of it
        for each in (ROOT / "rules").glob("liver*.yaml"):
            (tmp_path / each.name).write_text(each.read_text())
        arguments = arguments.replace("rules/", f"{tmp_path}/")
    arguments = arguments.replace("rules/", f"{ROOT}/rules/")
    result = CliRunner().invoke(main, arguments.split())
    assert result.exit_code == 0, result.output


def test_the_settings_shown_exist() -> None:
    assert set(re.findall(r"SCREENING_[A-Z_]+", README)) <= SETTINGS.keys()


def test_every_folder_of_the_map_exists_and_none_is_missing() -> None:
    found = README.split("## A map", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"^  ([a-z]+)/ ", found, re.MULTILINE))
    there = {each.parent.name for each in (ROOT / "screening").glob("*/__init__.py")}
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
