"""A new master key: nobody notices, nothing is lost whenever it ends, and the old key opens nothing afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import select, update

from screening.crypto.keys import KeyRing, load_or_create, parse_keys
from screening.storage.database.schema import key_state, submission
from screening.storage.keys.key_store import KeyMissingError, KeyStore
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.person.sharing import Receipt
from screening.storage.submissions.record.records import State, find, open_submission
from screening.storage.upkeep import key_rotation
from screening.storage.upkeep.key_rotation import RotationError, key_uses, prepare_rotation, rotate_keys
from tests.conftest import ROOT
from tests.support.stores import Place, close, draft, share


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several transactions for a few submissions."""
    monkeypatch.setattr(key_rotation, "BATCH", 3)


def rotate(store: Store) -> list[str]:
    return list(rotate_keys(store))


def ring(place: Place) -> KeyRing:
    return load_or_create(place.keys)


def everything_is_there(place: Place, receipts: list[Receipt]) -> None:
    """A process that starts now finds and opens all of it."""
    store = place.open()
    with store.reading() as transaction:
        for receipt in receipts:
            assert find(transaction, receipt.code, receipt.secret) == receipt.id
            kept = open_submission(transaction, receipt.id)
            assert kept.contact == draft().contact
            assert [found.document for found in versions(transaction, kept)] == [draft().assessment.document]
    close(store)


def test_everything_is_under_the_new_key_and_the_old_one_is_gone(place: Place, store: Store) -> None:
    receipts = [share(store) for _ in range(7)]
    (old,) = ring(place).keys
    assert rotate(store) == ["made", "switched", "wrapped", "wrapped", "wrapped", "tidied", "destroyed"]
    (new,) = ring(place).keys
    assert new != old
    with store.reading() as transaction:
        assert {row.master_key_id for row in transaction.connection.execute(select(submission))} == {new.id}
        assert transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one() == new.id
        (use,) = key_uses(transaction)
    assert (use.id, use.in_file, use.is_current, use.submissions) == (new.id.hex(), True, True, 7)
    everything_is_there(place, receipts)
    assert place.keys.stat().st_mode & 0o777 == 0o600


def test_two_submissions_of_one_person_are_noticed_over_a_rotation(store: Store) -> None:
    before = share(store)
    tombstone = share(store)
    store.write(lambda transaction: erase(transaction, tombstone.id, (State.ERASED, "closed")))
    rotate(store)
    after = share(store)
    with store.reading() as transaction:
        hashes = {row.id: row.contact_hash for row in transaction.connection.execute(select(submission))}
    assert hashes[before.id] == hashes[after.id] is not None
    assert hashes[tombstone.id] is None


@pytest.mark.parametrize("steps", range(7))
def test_wherever_it_ends_nothing_is_lost_and_the_next_one_goes_on(place: Place, steps: int) -> None:
    store = place.open()
    receipts = [share(store) for _ in range(7)]
    first = ring(place).current
    running = rotate_keys(store)
    for _ in range(steps):
        next(running)
    running.close()
    everything_is_there(place, receipts)
    begun = ring(place).current
    other = place.open()
    receipts.append(share(other))
    rotate(other)
    everything_is_there(place, receipts)
    assert len(ring(place).keys) == 1
    assert ring(place).current == begun or steps == 0
    assert first not in ring(place).keys
    for one_store in (store, other):
        close(one_store)


@pytest.mark.slow
@pytest.mark.real_clock
def test_processes_that_serve_meanwhile_go_on_without_a_restart(place: Place) -> None:
    serving = [place.open() for _ in range(3)]
    receipts = [share(serving[0]) for _ in range(20)]
    done = Event()

    def serve(store: Store) -> list[Receipt]:
        sent = []
        while not done.is_set():
            sent.append(share(store))
            with store.reading() as transaction:
                for receipt in (receipts[0], sent[-1]):
                    assert open_submission(transaction, receipt.id).contact == draft().contact
        return sent

    changing = place.open()
    with ThreadPoolExecutor(3) as pool:
        results = [pool.submit(serve, store) for store in serving]
        try:
            for _ in range(3):
                rotate(changing)
        finally:
            done.set()
        for result in results:
            receipts += result.result()
    everything_is_there(place, receipts)
    assert len(ring(place).keys) == 1
    for one_store in [*serving, changing]:
        close(one_store)


def test_a_key_that_is_still_needed_is_not_destroyed(place: Place, store: Store) -> None:
    (identity, *_) = [share(store).id for _ in range(4)]
    old = ring(place).current
    running = rotate_keys(store)
    while next(running) != "tidied":
        pass
    with store.reading() as transaction:  # as if a row had slipped through
        row = transaction.connection.execute(select(submission).where(submission.c.id == identity)).one()
    place_of = f"submission/{identity}/data_key_wrapped"
    data_key = store.keys.unwrap(row.data_key_wrapped, place_of, row.master_key_id)
    values = {"data_key_wrapped": store.keys.wrap(data_key, place_of, old), "master_key_id": old.id}
    store.write(
        lambda transaction: transaction.connection.execute(
            update(submission).where(submission.c.id == identity).values(values)
        )
    )
    assert list(running) == ["destroyed"]
    assert old in ring(place).keys
    rotate(store)
    assert old not in ring(place).keys


def test_the_old_key_opens_nothing_that_is_stored(place: Place, store: Store) -> None:
    identity = share(store).id
    old = place.keys.read_text()
    rotate(store)
    with_old = place.folder / "old.keys"
    with_old.write_text(old)
    with_old.chmod(0o600)
    with store.reading() as transaction, pytest.raises(KeyMissingError, match="does not hold the master key"):
        open_submission(StoreTransaction(transaction.connection, KeyStore(with_old)), identity)


def test_a_new_key_can_be_put_on_every_host_before_it_is_used(place: Place, store: Store) -> None:
    share(store)
    prepared = prepare_rotation(store)
    assert prepare_rotation(store) == prepared
    assert ring(place).keys[0] == prepared
    with store.reading() as transaction:
        assert transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one() == ring(place).keys[1].id
    rotate(store)
    assert ring(place).keys == (prepared,)


def test_two_rotations_at_once_are_refused(place: Place, store: Store) -> None:
    running = rotate_keys(store)
    next(running)
    with pytest.raises(RotationError, match="somebody else"):
        rotate(store)
    running.close()


def test_a_rotation_without_the_key_that_is_in_use_changes_nothing(place: Place, store: Store) -> None:
    share(store)
    place.keys.write_text("ab" * 32 + "\n")
    with pytest.raises(KeyMissingError, match="still in use"):
        rotate(store)
    assert place.keys.read_text() == "ab" * 32 + "\n"


def test_the_old_key_is_overwritten_on_the_disk(place: Place, store: Store) -> None:
    with place.keys.open("rb") as before:
        rotate(store)
        assert set(before.read()) == {0}
    assert [len(key.secret) for key in parse_keys(place.keys.read_text()).keys] == [32]
    assert {path.name for path in place.folder.iterdir() if "keys" in path.name} == {"master.keys", "master.keys.lock"}


CHILD = """
import sys
from tests.support.stores import Place
from pathlib import Path
from screening.storage.upkeep import key_rotation
key_rotation.BATCH = 3
store = Place(sys.argv[1], Path(sys.argv[2])).open()
print("ready", flush=True)
for step in key_rotation.rotate_keys(store):
    pass
"""


@pytest.mark.slow
def test_a_rotation_that_is_killed_at_any_moment_is_gone_on_with(place: Place, store: Store) -> None:
    receipts = [share(store) for _ in range(60)]
    killed = 0
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, place.url, str(place.folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0, 0.12))
            child.send_signal(signal.SIGKILL)
            killed += child.wait() == -signal.SIGKILL
        receipts.append(share(store))
        everything_is_there(place, receipts)
    assert killed > 0
    rotate(store)
    assert len(ring(place).keys) == 1
    everything_is_there(place, receipts)
