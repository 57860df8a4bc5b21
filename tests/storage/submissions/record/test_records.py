"""A submission is changed by one person at a time, keeps what was judged and done, and can be forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import select

from screening.storage.database.deletion_list import read_deletions
from screening.storage.database.schema import audit, event, outbox, submission, version
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.rule_texts import stored_rule_text
from screening.storage.submissions.assessments.versions import AssessmentRecord, add_amendment, counts_of, versions
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import add_event, events
from screening.storage.submissions.record.records import (
    LIVING,
    ChangedMeanwhileError,
    State,
    Submission,
    change,
    contact_hash,
    find,
    find_by_code,
    open_submission,
)
from tests.support.stores import RULES, Place, close, draft, share

AMENDED = AssessmentRecord(RULES, {"answers": {"age": "48"}}, {"title": "Amended"}, "cirrhosis", 2, 0, 1)


def opened(store: Store, identity: str) -> Submission:
    with store.reading() as transaction:
        return open_submission(transaction, identity)


def changed(store: Store, kept: Submission, **values: Any) -> None:
    store.write(lambda transaction: change(transaction, kept, **values))


def test_a_change_is_there_afterwards_and_counts(store: Store) -> None:
    kept = opened(store, share(store).id)
    changed(store, kept, state=State.TRIED, tries=1, row={"safety": "warned"}, contact={"channel": "email"})
    after = opened(store, kept.id)
    assert (after.row.state, after.row.tries, after.row.revision) == (State.TRIED, 1, 1)
    assert after.row_members == {"safety": "warned", "reach": "+60123456789", "code": kept.code}
    assert after.contact == {"channel": "email"}
    assert after.code == kept.code


def test_what_is_not_changed_stays(store: Store) -> None:
    kept = opened(store, share(store).id)
    changed(store, kept, best_time="evening")
    after = opened(store, kept.id)
    assert (after.contact, after.row_members) == (kept.contact, kept.row_members)
    assert after.row.best_time == "evening"


def test_of_two_who_read_the_same_the_second_is_told_and_nothing_is_overwritten(store: Store) -> None:
    identity = share(store).id
    one, other = opened(store, identity), opened(store, identity)
    changed(store, one, state=State.TRIED)
    with pytest.raises(ChangedMeanwhileError):
        changed(store, other, state=State.CLOSED)
    assert opened(store, identity).row.state == State.TRIED


def test_of_many_at_once_one_is_first_and_all_others_are_told(place: Place) -> None:
    stores = [place.open() for _ in range(3)]
    identity = share(stores[0]).id
    read = [opened(stores[number % 3], identity) for number in range(12)]

    def attempt(number: int) -> bool:
        store = stores[number % 3]

        def work(transaction: StoreTransaction) -> None:
            change(transaction, read[number], unsure=number)
            add_event(transaction, read[number], "tried", {"number": number})

        try:
            store.write(work)
        except ChangedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(attempt, range(12)))
    assert done.count(True) == 1
    after = opened(stores[1], identity)
    assert (after.row.revision, after.row.unsure) == (1, done.index(True))
    with stores[1].reading() as transaction:
        assert [noted.detail["number"] for noted in events(transaction, after)] == [done.index(True)]
    for one_store in stores:
        close(one_store)


def test_an_amended_judgement_stands_beside_the_first(store: Store) -> None:
    kept = opened(store, share(store).id)

    def work(transaction: StoreTransaction) -> int:
        change(transaction, kept, **counts_of(AMENDED))
        return add_amendment(transaction, kept, AMENDED, "0123456789abcdef")

    assert store.write(work) == 1
    with store.reading() as transaction:
        first, second = versions(transaction, kept)
        assert stored_rule_text(transaction, second.rules_hash) == RULES
    assert first.document == {"title": "What you told us"}
    assert (second.document, second.made_by) == ({"title": "Amended"}, "0123456789abcdef")
    row = opened(store, kept.id).row
    assert (row.category, row.call_first, row.conflicts, row.unsure) == ("cirrhosis", 2, 0, 1)


def test_what_happened_is_told_the_latest_first(store: Store) -> None:
    kept = opened(store, share(store).id)

    def note(text: str) -> None:
        store.write(lambda transaction: add_event(transaction, kept, "note", {"text": text}, "s"))

    for number in range(3):
        note(str(number))
    with store.reading() as transaction:
        all_events = events(transaction, kept)
    assert {noted.detail["text"] for noted in all_events} == {"0", "1", "2"}
    assert [noted.at for noted in all_events] == sorted((noted.at for noted in all_events), reverse=True)
    assert {noted.by for noted in all_events} == {"s"}


@pytest.mark.parametrize("why", [(State.WITHDRAWN, "person"), (State.ERASED, "closed")])
def test_what_is_erased_leaves_a_tombstone_without_data(store: Store, why: tuple[State, str]) -> None:
    receipt = share(store)
    kept = opened(store, receipt.id)
    store.write(lambda transaction: add_event(transaction, kept, "note", {"text": "x"}))
    assert store.write(lambda transaction: erase(transaction, receipt.id, why))
    with store.reading() as transaction:
        row = find_by_code(transaction, receipt.code)
        assert row is not None
        left = {name for name, value in asdict(row).items() if value is not None}
        assert find(transaction, receipt.code, receipt.secret) == receipt.id
        assert find(transaction, receipt.code, bytes(10)) is None
        for table in (version, event, outbox):
            assert transaction.connection.execute(select(table)).all() == []
        last = transaction.connection.execute(select(audit).order_by(audit.c.number.desc())).first()
    assert (row.state, row.reason) == why
    assert row.state not in LIVING
    times = {"received_at", "changed_at", "promised_at", "ended_at"}
    assert left == {"id", "token_hash", "code_hash", "secret_hash", "revision", "state", "reason"} | times
    assert last is not None
    assert (last.action, last.subject) == (why[0], receipt.id)


def test_what_is_erased_cannot_be_read_changed_or_erased_again(store: Store) -> None:
    identity = share(store).id
    kept = opened(store, identity)
    why = (State.ERASED, "closed")
    assert store.write(lambda transaction: erase(transaction, identity, why))
    assert not store.write(lambda transaction: erase(transaction, identity, why))
    with pytest.raises(GoneError):
        opened(store, identity)
    with pytest.raises(GoneError):
        opened(store, "0" * 16)
    with pytest.raises(ChangedMeanwhileError):
        changed(store, kept, state=State.NEW)


def test_what_is_erased_stands_in_the_list_of_deletions_and_what_is_not_does_not(store: Store) -> None:
    gone, stays, failed = (share(store).id for _ in range(3))

    def fails(transaction: StoreTransaction) -> None:
        erase(transaction, failed, (State.ERASED, "closed"))
        raise RuntimeError

    store.write(lambda transaction: erase(transaction, gone, (State.WITHDRAWN, "person")))
    with pytest.raises(RuntimeError):
        store.write(fails)
    deletions = read_deletions(store.keys.deletions)
    assert list(deletions) == [gone]
    assert (deletions[gone].state, deletions[gone].reason) == ("withdrawn", "person")
    assert store.keys.deletions.stat().st_mode & 0o077 == 0
    assert opened(store, stays).id == stays


@pytest.mark.parametrize("left", ["", "half"])
def test_a_list_of_deletions_that_was_lost_or_cut_off_is_made_whole_at_the_next_start(place: Place, left: str) -> None:
    store = place.open()
    gone = share(store).id
    store.write(lambda transaction: erase(transaction, gone, (State.WITHDRAWN, "person")))
    whole = store.keys.deletions.read_text()
    store.keys.deletions.write_text(whole[: len(whole) // 2] if left else "")
    close(store)
    close(place.open())
    assert read_deletions(store.keys.deletions)[gone].line == whole
    close(place.open())
    assert store.keys.deletions.read_text().count(whole) == 1


def test_how_a_person_is_reached_can_be_corrected(store: Store) -> None:
    kept = opened(store, share(store).id)
    same = share(store, draft(reach="a@example.org")).id

    def work(transaction: StoreTransaction) -> None:
        hashed = contact_hash(store.keys.current(transaction.connection), "a@example.org")
        row = {**kept.row_members, "reach": "a@example.org"}
        change(transaction, kept, contact={"channel": "email"}, row=row, contact_hash=hashed)

    store.write(work)
    with store.reading() as transaction:
        hashes = {row.id: row.contact_hash for row in transaction.connection.execute(select(submission))}
    assert hashes[kept.id] == hashes[same]
