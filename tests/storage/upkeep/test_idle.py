"""What was opened and never closed: nothing young goes, nothing with a promise ahead, nothing old stays.

Months of simulated days, judged by a model that counts days by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
from sqlalchemy import insert, select, update

from screening.storage.database.clock import ClockError
from screening.storage.database.deletion_list import read_deletions
from screening.storage.database.running_time import Instant
from screening.storage.database.schema import audit, deletion_request, key_state, submission
from screening.storage.store import Store
from screening.storage.submissions.deletion.deletion_requests import lift
from screening.storage.submissions.deletion.idle import IDLE, POSTPONED, ListedIdle, find_listed, listed_idle, postpone
from screening.storage.submissions.deletion.told_limits import note_told_limit, told_limits
from screening.storage.submissions.record.events import events
from screening.storage.submissions.record.records import ChangedMeanwhileError, State, open_submission
from screening.storage.upkeep.clock_acceptance import accept_clock
from screening.storage.upkeep.purging import RetentionPeriods, purge
from screening.storage.upkeep.requested_deletions import erase_requested
from screening.storage.upkeep.retention import CLOSED, still_waiting
from tests.storage.upkeep.test_daily_runs import LEAPS, START, arrive, at_day, living
from tests.support.stores import with_step

pytestmark = pytest.mark.clock

LIMIT = 60
LISTED = 30
KEEPING = RetentionPeriods(unopened_days=365, closed_days=365, idle_days=LIMIT)
UNNOTICED = timedelta(days=2)
"""A leap that looks like a time off where the machine starts anew."""
LONG_AGO = {"promised_at": START - timedelta(days=90)}


@pytest.fixture(autouse=True)
def _begun(store: Store) -> None:
    """The store was made on the first simulated day."""
    early = [update(key_state).values(changed_at=START), update(audit).values(at=START)]
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])


def tell(store: Store, day: float, days: int = LIMIT) -> None:
    store.write(lambda transaction: note_told_limit(transaction, days, at_day(day).wall))


def happen(store: Store, identity: str, day: float, **columns: object) -> None:
    """Something happens to a submission on a day."""
    moves = "state" in columns or "promised_at" in columns  # else what is next stays
    values = {"changed_at": at_day(day).wall, **(with_step(columns) if moves else columns)}
    statement = update(submission).where(submission.c.id == identity).values(values)
    store.write(lambda transaction: transaction.connection.execute(statement))


def opened(store: Store, day: float, **columns: object) -> str:
    """A submission that arrived and was opened on a day."""
    identity = arrive(store, at_day(day))
    happen(store, identity, day, **({"opened_at": at_day(day).wall} | LONG_AGO | columns))
    return identity


def listed(store: Store, day: float) -> list[ListedIdle]:
    with store.reading() as transaction:
        return list(listed_idle(transaction, at_day(day).wall))


def run_days(store: Store, days: range) -> None:
    for day in days:
        purge(store, KEEPING, at_day(day))


def first_day_gone(store: Store, identity: str, days: range) -> int | None:
    for day in days:
        purge(store, KEEPING, at_day(day))
        if identity not in living(store):
            return day
    return None


# --- months ---


@dataclass
class Model:
    """What a judge remembers of one submission, in whole days."""

    arrived: int
    last: int
    promise: int = -90
    is_idle: bool = True
    days_listed: int = 0

    def end(self, told: int) -> int:
        return max(self.last + LIMIT, told + LIMIT, self.promise + LISTED)


def something_happens(store: Store, identity: str, model: Model, day: int, random: Random) -> None:
    """A note, a new promise, a closing or a reopening."""
    what = random.choice(("note", "note", "promise", "close", "reopen"))
    columns: dict[str, object] = {}
    if what == "promise":
        model.promise = day + random.randrange(1, 70)
        columns["promised_at"] = at_day(model.promise).wall
        columns |= {} if model.is_idle else {"state": State.CLOSED}
    elif what == "close":
        model.is_idle = False
        columns |= {"state": State.CLOSED, "ended_at": at_day(day + 0.4).wall}
    elif what == "reopen":
        model.is_idle = True
        columns |= {"state": State.IN_CONTACT, "ended_at": None}
    happen(store, identity, day + 0.4, **columns)
    model.last, model.days_listed = day, 0


@dataclass
class Days:
    """Daily runs of one host or two, under a clock that leaps and machines that start anew."""

    store: Store
    random: Random
    how_often: float = 0.1
    """A clock is wrong on so many of all days."""
    leaps: list[timedelta] = field(default_factory=lambda: LEAPS)
    boots: Counter[str] = field(default_factory=Counter)
    believed: datetime = START
    """A short leap that nobody noticed: no day counts until time has caught up with it."""

    def run(self, day: int) -> bool:
        """The runs of one day; whether it counts."""
        random = self.random
        leap = random.choice(self.leaps) if day and random.random() < self.how_often else timedelta(0)
        counts = not leap and START + timedelta(days=day) > self.believed + timedelta(hours=20)
        for host, hour in (("a", 0.0), ("b", 0.3))[: 1 + (random.random() < 0.3)]:
            self.boots[host] += random.random() < (0.5 if leap else 0.1)
            reading = at_day(day + hour, leap, f"{host}{self.boots[host]}")
            try:
                purge(self.store, KEEPING, reading)
                self.believed = max(self.believed, reading.wall) if leap else self.believed
            except ClockError:
                counts = False
                if not leap:
                    self.store.write(partial(accept_clock, reading=reading))
        return counts


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1))
@pytest.mark.parametrize("told", [0, 25])
@pytest.mark.parametrize(("how_often", "leaps"), [(0.1, LEAPS), (0.3, [UNNOTICED])], ids=["any", "unnoticed"])
def test_through_months_nothing_young_or_promised_goes_and_nothing_old_stays(
    store: Store, seed: int, told: int, how_often: float, leaps: list[timedelta]
) -> None:
    random = Random(seed)
    models: dict[str, Model] = {}
    days, ran, gone = Days(store, random, how_often, leaps), list[bool](), set[str]()
    for day in range(140):
        if day == told:
            tell(store, day)
        ran.append(days.run(day))
        alive = living(store)
        for model in (models[identity] for identity in models.keys() - alive - gone):
            assert model.is_idle
            assert day >= model.end(told)
            assert model.days_listed >= 21
        assert all(not models[one].is_idle or sum(ran[models[one].end(told) :]) <= 7 for one in alive)
        gone = models.keys() - alive
        on_list = {one.id for one in listed(store, day + 0.1)}
        for identity, model in models.items():
            if identity in gone:
                continue
            model.days_listed += identity in on_list
            if random.random() < 0.01:
                something_happens(store, identity, model, day, random)
        if day % 4 == 0:
            models[opened(store, day + 0.5)] = Model(day, day)
    assert gone
    assert any(models[identity].is_idle for identity in models.keys() - gone)


# --- what people were told ---


@pytest.mark.slow
def test_what_was_sent_before_anybody_was_told_counts_from_the_start_that_told_it(store: Store) -> None:
    old = opened(store, 0)
    run_days(store, range(70))
    assert listed(store, 70) == []
    tell(store, 70)
    tell(store, 75)  # started again with the same
    young = opened(store, 70.5)
    assert [one.id for one in listed(store, 99.9)] == []
    assert {one.id for one in listed(store, 101)} == {old, young}
    assert first_day_gone(store, old, range(70, 145)) == 130
    assert young not in living(store) or first_day_gone(store, young, range(131, 133)) == 131


@pytest.mark.slow
def test_without_anybody_told_nothing_is_deleted(store: Store) -> None:
    identity = opened(store, 0)
    run_days(store, range(145))
    assert living(store) == {identity}


@pytest.mark.slow
def test_a_shorter_limit_counts_from_its_own_start_and_a_longer_one_keeps_nothing_that_was_sent_before(
    store: Store,
) -> None:
    told = {0: 100, 20: 40, 30: 120}
    sent, gone = dict[int, str](), dict[int, int]()
    for day in range(120):
        if day in told:
            tell(store, day, told[day])
            sent[day] = opened(store, day + 0.1)
        purge(store, KEEPING, at_day(day + 0.2))
        alive = living(store)
        gone = {sent_on: day for sent_on, identity in sent.items() if identity not in alive} | gone
    with store.reading() as transaction:
        assert [limit.days for limit in told_limits(transaction)] == [100, 40, 120]
    assert gone == {0: 60, 20: 60}


@pytest.mark.slow
def test_a_limit_that_a_leapt_clock_dates_back_deletes_nothing_before_half_of_it_was_counted(store: Store) -> None:
    identity = opened(store, 0)
    run_days(store, range(100))
    tell(store, 1)  # the service was started under a clock that was 99 days late
    assert first_day_gone(store, identity, range(100, 145)) == 100 + LIMIT // 2


def test_a_limit_dated_in_the_future_holds_deleting_until_the_clock_is_accepted(store: Store) -> None:
    purge(store, KEEPING, at_day(0))
    tell(store, 400)
    with pytest.raises(ClockError, match="idle limit"):
        purge(store, KEEPING, at_day(1))
    assert store.write(lambda transaction: accept_clock(transaction, at_day(1))) == 1
    purge(store, KEEPING, at_day(2))


# --- what lies ahead ---


@pytest.mark.slow
@pytest.mark.parametrize("promise", [10, 55, 80])
def test_nothing_goes_while_a_promise_lies_ahead_nor_before_it_was_listed_after_that(
    store: Store, promise: int
) -> None:
    tell(store, 0)
    identity = opened(store, 0, promised_at=at_day(promise).wall)
    assert first_day_gone(store, identity, range(130)) == max(LIMIT, promise + LISTED)


def test_a_note_of_the_last_moment_keeps_it(store: Store) -> None:
    tell(store, 0)
    noted, other = opened(store, 0), opened(store, 0)
    run_days(store, range(LIMIT))
    happen(store, noted, LIMIT - 0.5)
    purge(store, KEEPING, at_day(LIMIT))
    assert living(store) == {noted}
    assert read_deletions(store.keys.deletions)[other].reason == "idle"
    assert read_deletions(store.keys.deletions)[other].is_by_age


@pytest.mark.parametrize("change", [{}, {"state": State.CLOSED, "ended_at": START}, {"state": State.RESTRICTED}])
def test_what_happens_between_the_count_and_the_erasing_keeps_it(store: Store, change: dict[str, object]) -> None:
    tell(store, 0)
    identity = opened(store, 0)
    purge(store, KEEPING, at_day(0))
    with store.reading() as transaction:
        assert still_waiting(transaction, [identity], IDLE) == [identity]
        assert still_waiting(transaction, [identity], CLOSED) == []
    happen(store, identity, 0 if change else 0.1, **change)
    with store.reading() as transaction:
        assert still_waiting(transaction, [identity], IDLE) == []


# --- putting it off ---


@pytest.mark.slow
def test_putting_it_off_needs_that_it_is_listed_says_who_and_why_and_is_asked_for_again(store: Store) -> None:
    tell(store, 0)
    identity = opened(store, 0)
    run_days(store, range(40))

    def put_off(shown: ListedIdle, day: float) -> None:
        store.write(
            lambda transaction: postpone(transaction, shown, "m" * 16, "A complaint is open.", at_day(day).wall)
        )

    (shown,) = listed(store, 31)
    with pytest.raises(ChangedMeanwhileError):
        put_off(shown, 29)
    with pytest.raises(ChangedMeanwhileError):
        put_off(replace(shown, revision=shown.revision + 1), 31)
    put_off(shown, 40)
    happen(store, identity, 40)  # that was written by the real clock
    with pytest.raises(ChangedMeanwhileError):
        put_off(shown, 41)
    with store.reading() as transaction:
        submission_now = open_submission(transaction, identity)
        (event,) = events(transaction, submission_now)
        actions = [row.action for row in transaction.connection.execute(select(audit).where(audit.c.actor == "m" * 16))]
    assert (event.kind, event.by, event.detail["text"]) == (POSTPONED, "m" * 16, "A complaint is open.")
    assert actions == [POSTPONED]
    assert listed(store, 69.9) == []
    (again,) = listed(store, 70.1)
    assert again.deleted_at == at_day(100).wall
    with store.reading() as transaction:
        told = find_listed(transaction, identity, at_day(71).wall)
    assert told is not None
    assert [one.detail["text"] for one in told.postponed] == ["A complaint is open."]
    assert first_day_gone(store, identity, range(40, 110)) == 100


# --- what somebody asked to have deleted ---


def restrict(store: Store, identity: str, day: float) -> None:
    with store.reading() as transaction:
        state = open_submission(transaction, identity).row.state
    wall = at_day(day).wall
    values = {"submission_id": identity, "asked_at": wall, "asked_by": "c" * 16, "identity": "words"}
    values |= {"restricted_at": wall, "state_before": state, "seconds_waited": 0}
    values |= {"seen_at": wall, "seen_boot": "a", "seen_uptime": at_day(day).uptime}
    store.write(lambda transaction: transaction.connection.execute(insert(deletion_request).values(values)))
    happen(store, identity, day, state=State.RESTRICTED)


ALIKE = RetentionPeriods(unopened_days=LIMIT, closed_days=LIMIT, idle_days=LIMIT)
COLUMNS: dict[str, dict[str, object]] = {
    "unopened": {"opened_at": None},
    "closed": {"state": State.CLOSED, "ended_at": START},
    "idle": {},
}


@pytest.mark.slow
@pytest.mark.parametrize("reason", COLUMNS)
def test_what_is_restricted_is_erased_by_its_own_path_and_by_no_age(store: Store, reason: str) -> None:
    tell(store, 0)
    identity = opened(store, 0, **COLUMNS[reason])
    for day in range(LIMIT):
        purge(store, ALIKE, at_day(day))
    restrict(store, identity, LIMIT)
    for day in range(LIMIT, LIMIT + 20):
        purge(store, ALIKE, at_day(day + 0.5))
        assert identity in living(store)
        assert listed(store, day) == []
    for day in range(4):
        reading = at_day(LIMIT + 20 + day)
        erase_requested(store, Instant(reading.wall, "a", reading.uptime))
    assert read_deletions(store.keys.deletions)[identity].reason == "requested"


@pytest.mark.slow
@pytest.mark.parametrize(("reason", "last_day"), [("unopened", 67), ("closed", 67), ("idle", 122)])
def test_where_a_request_is_lifted_time_goes_on_from_where_it_stood(store: Store, reason: str, last_day: int) -> None:
    """As if nothing had been asked; but to what is idle, lifting is something that happened."""
    tell(store, 0)
    identity, day = opened(store, 0, **COLUMNS[reason]), 0
    while identity in living(store) and day < 140:
        if day == LIMIT:
            restrict(store, identity, day - 0.1)
        if day == LIMIT + 2:
            store.write(lambda transaction: lift(transaction, identity, "c" * 16, "They did not ask."))
            happen(store, identity, day)  # that was written by the real clock
        purge(store, ALIKE, at_day(day))
        day += 1
    assert day - 1 == last_day
