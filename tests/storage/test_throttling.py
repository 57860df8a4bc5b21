"""Who guesses waits longer and longer; who knows does not; and nothing of who it was is stored."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update

from screening.storage import throttling
from screening.storage.schema import throttle
from screening.storage.store import Store, open_store
from screening.storage.throttling import Patience

WHO = "203.0.113.77"


@pytest.fixture
def guarded(tmp_path: Path) -> Store:
    """A new store."""
    return open_store(f"sqlite:///{tmp_path / 'screening.db'}", tmp_path / "master.keys")


def fail(store: Store, times: int, who: str = WHO, purpose: str = "look-up") -> list[int]:
    """The waits after so many failures."""
    return [
        store.database.write(lambda connection: throttling.failed(connection, store.vault, purpose, who))
        for _ in range(times)
    ]


def wait(store: Store, who: str = WHO, purpose: str = "look-up") -> int:
    with store.database.reading() as connection:
        return throttling.wait_of(connection, store.vault, purpose, who)


def later(store: Store, **time: int) -> None:
    """Let everything have happened earlier."""
    earlier = timedelta(**time)

    def shift(connection: Connection) -> None:
        for row in connection.execute(select(throttle)).all():
            blocked = row.blocked_until and row.blocked_until - earlier
            moved = {"failed_at": row.failed_at - earlier, "blocked_until": blocked}
            connection.execute(update(throttle).where(throttle.c.hash == row.hash).values(moved))

    store.database.write(shift)


def test_some_failures_are_forgiven_and_then_each_doubles_the_wait_up_to_a_most() -> None:
    patience = Patience(free=2, first=5, most=30)
    assert [patience.wait_after(each) for each in range(8)] == [0, 0, 0, 5, 10, 20, 30, 30]
    assert patience.wait_after(10_000) == 30


def test_who_fails_waits_longer_and_longer(guarded: Store) -> None:
    assert fail(guarded, 7) == [0, 0, 0, 0, 4, 8, 16]
    assert 14 <= wait(guarded) <= 16


def test_others_and_other_purposes_do_not_wait(guarded: Store) -> None:
    fail(guarded, 9)
    assert wait(guarded, "198.51.100.1") == 0
    assert wait(guarded, purpose="sign-in") == 0


def test_it_holds_over_a_restart_and_for_every_process(guarded: Store, tmp_path: Path) -> None:
    fail(guarded, 9)
    again = open_store(f"sqlite:///{tmp_path / 'screening.db'}", tmp_path / "master.keys")
    assert wait(again) > 30


def test_the_wait_ends_but_the_failures_are_remembered(guarded: Store) -> None:
    fail(guarded, 7)
    later(guarded, minutes=1)
    assert wait(guarded) == 0
    assert fail(guarded, 1) == [32]


def test_a_day_after_the_last_failure_all_are_forgotten(guarded: Store) -> None:
    fail(guarded, 9)
    later(guarded, hours=25)
    assert fail(guarded, 1) == [0]


def test_who_succeeds_starts_anew(guarded: Store) -> None:
    fail(guarded, 9)
    guarded.database.write(lambda connection: throttling.succeeded(connection, guarded.vault, "look-up", WHO))
    assert wait(guarded) == 0
    assert fail(guarded, 1) == [0]


def test_a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_most(guarded: Store) -> None:
    fail(guarded, 9)
    later(guarded, days=-400)
    assert wait(guarded) == throttling.PATIENCE.most


def test_attempts_side_by_side_are_all_counted(guarded: Store) -> None:
    def attempt(_: int) -> int:
        return guarded.database.write(lambda connection: throttling.attempt(connection, guarded.vault, "look-up", WHO))

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(attempt, range(24)))
    assert waits.count(0) == throttling.PATIENCE.free + 1


def test_what_is_kept_tells_nothing_of_who_it_was(guarded: Store, tmp_path: Path) -> None:
    fail(guarded, 3)
    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert WHO.encode() not in kept
    with guarded.database.reading() as connection:
        assert connection.execute(select(throttle.c.failures)).scalars().all() == [3]


def test_old_failures_are_deleted_by_the_daily_job(guarded: Store) -> None:
    fail(guarded, 3)
    assert guarded.database.write(throttling.forget_old) == 0
    later(guarded, hours=25)
    assert guarded.database.write(throttling.forget_old) == 1
