"""A session of Spark, and its errors in one line."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from screening.cohort.judging.columns import BATCH
from screening.cohort.table import TableError

_SETTINGS = {
    "spark.sql.caseSensitive": "true",  # as columns are named elsewhere
    "spark.sql.csv.parser.columnPruning.enabled": "false",  # a line with too few cells is noticed in whichever of them
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
    "spark.sql.session.timeZone": "UTC",
}
_QUIET = {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
_CODES = {
    "PATH_NOT_FOUND": "missing",
    "TABLE_OR_VIEW_NOT_FOUND": "no_table",
    "SCHEMA_NOT_FOUND": "no_table",
    "REQUIRES_SINGLE_PART_NAMESPACE": "no_table",
    "PARSE_SYNTAX_ERROR": "no_table",
}


def open_session(master: str = "") -> SparkSession:
    """The session of this process; `master` is where Spark runs, else what Spark's own settings say.

    Raises `TableError` where Spark does not start.
    """
    if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
        raise TableError("no_java")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("screening cohort")
    if master:
        builder = builder.master(master)
    for name, value in (_SETTINGS | _QUIET).items():
        builder = builder.config(name, value)
    with told_errors():
        session = builder.getOrCreate()
    atexit.register(session.stop)  # else executors are missed at the end, and said to be so
    return session


@contextmanager
def told_errors() -> Iterator[None]:
    """Raise `TableError` instead of Spark's errors, whose first line says what is wrong."""
    try:
        yield
    except PySparkException as error:
        condition = (error.getCondition() or "").split(".", maxsplit=1)[0]
        if condition in _CODES:
            raise TableError(_CODES[condition]) from None
        raise TableError("unreadable", reason=_first_line(error)) from None
    except Py4JError as error:
        raise TableError("unreadable", reason=_first_line(error)) from None


def _first_line(error: Exception) -> str:
    """Of an error in Java its first cause: what is wrong, and not what failed for it."""
    cause = getattr(error, "java_exception", None)
    while cause is not None and cause.getCause() is not None:
        cause = cause.getCause()
    said = str(error) if cause is None else str(cause.getMessage())
    return next((line for line in said.splitlines() if line.strip()), type(error).__name__)
