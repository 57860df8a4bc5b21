"""A database of the first version comes to today's with what people sent: all is read, nothing is deleted early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, insert, select, update

from screening.crypto.hashing import keyed_hash
from screening.storage.accounts.staff import Role, accounts
from screening.storage.audit.verification import verify
from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.schema import metadata, retention, submission, told_limit
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.deletion.idle import listed_idle
from screening.storage.submissions.deletion.told_limits import note_told_limit, told_limits
from screening.storage.submissions.person.sharing import Receipt
from screening.storage.submissions.person.word_pairs import pair_of
from screening.storage.submissions.record.events import add_event, events
from screening.storage.submissions.record.records import State, Step, change, find, open_submission
from screening.storage.upkeep.purging import RetentionPeriods, purge
from tests.support.postgres import Cluster
from tests.support.stores import Place, close, place_for, share, with_step

KEEPING = RetentionPeriods(unopened_days=30, closed_days=90, idle_days=180)
AGES: dict[str, tuple[int, dict[str, object]]] = {
    "new": (10, {}),
    "idle for a year": (400, {"state": State.IN_CONTACT}),
    "idle for a month": (31, {"state": State.TRIED, "tries": 1}),
    "not reached": (5, {"state": State.TRIED, "tries": 3}),
    "not reached, with a warning": (5, {"state": State.TRIED, "tries": 3, "call_first": 1}),
    "closed": (20, {"state": State.CLOSED, "reason": "answered"}),
}


ANN: dict[str, Any] = {
    "id": "a" * 16,
    "name": "Ann",
    "role": Role.MANAGER.value,
    "active": True,
    "password_hash": "x",
    "totp_confirmed": False,
    "created_at": now() - timedelta(days=500),
}
"""Somebody who works at the desk, from before accounts were sealed."""


@pytest.fixture
def first_version(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """A database as the first version made it, beside the place of another."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if kind == "postgresql" else None
    with place_for(kind, tmp_path / "first", cluster, empty=True) as place:
        yield place


def fill(store: Store) -> dict[str, Receipt]:
    """Submissions of every age, with notes."""
    receipts = {name: share(store) for name in AGES}

    def write(transaction: StoreTransaction) -> None:
        for name, (days, columns) in AGES.items():
            at, receipt = now() - timedelta(days=days), receipts[name]
            opened = open_submission(transaction, receipt.id)
            change(transaction, opened)
            add_event(transaction, opened, "note", {"text": f"About {receipt.code}"}, ANN["id"])
            moments = {"received_at": at, "changed_at": at, "promised_at": at + timedelta(days=3)}
            moments |= {"opened_at": at} if columns else {}
            moments |= {"ended_at": at} if name == "closed" else {}
            statement = (
                update(submission).where(submission.c.id == receipt.id).values(with_step({**columns, **moments}))
            )
            transaction.connection.execute(statement)

    store.write(write)
    return receipts


def copy_into_first_version(store: Store, place: Place) -> None:
    """The same rows in tables as they were at first, under the same keys."""
    place.keys.write_bytes(store.keys.path.read_bytes())
    place.keys.chmod(0o600)
    database = Database(place.url)
    database.migrate("0001")
    tables = MetaData()
    with database.reading() as connection:
        tables.reflect(connection)
    with store.reading() as transaction:
        rows = {
            table.name: [dict(row._mapping) for row in transaction.connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name in tables.tables
        }
        rows["staff"] = [ANN]
        (head,) = rows["audit_head"]
        last = head["number"].to_bytes(8, "big", signed=True) + head["chained"]
        head["sealed"] = keyed_hash(transaction.lookup_key(), "audit head", last)  # as it was sealed at first

    def write(connection: Connection) -> None:
        for name, some in rows.items():
            names = tables.tables[name].columns.keys()
            old = [{key: _plain(value, store) for key, value in row.items() if key in names} for row in some]
            if old:
                connection.execute(insert(tables.tables[name]), old)

    database.write(write)
    database.engine.dispose()


def _plain(value: Any, store: Store) -> Any:
    """As the column of a reflected table takes it: SQLite's know no time zone."""
    return value.replace(tzinfo=None) if store.database.is_sqlite and hasattr(value, "tzinfo") else value


def test_rows_of_the_first_version_are_read_by_todays_and_idle_ones_count_from_today(
    store: Store, first_version: Place
) -> None:
    receipts = fill(store)
    copy_into_first_version(store, first_version)
    upgraded = first_version.open()
    with upgraded.reading() as transaction:
        verify(transaction)
        assert [(one.name, one.role, one.locked) for one in accounts(transaction)] == [("Ann", Role.MANAGER, False)]
        for receipt in receipts.values():
            assert find(transaction, receipt.code, receipt.secret) == receipt.id
            opened = open_submission(transaction, receipt.id)
            assert [event.detail["text"] for event in events(transaction, opened)] == [f"About {receipt.code}"]
            assert len(versions(transaction, opened)) == 1
            assert pair_of(opened) is None
        rows = {name: open_submission(transaction, receipt.id).row for name, receipt in receipts.items()}
        assert {name: (row.step, row.due_at) for name, row in rows.items()} == {
            "new": (Step.FIRST_CALL, rows["new"].promised_at),
            "idle for a year": (Step.CALL_BACK, rows["idle for a year"].changed_at + timedelta(days=7)),
            "idle for a month": (Step.CALL_BACK, rows["idle for a month"].promised_at),
            "not reached": (Step.WAIT, rows["not reached"].changed_at + timedelta(days=14)),
            "not reached, with a warning": (Step.DECISION, rows["not reached, with a warning"].due_at),
            "closed": (None, None),
        }
        asked_for = rows["not reached, with a warning"].due_at
        assert asked_for is not None
        assert asked_for <= now()
        assert told_limits(transaction) == ()
        assert listed_idle(transaction, now() + timedelta(days=3650)) == ()
    assert share(upgraded).is_new

    upgraded.write(lambda transaction: note_told_limit(transaction, 180))
    purge(upgraded, KEEPING)
    let_years_count(upgraded)
    purged = purge(upgraded, KEEPING)
    assert (purged.unopened, purged.closed, purged.idle) == (0, 0, 0)
    with upgraded.reading() as transaction:
        soon = listed_idle(transaction, now() + timedelta(days=151))
        assert {one.id for one in soon} == {receipts[name].id for name in AGES if name not in ("new", "closed")}
        (told,) = told_limits(transaction)
        assert all(one.deleted_at == told.since + timedelta(days=180) for one in soon)
    told_half_a_year_ago = update(told_limit).values(since=now() - timedelta(days=181))
    upgraded.write(lambda transaction: transaction.connection.execute(told_half_a_year_ago))
    assert purge(upgraded, KEEPING).idle == 1
    close(upgraded)


def let_years_count(store: Store) -> None:
    """As if all limits had been counted by daily runs, and announced: only the clock says that it is too early."""
    early = (update(retention).values(first_run=-999, announced_run=-999), update(told_limit).values(first_run=-999))
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])
