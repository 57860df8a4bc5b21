"""PostgreSQL says of every row of its own tables what is said row by row, whatever stands in the cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pyarrow as pa
import pytest
from pyarrow import parquet

from screening.cohort.judging.opening import open_source
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import BY_ROW, DATABASE
from screening.cohort.mapping import CohortMapping, Column
from screening.cohort.reporting.whole import count_table
from screening.cohort.table import TableError
from screening.ruleset.engine.engine import Engine
from tests.cohort.judging.test_days import ENGINE as DATED
from tests.cohort.judging.test_days import TODAYS, told, written
from tests.cohort.judging.test_days import mapping as dated_mapping
from tests.cohort.judging.test_numbers import POWERS
from tests.cohort.judging.test_rows import CLOSE, MAPPING, PLANTS, judged
from tests.cohort.reporting.test_whole import WEIGHED, assert_same, odd_plants
from tests.support.postgres import Cluster, running_cluster
from tests.support.rules.small_rules import built


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as running:
        yield running


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    yield cluster.create("cohort")
    cluster.drop("cohort")


def copied(url: str, path: Path, name: str, kinds: dict[str, str] | None = None) -> str:
    """A table with the cells of a CSV file, as texts or as other types."""
    with path.open(newline="", encoding="utf-8") as file, psycopg.connect(url) as connection:
        header, *lines = csv.reader(file)
        columns = ", ".join(f'"{column}" {(kinds or {}).get(column, "text")}' for column in header)
        connection.execute(f'CREATE TABLE "{name}" ({columns})'.encode())
        with connection.cursor() as cursor:
            places = ", ".join(["%s"] * len(header))
            cells = [[cell or None for cell in line] for line in lines]
            cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})'.encode(), cells)
    return name


def test_rows_in_which_anything_stands_are_judged_as_those_of_a_file(database: str, tmp_path: Path) -> None:
    path = odd_plants(tmp_path / "odd.csv", 600, 0.15)
    name = copied(database, path, "Pots and plants")
    table = JudgedTable(database, MAPPING, PLANTS.engine, name)
    found = pa.concat_tables(list(table.parts(0, table.source.count(), 250))).to_pylist()
    assert found == judged(path, MAPPING, PLANTS)
    assert {DATABASE, BY_ROW} <= {row["judged"] for row in found}
    later = next(table.parts(500, 600, 250)).to_pylist()
    assert later == [row for row in found if row["row"] >= 500]


def test_a_report_counts_there_what_it_counts_of_a_file(database: str, tmp_path: Path) -> None:
    path = odd_plants(tmp_path / "odd.csv", 400, 0.1)
    name = copied(database, path, "pots")
    assert_same(count_table(database, WEIGHED, PLANTS.engine, name), count_table(path, WEIGHED, PLANTS.engine))


def shortened(row: dict[str, object]) -> dict[str, object]:
    """The same with what two machines' powers agree on."""
    return {name: float(f"{value:.12g}") if isinstance(value, float) else value for name, value in row.items()}


NUMBERS = ("0.9", "0.91", "3", "1", "0.30000001", "0.333", "2.5", "1234567890", "-1", "0", "")
UNENDING = ("1e300", "1.7e308", "Infinity", "NaN")
TYPES = {
    "double precision": pa.float64(),
    "real": pa.float32(),
    "numeric": pa.decimal128(22, 8),
    "numeric(22, 8)": pa.decimal128(22, 8),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_numbers_of_every_type_mean_there_what_they_mean_in_a_file(database: str, tmp_path: Path, kind: str) -> None:
    chance = Random(6)
    cells = [*NUMBERS, *(UNENDING if kind.startswith("double") else ())]
    columns = {name: [chance.choice(cells) for _ in range(150)] for name in "ab"}
    text, file = tmp_path / "close.csv", tmp_path / "close.parquet"
    text.write_text("a,b\n" + "".join(f"{a},{b}\n" for a, b in zip(*columns.values(), strict=True)))
    arrays = {name: pa.array([cell or None for cell in of]).cast(TYPES[kind]) for name, of in columns.items()}
    parquet.write_table(pa.table(arrays), file)
    mapping = CohortMapping("", frozenset({""}), {}, (), {name: Column(name, unit="1") for name in "ab"}, {}, {})
    name = copied(database, text, "close", dict.fromkeys("ab", kind))
    for rules in (CLOSE, POWERS):
        engine = Engine(built(rules))
        tables = [JudgedTable(database, mapping, engine, name), JudgedTable(file, mapping, engine)]
        there, here = (next(table.parts(0, 150, 150)).to_pylist() for table in tables)
        assert list(map(shortened, there)) == list(map(shortened, here))
        assert [row["judged"] for row in here].count(DATABASE) > 15


def test_what_is_wrong_is_said(database: str, tmp_path: Path) -> None:
    name = copied(database, odd_plants(tmp_path / "odd.csv", 3, 0.0), "pots")
    for table, columns, code in (("none", ("pot",), "unreadable"), (name, ("bowl",), "no_column")):
        with pytest.raises(TableError) as error:
            open_source(database, columns, table)
        assert error.value.code == code


def test_another_table_has_another_fingerprint(database: str, tmp_path: Path) -> None:
    name = copied(database, odd_plants(tmp_path / "odd.csv", 30, 0.0), "pots")
    before = open_source(database, ("pot",), name).fingerprint()
    assert open_source(database, ("pot",), name).fingerprint() == before
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE pots SET grams = 1 WHERE ctid = (SELECT min(ctid) FROM pots)")
    assert open_source(database, ("pot",), name).fingerprint() != before


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text", "date"])
def test_dates_mean_there_what_they_mean_in_a_file(database: str, tmp_path: Path, kind: str) -> None:
    path = written(tmp_path / "dates.csv", TODAYS[1], 0.1 if kind == "text" else 0.0, 200)
    name = copied(database, path, "dates", dict.fromkeys(("born", "seen", "told"), kind))
    table = JudgedTable(database, dated_mapping(TODAYS[1]), DATED, name)
    found = pa.concat_tables(list(table.parts(0, table.source.count(), 250))).to_pylist()
    assert found == told(path, dated_mapping(TODAYS[1]))
    assert DATABASE in {row["judged"] for row in found}
