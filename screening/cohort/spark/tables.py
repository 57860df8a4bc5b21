"""A table that Spark reads, with the columns that are asked for and a number for each row, as on one machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

from screening.cohort.judging.columns import ROW
from screening.cohort.table import PARQUET, TableError, check_columns

_CSV = (".csv",)
_FILE, _START = "cohort_file", "cohort_start"
_FILE_PATH, _PLACE = "_metadata.file_path", "_metadata.row_index"
"""In which file a row stands, and where there: Spark knows the second of Parquet alone."""


def read_table(session: SparkSession, where: str, names: Mapping[str, str]) -> DataFrame:
    """The table at a path, or of this name in Spark's catalogue, with the columns `names`, called so, and `ROW`.

    Rows are counted through the files in the order of their names, as a folder is read elsewhere. Raises `TableError`,
    and errors of Spark.
    """
    frame = _numbered_csv(session, where) if _suffix(where) in _CSV else _numbered_parquet(_parquet(session, where))
    check_columns([name for name in frame.columns if name != ROW], tuple(names))
    return frame.select(*(f.col(_quoted(name)).alias(called) for name, called in names.items()), ROW)


def place_of(where: str) -> str:
    """A path as Spark is told it: one that has no file system before it is one of this machine."""
    return where if "://" in where else Path(where).absolute().as_uri()


def _suffix(where: str) -> str:
    return Path(where).suffix.lower()


def _parquet(session: SparkSession, where: str) -> DataFrame:
    if _suffix(where) in PARQUET or "/" in where or Path(where).exists():
        pattern = f"*{_suffix(where)}" if _suffix(where) in PARQUET else "*.parquet"
        return session.read.option("pathGlobFilter", pattern).parquet(place_of(where))
    return session.table(where)


def _numbered_parquet(frame: DataFrame) -> DataFrame:
    try:
        file = f.col(_FILE_PATH).alias(_FILE)
        counts: dict[str, int] = dict(frame.groupBy(file).count().collect())
        frame = frame.select("*", f.col(_PLACE).cast("long").alias(ROW), file)
    except Exception as error:
        # Spark has one error for every name that it does not know.
        if "_metadata" in str(error):
            raise TableError("no_order") from None
        raise
    if len(counts) > 1:
        starts = frame.sparkSession.createDataFrame(list(_starts(counts)), f"{_FILE} string, {_START} long")
        frame = frame.join(f.broadcast(starts), _FILE).withColumn(ROW, f.col(ROW) + f.col(_START)).drop(_START)
    return frame.drop(_FILE)


def _starts(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Each file with the number of its first row."""
    files = sorted(counts, key=unquote)
    return zip(files, accumulate((counts[file] for file in files), initial=0), strict=False)


def _numbered_csv(session: SparkSession, where: str) -> DataFrame:
    """A CSV file, which one process has to read from its first line on, and which is then spread."""
    read = session.read.options(header=True, multiLine=True, quote='"', escape='"', mode="FAILFAST", encoding="UTF-8")
    frame = read.csv(place_of(where)).coalesce(1)
    # Numbers of the first partition are those of its rows.
    numbered = frame.withColumn(ROW, f.monotonically_increasing_id())
    return numbered.repartition(session.sparkContext.defaultParallelism, ROW)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def hash_of(frame: DataFrame, columns: Sequence[str]) -> str:
    """A hash of some columns of a table, in whatever order Spark reads it."""
    whole = f.sum(f.xxhash64(*map(f.col, columns)).cast("decimal(38, 0)"))
    return " ".join(str(part) for part in frame.agg(f.count("*"), whole).collect()[0])
