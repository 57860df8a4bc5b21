"""After a deletion the key that opened what was deleted is gone from SQLite's files, its write-ahead log too."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from screening.storage.database.schema import submission
from screening.storage.database.tidying import cut_log
from screening.storage.store import Store
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.records import State
from screening.storage.upkeep import log_cutting
from screening.storage.upkeep.log_cutting import cut_log_regularly
from tests.support.patience import PATIENCE
from tests.support.stores import share

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


def withdraw_one(store: Store) -> bytes:
    """Share something and take it back; the wrapped key that opened it."""
    identity = share(store).id
    with store.reading() as transaction:
        query = select(submission.c.data_key_wrapped).where(submission.c.id == identity)
        wrapped: bytes = transaction.connection.execute(query).scalar_one()
    store.write(lambda transaction: erase(transaction, identity, (State.WITHDRAWN, "person")))
    return wrapped


def log_of(store: Store) -> Path:
    return store.database.file.with_name(store.database.file.name + "-wal")


def test_the_wrapped_key_leaves_the_log_and_the_database(store: Store) -> None:
    wrapped = withdraw_one(store)
    assert wrapped in log_of(store).read_bytes(), "nothing to look for"
    assert cut_log(store.database)
    assert wrapped not in log_of(store).read_bytes()
    assert wrapped not in store.database.file.read_bytes()


def test_a_reader_in_the_way_is_told_and_the_next_try_empties_the_log(store: Store) -> None:
    share(store)
    with store.reading() as transaction:
        transaction.connection.execute(select(submission.c.id)).all()
        wrapped = withdraw_one(store)
        assert not cut_log(store.database)
        assert wrapped in log_of(store).read_bytes()
    assert cut_log(store.database)
    assert wrapped not in log_of(store).read_bytes()


def test_a_service_that_runs_empties_the_log_by_itself(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_cutting, "EVERY", 0.01)
    monkeypatch.setattr(log_cutting, "AGAIN", 0.01)
    stop = Event()
    thread = Thread(target=cut_log_regularly, args=(store.database, stop))
    thread.start()
    try:
        wrapped = withdraw_one(store)
        pause = Event()
        for _ in range(int(PATIENCE * 20)):
            if wrapped not in log_of(store).read_bytes():
                break
            pause.wait(0.05)
        assert wrapped not in log_of(store).read_bytes()
    finally:
        stop.set()
        thread.join()
