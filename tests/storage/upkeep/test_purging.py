"""What has been kept for long enough is gone without a trace; nothing else is; a wrong clock deletes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from screening.storage.database.account_tables import staff, staff_session, throttle
from screening.storage.database.clock import now
from screening.storage.database.deletion_list import read_deletions
from screening.storage.database.schema import audit, retention, submission
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import State, open_submission
from screening.storage.upkeep.purging import BATCH, RetentionPeriods, TooManyError, purge
from tests.support.stores import share, with_step

pytestmark = pytest.mark.clock

KEEPING = RetentionPeriods(unopened_days=30, closed_days=90, idle_days=180)


def ago(**time: int) -> Any:
    return now() - timedelta(**time)


def shared(store: Store, **columns: object) -> str:
    """A submission with these columns."""
    identity = share(store).id
    if columns:
        statement = update(submission).where(submission.c.id == identity).values(with_step(columns))
        store.write(lambda transaction: transaction.connection.execute(statement))
    return identity


def let_days_pass(store: Store) -> None:
    """As if what is stored now had waited, announced, for as many counted runs as any limit asks."""
    purge(store, KEEPING)
    early = (update(retention).values(first_run=-99, announced_run=-99),)
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in early])


def is_there(store: Store, identity: str) -> bool:
    try:
        with store.reading() as transaction:
            open_submission(transaction, identity)
    except GoneError:
        return False
    return True


OPENED = {"received_at": ago(days=300), "opened_at": ago(days=299)}


@pytest.mark.parametrize(
    ("columns", "stays"),
    [
        ({"received_at": ago(days=29, hours=23)}, True),
        ({"received_at": ago(days=30, minutes=1)}, False),
        ({**OPENED, "state": State.IN_CONTACT}, True),
        ({**OPENED, "state": State.CLOSED, "ended_at": ago(days=89)}, True),
        ({**OPENED, "state": State.CLOSED, "ended_at": ago(days=91)}, False),
        ({**OPENED, "state": State.NEW, "ended_at": ago(days=91)}, True),
    ],
)
def test_days_are_counted_from_their_own_beginning(store: Store, columns: dict[str, object], stays: bool) -> None:
    identity = shared(store, **columns)
    let_days_pass(store)
    purged = purge(store, KEEPING)
    assert is_there(store, identity) is stays
    assert purged.unopened + purged.closed == (not stays)
    assert (identity in read_deletions(store.keys.deletions)) is not stays


def test_all_that_is_overdue_goes_at_once_and_only_once(store: Store) -> None:
    for _ in range(BATCH + 1):
        shared(store, received_at=ago(days=31))
    let_days_pass(store)
    with pytest.raises(TooManyError, match=f"--delete {BATCH + 1}"):
        purge(store, KEEPING)
    with pytest.raises(TooManyError, match="not 3; nothing is deleted"):
        purge(store, KEEPING, confirmed=3)
    assert purge(store, KEEPING, confirmed=BATCH + 1).unopened == BATCH + 1
    assert purge(store, KEEPING).unopened == 0
    with store.reading() as transaction:
        rows = transaction.connection.execute(select(submission)).all()
        actions = [row.action for row in transaction.connection.execute(select(audit))]
    assert {(row.state, row.reason) for row in rows} == {(State.ERASED, "unopened")}
    assert actions.count("erased") == BATCH + 1
    assert actions.count("purged") == 3


def test_a_wrapped_key_that_was_destroyed_lies_nowhere_in_the_files_of_sqlite(store: Store) -> None:
    identity = shared(store, received_at=ago(days=31))
    with store.reading() as transaction:
        row = transaction.connection.execute(select(submission).where(submission.c.id == identity)).one()
    let_days_pass(store)
    purge(store, KEEPING)
    if store.database.is_sqlite:
        files = [path for path in store.database.file.parent.iterdir() if path.name.startswith("screening.db")]
        assert len(files) > 1
        for file in files:
            content = file.read_bytes()
            assert row.data_key_wrapped not in content
            assert row.contact_sealed[20:60] not in content


def test_spent_sessions_and_throttles_go_and_others_stay(store: Store) -> None:
    person = {"id": "a" * 16, "name": "A", "role": "coordinator", "active": True, "password_hash": "x"}

    def fill(transaction: StoreTransaction) -> None:
        transaction.connection.execute(insert(staff).values(**person, totp_confirmed=False, created_at=now()))
        for number, seen in enumerate((ago(days=3), ago(hours=1))):
            values = {"hash": bytes([number]) * 32, "staff_id": person["id"], "stage": "signed_in"}
            transaction.connection.execute(insert(staff_session).values(**values, began_at=seen, seen_at=seen))
        for number, (failed, until) in enumerate(
            [(ago(days=3), None), (ago(days=3), ago(days=-1)), (ago(hours=1), None), (ago(days=4), ago(days=3))]
        ):
            values = {"hash": bytes([number]) * 32, "failures": 5, "failed_at": failed, "blocked_until": until}
            transaction.connection.execute(insert(throttle).values(values))

    store.write(fill)
    purge(store, KEEPING)
    with store.reading() as transaction:
        assert [row.hash[0] for row in transaction.connection.execute(select(staff_session))] == [1]
        assert {row.hash[0] for row in transaction.connection.execute(select(throttle))} == {1, 2}
