"""`screening cohort judge`: a folder of parts for a table, made once."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb
import pytest
import sqlglot
from pyarrow import parquet

from screening.cohort.judging.summary import DATABASE
from tests.cli.conftest import Call
from tests.cohort.judging.test_rows import MAPPING as COHORT_MAPPING
from tests.cohort.judging.test_rows import PLANTS as RULES
from tests.cohort.judging.test_rows import judged
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


def query_for(small: Call, dialect: str, name: str) -> str:
    asked = ("cohort", "sql", PLANTS, "--assume", MAPPING, "--dialect", dialect, "--as", name, "--key", "pot")
    result = small(*asked)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_query_printed_finds_elsewhere_what_is_told_here(small: Call, tmp_path: Path) -> None:
    text = query_for(small, "duckdb", "garden.plants")
    (bits,) = re.findall("-- possible_0: [^:]*: (.*)", text)
    names = {int(number): name for number, name in (bit.split(" ") for bit in bits.split(", "))}
    connection = duckdb.connect()
    connection.execute("CREATE SCHEMA garden")
    connection.execute(f"CREATE TABLE garden.plants AS FROM read_csv('{PLANTS}', all_varchar = true)")
    found = connection.sql(text).to_arrow_table().to_pylist()
    told = judged(PLANTS, COHORT_MAPPING, RULES)
    pots = connection.sql("SELECT pot FROM garden.plants").fetchall()
    wanted = {pots[row["row"]][0]: row["possible"] for row in told if row["judged"] == DATABASE}  # type: ignore[call-overload]
    certain = [row for row in found if row["counts"] and not row["doubt"] and not row["lacking_0"]]
    assert {row["cohort_row"]: [names[bit] for bit in names if row["possible_0"] & bit] for row in certain} == wanted
    assert [row["cells"] is None for row in found] == [not row["doubt"] for row in found]
    assert wanted


@pytest.mark.parametrize("dialect", ["trino", "bigquery"])
def test_a_query_for_what_nobody_runs_here_says_so_and_can_be_read(small: Call, dialect: str) -> None:
    text = query_for(small, dialect, "hive.garden.plants")
    assert text.startswith("-- NOT RUN by us: the rules small ")
    (read,) = sqlglot.parse(text, dialect=dialect)
    assert isinstance(read, sqlglot.exp.Select)
    (table,) = read.find_all(sqlglot.exp.Table)
    assert [part.name for part in table.parts] == ["hive", "garden", "plants"]
    assert {"cohort_row", "counts", "doubt", "cells", "possible_0"} <= set(read.named_selects)


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [("a.b.c.d", "pot", "write CATALOG.SCHEMA.NAME"), ("plants", "none", "It has no column none")],
)
def test_what_no_query_can_be_printed_for_is_said(small: Call, name: str, key: str, said: str) -> None:
    result = small("cohort", "sql", PLANTS, "--assume", MAPPING, "--dialect", "trino", "--as", name, "--key", key)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_table_in_sparks_catalogue_is_not_named_twice(small: Call, tmp_path: Path) -> None:
    judge = ("cohort", "judge", "pots", "--table", "pots", "--assume", MAPPING, "-o", tmp_path / "out")
    result = small(*judge, "--engine", "spark")
    assert result.exit_code == 1
    assert "stands in the place of TABLE" in result.stderr


def test_where_spark_is_missing_it_is_said_what_to_install(
    small: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.startswith(("screening.cohort.spark", "pyspark"))]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    judge = ("cohort", "judge", PLANTS, "--assume", MAPPING, "-o", tmp_path / "out", "--engine", "spark")
    result = small(*judge)
    assert result.exit_code == 1
    assert "pip install 'screening[spark]'" in result.stderr
