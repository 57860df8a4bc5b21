"""What happens to a submission is queued for every recipient, once, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from screening.config.notifications import NoticeEvent, NoticePlan, Recipient
from screening.storage.database.clock import now
from screening.storage.database.rows import OutboxRow, fetch_all
from screening.storage.database.schema import audit, outbox, retention, submission, told_promise
from screening.storage.store import Store
from screening.storage.submissions.deletion.deletion_requests import Asking, Identity, ask
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.notices.outbox import (
    DeliveryFailure,
    Notice,
    claim,
    drop_unnamed,
    notice_code,
    put_off,
)
from screening.storage.submissions.notices.outbox_counts import NoticeCount, failing_notices, outbox_counts
from screening.storage.submissions.notices.promises import queue_passed_promises
from screening.storage.submissions.person.amendments import change_reach, send, send_again, withdraw
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import State, open_submission
from screening.storage.upkeep.key_rotation import rotate_keys
from screening.storage.upkeep.purging import RetentionPeriods, purge
from tests.support.stores import draft, new_token, share, with_step

ANN, BOB, HOOK = (
    Recipient("email", "ann@clinic.example"),
    Recipient("email", "bob@clinic.example"),
    Recipient("webhook"),
)
ALL = (ANN, BOB, HOOK)
OTHER = draft(assessment=replace(draft().assessment, input={"answers": {"age": "61"}}))


@pytest.fixture
def told(store: Store) -> Store:
    """A store of which three are told everything."""
    return replace(store, notices=NoticePlan(ALL, frozenset(NoticeEvent)))


def rows(store: Store) -> list[OutboxRow]:
    with store.reading() as transaction:
        return fetch_all(transaction.connection, OutboxRow, select(outbox).order_by(outbox.c.made_at, outbox.c.id))


def queued(store: Store) -> dict[str, int]:
    """By event, to how many; it must be the same recipients for each."""
    counts: dict[str, int] = {}
    for row in rows(store):
        counts[row.kind] = counts.get(row.kind, 0) + 1
    return counts


def late(store: Store, *ids: str) -> None:
    """Their promise was of yesterday."""
    passed = update(submission).where(submission.c.id.in_(ids)).values(promised_at=now() - timedelta(days=1))
    store.write(lambda transaction: transaction.connection.execute(passed))


def claimed(store: Store, recipients: Iterable[Recipient] = ALL) -> Notice:
    notice = store.write(lambda transaction: claim(transaction, tuple(recipients)))
    assert notice is not None
    return notice


def test_sending_and_changing_are_queued_for_each_recipient(told: Store) -> None:
    token = new_token()
    receipt = told.write(lambda transaction: send(transaction, token, draft()))
    assert queued(told) == {"shared": 3}
    assert {Recipient(row.channel, row.recipient) for row in rows(told)} == set(ALL)
    told.write(lambda transaction: send(transaction, token, draft()))
    assert queued(told) == {"shared": 3}
    told.write(lambda transaction: send(transaction, token, OTHER))
    assert queued(told) == {"shared": 3, "changed": 3}
    assert not told.write(lambda transaction: send_again(transaction, receipt.id, OTHER))
    assert queued(told) == {"shared": 3, "changed": 3}
    reach = {"channel": "email", "reach": "a@home.example", "language": "en"}
    told.write(lambda t: change_reach(t, open_submission(t, receipt.id), reach, "evening"))
    assert queued(told) == {"shared": 3, "changed": 6}


def test_only_events_that_the_clinic_chose_are_queued(told: Store) -> None:
    chosen = replace(told, notices=NoticePlan(ALL, frozenset({NoticeEvent.WITHDRAWN})))
    identity = share(chosen).id
    late(chosen, identity)
    assert queue_passed_promises(chosen) == 0
    assert queued(chosen) == {}
    chosen.write(lambda transaction: withdraw(transaction, identity))
    assert queued(chosen) == {"withdrawn": 3}


def test_what_is_not_written_is_not_told(told: Store) -> None:
    def work_that_fails(transaction: object) -> None:
        withdraw(transaction, identity)  # type: ignore[arg-type]
        raise RuntimeError

    identity = share(told).id
    with pytest.raises(RuntimeError):
        told.write(work_that_fails)
    assert queued(told) == {"shared": 3}


@pytest.mark.parametrize("rotated", [False, True])
def test_of_what_was_taken_back_only_that_is_told_by_its_code_which_stands_nowhere_plain(
    told: Store, *, rotated: bool
) -> None:
    receipt = share(told)
    assert told.write(lambda transaction: withdraw(transaction, receipt.id))
    assert not told.write(lambda transaction: withdraw(transaction, receipt.id))
    assert queued(told) == {"withdrawn": 3}
    assert receipt.code.encode() not in b"".join(row.code_sealed or b"" for row in rows(told))
    if rotated:
        list(rotate_keys(told))
    notice = claimed(told)
    with told.reading() as transaction:
        assert notice_code(transaction, notice) == receipt.code


def test_a_notice_that_is_being_sent_while_all_is_taken_back_is_about_nothing(told: Store) -> None:
    receipt = share(told)
    notice = claimed(told)
    told.write(lambda transaction: withdraw(transaction, receipt.id))
    with told.reading() as transaction, pytest.raises(GoneError):
        notice_code(transaction, notice)


def test_a_notice_about_what_somebody_asked_to_delete_is_about_nothing(told: Store) -> None:
    receipt = share(told)
    asking = Asking("siti", Identity.CALL_BACK, now())
    told.write(lambda transaction: ask(transaction, open_submission(transaction, receipt.id), asking))
    notice = claimed(told)
    with told.reading() as transaction, pytest.raises(GoneError):
        notice_code(transaction, notice)


def test_what_nobody_can_read_is_deleted_and_told_without_its_code(told: Store) -> None:
    receipt = share(told)
    damage = update(submission).where(submission.c.id == receipt.id).values(row_sealed=b"\x01" + bytes(60))
    told.write(lambda transaction: transaction.connection.execute(damage))
    assert told.write(lambda transaction: erase(transaction, receipt.id, (State.ERASED, "closed")))
    notice = claimed(told)
    with told.reading() as transaction:
        assert notice_code(transaction, notice) == ""


def test_what_is_deleted_by_age_is_told_too(told: Store) -> None:
    identity = share(told).id
    old = update(submission).where(submission.c.id == identity).values(received_at=now() - timedelta(days=31))
    told.write(lambda transaction: transaction.connection.execute(old))
    purge(told, RetentionPeriods(30, 90, 180))
    announced_long_ago = update(retention).values(first_run=-99, announced_run=-99)
    told.write(lambda transaction: transaction.connection.execute(announced_long_ago))
    purge(told, RetentionPeriods(30, 90, 180))
    assert queued(told) == {"withdrawn": 3}


# --- promises ---


def test_a_promise_that_passed_is_queued_once_and_a_new_one_again(told: Store) -> None:
    identity = share(told).id
    assert queue_passed_promises(told) == 0
    late(told, identity)
    assert queue_passed_promises(told) == 1
    assert queue_passed_promises(told) == 0
    assert queued(told) == {"shared": 3, "promise_passed": 3}
    newer = update(submission).where(submission.c.id == identity).values(promised_at=now() - timedelta(hours=1))
    told.write(lambda transaction: transaction.connection.execute(newer))
    assert queue_passed_promises(told) == 1
    assert queued(told)["promise_passed"] == 6


def test_a_promise_of_which_a_clock_that_leapt_told_too_early_is_told_again_once_it_passed(told: Store) -> None:
    late(told, share(told).id)
    queue_passed_promises(told)
    for days, number in ((3, 0), (-1, 1)):  # the promise that was told lies ahead in truth; then it passes
        same = [update(table).values(promised_at=now() + timedelta(days=days)) for table in (submission, told_promise)]
        told.write(lambda transaction, same=same: [transaction.connection.execute(each) for each in same])  # type: ignore[misc]
        assert queue_passed_promises(told) == number


@pytest.mark.slow
@pytest.mark.parametrize(
    "kept",
    [{"contacted_at": now()}, {"state": State.CLOSED, "ended_at": now()}, {"promised_at": now() + timedelta(hours=1)}],
)
def test_a_promise_that_was_kept_closed_or_lies_ahead_is_none(told: Store, kept: dict[str, object]) -> None:
    identity = share(told).id
    late(told, identity)
    change = update(submission).where(submission.c.id == identity).values(with_step(kept))
    told.write(lambda transaction: transaction.connection.execute(change))
    assert queue_passed_promises(told) == 0


def test_several_that_look_for_passed_promises_at_once_queue_each_once(told: Store) -> None:
    late(told, *(share(told).id for _ in range(5)))
    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(queue_passed_promises, [told] * 4)) == 5
    assert queued(told) == {"shared": 15, "promise_passed": 15}


def test_nothing_is_left_of_a_promise_when_all_is_taken_back(told: Store) -> None:
    identity = share(told).id
    late(told, identity)
    queue_passed_promises(told)
    told.write(lambda transaction: withdraw(transaction, identity))
    late(told, identity)
    assert queue_passed_promises(told) == 0
    assert queued(told) == {"withdrawn": 3}


# --- counts ---


def test_waiting_and_failed_are_counted_by_event(told: Store) -> None:
    share(told)
    identity = share(told).id
    for outcome in (DeliveryFailure.CUT, DeliveryFailure.LOGIN_REFUSED):
        notice = claimed(told, [ANN])
        told.write(lambda transaction, one=notice, why=outcome: put_off(transaction, one, why, 535))  # type: ignore[misc]
    claimed(told, [HOOK])  # being sent: it waits
    late(told, identity)
    queue_passed_promises(told)
    with told.reading() as transaction:
        counts = outbox_counts(transaction)
        failing = failing_notices(transaction, ALL)
    assert counts == {
        NoticeEvent.SHARED: NoticeCount(waiting=4, failed=2),
        NoticeEvent.CHANGED: NoticeCount(),
        NoticeEvent.WITHDRAWN: NoticeCount(),
        NoticeEvent.CLOSED: NoticeCount(),
        NoticeEvent.PROMISE_PASSED: NoticeCount(waiting=3),
    }
    assert {(one.recipient, one.outcome, one.reply, one.number, one.tries) for one in failing} == {
        (ANN, DeliveryFailure.CUT, 535, 1, 1),
        (ANN, DeliveryFailure.LOGIN_REFUSED, 535, 1, 1),
    }


def test_a_try_that_was_broken_off_counts_as_failed_when_the_next_begins(told: Store) -> None:
    share(told)
    again = update(outbox).values(due_at=now() - timedelta(hours=1))
    for _ in range(2):
        claimed(told, [BOB])
        told.write(lambda transaction: transaction.connection.execute(again))
    with told.reading() as transaction:
        (one,) = failing_notices(transaction, ALL)
    assert (one.recipient, one.outcome, one.tries) == (BOB, None, 2)


def test_what_waits_for_somebody_whom_the_settings_no_longer_name_is_kept_until_it_is_dropped(told: Store) -> None:
    share(told)
    fewer = replace(told, notices=NoticePlan((ANN,), frozenset(NoticeEvent)))
    with fewer.reading() as transaction:
        assert outbox_counts(transaction)[NoticeEvent.SHARED] == NoticeCount(waiting=1, failed=2)
        assert {one.recipient for one in failing_notices(transaction, [ANN]) if not one.is_named} == {BOB, HOOK}
    assert fewer.write(lambda transaction: drop_unnamed(transaction, [ANN])) == 2
    assert [row.recipient for row in rows(told)] == [ANN.address]
    with told.reading() as transaction:
        actions = transaction.connection.execute(select(audit.c.action)).scalars().all()
    assert actions.count("notice_dropped") == 2


def test_a_claim_is_for_whom_it_is_asked(told: Store) -> None:
    share(told)
    assert claimed(told, [HOOK]).recipient == HOOK
    assert told.write(lambda transaction: claim(transaction, [HOOK])) is None
    assert told.write(lambda transaction: claim(transaction, [])) is None
    assert {claimed(told).recipient for _ in range(2)} == {ANN, BOB}
