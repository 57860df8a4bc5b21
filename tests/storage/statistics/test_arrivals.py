"""What became of all that came: what the database counts is what counting by hand gives, on both kinds of database."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import select, update

from screening.storage.accounts.staff import Role, add_staff
from screening.storage.audit.log import SERVICE
from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import audit, submission
from screening.storage.statistics.arrivals import (
    DayLoad,
    Fate,
    Overdue,
    by_day,
    by_fate,
    by_week,
    read_arrivals,
    read_endings,
    read_hours,
    read_overdue,
)
from screening.storage.statistics.calls import ANSWERED, NOT_ANSWERED, Calls, by_hour, by_weekday, read_calls
from screening.storage.statistics.period import Period, monday
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.record.records import State
from tests.support.stores import share, with_step

AT = datetime(2026, 11, 4, 10, 30, tzinfo=UTC)
"""A Wednesday after clocks were set back in Berlin."""
ZONES = (ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"))
DAY = timedelta(days=1)


def spread(store: Store, seed: int, number: int = 30) -> list[SubmissionRow]:
    """Submissions of some weeks, each with times and a state by chance."""
    chosen = random.Random(seed)
    for identity in [share(store).id for _ in range(number)]:
        received = AT - chosen.uniform(0, 50) * DAY
        contacted = received + chosen.expovariate(1 / 3) * DAY if chosen.random() < 0.6 else None
        ended = received + chosen.uniform(0, 20) * DAY if chosen.random() < 0.4 else None
        contacted, ended = (moment if moment and moment < AT else None for moment in (contacted, ended))
        if contacted and ended and ended < contacted:
            contacted = None
        state = chosen.choice([State.CLOSED, State.ERASED]) if ended else chosen.choice([State.NEW, State.RESTRICTED])
        values = {
            "received_at": received,
            "contacted_at": contacted,
            "ended_at": ended,
            "promised_at": received + 3 * DAY,
            "state": state,
            "reason": chosen.choice(["answered", "no_answer"]) if ended else None,
        }
        change = update(submission).where(submission.c.id == identity).values(with_step(values))
        store.write(lambda transaction, change=change: transaction.connection.execute(change))  # type: ignore[misc]
    with store.reading() as transaction:
        return fetch_all(transaction.connection, SubmissionRow, select(submission))


def fate_of(row: SubmissionRow) -> Fate:
    if row.contacted_at:
        return Fate.AS_PROMISED if row.contacted_at <= row.promised_at else Fate.LATER
    if row.ended_at or row.state == State.RESTRICTED:
        return Fate.ENDED
    return Fate.OVERDUE if row.promised_at < AT else Fate.IN_TIME


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_what_the_database_counts_is_what_counting_by_hand_gives(store: Store, zone: ZoneInfo) -> None:
    rows, period = spread(store, 1), Period(4, AT, zone)
    with store.reading() as transaction:
        arrivals = read_arrivals(transaction, period)
        waits = read_hours(transaction, period, 100)
        endings = read_endings(transaction, period)
        overdue = read_overdue(transaction, AT)
    sent = [row for row in rows if row.received_at >= period.since]
    assert 5 < len(sent) < len(rows)
    assert by_fate(arrivals) == {fate: sum(fate_of(row) is fate for row in sent) for fate in Fate}
    for week, fates in by_week(arrivals, period).items():
        of_week = [row for row in sent if monday(row.received_at.astimezone(zone).date()) == week]
        assert fates == {fate: sum(fate_of(row) is fate for row in of_week) for fate in Fate}
    assert by_day(arrivals, period) == {day: load_by_hand(rows, day, zone) for day in period.days}
    assert waits == Counter(wait_by_hand(row, 100) for row in sent)
    assert endings == Counter((row.state, row.reason) for row in sent if row.ended_at)
    late = [row for row in rows if fate_of(row) is Fate.OVERDUE]
    assert overdue == Overdue(len(late), len(late), min(row.promised_at for row in late))


def load_by_hand(rows: list[SubmissionRow], day: date, zone: ZoneInfo) -> DayLoad:
    def local(moment: datetime) -> date:
        return moment.astimezone(zone).date()

    left = [row.contacted_at or row.ended_at for row in rows if local(row.received_at) <= day]
    came = sum(local(row.received_at) == day for row in rows)
    return DayLoad(came, sum(moment is None or local(moment) > day for moment in left))


def wait_by_hand(row: SubmissionRow, most: int) -> tuple[int, bool]:
    seconds = ((row.contacted_at or AT).replace(microsecond=0) - row.received_at.replace(microsecond=0)).total_seconds()
    hours = -int(-seconds // 3600)
    return (most + 1, False) if hours > most else (hours, row.contacted_at is not None)


def test_what_is_overdue_is_counted_whenever_it_came_with_how_many_nobody_has(store: Store) -> None:
    identities = [share(store).id for _ in range(3)]
    past = update(submission).values(promised_at=AT - 2 * DAY, received_at=AT - 90 * DAY)
    who = store.write(lambda transaction: add_staff(transaction, SERVICE, ("A", Role.CLINICIAN), "x", invited=False))
    taken = update(submission).where(submission.c.id == identities[0]).values(assignee_id=who)
    for change in (past, taken):
        store.write(lambda transaction, change=change: transaction.connection.execute(change))  # type: ignore[misc]
    with store.reading() as transaction:
        assert sum(by_fate(read_arrivals(transaction, Period(4, AT))).values()) == 0
        assert read_overdue(transaction, AT) == Overdue(3, 2, AT - 2 * DAY)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_is_counted_of_submissions_is_read_out_of_an_index_alone(store: Store) -> None:
    """Without it every query reads all that is sealed. How PostgreSQL goes about it depends on how much there is."""
    statements = list[tuple[str, Any]]()

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        statements.append((statement, values))

    sqlalchemy_event.listen(store.database.engine, "before_cursor_execute", note)
    with store.reading() as transaction:
        period = Period(4, AT)
        read_arrivals(transaction, period)
        read_hours(transaction, period, 100)
        read_endings(transaction, period)
        read_overdue(transaction, AT)
        sqlalchemy_event.remove(store.database.engine, "before_cursor_execute", note)
        counting = [pair for pair in statements if "FROM submission" in pair[0]]
        assert len(counting) == 6
        for statement, values in counting:
            plan = transaction.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            assert "COVERING INDEX ix_submission_overview" in str(plan), statement


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_calls_are_counted_by_the_hours_of_the_clinics_clock(store: Store, zone: ZoneInfo) -> None:
    chosen, entries = random.Random(2), list[dict[str, Any]]()
    actions = [*sorted(ANSWERED | NOT_ANSWERED), "opened", "noted"]
    for number in range(1, 301):
        at = AT - 45 * DAY + number * 45 * DAY / 300
        subject, action = f"s{chosen.randrange(4)}", chosen.choice(actions)
        entries.append({"number": number, "at": at, "actor": "a", "action": action, "subject": subject})

    def write(transaction: StoreTransaction) -> None:
        transaction.connection.execute(audit.delete())
        transaction.connection.execute(audit.insert(), [{**entry, "chained": bytes(32)} for entry in entries])

    store.write(write)
    period = Period(4, AT, zone)
    with store.reading() as transaction:
        calls = read_calls(transaction, period)
    expected = dict[int, Calls]()
    heard = dict[tuple[str, datetime], bool]()
    for entry in entries:
        if entry["at"] >= period.since and entry["action"] in ANSWERED | NOT_ANSWERED:
            hour = entry["at"].astimezone(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
            key = (entry["subject"], hour)
            heard[key] = heard.get(key, False) or entry["action"] in ANSWERED
    for (_, hour), answered in heard.items():
        of_week = hour.weekday() * 24 + hour.hour
        expected[of_week] = expected.get(of_week, Calls()) + Calls(1, int(answered))
    assert calls == expected
    assert sum(one.tried for one in by_hour(calls).values()) == len(heard)
    assert sum(one.answered for one in by_weekday(calls).values()) == sum(heard.values())
