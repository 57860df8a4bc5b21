"""A cluster of Apache Spark of the tests' own: a master and two workers, whose executors are processes of their own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.system import end_test, program

EXECUTORS = 2
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Compiled quickly rather than well: all is over after some seconds."""
SETTINGS = {
    "spark.master": f"local-cluster[{EXECUTORS},1,512]",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.extraJavaOptions": _JAVA,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "512m",
    "spark.executor.extraJavaOptions": _JAVA,
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}


@contextmanager
def running_spark(settings: Mapping[str, str] | None = None) -> Iterator[None]:
    """While it lasts, Spark's own settings name a cluster that starts with the first session.

    `settings` stand in the place of those of tests, or beside them.
    """
    program("java")
    found = find_spec("pyspark")
    if found is None or found.origin is None:
        end_test("Spark is not installed here: ./setup all installs it")
    with tempfile.TemporaryDirectory(prefix="screening-spark-") as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        for path in Path(found.origin).parent.iterdir():
            (home / path.name).symlink_to(path)
        # Workers write below their home, and what they start finds its settings there.
        (home / "conf").mkdir()
        lines = [f"{name} {value}\n" for name, value in {**SETTINGS, **(settings or {})}.items()]
        lines.append(f"spark.sql.warehouse.dir {home.as_uri()}/warehouse\n")
        (home / "conf" / "spark-defaults.conf").write_text("".join(lines))
        patch.setenv("SPARK_HOME", folder)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.delenv("PYSPARK_SUBMIT_ARGS", raising=False)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]).strip(":"))
        yield
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

        if session := SparkSession.getActiveSession():
            session.stop()
