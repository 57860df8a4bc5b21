"""A backup holds everything at one moment, goes into either kind of database, and brings nothing back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from screening.rulefiles.loading.stored_rules import rules_from
from screening.storage.audit.verification import verify
from screening.storage.database.clock import now
from screening.storage.database.connections import Database
from screening.storage.database.deletion_list import read_list
from screening.storage.database.schema import metadata, submission
from screening.storage.keys.audit_mark import read_mark
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.rule_texts import stored_rule_text
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.record.cipher import GoneError
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import State, find, open_submission
from screening.storage.upkeep.backup import RestoreReport, back_up, remove_old, restore
from screening.storage.upkeep.backup_file import BackupError
from screening.storage.upkeep.key_rotation import rotate_keys
from screening.storage.upkeep.purging import RetentionPeriods
from screening.wording.language.languages import language
from screening.wording.summary.assessment import Assessment
from screening.wording.summary.stored import input_from
from tests.support.cases import ONE_OF_EACH
from tests.support.postgres import Cluster
from tests.support.stores import ON_EACH, Place, close, place_for, share, with_step
from tests.support.submissions import send

KEEPING = RetentionPeriods(unopened_days=30, closed_days=90, idle_days=180)


@dataclass
class Other:
    """An empty database elsewhere, with the keys of the first one."""

    place: Place

    def restore(self, file: Path, *, replace: bool = False) -> RestoreReport:
        database = Database(self.place.url)
        try:
            return restore(database, KeyStore(self.place.keys), file, KEEPING, replace=replace)
        finally:
            database.engine.dispose()


def put_back(place: Place, file: Path, skip_lines: tuple[int, ...] = ()) -> RestoreReport:
    """Restore in the place of what is there."""
    database = Database(place.url)
    try:
        return restore(database, KeyStore(place.keys), file, KEEPING, replace=True, skip_lines=skip_lines)
    finally:
        database.engine.dispose()


@pytest.fixture(params=ON_EACH)
def other(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Other]:
    """Of each kind in turn, whatever kind the first one is."""
    cluster: Cluster | None = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    with place_for(request.param, tmp_path / "other", cluster) as found:
        found.keys.write_bytes(place.keys.read_bytes())
        found.keys.chmod(0o600)
        yield Other(found)


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def as_stored(members: object) -> str:
    """Members as they are sealed."""
    return json.dumps(members, sort_keys=True)


def content(store: Store) -> dict[str, Any]:
    """Every row of every table but the audit and its head, which a restore adds to."""
    with store.reading() as transaction:
        return {
            table.name: set(map(tuple, transaction.connection.execute(select(table))))
            for table in metadata.sorted_tables
            if not table.name.startswith("audit")
        }


@pytest.mark.slow
def test_all_that_was_shared_is_judged_the_same_after_a_restore(
    store: Store, other: Other, backups: Path, tmp_path: Path
) -> None:
    receipts = {name: send(store, case) for name, case in ONE_OF_EACH.items()}
    identity = next(iter(receipts.values())).id
    with store.reading() as transaction:
        kept = open_submission(transaction, identity)
    store.write(lambda transaction: add_event(transaction, kept, "note", {"text": "ć 中 \0 x"}))
    restored = other.restore(back_up(store, backups))
    assert restored.deleted_again == 0
    found = other.place.open()
    assert content(found) == content(store)
    with found.reading() as transaction:
        verify(transaction)
        for name, receipt in receipts.items():
            assert find(transaction, receipt.code, receipt.secret) == receipt.id
            (shared,) = versions(transaction, open_submission(transaction, receipt.id))
            rules = rules_from(stored_rule_text(transaction, shared.rules_hash))
            again = Assessment(input_from(shared.input, rules, language("en"))).record()
            assert as_stored(again.document) == as_stored(shared.document), name
            assert as_stored(again.input) == as_stored(shared.input), name
    close(found)


def test_what_was_deleted_after_the_backup_is_deleted_again(
    place: Place, store: Store, other: Other, backups: Path
) -> None:
    gone, stays = share(store), share(store)
    file = back_up(store, backups)
    store.write(lambda transaction: erase(transaction, gone.id, (State.WITHDRAWN, "person")))
    other.place.folder.joinpath("deletions.txt").write_bytes(store.keys.deletions.read_bytes())
    assert other.restore(file).deleted_again == 1
    restored = other.place.open()
    with restored.reading() as transaction:
        assert open_submission(transaction, stays.id).code == stays.code
        row = transaction.connection.execute(select(submission).where(submission.c.id == gone.id)).one()
        with pytest.raises(GoneError):
            open_submission(transaction, gone.id)
        verify(transaction)
    assert (row.state, row.reason) == ("withdrawn", "person")
    close(restored)


OPENED_LONG_AGO = {"opened_at": now() - timedelta(days=99)}
LONG_IDLE = {
    "opened_at": now() - timedelta(days=199),
    "changed_at": now() - timedelta(days=199),
    "promised_at": now() - timedelta(days=190),
}


DELETED: list[tuple[str, dict[str, Any], bool]] = [
    ("unopened", {"received_at": now() - timedelta(days=29)}, True),
    ("unopened", {"received_at": now() - timedelta(days=31)}, False),
    ("unopened", {"received_at": now() - timedelta(days=99), **OPENED_LONG_AGO}, True),
    ("closed", {**OPENED_LONG_AGO, "state": State.CLOSED, "ended_at": now() - timedelta(days=89)}, True),
    ("closed", {**OPENED_LONG_AGO, "state": State.CLOSED, "ended_at": now() - timedelta(days=91)}, False),
    ("idle", {**LONG_IDLE, "changed_at": now() - timedelta(days=179)}, True),
    ("idle", {**LONG_IDLE, "changed_at": now() - timedelta(days=181)}, False),
    ("idle", {**LONG_IDLE, "promised_at": now() - timedelta(days=29)}, True),
    ("idle", {**LONG_IDLE, "state": State.RESTRICTED}, True),
    ("idle", {"received_at": now() - timedelta(days=200)}, False),
]
"""For what age something was deleted, what stood in its row, and whether it comes back: it was not so old."""


@pytest.mark.slow
def test_what_a_leapt_clock_deleted_comes_back_and_is_gone_for_good_once_its_person_withdraws_it(
    store: Store, other: Other, backups: Path
) -> None:
    shared = [share(store).id for _ in DELETED]
    for identity, (_, columns, _) in zip(shared, DELETED, strict=True):
        store.write(partial(set_columns, submission_id=identity, columns=columns))
    file = back_up(store, backups)
    for identity, (reason, _, _) in zip(shared, DELETED, strict=True):
        store.write(partial(erase, submission_id=identity, why=(State.ERASED, reason)))
    other.place.folder.joinpath("deletions.txt").write_bytes(store.keys.deletions.read_bytes())
    wanted = [identity for identity, (_, _, comes_back) in zip(shared, DELETED, strict=True) if comes_back]
    assert other.restore(file).deleted_again == len(shared) - len(wanted)
    restored = other.place.open()
    assert [identity for identity in shared if is_there(restored, identity)] == wanted
    for identity in wanted:
        restored.write(partial(erase, submission_id=identity, why=(State.WITHDRAWN, "person")))
    close(restored)
    assert other.restore(file, replace=True).deleted_again == len(shared)


def set_columns(transaction: StoreTransaction, submission_id: str, columns: dict[str, Any]) -> None:
    """Write columns of a submission, with the next step that they ask for."""
    statement = update(submission).where(submission.c.id == submission_id)
    transaction.connection.execute(statement.values(with_step(columns)))


def is_there(store: Store, submission_id: str) -> bool:
    """Whether a submission is more than a tombstone."""
    with store.reading() as transaction:
        state = select(submission.c.state).where(submission.c.id == submission_id)
        return transaction.connection.execute(state).scalar_one() not in (State.ERASED, State.WITHDRAWN)


def test_a_backup_that_is_older_than_the_last_rotation_is_unreadable(
    place: Place, store: Store, other: Other, backups: Path
) -> None:
    share(store)
    file = back_up(store, backups)
    list(rotate_keys(store))
    other.place.keys.write_bytes(place.keys.read_bytes())
    with pytest.raises(BackupError, match="older than the last rotation of the keys can no longer be read"):
        other.restore(file)
    newer = back_up(store, backups / "..")
    assert other.restore(newer).rows > 0


@pytest.mark.slow
@pytest.mark.real_clock
def test_a_backup_is_of_one_moment_while_others_write(place: Place, store: Store, other: Other, backups: Path) -> None:
    for _ in range(5):
        share(store)
    busy = place.open()
    with ThreadPoolExecutor(2) as pool:
        shares = [pool.submit(share, busy) for _ in range(60)]
        file = back_up(store, backups)
        for future in shares:
            future.result()
    other.restore(file)
    restored = other.place.open()
    with restored.reading() as transaction:
        assert verify(transaction).number >= 5
        for row in transaction.connection.execute(select(submission)).all():
            kept = open_submission(transaction, row.id)
            assert len(versions(transaction, kept)) == 1
    for each_store in (busy, restored):
        close(each_store)


def test_a_database_that_holds_something_is_replaced_only_when_told_so(
    store: Store, other: Other, backups: Path
) -> None:
    share(store)
    file = back_up(store, backups)
    restored = other.place.open()
    old = share(restored)
    close(restored)
    with pytest.raises(BackupError, match="not empty"):
        other.restore(file)
    restored = other.place.open()
    with restored.reading() as transaction:
        assert open_submission(transaction, old.id).code == old.code
    close(restored)
    other.restore(file, replace=True)
    restored = other.place.open()
    assert content(restored) == content(store)
    close(restored)


def cut(packed: bytes) -> bytes:
    return packed[: len(packed) * 2 // 3]


def changed_within(packed: bytes) -> bytes:
    return gzip.compress(gzip.decompress(packed).replace(b"fibrosis", b"fibrosiz"))


def without_a_row(packed: bytes) -> bytes:
    lines = gzip.decompress(packed).splitlines(keepends=True)
    row = next(number for number, line in enumerate(lines) if line.startswith(b"["))
    return gzip.compress(b"".join(lines[:row] + lines[row + 1 :]))


def flipped(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 1]) + packed[middle + 1 :]


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (cut, "cut off"),
        (lambda packed: gzip.compress(cut(gzip.decompress(packed))), "cut off"),
        (changed_within, "altered or damaged"),
        (without_a_row, "altered or damaged"),
        (flipped, "altered or damaged|cut off|is no backup"),
        (lambda packed: b"", "is no backup|cut off"),
        (lambda packed: b"PK\3\4 something else", "is no backup"),
        (lambda packed: gzip.compress(b'{"format":"screening backup 9"}\n'), "newer version"),
    ],
)
def test_a_damaged_file_is_said_to_be_so_and_changes_nothing(
    place: Place, store: Store, backups: Path, damage: Any, said: str
) -> None:
    share(store)
    file = back_up(store, backups)
    file.write_bytes(damage(file.read_bytes()))
    before = content(store)
    with pytest.raises(BackupError, match=said):
        restore(store.database, KeyStore(place.keys), file, KEEPING, replace=True)
    assert content(store) == before


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_file_that_somebody_made_anew_without_the_key_is_refused(place: Place, store: Store, backups: Path) -> None:
    share(store)
    file = back_up(store, backups)
    lines = gzip.decompress(file.read_bytes()).replace(b"fibrosis", b"fibrosiz").splitlines(keepends=True)
    body = b"".join(lines[:-1])
    old = sha256(b"".join(gzip.decompress(file.read_bytes()).splitlines(keepends=True)[:-1])).hexdigest()
    end = lines[-1].replace(old.encode(), sha256(body).hexdigest().encode())
    file.write_bytes(gzip.compress(body + end))
    with pytest.raises(BackupError, match="does not have the master key"):
        restore(store.database, KeyStore(place.keys), file, KEEPING, replace=True)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_only_its_owner_may_read_a_backup_and_old_ones_are_removed(store: Store, backups: Path) -> None:
    share(store)
    file = back_up(store, backups)
    assert file.stat().st_mode & 0o777 == 0o600
    stamp = "%Y%m%dT%H%M%SZ"
    old, recent = (backups / f"screening-{(now() - timedelta(days=days)).strftime(stamp)}.backup" for days in (31, 29))
    for old_file in (old, recent, backups / "notes.txt"):
        old_file.write_text("x")
    assert remove_old(backups, 30) == [old]
    assert {path.name for path in backups.iterdir()} == {file.name, recent.name, "notes.txt"}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_no_backup_is_made_while_the_master_key_is_being_changed(store: Store, backups: Path) -> None:
    share(store)
    running = rotate_keys(store)
    next(running)
    next(running)
    with pytest.raises(BackupError, match="screening keys rotate"):
        back_up(store, backups)
    assert list(backups.iterdir()) == []
    running.close()
    list(rotate_keys(store))
    assert back_up(store, backups).exists()


def test_a_restore_marks_the_state_that_it_brings_and_keeps_the_mark_of_before(
    place: Place, store: Store, backups: Path
) -> None:
    share(store)
    file = back_up(store, backups)
    for _ in range(5):
        share(store)
    before = read_mark(store.keys.mark)
    assert before
    close(store)
    put_back(place, file)
    restored = place.open()
    with restored.reading() as transaction:
        assert verify(transaction) == read_mark(restored.keys.mark)
    assert restored.keys.mark
    assert f"was {before.text} until " in restored.keys.mark.read_text()
    close(restored)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_a_first_or_last_line_of_other_kinds_is_said_to_be_no_backup(store: Store, place: Place, backups: Path) -> None:
    file = back_up(store, backups)
    first, *between, last = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    odd: list[object] = [None, 7, True, [], {}, "", "\u00e9", "\ud800", "f" * 64]
    lines = [
        (json.dumps({**json.loads(first), name: value}).encode(), False) for name in json.loads(first) for value in odd
    ]
    lines += [
        (json.dumps({**json.loads(last), name: value}).encode(), True) for name in json.loads(last) for value in odd
    ]
    for line, is_last in [*lines, (b"[" * 100_000, False), (b"[" * 100_000, True), (b"\xff", True), (b"null", False)]:
        begin = first if is_last else line + b"\n"
        digest = sha256(begin + b"".join(between)).hexdigest().encode()
        end = line if is_last else last.replace(json.loads(last)["sha256"].encode(), digest)
        file.write_bytes(gzip.compress(begin + b"".join(between) + end, 1))
        with pytest.raises(BackupError):
            restore(store.database, KeyStore(place.keys), file, KEEPING, replace=True)


ODD = {
    "an unknown state": "{} swept person 2026-01-01\n",
    "nothing but the id": "{}\n",
    "cut off": "{} withdr",
    "two lines in one": "{} erased person 2026-01-01 {} erased\n",
    "a state of the living": "{} closed person 2026-01-01\n",
    "a reason that fits into no column": "{} erased " + 33 * "x" + " 2026-01-01\n",
}


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("line", ODD.values(), ids=ODD)
def test_a_line_with_an_id_deletes_whatever_else_it_says(place: Place, store: Store, backups: Path, line: str) -> None:
    gone, stays = share(store), share(store)
    file = back_up(store, backups)
    store.keys.deletions.write_text(line.format(gone.id, gone.id))
    close(store)
    report = put_back(place, file)
    assert (report.deleted_again, report.odd_lines) == (1, (f"{store.keys.deletions}:1",))
    restored = place.open()
    with restored.reading() as transaction:
        assert open_submission(transaction, stays.id).code == stays.code
        with pytest.raises(GoneError):
            open_submission(transaction, gone.id)
    close(restored)


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "odd", ["erased person 2026", "\0\0\0\0", "0123 erased person 2026", "ÿ", "0123456789ABCDEF x"]
)
def test_a_line_without_an_id_stops_with_its_number_until_it_is_left_out(
    place: Place, store: Store, backups: Path, odd: str
) -> None:
    gone = share(store)
    file = back_up(store, backups)
    store.keys.deletions.write_text(f"{'0' * 16} erased closed 2026\n{odd}\n{gone.id} erased requested 2026\n")
    close(store)
    with pytest.raises(BackupError, match=r"line 2: .* --skip-line 2"):
        put_back(place, file)
    assert put_back(place, file, (2,)).deleted_again == 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_less_than_an_id_that_a_crash_left_at_the_end_counts_for_nothing(place: Place, store: Store) -> None:
    gone = share(store).id
    store.keys.deletions.write_text(f"{'0' * 16} erased closed 2026\n0123")
    assert read_list(store.keys.deletions).unreadable == ()
    store.write(lambda transaction: erase(transaction, gone, (State.WITHDRAWN, "person")))
    content = read_list(store.keys.deletions)
    assert (set(content.deletions), content.odd, content.unreadable) == ({"0" * 16, gone}, {}, ())
