"""Judging whole tables by Spark: processor time of all processes beside DuckDB's own scan on one machine.

`python -m tests.benchmarks.cohorts_on_spark PEOPLE.csv 1e6 2`: so many rows, so many executors of one processor each.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from screening.cohort.judging.opening import OnSpark
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.mapping import CohortMapping, load_mapping
from screening.rulefiles.loading.loader import LoadedRules, load_rule_file
from tests.benchmarks.cohorts import MAPPING, judge, repeated, scan, timed
from tests.conftest import ROOT
from tests.support.spark import running_spark

_TICKS = os.sysconf("SC_CLK_TCK")
_USED = slice(11, 15)
"""In what stands behind a process's name: its own time and that of children that ended, in its programs and the system's."""


def tree_time() -> float:
    """Seconds of processor time of this process and all that descend from it."""
    parents: dict[int, int] = {}
    used: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        parents[int(folder.name)] = int(told[1])
        used[int(folder.name)] = sum(map(int, told[_USED]))
    return sum(time for process, time in used.items() if _descends(process, parents)) / _TICKS


def _descends(process: int, parents: dict[int, int]) -> bool:
    while process in parents and process != os.getpid():
        process = parents[process]
    return process == os.getpid()


def both(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time of all processes, and seconds that passed."""
    used, start = tree_time(), time.monotonic()
    what()
    return tree_time() - used, time.monotonic() - start


def on_spark(path: Path, mapping: CohortMapping, rules: LoadedRules, *, judged: bool) -> None:
    """Judge every row, or only read it, and keep nothing."""
    from screening.cohort.spark.parts import judged_rows  # noqa: PLC0415 - an extra

    table = JudgedTable(OnSpark(str(path)), mapping, rules.engine)
    frame = judged_rows(table) if judged else table.source.frame  # type: ignore[attr-defined]
    frame.write.format("noop").mode("overwrite").save()


def measure(people: Path, count: int, executors: int) -> Iterator[str]:
    """The figures of one table."""
    rules = load_rule_file(ROOT / "rules" / "liver.yaml")
    mapping = load_mapping(MAPPING, rules.rule_set)
    master = f"local-cluster[{executors},1,2048]"
    settings = {
        "spark.master": master,
        "spark.executor.memory": "2g",
        "spark.executor.extraJavaOptions": "-Xss4m",
    }
    with TemporaryDirectory() as folder, running_spark({**settings, "spark.driver.extraJavaOptions": "-Xss4m"}):
        path, one = Path(folder) / "people.parquet", Path(folder) / "one.parquet"
        repeated(people, count, path)
        repeated(people, 1, one)
        scanned = min(timed(partial(scan, path, mapping, rules)) for _ in range(2))
        here = timed(partial(judge, path, mapping, rules)) - timed(partial(judge, one, mapping, rules))
        yield f"{count} rows, {executors} executors; DuckDB's scan {scanned:.2f} s, all columns {here:.2f} s"
        for name, judged in (("Spark reads", False), ("Spark judges, all columns", True)):
            both(partial(on_spark, one, mapping, rules, judged=judged))
            first = both(partial(on_spark, one, mapping, rules, judged=judged))
            yield f"  {name}, one row: {first[0]:.1f} s of processors, {first[1]:.1f} s pass"
            for turn in ("first", "again"):
                used, passed = both(partial(on_spark, path, mapping, rules, judged=judged))
                yield f"  {name}, {turn}: {used:.1f} s of processors, {passed:.1f} s pass"


if __name__ == "__main__":
    for line in measure(Path(sys.argv[1]), int(float(sys.argv[2])), int(sys.argv[3])):
        print(line, flush=True)
