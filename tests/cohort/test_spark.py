"""Spark says of every row what is said on one machine: of files, folders and its own tables, in a folder or counted.

One cluster serves all of it, and starting one takes longer than the rest: so it is one test, a subtest for each claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from pyarrow import csv, parquet

from screening.cli import main
from screening.cohort.judging.moving import reclassify_table
from screening.cohort.judging.opening import OnSpark, open_source
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import CohortMapping
from screening.cohort.reporting.whole import count_table
from screening.cohort.table import TableError
from screening.rulefiles.loading.loader import LoadedRules
from screening.ruleset.engine.engine import Engine
from tests.agreement.database import Database, WholeTable
from tests.agreement.lines import Members
from tests.agreement.readers import Subject
from tests.agreement.test_agreement import FAULTS, lines_of, told_otherwise
from tests.cohort.judging.test_days import ENGINE as DATED
from tests.cohort.judging.test_days import TODAYS, told, written
from tests.cohort.judging.test_days import mapping as dated_mapping
from tests.cohort.judging.test_rows import COHORT, MAPPING, PLANTS, judged
from tests.cohort.reporting.test_whole import WEIGHED, assert_same, odd_plants
from tests.conftest import ROOT
from tests.rulefiles.edited import edited, load_text
from tests.support.spark import EXECUTORS, running_spark

pytestmark = pytest.mark.slow
Lines = list[dict[str, Any]]


@pytest.fixture(scope="session")
def spark() -> Iterator[None]:
    with running_spark():
        yield


def judged_there(table: JudgedTable) -> Lines:
    """Every row that counts, as executors tell it, in the order of the table."""
    from screening.cohort.spark.parts import judged_rows  # noqa: PLC0415 - an extra

    told: Lines = judged_rows(table).toArrow().sort_by("row").to_pylist()
    return told


class Cluster(Database):
    """`screening cohort judge --engine spark`."""

    def rows(self, path: Path, by: CohortMapping, engine: Engine) -> list[Members]:
        return [*judged_there(WholeTable(OnSpark(str(path)), by, engine))]


def test_spark_says_what_is_said_on_one_machine(
    spark: None, liver: LoadedRules, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    claims: list[Callable[[], None]] = [
        lambda: answer_sets_agree(liver, tmp_path),
        lambda: a_folder_and_a_table_of_the_catalogue_are_counted_through_in_order(tmp_path),
        lambda: a_folder_of_parts_is_made_once(tmp_path),
        lambda: a_report_counts_the_same_and_as_many_move(tmp_path),
        lambda: dates_are_judged_as_on_one_machine(tmp_path),
        lambda: what_is_wrong_is_said(tmp_path),
        executors_are_other_processes,
    ]
    for claim in claims:
        with subtests.test(claim.__code__.co_names[0] if claim.__name__ == "<lambda>" else claim.__name__):
            claim()


def answer_sets_agree(liver: LoadedRules, folder: Path) -> None:
    reader = Cluster(folder)
    subject = Subject(liver.rule_set, ROOT / "rules" / "liver.yaml")
    assert told_otherwise(reader, subject, lines_of(liver, 300)) == []
    assert {DATABASE, BY_ROW} <= set(reader.judged)
    broken = load_text(folder, edited(FAULTS["another number"]))
    assert told_otherwise(Cluster(folder), Subject(broken.rule_set, folder / "edited.yaml"), lines_of(PLANTS, 50))


def dates_are_judged_as_on_one_machine(folder: Path) -> None:
    people, by = written(folder / "dates.csv", TODAYS[1], 0.1, 200), dated_mapping(TODAYS[1])
    assert judged_there(JudgedTable(OnSpark(str(people)), by, DATED)) == told(people, by)


def a_folder_and_a_table_of_the_catalogue_are_counted_through_in_order(folder: Path) -> None:
    plants = odd_plants(folder / "odd.csv", 500, 0.15)
    wanted: Lines = judged(plants, MAPPING, PLANTS)
    assert judged_there(JudgedTable(OnSpark(str(plants)), MAPPING, PLANTS.engine)) == wanted
    texts = csv.ConvertOptions(column_types=dict.fromkeys(MAPPING.column_names, pa.string()), strings_can_be_null=False)
    whole = csv.read_csv(plants, convert_options=texts)
    parts = folder / "several"
    parts.mkdir()
    # By their names, not by their sizes, and through groups of rows.
    for name, start, end in (("a b", 0, 40), ("a%20", 40, 400), ("b", 400, 400), ("c", 400, 500)):
        parquet.write_table(whole.slice(start, end - start), parts / f"{name}.parquet", row_group_size=30)
    assert judged(parts, MAPPING, PLANTS) == wanted
    table = JudgedTable(OnSpark(str(parts)), MAPPING, PLANTS.engine)
    assert judged_there(table) == wanted
    session = table.source.session  # type: ignore[attr-defined]
    session.read.parquet(str(parts / "c.parquet")).write.saveAsTable("pots")
    last = judged_there(JudgedTable(OnSpark("pots"), MAPPING, PLANTS.engine))
    assert [row | {"row": row["row"] + 400} for row in last] == [row for row in wanted if row["row"] >= 400]
    session.read.parquet(str(parts)).createOrReplaceTempView("no_order")
    assert error_of("no_order") == "no_order"


def a_folder_of_parts_is_made_once(folder: Path) -> None:
    people, out = COHORT / "nhanes_like.csv", folder / "judged"
    judge = ("cohort", "judge", people, "--assume", COHORT / "nhanes_settled.assume.yaml", "-o")
    here, there = call(*judge, folder / "here"), call(*judge, out, "--engine", "spark")
    assert there.exit_code == 0, there.output
    assert there.stdout == here.stdout
    assert parts_in(out) == parts_in(folder / "here")
    kept = sorted(out.glob("*.parquet"))
    assert call(*judge, out, "--engine", "spark").stdout == here.stdout
    assert sorted(out.glob("*.parquet")) == kept
    (out / "_SUCCESS").unlink()
    assert call(*judge, out, "--engine", "spark").stdout == here.stdout
    assert not {*kept} & {*out.glob("*.parquet")}
    assert parts_in(out) == parts_in(folder / "here")
    other = call(*judge, out)
    assert "holds something else, or parts of another run" in other.stderr


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def parts_in(folder: Path) -> Lines:
    tables = [parquet.read_table(path) for path in folder.glob("*.parquet")]
    told: Lines = pa.concat_tables(tables).sort_by("row").to_pylist()
    return told


def a_report_counts_the_same_and_as_many_move(folder: Path) -> None:
    plants = odd_plants(folder / "weighed.csv", 400, 0.1)
    assert_same(count_table(OnSpark(str(plants)), WEIGHED, PLANTS.engine), count_table(plants, WEIGHED, PLANTS.engine))
    other = load_text(folder, edited(FAULTS["a dropped guard"]))
    moved = [reclassify_table(place, MAPPING, PLANTS.engine, other.engine) for place in (OnSpark(str(plants)), plants)]
    assert moved[0] == moved[1]
    assert moved[0].moved


def what_is_wrong_is_said(folder: Path) -> None:
    ragged = folder / "ragged.csv"
    ragged.write_text("pot,ground\na,d,more\n")
    for where, code in ((folder / "none.csv", "missing"), (folder / "none", "missing"), ("none", "no_table")):
        assert error_of(str(where)) == code
    assert error_of(str(COHORT / "plants.csv"), "bowl") == "no_column"
    with pytest.raises(TableError) as error:
        open_source(OnSpark(str(ragged)), ("pot",)).fingerprint()
    assert error.value.code == "unreadable"
    assert "a,d,more" in str(error.value.values["reason"])


def error_of(where: str, column: str = "pot") -> str:
    with pytest.raises(TableError) as error:
        open_source(OnSpark(where), (column,))
    return error.value.code


def executors_are_other_processes() -> None:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    context = SparkSession.getActiveSession().sparkContext
    assert context._jsc.sc().getExecutorMemoryStatus().size() == EXECUTORS + 1  # and the driver
