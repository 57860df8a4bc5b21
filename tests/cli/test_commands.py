"""What all commands share: help, versions, wrong calls, rule files with mistakes, and readers that stop reading."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from screening.cli import COMMANDS as CLI_COMMANDS
from screening.config.meanings import SETTINGS
from tests.cli.conftest import Call, Process
from tests.conftest import ROOT
from tests.support.patience import PATIENCE

COMMANDS = ["serve", "check", "evaluate", "summary"]
INVALID = ROOT / "tests" / "data" / "invalid" / "alias.yaml"


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(call: Call, command: str, option: str) -> None:
    result = call(command, option)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: main {command}")
    assert len(result.stdout.splitlines()) > 5


def test_every_command_is_found_where_no_extra_is_installed() -> None:
    """In a process in which what only extras bring cannot be imported: a command says itself what it lacks."""
    extras = ("z3", "duckdb", "ibis", "pyarrow", "pyspark", "psycopg", "pygls", "fhir", "altair", "prometheus_client")
    code = f"""
import sys
sys.modules.update(dict.fromkeys({extras!r}))
from screening.cli import COMMANDS, main
print(*(main.get_command(None, name).name for name in COMMANDS))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.stderr == ""
    assert len(done.stdout.split()) == len(CLI_COMMANDS)


def test_the_group_lists_its_commands_and_exit_codes(call: Call) -> None:
    result = call("--help")
    for command in COMMANDS:
        assert f"\n  {command} " in result.stdout
    assert "Exit codes: 0 all is well" in result.stdout


def test_the_version_is_told(call: Call) -> None:
    assert "version 1." in call("--version").stdout


@pytest.mark.parametrize("arguments", [["--nothing"], ["nothing"], ["check"], ["evaluate"], ["evaluate", "-", "--xml"]])
def test_a_wrong_call_ends_with_2(call: Call, arguments: list[str]) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Usage:" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [["summary", "-"], ["summary"], ["serve", "--workers", "0"], ["serve", "extra"]])
def test_a_call_that_lacks_something_ends_with_2(call: Call, arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2


def test_the_help_of_serve_lists_every_setting(call: Call) -> None:
    text = " ".join(call("serve", "--help").stdout.split())
    for name, meaning in SETTINGS.items():
        assert f"{name}: {' '.join(meaning.split())}" in text


@pytest.mark.parametrize("command", [["evaluate", "-"], ["summary", "-", "-o", "out.pdf"]])
def test_a_rule_file_with_mistakes_ends_every_command(call: Call, command: list[str], tmp_path: Path) -> None:
    result = call(*command, "--rules", INVALID, text='{"age": 5}')
    assert result.exit_code == 1
    assert f"{INVALID}:" in result.stderr
    assert result.stderr.endswith("1 mistake found.\n")
    assert result.stdout == ""
    assert not (tmp_path / "out.pdf").exists()


def test_the_rule_file_can_be_named_in_the_environment(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCREENING_RULES", str(INVALID))
    assert str(INVALID) in call("evaluate", "-", text="{}").stderr


def test_a_reader_that_stops_reading_sees_no_stack_trace(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(json.dumps({"age": 50}) + "\n")
    file.write_text(file.read_text() * 3000)
    command = [str(Path(sys.executable).parent / "screening"), "evaluate", str(file), "--json", "--no-explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        errors = running.stderr.read()
        running.wait(timeout=PATIENCE)
    assert errors == ""


@pytest.mark.slow
def test_the_command_is_installed_under_its_name(process: Process) -> None:
    result = process("--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: screening ")


def test_loading_the_commands_does_not_load_what_makes_pdfs() -> None:
    code = "import sys, screening.cli; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=PATIENCE).returncode == 0


def test_the_package_runs_as_the_command() -> None:
    command = [sys.executable, "-m", "screening", "evaluate", "--help"]
    help_text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert help_text.startswith("Usage: python -m screening evaluate ")
