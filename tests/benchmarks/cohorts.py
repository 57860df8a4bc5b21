"""Judging whole tables: processor time beside that of the database's own scan, and of going row by row."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import process_time

import pyarrow as pa
from pyarrow import csv, parquet

from screening.cohort.judging.rows import JudgedTable
from screening.cohort.mapping import CohortMapping, load_mapping
from screening.cohort.reclassification import reclassify
from screening.cohort.table import rows
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from tests.conftest import ROOT

MAPPING = ROOT / "tests" / "data" / "cohort" / "nhanes_settled.assume.yaml"
BY_ROW = 20_000
"""Rows that are judged one by one; the time of all others is worked out from theirs."""


def repeated(people: Path, count: int, path: Path) -> None:
    """A table of so many rows, as Parquet: the same people again and again."""
    table = csv.read_csv(people)
    with parquet.ParquetWriter(path, table.schema) as writer:
        left = count
        while left:
            chunk = pa.concat_tables([table] * 12).combine_chunks().slice(0, left)
            writer.write_table(chunk)
            left -= chunk.num_rows


def timed(what: Callable[[], object]) -> float:
    """Seconds of processor time, those of all threads together."""
    start = process_time()
    what()
    return process_time() - start


def judge(path: Path, mapping: CohortMapping, rules: LoadedRules, *, only_possible: bool = False) -> None:
    """Judge every row, part by part, and keep nothing."""
    table = JudgedTable(path, mapping, rules.engine, only_possible=only_possible)
    for _ in table.parts(0, table.source.count(), 1_000_000):
        pass


def scan(path: Path, mapping: CohortMapping, rules: LoadedRules) -> None:
    """Read the same columns with the database, and hand them on as they are."""
    table = JudgedTable(path, mapping, rules.engine).source
    listed = ", ".join(table.names.values())
    for _ in table.connection.sql(f"SELECT {listed} FROM cohort_rows").to_arrow_reader(100_000):
        pass


def measure(people: Path, count: int) -> None:
    """Print the figures of one table."""
    rules = load_rule_file(ROOT / "rules" / "liver.yaml")
    mapping = load_mapping(MAPPING, rules.rule_set)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.parquet"
        repeated(people, count, path)
        judge_none = timed(lambda: JudgedTable(path, mapping, rules.engine).query)
        scanned = timed(lambda: scan(path, mapping, rules))
        possible = timed(lambda: judge(path, mapping, rules, only_possible=True))
        everything = timed(lambda: judge(path, mapping, rules))
        some = list(islice(rows(path, mapping.column_names), BY_ROW))
        one_by_one = timed(lambda: reclassify(some, mapping, rules.engine, rules.engine)) / 2 / BY_ROW * count
    most = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} rows: writing the query {judge_none:.1f} s, scan {scanned:.2f} s,")
    print(
        f"  possible {possible:.2f} s ({possible / scanned:.1f} x), all {everything:.2f} s ({everything / scanned:.1f} x),"
    )
    print(f"  row by row {one_by_one:.1f} s ({one_by_one / everything:.0f} x all), memory {most} MB at most")


if __name__ == "__main__":
    measure(Path(sys.argv[1]), int(float(sys.argv[2])))
