"""`screening cohort judge`: a folder of parts for a table, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyarrow import parquet

from tests.cli.conftest import Call
from tests.rulefiles.edited import DATA, SMALL

PLANTS = DATA / "cohort" / "plants.csv"
MAPPING = DATA / "cohort" / "plants.assume.yaml"


def test_a_table_is_judged_once(small: Call, tmp_path: Path) -> None:
    judge = ("cohort", "judge", PLANTS, "--assume", MAPPING, "-o", tmp_path / "out")
    first = small(*judge)
    assert first.exit_code == 0, first.output
    lines = first.stdout.splitlines()
    assert lines[0] == "9 rows; 8 of them count."
    assert lines[1].startswith("1 were judged row by row")
    assert "Part 1 of 1" in first.stderr
    assert parquet.read_table(tmp_path / "out" / "part-00000.parquet").num_rows == 8
    again = small(*judge)
    assert again.stdout == first.stdout
    assert again.stderr == ""


def test_a_folder_of_another_run_is_refused(call: Call, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SMALL.read_text().replace("weight < 0.5", "weight < 0.6"))
    judge = ("cohort", "judge", PLANTS, "--assume", MAPPING, "-o", tmp_path / "out", "--rules")
    assert call(*judge, SMALL).exit_code == 0
    result = call(*judge, other)
    assert result.exit_code == 1
    assert "holds something else, or parts of another run" in result.stderr


@pytest.mark.parametrize(("table", "said"), [("none.csv", "There is no such file."), ("few.csv", "It has no column")])
def test_a_table_that_cannot_be_read_is_said_to_be_so(small: Call, tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "few.csv").write_text("pot\na\n")
    result = small("cohort", "judge", tmp_path / table, "--assume", MAPPING, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_report_is_written_with_an_older_version_beside(call: Call, tmp_path: Path, ending: str) -> None:
    older = tmp_path / "older.yaml"
    older.write_text(SMALL.read_text().replace("weight < 0.5", "weight < 0.6"))
    file = tmp_path / f"report.{ending}"
    result = call("cohort", "report", PLANTS, "--assume", MAPPING, "-o", file, "--beside", older, "--rules", SMALL)
    assert result.exit_code == 0, result.output
    assert file.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        (PLANTS, "report.txt", "the name of a report ends in .html or .pdf"),
        ("none.csv", "report.html", "There is no such file."),
        (PLANTS, "none/report.html", "cannot be written"),
    ],
)
def test_a_report_that_cannot_be_made_is_said_to_be_so(
    small: Call, tmp_path: Path, table: str | Path, name: str, said: str
) -> None:
    result = small("cohort", "report", tmp_path / table, "--assume", MAPPING, "-o", tmp_path / name)
    assert result.exit_code == 1
    assert said in result.stderr
