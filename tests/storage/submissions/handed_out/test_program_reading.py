"""Programs read what their people agreed to, are named for it, and move no time by it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from screening.storage.database.clock import now
from screening.storage.database.schema import audit, key_state, program_reading, submission
from screening.storage.store import Store
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.deletion.told_limits import note_told_limit
from screening.storage.submissions.handed_out.program_reading import (
    list_for_program,
    program_readings,
    read_for_program,
)
from screening.storage.submissions.record.records import State, open_submission
from screening.storage.upkeep.purging import RetentionPeriods, purge
from tests.storage.upkeep.test_daily_runs import START, at_day, living
from tests.support.stores import draft, share

pytestmark = pytest.mark.clock

PROGRAM = "key:records"
TOLD = {"channel": "phone", "consents": [{"id": "read", "text": "read, by programs too", "programs": True}]}
NOT_TOLD = {"channel": "phone", "consents": [{"id": "read", "text": "read"}]}
KEEPING = RetentionPeriods(unopened_days=12, closed_days=60, idle_days=40)


def sent(store: Store, contact: dict[str, Any], **columns: Any) -> str:
    """A submission of somebody who was told that much."""
    identity = share(store, draft(contact=contact)).id
    if columns:
        statement = update(submission).where(submission.c.id == identity).values(columns)
        store.write(lambda transaction: transaction.connection.execute(statement))
    return identity


def code_of(store: Store, identity: str) -> str:
    with store.reading() as transaction:
        return open_submission(transaction, identity).code


def read(store: Store, identity: str) -> bool:
    code = code_of(store, identity)
    return store.write(lambda transaction: read_for_program(transaction, PROGRAM, code)) is not None


def listed(store: Store, after: str = "", most: int = 50) -> list[str]:
    rows = store.write(partial(list_for_program, actor=PROGRAM, after=after, most=most))
    assert rows is not None
    return [row.code for row in rows]


def test_what_was_sent_without_a_word_of_programs_is_neither_listed_nor_read(store: Store) -> None:
    told = sent(store, TOLD)
    not_told = sent(store, NOT_TOLD)
    assert listed(store) == [code_of(store, told)]
    assert read(store, told)
    assert not read(store, not_told)


def test_a_list_is_whole_however_many_between_did_not_agree(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.storage.submissions.handed_out.program_reading._AT_ONCE", 5)
    random = Random(7)
    times = sorted(now() - timedelta(minutes=random.randrange(10_000)) for _ in range(56))
    everyone = [(sent(store, TOLD if random.random() < 0.3 else NOT_TOLD, received_at=at), at) for at in times]
    with store.reading() as transaction:
        opened = [(open_submission(transaction, identity), at) for identity, at in everyone]
    agreed = [one.code for one, _ in opened if one.contact == TOLD]
    found: list[str] = []
    while more := listed(store, found[-1] if found else "", 7):
        assert len(more) <= 7
        found += more
    assert sorted(found) == sorted(agreed)
    assert len(found) == len(set(found))


def test_each_reading_is_counted_beside_the_submission_and_goes_with_it(store: Store) -> None:
    identity = sent(store, TOLD)
    read(store, identity)
    listed(store)
    with store.reading() as transaction:
        (reading,) = program_readings(transaction, identity)
    assert (reading.actor, reading.times) == (PROGRAM, 2)
    assert reading.first_at <= reading.last_at
    store.write(lambda transaction: erase(transaction, identity, (State.ERASED, "asked")))
    with store.reading() as transaction:
        assert transaction.connection.execute(select(program_reading)).all() == []


@pytest.mark.parametrize("is_opened", [False, True])
def test_being_read_moves_neither_the_unopened_limit_nor_the_idle_time(store: Store, is_opened: bool) -> None:
    early = [update(key_state).values(changed_at=START), update(audit).values(at=START)]
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])
    store.write(lambda transaction: note_told_limit(transaction, KEEPING.idle_days, at_day(0).wall))
    began = at_day(0).wall
    columns: dict[str, Any] = {"received_at": began, "changed_at": began, "promised_at": began - timedelta(days=90)}
    columns |= {"due_at": began - timedelta(days=90), "opened_at": began if is_opened else None}
    alone, visited = (sent(store, TOLD, **columns) for _ in range(2))
    store.write(lambda transaction: transaction.connection.execute(update(audit).values(at=START)))
    with store.reading() as transaction:
        before = transaction.connection.execute(select(submission).where(submission.c.id == visited)).one()
    gone: dict[str, int] = {}
    for day in range(60):
        if visited not in gone and not day % 6:
            read(store, visited)
            listed(store)
            with store.reading() as transaction:
                query = select(submission).where(submission.c.id == visited)
                assert transaction.connection.execute(query).one() == before
            store.write(lambda transaction: transaction.connection.execute(update(audit).values(at=START)))
        purge(store, KEEPING, at_day(day))
        for identity in {alone, visited} - living(store) - gone.keys():
            gone[identity] = day
    assert gone[alone] == gone[visited]
    limit = KEEPING.idle_days if is_opened else KEEPING.unopened_days
    assert limit <= gone[visited] <= limit + 7
