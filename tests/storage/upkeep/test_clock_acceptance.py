"""What a clock that had leapt wrote: an operator mends it, or it does no harm; and nothing ends by such a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Column, select, update

from screening.storage.accounts.throttling import Patience, count_attempt, wait_of
from screening.storage.database.clock import ClockError, now
from screening.storage.database.columns import Moment
from screening.storage.database.running_time import Instant
from screening.storage.database.schema import metadata, submission
from screening.storage.keys.audit_mark import read_mark
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import Asking, Identity, ask
from screening.storage.submissions.person.amendments import withdraw
from screening.storage.submissions.record.events import add_event, events
from screening.storage.submissions.record.records import State, Step, change, find, open_submission, row_of
from screening.storage.upkeep.clock_acceptance import AHEAD, MENDED, accept_clock
from screening.storage.upkeep.daily_runs import ClockReading, reason_to_hold
from screening.storage.upkeep.last_backup import backed_up_at, note_backup
from screening.storage.upkeep.not_reached import close_not_reached
from screening.storage.upkeep.purging import RetentionPeriods, purge
from screening.storage.upkeep.requested_deletions import PHRASE_KEPT, erase_requested
from tests.support.stores import draft, share

pytestmark = pytest.mark.clock

KEEPING = RetentionPeriods(unopened_days=30, closed_days=90, idle_days=180)
LEAP = timedelta(days=400)
HARMLESS = {
    "audit.at": "chained, so that nobody changes it",
    "staff.created_at": "tells only when",
    "staff.invited_until": "an invitation that would last longer than any is none",
    "api_key.created_at": "sealed; tells only when",
    "api_key.expires_at": "sealed; a key is revoked by its name",
    "api_key.revoked_at": "whenever it is, the key is revoked",
    "recovery_code.used_at": "whenever it is, the code is used",
    "saved_filter.saved_at": "an order alone",
    "staff_session.began_at": "a session of the future is none",
    "staff_session.seen_at": "a session of the future is none",
    "throttle.failed_at": "a failure of the future counts for nothing",
    "throttle.blocked_until": "a failure of the future counts for nothing",
    "pace.at": "a turn of the future counts for nothing",
    "pace.changed_at": "a turn of the future counts for nothing",
    "outbox.due_at": "what lies too far ahead is due",
    "told_promise.promised_at": "a promise that has not passed was not told",
    "heartbeat.at": "written anew every few seconds",
    "last_backup.at": "a backup of the future is none that is known of",
    "rule_text.kept_at": "tells only when",
}
"""Times that nobody mends, with what keeps them from harm."""


def reading(days: float = 0, boot: str = "a") -> ClockReading:
    """What the clocks say so many days from now."""
    return ClockReading(now() + timedelta(days=days), boot, int((1 + days) * 86400), now() + timedelta(days=days))


def moments() -> list[Column[object]]:
    return [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Moment)]


def leap(transaction: StoreTransaction) -> None:
    """As if all that is stored, but the audit and the runs, had been written by a clock that was far ahead."""
    for column in moments():
        if column.table.name not in ("audit", "daily_run", "key_state"):
            rows = transaction.connection.execute(select(*column.table.primary_key, column).where(column.is_not(None)))
            for *key, moment in rows.all():
                same = [each == value for each, value in zip(column.table.primary_key, key, strict=True)]
                ahead = update(column.table).where(*same).values({column.name: moment + LEAP})
                transaction.connection.execute(ahead)


def take_down(transaction: StoreTransaction, identity: str, at: Instant) -> None:
    ask(transaction, open_submission(transaction, identity), Asking("siti", Identity.WORDS, at.wall), at)


def test_every_time_that_is_stored_is_mended_or_does_no_harm() -> None:
    mended = {str(column) for column in (*MENDED, *(ahead for ahead, _ in AHEAD))}
    assert {str(column) for column in moments()} == mended | HARMLESS.keys()
    assert not mended & HARMLESS.keys()


def test_who_sent_and_who_asked_under_a_leap_waits_no_longer_than_others(store: Store) -> None:
    purge(store, KEEPING, reading())
    phone = draft(contact={"channel": "phone", "reach": "+60123456789"})
    sent, deleted = share(store, phone).id, share(store, replace(phone, reach="+60123456780")).id
    store.write(partial(take_down, identity=deleted, at=Instant(now(), "a", 86400)))
    store.write(leap)
    with store.reading() as transaction:
        assert reason_to_hold(transaction, reading())
    at = reading(0.5)
    store.write(lambda transaction: accept_clock(transaction, at))
    with store.reading() as transaction:
        row = row_of(transaction, sent)
        assert not reason_to_hold(transaction, at)
        limit = at.wall + timedelta(days=1)
        for column in MENDED:
            assert not transaction.connection.execute(select(column).where(column > limit)).all(), column
    assert row is not None
    assert timedelta(days=2.9) < row.promised_at - at.wall < timedelta(days=3.1)
    assert row.due_at == row.promised_at
    looks = [Instant(at.wall + timedelta(hours=hours), "a", at.uptime + hours * 3600) for hours in (24, 48, 71, 73)]
    assert [erase_requested(store, look).erased for look in looks] == [0, 0, 0, 1]


def test_what_was_changed_since_still_gets_the_time_that_it_was_promised(store: Store) -> None:
    identity = share(store).id
    store.write(leap)
    store.write(lambda transaction: change(transaction, open_submission(transaction, identity), opened_at=now()))
    store.write(lambda transaction: accept_clock(transaction, reading()))
    with store.reading() as transaction:
        row = row_of(transaction, identity)
    assert row is not None
    assert row.due_at == row.promised_at < now() + timedelta(days=3.1)


def test_the_latest_call_is_the_one_that_was_written_last(store: Store) -> None:
    identity = share(store).id

    def write(transaction: StoreTransaction, kind: str) -> None:
        opened = open_submission(transaction, identity)
        change(transaction, opened)
        add_event(transaction, opened, kind, {})

    store.write(partial(write, kind="dialled"))
    store.write(leap)
    store.write(partial(write, kind="reach_changed"))
    with store.reading() as transaction:
        found = events(transaction, open_submission(transaction, identity))
    assert [event.kind for event in found][:2] == ["reach_changed", "dialled"]


def test_nobody_waits_for_an_attempt_of_the_future(store: Store) -> None:
    patience = Patience(free=1)
    for _ in range(4):
        store.write(lambda transaction: count_attempt(transaction, "sign-in", "mei", patience))
    with store.reading() as transaction:
        assert wait_of(transaction, "sign-in", "mei", patience)
    store.write(leap)
    with store.reading() as transaction:
        assert wait_of(transaction, "sign-in", "mei", patience) == 0
    assert store.write(lambda transaction: count_attempt(transaction, "sign-in", "mei", patience)) == 0
    with store.reading() as transaction:
        assert wait_of(transaction, "sign-in", "mei", patience) == 0


def test_a_backup_of_the_future_is_none(store: Store) -> None:
    store.write(note_backup)
    with store.reading() as transaction:
        assert backed_up_at(transaction)
    store.write(leap)
    with store.reading() as transaction:
        assert backed_up_at(transaction) is None


@pytest.mark.parametrize("days", [34, 400])
def test_a_clock_that_leapt_closes_nothing(store: Store, days: int) -> None:
    identity = share(store).id
    wait: dict[str, Any] = {"state": State.TRIED, "step": Step.WAIT, "tries": 3, "due_at": now() + timedelta(days=14)}
    store.write(lambda transaction: change(transaction, open_submission(transaction, identity), **wait))
    purge(store, KEEPING, reading())
    for boot in ("a", "another"):
        leapt = replace(reading(boot=boot), wall=now() + timedelta(days=days), database_wall=now())
        with pytest.raises(ClockError, match="nothing is closed"):
            close_not_reached(store, leapt)
    assert close_not_reached(store, reading(1)) == 0
    with store.reading() as transaction:
        assert open_submission(transaction, identity).row.state == State.TRIED


def test_right_words_lead_to_the_tombstone_for_ninety_days_and_not_by_a_leap(store: Store) -> None:
    receipt = share(store)
    store.write(lambda transaction: withdraw(transaction, receipt.id))
    mark = read_mark(store.keys.mark)
    assert mark

    def leads_to(secret: bytes) -> str | None:
        with store.reading() as transaction:
            return find(transaction, receipt.code, secret)

    days = PHRASE_KEPT.days
    purge(store, KEEPING, reading())
    leapt = replace(reading(), wall=now() + timedelta(days=days + 1))
    with pytest.raises(ClockError):
        purge(store, KEEPING, leapt)
    erase_requested(store, Instant(leapt.wall, "a", leapt.uptime))
    assert leads_to(receipt.secret) == receipt.id
    assert leads_to(bytes(10)) is None
    store.write(partial(accept_clock, reading=reading(days - 1)))
    purge(store, KEEPING, reading(days - 0.5))
    assert leads_to(receipt.secret) == receipt.id
    purge(store, KEEPING, reading(days + 1))
    assert leads_to(receipt.secret) is None
    with store.reading() as transaction:
        left = transaction.connection.execute(select(submission.c.secret_hash).where(submission.c.id == receipt.id))
        assert left.scalar_one() is None
