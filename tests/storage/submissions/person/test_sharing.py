"""What a person sends is kept once, whole and sealed, however often it arrives."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from screening.crypto.box import SealError
from screening.storage.database.rows import SubmissionRow, fetch_only
from screening.storage.database.schema import audit, metadata, rule_text, submission, version
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import AssessmentRecord, versions
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.person.sharing import Draft, receipt_of, submit
from screening.storage.submissions.person.word_pairs import WordPair, pair_of
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.records import State, find, find_by_code, open_submission, unseal
from screening.storage.submissions.record.reference_codes import read_code
from tests.support.stores import PAIR, Place, close, draft, new_token, share

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)
members = st.dictionaries(texts, texts | st.integers() | st.booleans() | st.none() | st.lists(texts), max_size=5)


def count(store: Store) -> int:
    with store.reading() as transaction:
        return int(transaction.connection.execute(select(func.count()).select_from(submission)).scalar_one())


def row_with(transaction: StoreTransaction, submission_id: str) -> SubmissionRow:
    query = select(submission).where(submission.c.id == submission_id)
    return fetch_only(transaction.connection, SubmissionRow, query)


def test_what_was_sent_is_there_as_it_was_sent(store: Store) -> None:
    sent = draft()
    receipt = share(store, sent)
    with store.reading() as transaction:
        row = fetch_only(transaction.connection, SubmissionRow, select(submission))
        kept = unseal(store.keys, row)
        (judged,) = versions(transaction, kept)
    assert kept.code == receipt.code == read_code(receipt.code)
    assert kept.contact == sent.contact
    assert kept.row_members["safety"] == "none"
    assert (judged.number, judged.made_by) == (0, None)
    assert (judged.input, judged.document) == (sent.assessment.input, sent.assessment.document)
    assert (row.state, row.revision, row.tries, row.category) == (State.NEW, 0, 0, "fibrosis")
    assert (row.call_first, row.conflicts, row.unsure) == (0, 1, 2)
    assert (row.language, row.answered_on, row.best_time) == ("en", "2026-11-22", "morning")
    assert row.promised_at == sent.promised_at
    assert pair_of(kept) == sent.pair == PAIR
    assert row.opened_at is row.contacted_at is row.ended_at is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=members, contact=members, row=members, reach=texts)
def test_whatever_a_person_types_comes_back(
    store: Store, answers: dict[str, object], contact: dict[str, object], row: dict[str, object], reach: str
) -> None:
    record = AssessmentRecord(
        "{}", {"answers": answers}, {"title": answers}, "none", 0, 0, 0, translation='{"language":"ms"}'
    )
    receipt = share(store, draft(assessment=record, contact=contact, row=row, reach=reach))
    with store.reading() as transaction:
        kept = unseal(store.keys, row_with(transaction, receipt.id))
        (found,) = versions(transaction, kept)
    assert kept.contact == contact
    assert kept.row_members == {**row, "code": receipt.code, "reach": reach}
    assert found.input == {"answers": answers}
    assert found.translation_hash is not None


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tokens=st.lists(st.binary(min_size=16, max_size=32), min_size=1, max_size=8))
def test_a_form_makes_one_submission_however_often_and_in_whatever_order_it_is_sent(
    store: Store, tokens: list[bytes]
) -> None:
    before = count(store)
    with store.reading() as transaction:
        known = {token for token in tokens if receipt_of(transaction, token)}
    receipts = [(token, share(store, token=token)) for token in tokens]
    by_token = {(token, receipt.id, receipt.code, receipt.secret) for token, receipt in receipts}
    assert len(by_token) == len(set(tokens))
    assert sum(receipt.is_new for _, receipt in receipts) == len(set(tokens) - known) == count(store) - before


def test_pressing_many_times_at_once_makes_one_submission(place: Place) -> None:
    stores = [place.open() for _ in range(4)]
    token = new_token()
    with ThreadPoolExecutor(16) as pool:
        receipts = list(pool.map(lambda number: share(stores[number % 4], token=token), range(48)))
    assert len({(receipt.id, receipt.code, receipt.secret) for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert count(stores[0]) == 1
    for store in stores:
        close(store)


@pytest.mark.real_clock
def test_the_first_processes_of_a_new_database_agree_on_its_keys(place: Place) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: place.open(), range(6)))
    receipt = share(stores[0])
    for store in stores:
        with store.reading() as transaction:
            assert find(transaction, receipt.code, receipt.secret) == receipt.id
    for store in stores:
        close(store)


def test_what_was_sent_is_found_by_code_and_secret_alone(store: Store) -> None:
    one, other = share(store), share(store)
    with store.reading() as transaction:
        assert find(transaction, one.code, one.secret) == one.id
        assert find(transaction, one.code, other.secret) is None
        assert find(transaction, other.code, one.secret) is None
        row = find_by_code(transaction, other.code)
    assert row is not None
    assert row.id == other.id


def test_a_form_sent_again_keeps_the_first_pair(store: Store) -> None:
    token = new_token()
    share(store, draft(), token)
    again = share(store, draft(pair=WordPair("ms", "abadi", "abang")), token)
    with store.reading() as transaction:
        assert pair_of(open_submission(transaction, again.id)) == PAIR


def test_a_pair_is_gone_with_what_it_belongs_to_and_opens_nowhere_else(store: Store) -> None:
    one, other = share(store), share(store)
    with store.reading() as transaction:
        first, second = row_with(transaction, one.id), row_with(transaction, other.id)
        assert first.pair_sealed != second.pair_sealed
        moved = unseal(store.keys, replace(first, pair_sealed=second.pair_sealed))
        with pytest.raises(SealError):
            pair_of(moved)
        assert pair_of(unseal(store.keys, replace(first, pair_sealed=None))) is None
    store.write(lambda transaction: erase(transaction, one.id, (State.WITHDRAWN, "asked")))
    with store.reading() as transaction:
        assert row_with(transaction, one.id).pair_sealed is None


def test_what_is_half_sent_is_not_kept(store: Store) -> None:
    def fails(transaction: StoreTransaction) -> None:
        submit(transaction, new_token(), draft())
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(fails)
    with store.reading() as transaction:
        for table in metadata.sorted_tables:
            if table.name != "key_state":
                assert transaction.connection.execute(select(table)).all() == []


def test_two_submissions_of_one_person_are_noticed_and_of_two_are_not(store: Store) -> None:
    for reach in ("+60123456789", "+60123456789", "+60123456780", "", ""):
        share(store, draft(reach=reach))
    with store.reading() as transaction:
        hashes = [row.contact_hash for row in transaction.connection.execute(select(submission))]
    assert sorted(hashes.count(hashed) for hashed in set(hashes) - {None}) == [1, 2]
    assert hashes.count(None) == 2


def test_rules_and_translations_are_kept_once(store: Store) -> None:
    judged = draft().assessment
    other = AssessmentRecord("{}", judged.input, judged.document, "none", 0, 0, 0, translation='{"title":"Tajuk"}')
    for record in (judged, judged, other, other):
        share(store, draft(assessment=record))
    with store.reading() as transaction:
        assert transaction.connection.execute(select(func.count()).select_from(rule_text)).scalar_one() == 3


def test_a_sealed_column_that_was_moved_to_another_row_does_not_open(store: Store) -> None:
    one, other = share(store), share(store)

    def move(transaction: StoreTransaction) -> None:
        rows = {row.id: row for row in transaction.connection.execute(select(submission))}
        taken = {name: rows[one.id]._mapping[name] for name in ("row_sealed", "data_key_wrapped")}
        transaction.connection.execute(submission.update().where(submission.c.id == other.id).values(taken))

    store.write(move)
    with store.reading() as transaction, pytest.raises(SealError):
        unseal(store.keys, row_with(transaction, other.id))


def test_a_judgement_that_was_moved_to_another_submission_does_not_open(store: Store) -> None:
    one, other = share(store), share(store)

    def move(transaction: StoreTransaction) -> None:
        taken = transaction.connection.execute(select(version).where(version.c.submission_id == one.id)).one()
        changed = version.update().where(version.c.submission_id == other.id)
        transaction.connection.execute(changed.values(input_sealed=taken.input_sealed))

    store.write(move)
    with store.reading() as transaction:
        kept = unseal(store.keys, row_with(transaction, other.id))
        with pytest.raises(SealError):
            versions(transaction, kept)


def test_sending_again_what_was_withdrawn_says_that_it_is_gone(store: Store) -> None:
    token = new_token()
    receipt = share(store, token=token)
    store.write(lambda transaction: erase(transaction, receipt.id, (State.WITHDRAWN, "person")))
    with pytest.raises(GoneError):
        share(store, token=token)


def test_each_submission_is_in_the_audit_by_its_id_alone(store: Store) -> None:
    receipts: list[Draft | str] = [share(store).id for _ in range(3)]
    with store.reading() as transaction:
        entries = transaction.connection.execute(select(audit).order_by(audit.c.number)).all()
    assert [(row.number, row.actor, row.action, row.subject) for row in entries] == [
        (number, "person", "shared", receipt) for number, receipt in enumerate(receipts, start=1)
    ]
