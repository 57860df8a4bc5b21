"""Months of simulated days: no leap, pause or second host deletes what is young or keeps what is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import select, update

from screening.storage.database.clock import ClockError, now
from screening.storage.database.schema import audit, key_state, submission
from screening.storage.store import Store
from screening.storage.submissions.record.records import State
from screening.storage.upkeep.clock_acceptance import accept_clock
from screening.storage.upkeep.daily_runs import UNEXPLAINED, ClockReading
from screening.storage.upkeep.purging import RetentionPeriods, purge
from tests.support.stores import share, with_step

pytestmark = pytest.mark.clock

KEEPING = RetentionPeriods(unopened_days=30, closed_days=90, idle_days=180)
LEAPS = [timedelta(days=days) for days in (-400, -34, -3, 2, 34, 400)]


def at_day(day: float, leap: timedelta = timedelta(0), host: str = "a") -> ClockReading:
    """What a host's clocks say so many true days after the beginning."""
    uptime = int((1 + day) * 86400)
    return ClockReading(START + timedelta(days=day) + leap, host, uptime, START + timedelta(days=day) + leap)


START: datetime = now() - timedelta(days=150)
"""What is shared is shared by the real clock, which may not lie before a simulated run."""


@pytest.fixture(autouse=True)
def _begun(store: Store) -> None:
    """The store was made on the first simulated day."""
    early = [update(key_state).values(changed_at=START), update(audit).values(at=START)]
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])


def arrive(store: Store, reading: ClockReading) -> str:
    identity = share(store).id
    statement = (
        update(submission).where(submission.c.id == identity).values(received_at=reading.wall, changed_at=reading.wall)
    )
    early = (statement, update(audit).values(at=START))
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])
    return identity


def living(store: Store) -> set[str]:
    query = select(submission.c.id).where(submission.c.data_key_wrapped.is_not(None))
    with store.reading() as transaction:
        return set(transaction.connection.execute(query).scalars())


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 3))])
def test_nothing_young_is_deleted_and_nothing_old_stays_through_leaps_reboots_and_two_hosts(
    store: Store, seed: int
) -> None:
    random = Random(seed)
    arrived: dict[str, int] = {}
    boots = dict.fromkeys("ab", 0)
    ran: list[bool] = []
    believed = START  # a short leap that nobody noticed: no day counts until time has caught up with it
    for day in range(100):
        leap = random.choice(LEAPS) if day and random.random() < 0.15 else timedelta(0)
        ran.append(not leap and START + timedelta(days=day) > believed + timedelta(hours=20))
        for host, hour in (("a", 0.0), ("b", 0.3)):
            boots[host] += random.random() < (0.5 if leap else 0.1)
            reading = at_day(day + hour, leap, f"{host}{boots[host]}")
            try:
                purge(store, KEEPING, reading)
                believed = max(believed, reading.wall) if leap else believed
            except ClockError:
                ran[-1] = False
                if not leap:  # a short leap was believed after the host was off; now it is over, and an operator looks
                    store.write(partial(accept_clock, reading=reading))
        assert all(day - arrived[identity] >= 30 for identity in arrived.keys() - living(store))
        assert all(sum(ran[arrived[identity] + 30 :]) <= 7 for identity in living(store))
        if day % 4 == 0:
            arrived[arrive(store, at_day(day + 0.5))] = day
    assert len(living(store)) < len(arrived)


@pytest.mark.parametrize("start", [20, *(pytest.param(day, marks=pytest.mark.slow) for day in range(21, 30))])
def test_a_short_leap_that_lasts_and_is_not_noticed_still_deletes_nothing_young(store: Store, start: int) -> None:
    identity = arrive(store, at_day(0))
    leap = UNEXPLAINED - timedelta(days=1)
    for day in range(30):
        late = day >= start
        purge(store, KEEPING, at_day(day, leap if late else timedelta(0), "b" if late else "a"))
    assert living(store) == {identity}


@pytest.mark.parametrize("days", [34, 400])
def test_a_leap_deletes_nothing_even_after_an_entry_of_the_future(store: Store, days: int) -> None:
    identities = {arrive(store, at_day(0)) for _ in range(6)}
    for day in range(10):
        purge(store, KEEPING, at_day(day))
    for boot in ("a", "other"):
        with pytest.raises(ClockError, match="clock accept"):
            purge(store, KEEPING, at_day(10, timedelta(days=days), boot))
    purge(store, KEEPING, at_day(11))
    assert living(store) == identities


def test_a_rotation_of_the_future_holds_all_until_the_clock_is_accepted_and_no_key_changes(store: Store) -> None:
    purge(store, KEEPING, at_day(0))
    future = update(key_state).values(changed_at=START + timedelta(days=400))
    store.write(lambda transaction: transaction.connection.execute(future))
    with store.reading() as transaction:
        before = transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one()
    for action in (lambda: purge(store, KEEPING, at_day(1)), lambda: share(store)):
        with pytest.raises(ClockError):
            action()
    assert store.write(lambda transaction: accept_clock(transaction, at_day(0))) == 1
    arrive(store, at_day(0))
    purge(store, KEEPING, at_day(1))
    with store.reading() as transaction:
        assert transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one() == before


@pytest.mark.slow
def test_accepting_again_and_again_makes_nothing_older(store: Store) -> None:
    identity = arrive(store, at_day(0))
    purge(store, KEEPING, at_day(0))
    late = at_day(60, host="b")
    for _ in range(40):
        store.write(partial(accept_clock, reading=late))
        purge(store, KEEPING, late)
    assert living(store) == {identity}


@pytest.mark.slow
def test_what_is_opened_or_reopened_waits_no_longer_and_begins_anew(store: Store) -> None:
    opened, reopened = arrive(store, at_day(0)), arrive(store, at_day(0))

    def change(identity: str, **values: object) -> None:
        statement = update(submission).where(submission.c.id == identity).values(with_step(values))
        store.write(lambda transaction: transaction.connection.execute(statement))

    closed = {"opened_at": START, "state": State.CLOSED}
    change(reopened, **closed, ended_at=START)
    for day in range(173):
        if day == 28:
            change(opened, opened_at=at_day(day).wall)
        if day == 88:
            change(reopened, state=State.IN_CONTACT, ended_at=None)
        if day == 75:
            change(opened, state=State.CLOSED, ended_at=at_day(day).wall)
        purge(store, KEEPING, at_day(day))
        assert day > 75 + 90 or opened in living(store)
    assert living(store) == {reopened}


def test_a_database_that_tells_another_time_cannot_be_accepted(store: Store) -> None:
    apart = replace(at_day(0), database_wall=START + timedelta(minutes=6))
    with pytest.raises(ClockError, match="set the one that is wrong first"):
        store.write(lambda transaction: accept_clock(transaction, apart))


def test_after_a_long_pause_deleting_is_held_until_the_clock_is_accepted(store: Store) -> None:
    arrive(store, at_day(0))
    purge(store, KEEPING, at_day(0))
    with pytest.raises(ClockError, match="last daily run"):
        purge(store, KEEPING, at_day(60, host="b"))
    store.write(lambda transaction: accept_clock(transaction, at_day(60, host="b")))
    half = KEEPING.unopened_days // 2
    erased = [purge(store, KEEPING, at_day(60 + day, host="b")).unopened for day in range(1, half + 1)]
    assert erased == [0] * (half - 1) + [1]
