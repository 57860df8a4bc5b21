"""A database that is empty, older or another than the one of these keys is not taken for a new one."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import delete

from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.audit.verification import AuditError, Fault, verify
from screening.storage.database.connections import Database, DatabaseUnavailableError
from screening.storage.database.schema import audit, audit_head, metadata
from screening.storage.keys.audit_mark import HighestEntry, MarkError, raise_mark, read_mark, replace_mark
from screening.storage.store import Store
from tests.support.stores import Place, close, share

pytestmark = pytest.mark.clock


def last(store: Store) -> HighestEntry:
    with store.reading() as transaction:
        return verify(transaction)


def test_the_mark_is_the_last_entry_after_each_commit_and_is_no_further(store: Store) -> None:
    assert read_mark(store.keys.mark) is None
    for _ in range(3):
        share(store)
        assert read_mark(store.keys.mark) == last(store)
    mark = read_mark(store.keys.mark)

    def fails(transaction: object) -> None:
        add_entry(transaction, SERVICE, "never kept")  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(fails)
    assert read_mark(store.keys.mark) == mark
    assert store.keys.mark
    assert store.keys.mark.stat().st_mode & 0o077 == 0


def test_a_mark_that_a_crash_left_behind_alarms_nobody(place: Place, store: Store) -> None:
    share(store)
    assert store.keys.mark
    behind = store.keys.mark.read_bytes()
    share(store)
    store.keys.mark.write_bytes(behind)
    close(place.open())
    assert read_mark(store.keys.mark) == last(store)
    store.keys.mark.write_bytes(b"")  # made and not yet written
    assert last(store).number == 2
    share(store)
    assert read_mark(store.keys.mark) == last(store)


def test_two_hosts_with_marks_of_their_own_alarm_nobody(place: Place, store: Store) -> None:
    elsewhere = Place(place.url, place.folder / "other")
    elsewhere.folder.mkdir()
    elsewhere.keys.write_bytes(place.keys.read_bytes())
    elsewhere.keys.chmod(0o600)
    second = elsewhere.open()
    for host in (store, second, store, store, second):
        share(host)
        assert last(store) == last(second)
    close(second)
    close(elsewhere.open())
    close(place.open())


@pytest.mark.parametrize("head", ["left", "removed"])
def test_an_audit_that_was_emptied_is_not_whole(place: Place, store: Store, head: str) -> None:
    share(store)
    store.write(lambda transaction: transaction.connection.execute(delete(audit)))
    if head == "removed":
        store.write(lambda transaction: transaction.connection.execute(delete(audit_head)))
    with pytest.raises(AuditError) as caught:
        last(store)
    assert (caught.value.fault, caught.value.number) == (Fault.CUT_OFF, 1)
    assert store.keys.mark
    store.keys.mark.unlink()
    with pytest.raises(AuditError):
        last(store)


def test_an_audit_that_was_cut_off_does_not_become_whole_by_what_follows(store: Store) -> None:
    for _ in range(4):
        share(store)
    with store.reading() as transaction:
        old = transaction.connection.execute(audit_head.select()).one()
    share(store)
    store.write(lambda transaction: transaction.connection.execute(delete(audit).where(audit.c.number > old.number)))
    store.write(lambda transaction: transaction.connection.execute(audit_head.update().values(old._mapping)))
    for _ in range(3):
        share(store)
        with pytest.raises(AuditError):
            last(store)


def test_an_empty_database_in_the_place_of_a_full_one_is_refused_and_left_alone(place: Place, store: Store) -> None:
    share(store)
    close(store)
    if store.database.is_sqlite:
        for name in ("screening.db-wal", "screening.db-shm"):
            place.folder.joinpath(name).unlink(missing_ok=True)
        os.truncate(store.database.file, 0)
    else:
        database = Database(place.url)
        database.write(metadata.drop_all)
        database.engine.dispose()
    with pytest.raises(
        DatabaseUnavailableError, match=r"entry 1 of the audit was written, but .* is empty.*restore FILE"
    ):
        place.open()
    if store.database.is_sqlite:
        assert store.database.file.stat().st_size == 0
        store.database.file.unlink()
        with pytest.raises(DatabaseUnavailableError, match="is empty"):
            place.open()


def test_a_database_that_is_older_than_the_mark_is_refused(place: Place, store: Store) -> None:
    share(store)
    assert store.keys.mark
    raise_mark(store.keys.mark, HighestEntry(9, bytes(32)))
    with pytest.raises(DatabaseUnavailableError, match=r"entry 9 of the audit was written, but .* is older"):
        place.open()


def test_a_mark_that_cannot_be_read_is_told(place: Place, store: Store) -> None:
    share(store)
    assert store.keys.mark
    store.keys.mark.write_text("nonsense\n")
    with pytest.raises(MarkError, match="does not begin with a number"):
        place.open()


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_mark_that_is_replaced_stays_as_a_line(place: Place) -> None:
    path = place.folder / "audit.mark"
    for number in (5, 3, 4):
        replace_mark(path, HighestEntry(number, bytes(32)))
    raise_mark(path, HighestEntry(70, bytes(32)))
    raise_mark(path, HighestEntry(60, bytes(32)))
    assert read_mark(path) == HighestEntry(70, bytes(32))
    assert [line.split(":")[0].strip() for line in path.read_text().splitlines()] == ["70", "was 5", "was 3"]
