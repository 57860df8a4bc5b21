"""What a person changes of what they sent: nothing twice, nothing overwritten, and the clinic is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.storage.database.clock import now
from screening.storage.database.schema import audit, submission
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.heard import heard_in, with_heard
from screening.storage.submissions.assessments.versions import Version, add_amendment, versions
from screening.storage.submissions.person.amendments import (
    ANSWERS_CHANGED,
    REACH_CHANGED,
    change_reach,
    is_sent,
    send,
    withdraw,
)
from screening.storage.submissions.person.sharing import Draft, Receipt, receipt_of
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import events
from screening.storage.submissions.record.records import (
    NEWS,
    ChangedMeanwhileError,
    State,
    Submission,
    change,
    find,
    open_submission,
)
from tests.support.stores import draft, new_token

OTHER = draft(
    assessment=replace(draft().assessment, input={"answers": {"age": "61"}}, category="early_cirrhosis", unsure=0),
    contact={"channel": "email", "consents": [{"id": "read", "text": "again"}]},
    row={"safety": "seen"},
    answered_on="2026-11-23",
)
FIRST = draft(contact={"channel": "phone", "name": "A", "consents": [{"id": "read", "text": "once"}]})


def sent(store: Store, token: bytes, given: Draft) -> Receipt:
    while True:
        try:
            return store.write(lambda transaction: send(transaction, token, given))
        except ChangedMeanwhileError:
            continue


def stored_submission(store: Store, receipt: Receipt) -> Submission:
    with store.reading() as transaction:
        return open_submission(transaction, receipt.id)


def kept_versions(store: Store, receipt: Receipt) -> list[Version]:
    with store.reading() as transaction:
        return versions(transaction, open_submission(transaction, receipt.id))


def test_pressing_twice_makes_one_submission_and_one_version(store: Store) -> None:
    token = new_token()
    first, second = sent(store, token, FIRST), sent(store, token, FIRST)
    assert (first.id, first.code, first.secret) == (second.id, second.code, second.secret)
    assert (first.is_new, second.is_new) == (True, False)
    assert len(kept_versions(store, first)) == 1
    assert NEWS not in stored_submission(store, first).row_members


def hear(store: Store, receipt: Receipt, *signs: str) -> None:
    """Note an emergency on a call."""

    def write(transaction: StoreTransaction) -> None:
        kept = open_submission(transaction, receipt.id)
        change(transaction, kept, row=with_heard(kept.row_members, signs), call_first=(kept.row.call_first or 0) + 1)

    store.write(write)


def test_what_was_heard_is_a_reason_to_call_first_whatever_is_corrected_after_it(store: Store) -> None:
    token = new_token()
    receipt = sent(store, token, FIRST)
    hear(store, receipt, "red_flags/collapse")
    hear(store, receipt)
    assert sent(store, token, OTHER).id == receipt.id
    after = stored_submission(store, receipt)
    assert after.row.call_first == OTHER.assessment.call_first + 2
    assert heard_in(after.row_members) == [["red_flags/collapse"], []]


def test_the_receipt_can_be_had_again_by_its_token(store: Store) -> None:
    token = new_token()
    first = sent(store, token, FIRST)
    with store.reading() as transaction:
        assert receipt_of(transaction, token) == replace(first, is_new=False)
        assert receipt_of(transaction, new_token()) is None


def test_other_answers_with_the_same_token_stand_beside_the_first_and_the_clinic_is_told(store: Store) -> None:
    token = new_token()
    first = sent(store, token, FIRST)
    assert sent(store, token, OTHER).code == first.code
    one, two = kept_versions(store, first)
    assert (one.input, two.input) == (FIRST.assessment.input, OTHER.assessment.input)
    assert (two.number, two.made_by) == (1, None)
    found = stored_submission(store, first)
    assert found.row.category == "early_cirrhosis"
    assert found.row.answered_on == "2026-11-23"
    assert found.row_members[NEWS] == [ANSWERS_CHANGED]
    assert found.row_members["safety"] == "seen"
    assert found.contact["channel"] == "phone"  # how to be reached is changed elsewhere
    assert [consent["text"] for consent in found.contact["consents"]] == ["once", "again"]
    with store.reading() as transaction:
        assert [event.kind for event in events(transaction, found)] == [ANSWERS_CHANGED]


def test_sending_the_changed_answers_twice_adds_one_version_even_at_the_same_moment(store: Store) -> None:
    token = new_token()
    first = sent(store, token, FIRST)
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: sent(store, token, OTHER), range(8)))
    assert {receipt.code for receipt in receipts} == {first.code}
    assert len(kept_versions(store, first)) == 2


def test_the_first_answers_pressed_again_after_the_clinic_amended_them_are_no_news(store: Store) -> None:
    token = new_token()
    first = sent(store, token, FIRST)

    def settle(transaction: StoreTransaction) -> None:
        found = open_submission(transaction, first.id)
        add_amendment(transaction, found, OTHER.assessment, "staff")
        change(transaction, found)

    store.write(settle)
    sent(store, token, FIRST)
    assert [version.made_by for version in kept_versions(store, first)] == [None, "staff"]
    with store.reading() as transaction:
        assert is_sent(transaction, first.id, FIRST.assessment)
        assert is_sent(transaction, first.id, OTHER.assessment)


def test_changed_answers_open_what_was_closed_with_a_new_promise(store: Store) -> None:
    token = new_token()
    first = sent(store, token, FIRST)

    def close(transaction: StoreTransaction) -> None:
        found = open_submission(transaction, first.id)
        change(transaction, found, state=State.CLOSED, reason="reached", ended_at=now())

    store.write(close)
    later = now() + timedelta(days=9)
    sent(store, token, replace(OTHER, promised_at=later))
    row = stored_submission(store, first).row
    assert (row.state, row.reason, row.ended_at, row.promised_at) == (State.NEW, None, None, later)


def test_how_to_be_reached_is_changed_and_the_clinic_is_told(store: Store) -> None:
    receipt = sent(store, new_token(), FIRST)
    before = stored_submission(store, receipt)
    new = {"name": "B", "channel": "email", "address": "b@x.example", "reach": "b@x.example", "language": "ms"}
    store.write(lambda transaction: change_reach(transaction, open_submission(transaction, receipt.id), new, "evening"))
    found = stored_submission(store, receipt)
    assert {name: found.contact[name] for name in new} == new
    assert found.contact["consents"] == FIRST.contact["consents"]
    assert (found.row.best_time, found.row.language) == ("evening", "ms")
    assert found.row.contact_hash != before.row.contact_hash
    assert (found.row_members["reach"], found.row_members["name"]) == ("b@x.example", "B")
    assert found.row_members[NEWS] == [REACH_CHANGED]


def test_what_is_withdrawn_is_gone_and_a_tombstone_says_so(store: Store) -> None:
    token = new_token()
    receipt = sent(store, token, FIRST)
    assert store.write(lambda transaction: withdraw(transaction, receipt.id))
    assert not store.write(lambda transaction: withdraw(transaction, receipt.id))
    with store.reading() as transaction:
        row = transaction.connection.execute(select(submission).where(submission.c.id == receipt.id)).one()
        assert (row.state, row.data_key_wrapped, row.contact_hash) == (State.WITHDRAWN, None, None)
        assert find(transaction, receipt.code, receipt.secret) == receipt.id
        assert list(transaction.connection.execute(select(audit.c.actor, audit.c.action))) == [
            ("person", "shared"),
            ("person", "withdrawn"),
        ]
        with pytest.raises(GoneError):
            receipt_of(transaction, token)
    with pytest.raises(GoneError):
        sent(store, token, OTHER)
