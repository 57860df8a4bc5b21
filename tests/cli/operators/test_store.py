"""The commands that look after what is stored: keys, purge, audit, backup, restore, daily."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from screening.storage.audit.log import PERSON, add_entry
from screening.storage.database.account_tables import staff
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, daily_run, key_state, retention, submission, told_limit
from screening.storage.store import Store
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.deletion.told_limits import note_told_limit
from screening.storage.submissions.record.records import State, open_submission
from tests.cli.conftest import Call
from tests.support.every import for_every
from tests.support.stores import Place, close, share

STORED = (
    "keys list",
    "keys rotate",
    "purge",
    "clock show",
    "clock accept",
    "audit",
    "audit verify",
    "backup out",
    "daily",
    "staff list",
)
"""Commands that work on what is there."""


@pytest.fixture
def place(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """An instance folder that the settings name."""
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("SCREENING_INSTANCE", str(folder))
    return Place(f"sqlite:///{folder / 'screening.db'}", folder)


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """The store of this instance."""
    opened = place.open()
    yield opened
    close(opened)


def aged(store: Store) -> str:
    """A submission that has been kept for long enough."""
    identity = share(store).id
    overdue = update(submission).where(submission.c.id == identity).values(received_at=now() - timedelta(days=31))
    store.write(lambda transaction: transaction.connection.execute(overdue))
    return identity


def count_days(store: Store) -> None:
    """As if what waits now had waited, announced, for many counted runs."""
    early = update(retention).values(first_run=-99, announced_run=-99)
    store.write(lambda transaction: transaction.connection.execute(early))


@for_every("command", STORED)
def test_no_new_store_is_made_where_a_setting_was_forgotten(call: Call, place: Place, command: str) -> None:
    result = call(*command.split())
    assert result.exit_code == 1
    assert "does not exist; name with SCREENING_INSTANCE" in result.stderr
    assert list(place.folder.iterdir()) == []


def test_an_address_that_is_none_is_told_without_its_password(
    call: Call, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:secret@host:port/x")
    for command in (["keys", "list"], ["staff", "add", "Ann", "--role", "manager"]):
        result = call(*command)
        assert (result.exit_code, result.stderr) == (1, "DATABASE_URL cannot be read as an address\n")


def test_the_master_key_is_changed_and_listed(call: Call, store: Store) -> None:
    share(store)
    before = call("keys", "list").stdout
    assert "1 submission, seals what is written now" in before
    prepared = call("keys", "rotate", "--prepare").stdout
    assert "Copy this file to every host" in prepared
    assert len(call("keys", "list").stdout.splitlines()) == 2
    result = call("keys", "rotate")
    assert result.exit_code == 0
    assert "the old one is destroyed" in result.stdout
    assert "Run `screening backup` now" in result.stdout
    (after,) = call("keys", "list").stdout.splitlines()
    assert after[:8] in prepared
    assert after[:8] != before[:8]


def test_what_was_kept_long_enough_is_deleted_once_a_day(call: Call, store: Store) -> None:
    aged(store)
    share(store)
    first = call("daily")
    assert first.exit_code == 0, first.output
    assert "Deleted: 0 not opened" in first.stdout
    assert "To be deleted within about a week: 1." in first.stdout
    count_days(store)
    result = call("daily")
    assert result.exit_code == 0, result.output
    assert "Deleted: 1 not opened within 30 days, 0 closed for 90 days, 0 opened and then idle." in result.stdout
    assert "The audit is whole." in result.stdout
    assert call("purge").stdout.startswith("Deleted: 0 ")


def test_what_is_idle_is_listed_by_its_id_with_its_day_and_deleted_in_the_end(call: Call, store: Store) -> None:
    identity = share(store).id
    share(store)
    store.write(lambda transaction: note_told_limit(transaction, 180, now() - timedelta(days=500)))
    days = (200, 180 - 10, 190)
    received, changed, promised = (now() - timedelta(days=number) for number in days)
    values = {"received_at": received, "opened_at": received, "changed_at": changed}
    values |= {"promised_at": promised, "due_at": promised}
    idle = update(submission).where(submission.c.id == identity)
    store.write(lambda transaction: transaction.connection.execute(idle.values(values)))
    result = call("daily")
    assert result.exit_code == 0, result.output
    assert "Idle, and listed at the desk: 1." in result.stdout
    day = (changed + timedelta(days=180)).date()
    assert f"  {identity}: nothing since {changed.date()}, deleted from {day} on" in result.stdout
    assert "Idle, and listed at the desk: 1." in call("purge").stdout
    earlier = idle.values(changed_at=changed - timedelta(days=11))
    store.write(lambda transaction: transaction.connection.execute(earlier))
    assert call("daily").exit_code == 0
    count_days(store)
    longer = update(told_limit).values(first_run=-99)
    store.write(lambda transaction: transaction.connection.execute(longer))
    assert "0 closed for 90 days, 1 opened and then idle." in call("daily").stdout
    assert f"{identity} erased idle " in store.keys.deletions.read_text()
    assert "Idle, and listed at the desk: 0." in call("daily").stdout


def test_more_than_a_third_is_deleted_only_by_its_number(call: Call, store: Store) -> None:
    identities = [aged(store) for _ in range(6)]
    assert call("daily").exit_code == 0
    count_days(store)
    for options in ([], ["--delete", "5"]):
        refused = call("daily", *options)
        assert refused.exit_code == 1
        assert "nothing is deleted" in refused.stderr
    listed = call("daily").stderr
    assert all(identity in listed for identity in identities)
    assert "screening daily --delete 6" in listed
    assert "\nDeleted: 6 " in call("daily", "--delete", "6").stdout


def test_a_leap_that_is_over_ends_the_daily_job_with_1_until_the_clock_is_accepted(call: Call, store: Store) -> None:
    assert call("daily").exit_code == 0
    future = now() + timedelta(days=400)
    leap = (update(daily_run).values(wall=future), update(key_state).values(changed_at=future))
    store.write(lambda transaction: [transaction.connection.execute(statement) for statement in leap])
    held = call("daily")
    assert held.exit_code == 1
    assert "screening clock accept" in held.stderr
    shown = call("clock", "show")
    assert "This machine: " in shown.stdout
    assert "Database: " in shown.stdout
    assert "Deleting is held: " in shown.stdout
    assert call("daily").exit_code == 1
    accepted = call("clock", "accept")
    assert accepted.exit_code == 0, accepted.output
    assert "Times of the future mended: 2." in accepted.stdout
    assert call("daily").exit_code == 0
    assert share(store).is_new


def test_the_audit_is_listed_and_verified_against_what_was_noted(call: Call, store: Store) -> None:
    identity = share(store).id
    assert call("audit").stdout.split()[:1] == ["1"]
    assert identity in call("audit", "--about", identity, "--newest", "1").stdout
    noted = call("audit", "verify").stdout.split()[-1]
    share(store)
    assert call("audit", "verify", "--expect", noted).exit_code == 0
    number, hashed = noted.split(":")
    wrong = call("audit", "verify", "--expect", f"{int(number) + 9}:{hashed}")
    assert (wrong.exit_code, wrong.stderr) == (1, "The audit is not whole: it was cut off before entry 3.\n")
    assert call("audit", "verify", "--expect", "nonsense").exit_code == 2


def test_the_audit_of_one_submission_is_printed_by_its_code_in_words(call: Call, store: Store) -> None:
    first, second = share(store), share(store)
    for identity, action in ((first.id, "opened"), (second.id, "opened"), (first.id, "taken")):
        store.write(lambda transaction, identity=identity, action=action: add_entry(transaction, "x", action, identity))  # type: ignore[misc]
    result = call("audit", "--about", first.code.lower().replace("-", " "))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert ["took it." in lines[0], "opened it." in lines[1], "The person sent answers." in lines[2]] == [True] * 3
    assert len(lines) == 3
    assert all(first.id in line and second.id not in line for line in lines)


def test_a_code_of_no_submission_ends_the_audit_with_1_and_a_sentence(call: Call, store: Store) -> None:
    share(store)
    result = call("audit", "--about", "222-222-222")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no submission with the code 222-222-222.\n"


@pytest.mark.parametrize("about", ["XYZ", "ABC-DEF-GHJ", "0123456789abcdef"])
def test_what_no_entry_is_about_ends_the_audit_with_1_and_a_sentence(call: Call, store: Store, about: str) -> None:
    share(store)
    result = call("audit", "--about", about)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f'No entry is about "{about}". Give an id, or a whole code as it is printed.\n'


def test_the_audit_of_a_deleted_submission_is_still_found_by_its_code(call: Call, store: Store) -> None:
    receipt = share(store)
    store.write(lambda transaction: erase(transaction, receipt.id, (State.WITHDRAWN, "asked"), PERSON))
    result = call("audit", "--about", receipt.code)
    assert result.exit_code == 0
    last, first = result.stdout.splitlines()
    assert "The person took it back; it was deleted." in last
    assert "The person sent answers." in first


def test_an_audit_that_was_tampered_with_ends_both_commands_with_1(call: Call, store: Store) -> None:
    aged(store)
    share(store)
    store.write(lambda transaction: transaction.connection.execute(delete(audit).where(audit.c.number == 1)))
    for command in (["audit", "verify"], ["daily"]):
        result = call(*command)
        assert result.exit_code == 1
        assert "entry 1 is missing" in result.stderr
    assert "Deleted: 0 " in call("purge").stdout


def test_an_account_that_was_changed_in_the_database_ends_both_commands_with_1_until_it_is_added_anew(
    call: Call, store: Store
) -> None:
    call("staff", "add", "Ann", "--role", "manager")
    assert call("audit", "verify").exit_code == 0
    others = update(staff).values(password_hash="$of somebody else", invited_until=None)
    store.write(lambda transaction: transaction.connection.execute(others))
    for command in (["audit", "verify"], ["daily"]):
        result = call(*command)
        assert result.exit_code == 1
        assert "The account Ann (" in result.stderr
        assert "is whole" not in result.stdout
    assert call("audit").stdout.count("account_locked") == 1
    assert call("staff", "list").stdout == "Ann\tManager\tlocked\n"
    for command in (["staff", "reset", "Ann"], ["staff", "disable", "Ann"]):
        assert "screening staff add NAME" in call(*command).stderr
    assert call("staff", "add", "ann", "--role", "manager").exit_code == 0
    assert call("audit", "verify").exit_code == 0


def test_a_backup_is_restored_elsewhere(
    call: Call, place: Place, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = share(store)
    written = call("backup", tmp_path / "backups")
    file = Path(written.stdout.split(" is written")[0])
    assert file.exists()
    assert "not empty" in call("restore", file).stderr
    assert call("restore", file, "--replace").exit_code == 0
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    monkeypatch.setenv("SCREENING_INSTANCE", str(other))
    assert "which is not in" in call("restore", file).stderr
    (other / "master.keys").write_bytes(place.keys.read_bytes())
    (other / "master.keys").chmod(0o600)
    assert "Restored " in call("restore", file).stdout
    found = Place(f"sqlite:///{other / 'screening.db'}", other).open()
    with found.reading() as transaction:
        assert open_submission(transaction, receipt.id).code == receipt.code
    close(found)
    assert "restored" in call("audit").stdout


def test_a_clock_that_leapt_removes_no_backup_and_what_it_wrote_grows_old_too(
    call: Call, store: Store, tmp_path: Path
) -> None:
    assert call("daily").exit_code == 0
    folder = tmp_path / "backups"
    folder.mkdir()
    named = {
        days: folder / f"screening-{now() + timedelta(days=days):%Y%m%dT%H%M%SZ}.backup" for days in (-31, -9, 400)
    }
    for file in (*named.values(), odd := folder / "screening-20269999T999999Z.backup"):
        file.write_text("x")
    wrong = update(daily_run).values(wall=now() - timedelta(days=34))  # to which this clock is as far ahead
    store.write(lambda transaction: transaction.connection.execute(wrong))
    held = call("backup", folder)
    assert held.exit_code == 0
    assert "Old backups are kept: the clock leapt by " in held.stderr
    assert all(file.exists() for file in named.values())
    assert call("clock", "accept").exit_code == 0
    done = call("backup", folder)
    assert [file.exists() for file in named.values()] == [False, True, False]
    name = done.stdout.partition(f"{named[400]} is of a time to come: its name is ")[2].split(" now")[0]
    assert (folder / name).read_text() == odd.read_text() == "x"


def test_a_file_that_is_no_backup_is_said_to_be_none(call: Call, store: Store, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    for file in (tmp_path / "x", tmp_path / "missing"):
        result = call("restore", file, "--replace")
        assert result.exit_code == 1
        assert "Traceback" not in result.output
        assert str(file) in result.stderr


def test_keys_that_are_missing_are_told(call: Call, place: Place, store: Store) -> None:
    share(store)
    place.keys.unlink()
    result = call("audit", "verify")
    assert result.exit_code == 1
    assert "master.keys is missing" in result.stderr
    assert not place.keys.exists()
