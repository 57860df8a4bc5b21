"""Stores for tests, on a real SQLite and a real PostgreSQL, and what people might send to them."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.schema import submission
from screening.storage.opening import open_store
from screening.storage.store import Store
from screening.storage.submissions.assessments.versions import AssessmentRecord
from screening.storage.submissions.person.sharing import Draft, Receipt, submit
from screening.storage.submissions.person.word_pairs import WordPair
from screening.storage.submissions.record.records import OPEN, USUAL_STEPS, State
from tests.support.postgres import Cluster

RULES = '{"id":"small","version":"1.0.0"}'
"""Stands for a rule set where nobody reads it."""
KINDS = ("sqlite", "postgresql")
ON_EACH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))
"""For fixtures: the quick tests try what is kept on SQLite, the slow ones on PostgreSQL too."""


@dataclass(frozen=True)
class Place:
    """Where a store keeps what it is given."""

    url: str
    folder: Path

    @property
    def keys(self) -> Path:
        """The file of its master keys."""
        return self.folder / "master.keys"

    def open(self) -> Store:
        """A store there, as a process of its own would open it."""
        return open_store(self.url, self.keys)


@contextmanager
def place_for(kind: str, folder: Path, cluster: Cluster | None, *, empty: bool = False) -> Iterator[Place]:
    """A place for a new database of this kind, gone afterwards: with today's tables, or `empty`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if kind == "sqlite":
        file = folder / "screening.db"
        if not empty:
            copy_tables(file)
        yield Place(f"sqlite:///{file}", folder)
        return
    assert cluster is not None
    name = f"test_{secrets.token_hex(6)}"
    url = cluster.create(name, None if empty else _template(cluster))
    try:
        yield Place(url, folder)
    finally:
        cluster.drop(name)


def copy_tables(file: Path) -> None:
    """Make an SQLite database with today's tables: many times faster than every migration."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_bytes(_tables())


@cache
def _tables() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "screening.db"
        _migrate(f"sqlite:///{file}")
        return file.read_bytes()


@cache
def _template(cluster: Cluster) -> str:
    name = "tables"
    _migrate(cluster.create(name))
    return name


def _migrate(url: str) -> None:
    database = Database(url)
    database.migrate()
    database.engine.dispose()


def close(store: Store) -> None:
    """Close its connections, so that no test leaves any behind."""
    store.database.engine.dispose()


PAIR = WordPair("en", "acorn", "river")
"""The words for the telephone of whatever tests send."""


def draft(**changes: object) -> Draft:
    """What a person might send."""
    record = Draft(
        assessment=AssessmentRecord(
            rules=RULES,
            input={"answers": {"age": "47"}},
            document={"title": "What you told us"},
            category="fibrosis",
            call_first=0,
            conflicts=1,
            unsure=2,
        ),
        row={"safety": "none"},
        contact={"channel": "phone", "address": "+60 12 345 6789", "reach": "+60123456789"},
        reach="+60123456789",
        language="en",
        answered_on="2026-11-22",
        best_time="morning",
        promised_at=now() + timedelta(days=3),
        pair=PAIR,
    )
    return replace(record, **changes)  # type: ignore[arg-type]


def with_step(columns: Mapping[str, object]) -> dict[str, object]:
    """Columns to be written past all rules, with what the table asks for: an open one is due when it was promised."""
    state = State(str(columns.get("state", State.NEW)))
    if state not in OPEN:
        return {**columns, "step": None, "due_at": None}
    due = columns.get("promised_at", submission.c.promised_at)
    return {"step": USUAL_STEPS[state], "due_at": due, **columns}


def new_token() -> bytes:
    """The token of a form that was opened anew."""
    return secrets.token_bytes(16)


def share(store: Store, given: Draft | None = None, token: bytes | None = None) -> Receipt:
    """Send something, as the page does."""
    sent, form = given or draft(), token or new_token()
    return store.write(lambda transaction: submit(transaction, form, sent))
