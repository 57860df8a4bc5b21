"""Counts a day: held back, written together, and never lost by a database that is busy."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.schema import tally
from screening.storage.statistics import tallies
from screening.storage.statistics.tallies import Tallies, count, counts
from screening.storage.store import Store
from tests.support.stores import Place, close

pytestmark = pytest.mark.clock


def read(store: Store, name: str = "page", since: str = "") -> dict[str, int]:
    with store.reading() as transaction:
        return dict(counts(transaction, name, since))


def add(store: Store, name: str, key: str, day: str) -> None:
    store.write(lambda transaction: count(transaction, name, key, day=day))


def test_counts_add_up_by_name_key_and_day(store: Store) -> None:
    for key, day in (("age", "2026-11-21"), ("age", "2026-11-22"), ("age", "2026-11-22"), ("told", "2026-11-22")):
        add(store, "page", key, day)
    add(store, "other", "age", "2026-11-22")
    assert read(store) == {"age": 3, "told": 1}
    assert read(store, since="2026-11-22") == {"age": 2, "told": 1}


def test_a_count_is_held_back_until_it_is_written_with_the_others(store: Store) -> None:
    held = Tallies(store)
    for _ in range(3):
        held.count("page", "age")
    assert read(store) == {}
    held.flush()
    held.flush()
    assert read(store) == {"age": 3}


def test_it_is_written_by_itself_after_a_while(store: Store) -> None:
    held = Tallies(store)
    held._written_at -= tallies.HELD_BACK + 1
    held.count("page", "age")
    for _ in range(2_000):  # it is written by a thread of its own
        if read(store):
            break
    assert read(store) == {"age": 1}


@pytest.mark.real_clock
def test_counts_of_many_processes_at_once_are_all_there(store: Store) -> None:
    def process(_: int) -> None:
        held = Tallies(store)
        for key in ("b", "a", "c"):
            held.count("page", key)
        held.flush()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(process, range(12)))
    assert read(store) == {"a": 12, "b": 12, "c": 12}


def test_what_cannot_be_written_now_is_held_on(place: Place) -> None:
    store = place.open()
    held = Tallies(store)
    held.count("page", "age")
    lost = Tallies(_unreachable(store))
    lost.count("page", "age")
    lost.flush()
    assert sum(lost._held.values()) == 1
    lost._store = store
    lost.flush()
    assert read(store) == {"age": 1}
    held.flush()
    assert read(store) == {"age": 2}
    close(store)


def _unreachable(store: Store) -> Store:
    """A store whose database is not there."""
    url = "sqlite:////nowhere/at/all.db" if store.database.is_sqlite else "postgresql://127.0.0.1:1/nothing"
    return replace(store, database=Database(url))


def test_a_count_holds_nothing_but_its_day_its_name_and_its_key(store: Store) -> None:
    store.write(lambda transaction: count(transaction, "page", "age"))
    with store.reading() as transaction:
        assert transaction.connection.execute(select(tally)).all() == [(now().date().isoformat(), "page", "age", 1)]
