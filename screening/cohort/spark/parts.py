"""A folder of parts that executors write: made once as a whole, where all machines see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pyspark.sql import DataFrame, Observation
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema

from screening.cohort.judging.parts import ABOUT, FORM, PART_ROWS, OtherRunError
from screening.cohort.judging.rows import JudgedTable
from screening.cohort.judging.summary import Summary
from screening.cohort.spark.executors import Ask, Judge
from screening.cohort.spark.session import told_errors
from screening.cohort.spark.source import SparkSource
from screening.cohort.spark.tables import place_of
from screening.cohort.table import TableError

_ROWS = "rows"
_DONE = "_SUCCESS"
"""What Spark leaves in a folder that is complete."""


class Folder:
    """A folder on whatever file system Spark knows."""

    def __init__(self, source: SparkSource, place: str) -> None:
        context = source.session.sparkContext
        self._java: Any = context._jvm  # noqa: SLF001 - the only way to Hadoop's files from Python
        self._place = place
        self._files = self._path("").getFileSystem(context._jsc.hadoopConfiguration())  # noqa: SLF001 - the same
        self._files.mkdirs(self._path(""))

    def _path(self, name: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(f"{self._place}/{name}")

    @property
    def names(self) -> frozenset[str]:
        """What lies there."""
        return frozenset(status.getPath().getName() for status in self._files.listStatus(self._path("")))

    def read(self, name: str) -> str:
        """The text of a file."""
        stream = self._files.open(self._path(name))
        return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))

    def write(self, name: str, text: str) -> None:
        """Make a file."""
        stream = self._files.create(self._path(name), True)  # noqa: FBT003 - Java's
        stream.write(text.encode())
        stream.close()

    def remove(self, name: str) -> None:
        """Remove a file or a folder there."""
        self._files.delete(self._path(name), True)  # noqa: FBT003 - Java's


def judged_rows(table: JudgedTable) -> DataFrame:
    """What executors make of the rows of a table on Spark, in whatever order."""
    source, telling = _source(table), table.telling
    judge = Judge(
        Ask(source.sql(table.asked)),
        table.rule_set,
        table.engine.parts_off,
        table.reader.mapping,
        table.reads,
        telling.binary,
        telling.decision,
    )
    return source.shared_out(judge, table.schema)


def _source(table: JudgedTable) -> SparkSource:
    if not isinstance(table.source, SparkSource):
        raise TypeError(table.source)
    return table.source


class SparkParts:
    """The parts of one table judged by one rule set and one mapping."""

    def __init__(self, place: str, table: JudgedTable, about: Mapping[str, str]) -> None:
        """`table` is one on Spark. `about` says whose parts these are.

        Raises `OtherRunError` where the folder holds others, and `TableError` where it cannot be made.
        """
        self.place = place_of(place)
        self.table = table
        self.source = source = _source(table)
        told = json.dumps({"form": FORM, "engine": "spark", **about}, indent=2, sort_keys=True)
        with told_errors():
            self.folder = Folder(source, self.place)
            there = self.folder.names
            if there and (ABOUT not in there or self.folder.read(ABOUT) != told):
                raise OtherRunError
            self.folder.write(ABOUT, told)

    @property
    def are_made(self) -> bool:
        """Whether all parts are there."""
        with told_errors():
            return _DONE in self.folder.names

    def make(self) -> None:
        """Make all of them; what a run left that did not come to its end is removed.

        Raises `TableError` where executors wrote what is not found here.
        """
        written = Observation()
        with told_errors():
            for name in self.folder.names - {ABOUT}:
                self.folder.remove(name)
            made = judged_rows(self.table).observe(written, f.count("*").alias(_ROWS))
            made.write.mode("append").option("maxRecordsPerFile", PART_ROWS).parquet(self.place)

            if written.get[_ROWS] != self._parts.count():
                # A folder of that name on each machine: to Spark it looks complete.
                self.folder.remove(_DONE)
                raise TableError("not_shared", folder=self.place)

    @property
    def _parts(self) -> DataFrame:
        schema = from_arrow_schema(self.table.schema)
        return self.source.session.read.schema(schema).option("pathGlobFilter", "*.parquet").parquet(self.place)

    def summary(self) -> Summary:
        """What all parts together say."""
        with told_errors():
            found = Summary(self.source.count())
            for judged, category, count in self._parts.groupBy("judged", "category").count().collect():
                found.judged[judged] += count
                found.categories[category] += count
        return found
