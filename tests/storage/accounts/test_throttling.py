"""Who guesses waits longer and longer; who knows does not; and nothing of who it was is stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from screening.storage.accounts import throttling
from screening.storage.accounts.throttling import Patience
from screening.storage.database.account_tables import throttle
from screening.storage.store import Store, StoreTransaction
from tests.support.stores import Place, close

pytestmark = pytest.mark.clock

WHO = "203.0.113.77"


def fail(store: Store, times: int, who: str = WHO, purpose: str = "look-up") -> list[int]:
    """The waits after so many failures."""
    return [store.write(lambda transaction: throttling.record_failure(transaction, purpose, who)) for _ in range(times)]


def wait(store: Store, who: str = WHO, purpose: str = "look-up") -> int:
    with store.reading() as transaction:
        return throttling.wait_of(transaction, purpose, who)


def later(store: Store, **time: int) -> None:
    """Let everything have happened earlier."""
    earlier = timedelta(**time)

    def shift(transaction: StoreTransaction) -> None:
        for row in transaction.connection.execute(select(throttle)).all():
            blocked = row.blocked_until and row.blocked_until - earlier
            moved = {"failed_at": row.failed_at - earlier, "blocked_until": blocked}
            transaction.connection.execute(update(throttle).where(throttle.c.hash == row.hash).values(moved))

    store.write(shift)


def test_some_failures_are_forgiven_and_then_each_doubles_the_wait_up_to_a_most() -> None:
    patience = Patience(free=2, first=5, most=30)
    assert [patience.wait_after(number) for number in range(8)] == [0, 0, 0, 5, 10, 20, 30, 30]
    assert patience.wait_after(10_000) == 30


def test_who_fails_waits_longer_and_longer(store: Store) -> None:
    assert fail(store, 7) == [0, 0, 0, 0, 4, 8, 16]
    assert 14 <= wait(store) <= 16


def test_others_and_other_purposes_do_not_wait(store: Store) -> None:
    fail(store, 9)
    assert wait(store, "198.51.100.1") == 0
    assert wait(store, purpose="sign-in") == 0


def test_it_holds_over_a_restart_and_for_every_process(store: Store, place: Place) -> None:
    fail(store, 9)
    again = place.open()
    assert wait(again) > 30
    close(again)


def test_the_wait_ends_but_the_failures_are_remembered(store: Store) -> None:
    fail(store, 7)
    later(store, minutes=1)
    assert wait(store) == 0
    assert fail(store, 1) == [32]


def test_a_day_after_the_last_failure_all_are_forgotten(store: Store) -> None:
    fail(store, 9)
    later(store, hours=25)
    assert fail(store, 1) == [0]


def test_who_succeeds_starts_anew(store: Store) -> None:
    fail(store, 9)
    store.write(lambda transaction: throttling.record_success(transaction, "look-up", WHO))
    assert wait(store) == 0
    assert fail(store, 1) == [0]


def test_a_clock_that_was_set_back_makes_nobody_wait_and_by_minutes_not_longer_than_the_most(store: Store) -> None:
    fail(store, 20)
    later(store, minutes=-4)
    assert wait(store) == throttling.PATIENCE.most
    later(store, days=-400)
    assert wait(store) == 0


def test_attempts_side_by_side_are_all_counted(store: Store) -> None:
    def attempt(_: int) -> int:
        return store.write(lambda transaction: throttling.count_attempt(transaction, "look-up", WHO))

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(24)))
    assert waits.count(0) == throttling.PATIENCE.free + 1


def test_what_is_kept_tells_nothing_of_who_it_was(store: Store) -> None:
    fail(store, 3)
    with store.reading() as transaction:
        (row,) = transaction.connection.execute(select(throttle)).all()
    assert row.failures == 3
    assert WHO not in str(row)
    assert WHO.encode() not in row.hash
