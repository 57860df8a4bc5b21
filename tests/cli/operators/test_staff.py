"""`screening staff`: the first manager, and everybody else, without the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli.operators.staff import staff


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment of its own."""
    monkeypatch.setenv("SCREENING_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(staff, arguments, input=typed)


def test_somebody_is_added_listed_invited_anew_and_disabled(folder: Path) -> None:
    added = run("add", "Siti Aminah", "--role", "coordinator")
    assert added.exit_code == 0
    assert "Invitation, for seven days and one use: " in added.output
    assert run("list").output == "Siti Aminah\tCoordinator\tinvited\n"
    assert "Invitation" in run("reset", "siti aminah").output
    assert run("disable", "Siti Aminah").exit_code == 0
    assert run("list").output == "Siti Aminah\tCoordinator\tdisabled\n"
    assert (folder / "screening.db").exists()


def test_a_password_is_asked_for_where_that_is_wanted(folder: Path) -> None:
    good = "wide open window\n" * 2
    assert run("add", "Ann", "--role", "manager", "--password", typed=good).exit_code == 0
    assert run("list").output == "Ann\tManager\tactive\n"
    refused = run("add", "Bob", "--role", "manager", "--password", typed="password1234\n" * 2)
    assert refused.exit_code == 1
    assert "soon guessed" in refused.output


def test_what_cannot_be_is_said(folder: Path) -> None:
    run("add", "Ann", "--role", "manager")
    assert "called ann already" in run("add", "ann", "--role", "clinician").output
    assert "only manager" in run("disable", "Ann").output
    assert "nobody called Eve" in run("reset", "Eve").output
    assert run("add", " ", "--role", "clinician").exit_code == 1
