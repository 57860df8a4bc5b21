"""What fails on PostgreSQL alone, with a server of its own: another clock than this machine's, a disk without room."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from screening.app import create_app
from screening.config.reading import read_settings
from screening.storage.submissions.assessments.versions import AssessmentRecord
from tests.support.outage import pressing_says_so_and_works_afterwards, store_of, without_memory
from tests.support.postgres import running_cluster
from tests.support.shifted_clock import clock_file
from tests.support.stores import close, draft, share
from tests.support.web import Web
from tests.support.web_fixtures import settings_of

MEGABYTE = 1024**2


@contextmanager
def app_over(url: str, folder: Path) -> Iterator[Flask]:
    """An application over a database."""
    made = create_app(read_settings({**settings_of(folder), "DATABASE_URL": url}))
    yield made
    close(store_of(made))


@pytest.mark.slow
def test_sharing_waits_while_the_clock_of_the_database_is_another_one(tmp_path: Path) -> None:
    """In both directions; the clock of PostgreSQL is set, and its server goes on."""
    with TemporaryDirectory(prefix="screening-clock-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        clock = Path(folder) / "clock"
        clock.write_text("+0\n")

        def set_wrong(seconds: int) -> Iterator[None]:
            clock.write_text(f"{seconds:+d}\n")
            yield
            clock.write_text("+0\n")

        with running_cluster(environment=clock_file(clock)) as cluster:
            for seconds in (310, -310):
                with app_over(cluster.create(f"clock_{abs(seconds)}_{seconds > 0}"), tmp_path / str(seconds)) as app:
                    clock.write_text(f"{290 if seconds > 0 else -290:+d}\n")
                    assert Web(app).raw("/readyz").status_code == 200
                    clock.write_text("+0\n")
                    pressing_says_so_and_works_afterwards(app, partial(set_wrong, seconds), status=400)


@pytest.mark.slow
def test_a_disk_without_room_refuses_and_works_once_there_is_room(tmp_path: Path) -> None:
    """No file can become longer than it is, but PostgreSQL's log: that has room for a while on a full disk, too."""
    with (
        running_cluster("--wal-segsize=1") as cluster,
        app_over(cluster.create("full"), tmp_path) as app,
    ):
        store = store_of(app)
        document = {"title": secrets.token_hex(2 * MEGABYTE)}
        record = AssessmentRecord("{}", {}, document, "fibrosis", 0, 0, 0)
        share(store, draft(assessment=record))

        def full() -> Iterator[None]:
            cluster.limit_files(MEGABYTE)
            yield
            cluster.limit_files(None)

        pressing_says_so_and_works_afterwards(app, full, status=400)
        without_memory(app)
        assert Web(app).raw("/readyz").status_code == 200
