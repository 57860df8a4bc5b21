"""Judging whole tables: processor time beside that of the database's own scan, and of going row by row."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
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
from screening.cohort.reporting.whole import count_table
from screening.cohort.table import rows
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from tests.conftest import ROOT

MAPPING = ROOT / "tests" / "data" / "cohort" / "nhanes_settled.assume.yaml"
CURVES = "a report's counts and curves"
TIMES = 5
"""How often all but that is done: what took least counts, since other work on the machine only ever adds."""
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


def least(what: Callable[[], object], times: int = TIMES) -> float:
    """What it took when it took least."""
    return min(timed(what) for _ in range(times))


def judge(path: Path, mapping: CohortMapping, rules: LoadedRules, *, only_possible: bool = False) -> None:
    """Judge every row, part by part, and keep nothing."""
    table = JudgedTable(path, mapping, rules.engine, only_possible=only_possible)
    for _ in table.parts(0, table.source.count(), 1_000_000):
        pass


def scan(path: Path, mapping: CohortMapping, rules: LoadedRules) -> None:
    """Read the same columns with the database, and hand them on as they are."""
    source = JudgedTable(path, mapping, rules.engine).source
    for _ in source.batches(source.table.select(*source.names.values())):
        pass


def count_all(path: Path, mapping: CohortMapping, rules: LoadedRules) -> None:
    """All that a report tells, with the curves of every cut-off."""
    count_table(path, replace(mapping, weight="", groups={}), rules.engine)


def measure(people: Path, count: int) -> Iterator[str]:
    """The figures of one table."""
    rules = load_rule_file(ROOT / "rules" / "liver.yaml")
    mapping = load_mapping(MAPPING, rules.rule_set)
    with TemporaryDirectory() as folder:
        path, one = Path(folder) / "people.parquet", Path(folder) / "one.parquet"
        repeated(people, count, path)
        repeated(people, 1, one)
        scanned = least(lambda: scan(path, mapping, rules)) - least(lambda: scan(one, mapping, rules))
        works: dict[str, Callable[[Path], None]] = {
            "possible categories": lambda table: judge(table, mapping, rules, only_possible=True),
            "all columns": lambda table: judge(table, mapping, rules),
            CURVES: lambda table: count_all(table, mapping, rules),
        }
        some = list(islice(rows(path, mapping.column_names), BY_ROW))
        one_by_one = timed(lambda: reclassify(some, mapping, rules.engine, rules.engine)) / 2 / BY_ROW * count
        yield f"{count} rows: scan {scanned:.2f} s; row by row, possible categories alone, {one_by_one:.0f} s"
        for name, work in works.items():
            times = TIMES if name != CURVES else 1
            before = least(partial(work, one), times)
            taken = least(partial(work, path), times) - before
            beside = f"{taken / scanned:.1f} x the scan, row by row is {one_by_one / taken:.0f} x this"
            yield f"  {name}: {taken:.2f} s ({beside}), and {before:.1f} s before the first row"
    yield f"  memory: {getrusage(RUSAGE_SELF).ru_maxrss // 1024} MB at most"


def report() -> Iterator[str]:
    """The figures of a million made-up people."""
    yield from measure(ROOT / "tests" / "data" / "cohort" / "nhanes_like.csv", 1_000_000)


if __name__ == "__main__":
    for line in measure(Path(sys.argv[1]), int(float(sys.argv[2]))):
        print(line, flush=True)
