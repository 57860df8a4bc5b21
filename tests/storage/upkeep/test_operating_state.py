"""What operators watch of the store: on each kind of database, and as it changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from screening.config.notifications import NoticeEvent
from screening.config.pace import Pace
from screening.storage.database.clock import now
from screening.storage.database.schema import daily_run, submission
from screening.storage.store import Store
from screening.storage.submissions.notices.outbox_counts import NoticeCount
from screening.storage.submissions.person.pace import take_turn
from screening.storage.upkeep.last_backup import backed_up_at, note_backup
from screening.storage.upkeep.operating_state import OperatingState, operating_state
from tests.support.stores import draft, new_token, share

pytestmark = pytest.mark.clock


def state_of(store: Store) -> OperatingState:
    with store.reading() as transaction:
        return operating_state(transaction)


def test_a_new_store_has_nothing_to_tell(store: Store) -> None:
    quiet = dict.fromkeys(NoticeEvent, NoticeCount())
    assert state_of(store) == OperatingState(quiet, 0, False, False, None, 0)


def test_promises_that_passed_are_counted_until_the_person_is_reached(store: Store) -> None:
    past, ahead = now() - timedelta(hours=1), now() + timedelta(days=1)
    identities = [share(store, draft(promised_at=moment)).id for moment in (past, past, ahead)]
    assert state_of(store).passed_promises == 2
    reached = update(submission).where(submission.c.id == identities[0]).values(contacted_at=now())
    store.write(lambda transaction: transaction.connection.execute(reached))
    assert state_of(store).passed_promises == 1


def test_the_last_backup_is_known_by_every_host(store: Store) -> None:
    for _ in range(2):
        store.write(note_backup)
    with store.reading() as transaction:
        moment = backed_up_at(transaction)
    assert moment is not None
    assert timedelta() <= now() - moment < timedelta(minutes=10)


def test_turns_of_this_hour_are_counted(store: Store) -> None:
    moment = now()
    store.write(lambda transaction: take_turn(transaction, Pace(), "203.0.113.7", new_token(), moment))
    assert state_of(store).turns_this_hour in (0, 1)  # 0 where an hour of the clock just began


def test_a_clock_that_is_wrong_is_told(store: Store) -> None:
    ahead = now() + timedelta(days=30)
    run = {"number": 1, "wall": ahead, "database_wall": ahead, "boot_id": "another", "uptime": 5}
    store.write(lambda transaction: transaction.connection.execute(insert(daily_run).values(run)))
    told = state_of(store)
    assert told.clock_disagrees
    assert told.deletion_held
