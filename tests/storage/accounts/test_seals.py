"""Whoever can write the database lets nobody in: not by changing an account, moving one, or putting an old one back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, delete, insert, select, update

from screening.crypto.canonical import canonical_bytes
from screening.crypto.hashing import keyed_hash
from screening.storage.accounts.second_factor import (
    accept_code,
    app_secret,
    confirm_app,
    new_recovery_codes,
    prepare_app,
    use_recovery_code,
)
from screening.storage.accounts.sessions import Stage, begin_session, find_session
from screening.storage.accounts.staff import (
    Account,
    Role,
    account,
    accounts,
    add_staff,
    disable,
    find_account,
    note_locked_accounts,
    reset,
    store_password,
)
from screening.storage.accounts.staff_rows import COVERED, LockedAccountError
from screening.storage.audit.log import SERVICE, Entry, entry_hash
from screening.storage.audit.verification import AuditError, Fault, entries, verify
from screening.storage.database import connections
from screening.storage.database.account_tables import recovery_code, staff, staff_session
from screening.storage.database.clock import now
from screening.storage.database.connections import Database, DatabaseUnavailableError
from screening.storage.database.schema import audit, audit_head
from screening.storage.store import Store, StoreTransaction
from tests.support.stores import Place, close, share

pytestmark = pytest.mark.clock
Tamper = Callable[[StoreTransaction], object]
MANY = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


class Undo(Exception):  # noqa: N818 - no error
    """Ends a transaction without keeping it."""


@dataclass(frozen=True)
class Team:
    """Two people with all that an account may hold."""

    store: Store
    ids: tuple[str, str]
    codes: list[str]
    """Recovery codes of the first."""

    def write(self, work: Tamper) -> Any:
        return self.store.write(work)

    def account(self, which: int = 0) -> Account:
        with self.store.reading() as transaction:
            held = account(transaction, self.ids[which])
        assert held
        return held

    def is_locked(self, which: int = 0) -> bool:
        return self.account(which).locked

    def rows(self) -> list[Row[Any]]:
        with self.store.reading() as transaction:
            return list(transaction.connection.execute(select(staff).order_by(staff.c.name)))

    def locked_after(self, tamper: Tamper) -> set[str]:
        """Who is locked where the database was tampered with; it is put back."""
        ids: set[str] = set()

        def work(transaction: StoreTransaction) -> None:
            tamper(transaction)
            for held in accounts(transaction):
                assert not (held.locked and held.active)
                if held.locked:
                    ids.add(held.id)
            raise Undo

        with pytest.raises(Undo):
            self.store.write(work)
        return ids


@pytest.fixture
def team(store: Store) -> Team:
    def write(transaction: StoreTransaction) -> Team:
        ids = []
        for name, role in (("Ann", Role.MANAGER), ("Bob", Role.COORDINATOR)):
            ids.append(add_staff(transaction, SERVICE, (name, role), "$argon2id$a", invited=name == "Bob"))
            prepare_app(transaction, ids[-1])
            confirm_app(transaction, ids[-1])
        return Team(store, (ids[0], ids[1]), new_recovery_codes(transaction, ids[0]))

    return store.write(write)


def setting(staff_id: str, **values: object) -> Tamper:
    return lambda transaction: transaction.connection.execute(
        update(staff).where(staff.c.id == staff_id).values(values)
    )


# --- what is under the seal ---

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    "role": st.sampled_from([*Role, "", "owner"]),
    "active": st.booleans(),
    "password_hash": st.sampled_from(["", "$argon2id$b", "$argon2id$a "]),
    "invited_until": st.none()
    | st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.astimezone()),
    "totp_sealed": st.none() | st.binary(max_size=8),
    "totp_confirmed": st.booleans(),
    "version": st.none() | st.integers(0, 40),
}


@MANY
@given(data=st.data(), which=st.integers(0, 1), names=st.sets(st.sampled_from(COVERED), min_size=1))
def test_a_change_of_anything_under_the_seal_locks_that_account_alone(
    team: Team, data: st.DataObject, which: int, names: set[str]
) -> None:
    values = {name: data.draw(VALUES[name], name) for name in sorted(names)}
    before = team.rows()[which]._mapping
    assume(any(before[name] != value for name, value in values.items()))
    assume(values.get("name") not in {row.name for row in team.rows()})
    assert team.locked_after(setting(team.ids[which], **values)) == {team.ids[which]}


@MANY
@given(seal=st.none() | st.binary(min_size=0, max_size=32))
def test_without_its_seal_an_account_is_locked(team: Team, seal: bytes | None) -> None:
    assert team.locked_after(setting(team.ids[0], seal=seal)) == {team.ids[0]}


def test_what_each_sign_in_writes_is_not_under_the_seal(team: Team) -> None:
    assert team.locked_after(setting(team.ids[0], totp_last_step=3)) == set()


@MANY
@given(names=st.sets(st.sampled_from([*COVERED, "seal"])))
def test_rows_that_changed_places_are_locked(team: Team, names: set[str]) -> None:
    first, second = team.rows()
    assume(any(first._mapping[name] != second._mapping[name] for name in names))

    def swap(transaction: StoreTransaction) -> None:
        setting(first.id, name="between")(transaction)
        for row, other in ((second, first), (first, second)):
            values = {name: other._mapping[name] for name in names} | ({} if "name" in names else {"name": row.name})
            setting(row.id, **values)(transaction)

    assert team.locked_after(swap) == set(team.ids)


def test_an_account_that_somebody_else_put_there_is_locked(team: Team) -> None:
    copy = {**team.rows()[0]._mapping, "id": "0" * 16, "name": "Eve"}
    assert team.locked_after(lambda transaction: transaction.connection.execute(insert(staff).values(copy))) == {
        "0" * 16
    }


def recovery_tampers(team: Team) -> Iterator[Tamper]:
    """What can be done to recovery codes."""
    own = recovery_code.c.staff_id == team.ids[0]
    made_up = {"hash": bytes(32), "staff_id": team.ids[0]}
    yield lambda transaction: transaction.connection.execute(insert(recovery_code).values(made_up))
    yield lambda transaction: transaction.connection.execute(delete(recovery_code).where(own))
    yield lambda transaction: transaction.connection.execute(update(recovery_code).where(own).values(used_at=None))


def test_recovery_codes_are_neither_added_nor_used_again(team: Team) -> None:
    assert team.write(lambda transaction: use_recovery_code(transaction, team.ids[0], team.codes[0], now()))
    assert not team.is_locked()
    for tamper in recovery_tampers(team):
        assert team.locked_after(tamper) == {team.ids[0]}


@MANY
@given(columns=st.dictionaries(st.text(max_size=3), st.none() | st.text(max_size=3) | st.binary(max_size=3)))
def test_no_two_rows_have_the_same_bytes(columns: dict[str, str | bytes | None]) -> None:
    def read(content: bytes) -> list[bytes]:
        parts, rest = [], content[2:]
        while rest:
            length = int.from_bytes(rest[:8], "big")
            parts.append(rest[8 : 8 + length])
            rest = rest[8 + length :]
        return parts

    typed = {
        name: (b"null", b"")
        if value is None
        else (b"text", value.encode())
        if isinstance(value, str)
        else (b"bytes", value)
        for name, value in columns.items()
    }
    wanted = [part for name in sorted(typed) for part in (name.encode(), *typed[name])]
    assert read(canonical_bytes("staff", "ab", columns)) == [b"staff", b"ab", *wanted]


# --- old rows put back ---

CHANGES: dict[str, Callable[[StoreTransaction, str], object]] = {
    "password": lambda transaction, staff_id: store_password(transaction, staff_id, "$argon2id$new"),
    "disabled": lambda transaction, staff_id: disable(transaction, SERVICE, staff_id),
    "reset": lambda transaction, staff_id: reset(transaction, SERVICE, staff_id, "$argon2id$new"),
    "codes": new_recovery_codes,
}
changes = st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4)


@settings(MANY, max_examples=8)
@given(names=changes, back=st.integers(0, 3))
def test_an_old_row_put_back_is_locked(team: Team, names: list[str], back: int) -> None:
    old = []
    for name in names:
        old.append(team.rows()[1])
        team.write(lambda transaction, name=name: CHANGES[name](transaction, team.ids[1]))  # type: ignore[misc]
        assert not team.is_locked(1)
    row = old[back % len(old)]
    assert team.locked_after(setting(row.id, **row._mapping)) == {team.ids[1]}


def test_an_old_row_put_back_with_the_end_of_the_audit_of_then_is_locked(team: Team) -> None:
    """The mark beside the keys says that there was a later end."""
    with team.store.reading() as transaction:
        old_head = transaction.connection.execute(select(audit_head)).one()
    old = team.rows()[1]
    team.write(lambda transaction: disable(transaction, SERVICE, old.id))

    def play_back(transaction: StoreTransaction) -> None:
        setting(old.id, **old._mapping)(transaction)
        transaction.connection.execute(update(audit_head).values(old_head._mapping))
        transaction.connection.execute(delete(audit).where(audit.c.number > old_head.number))

    assert old.id in team.locked_after(play_back)
    team.write(play_back)
    share(team.store)  # people go on, and nothing of what was put back is sealed by that
    assert team.is_locked(1)
    with team.store.reading() as transaction, pytest.raises(AuditError) as caught:
        verify(transaction)
    assert caught.value.fault in (Fault.BROKEN, Fault.MISSING, Fault.NOT_EXPECTED)


# --- what a locked account can do ---


def test_a_locked_account_opens_nothing_and_nothing_of_it_is_carried_on(team: Team) -> None:
    one = team.ids[0]
    value = team.write(lambda transaction: begin_session(transaction, one, Stage.SIGNED_IN, now()))
    team.write(setting(one, password_hash="$argon2id$of somebody else", totp_confirmed=False))
    with team.store.reading() as transaction:
        assert find_session(transaction, value, now()) is None
        with pytest.raises(LockedAccountError):
            app_secret(transaction, one)
    works: list[Tamper] = [
        lambda transaction: accept_code(transaction, one, "000000", now()),
        lambda transaction: prepare_app(transaction, one),
        lambda transaction: confirm_app(transaction, one),
        lambda transaction: new_recovery_codes(transaction, one),
        lambda transaction: use_recovery_code(transaction, one, team.codes[0], now()),
        lambda transaction: store_password(transaction, one, "$argon2id$c"),
        lambda transaction: reset(transaction, SERVICE, one, "$argon2id$c"),
        lambda transaction: disable(transaction, SERVICE, one),
    ]
    for work in works:
        with pytest.raises(LockedAccountError):
            team.write(work)
    assert team.is_locked()


def test_every_change_from_outside_is_written_down_once(team: Team) -> None:
    def actions() -> list[str]:
        with team.store.reading() as transaction:
            return [entry.action for entry in entries(transaction, newest=99) if "account_locked" in entry.action]

    assert team.write(note_locked_accounts) == []
    for number, value in enumerate(("$argon2id$x", "$argon2id$y"), 1):
        team.write(setting(team.ids[0], password_hash=value))
        for _ in range(3):
            assert [held.id for held in team.write(note_locked_accounts)] == [team.ids[0]]
        assert len(set(actions())) == len(actions()) == number


def test_a_locked_manager_is_added_anew_in_the_place_of_what_stands_there(team: Team) -> None:
    one = team.ids[0]
    team.write(setting(one, role="coordinator", password_hash="$argon2id$x", active=False))
    again = team.write(lambda transaction: add_staff(transaction, SERVICE, ("ann", Role.MANAGER), "$new", invited=True))
    held = team.account()
    assert (again, held.locked, held.role, held.active, held.password_hash) == (one, False, Role.MANAGER, True, "$new")
    assert not held.enrolled
    with team.store.reading() as transaction:
        verify(transaction)
        assert app_secret(transaction, one) is None


def test_a_row_of_the_same_name_keeps_its_owner_from_nothing(team: Team) -> None:
    copy = {**team.rows()[0]._mapping, "id": "0" * 16, "name": "ANN"}
    team.write(lambda transaction: transaction.connection.execute(insert(staff).values(copy)))
    with team.store.reading() as transaction:
        held = find_account(transaction, "ann")
    assert held
    assert (held.id, held.locked) == (team.ids[0], False)


@pytest.mark.parametrize("column", ["staff_id", "stage", "began_at"])
def test_a_session_is_neither_another_persons_nor_further_on_nor_younger(team: Team, column: str) -> None:
    at = now()
    value = team.write(lambda transaction: begin_session(transaction, team.ids[1], Stage.PASSWORD, at))
    with team.store.reading() as transaction:
        assert find_session(transaction, value, at)
    changed = {"staff_id": team.ids[0], "stage": Stage.SIGNED_IN, "began_at": at + timedelta(minutes=1)}[column]
    team.write(lambda transaction: transaction.connection.execute(update(staff_session).values({column: changed})))
    with team.store.reading() as transaction:
        assert find_session(transaction, value, at) is None


# --- signed once ---


def before_seals(place: Place) -> str:
    """A database as the version before left it, with one manager; their id."""
    store = place.open()
    identity = store.write(
        lambda transaction: add_staff(transaction, SERVICE, ("Ann", Role.MANAGER), "$argon2id$a", invited=False)
    )
    unseal(store)
    close(store)
    place.folder.joinpath("audit.mark").unlink()
    return identity


def unseal(store: Store) -> None:
    """Make the tables what they were before there were seals: an audit without versions, sealed as it was then."""

    def work(transaction: StoreTransaction) -> None:
        key, at = transaction.lookup_key(), now()
        (identity,) = transaction.connection.execute(select(staff.c.id)).scalars()
        transaction.connection.execute(delete(audit))
        chained = entry_hash(key, bytes(32), entry := Entry(1, at, SERVICE, "added_manager", identity))
        transaction.connection.execute(insert(audit).values(**entry._asdict(), chained=chained))
        sealed = keyed_hash(key, "audit head", (1).to_bytes(8, "big") + chained)
        head = {"number": 1, "chained": chained, "sealed": sealed, "accounts": None}
        transaction.connection.execute(update(audit_head).values(head))
        transaction.connection.execute(update(staff).values(version=None, seal=None))

    store.write(work)


def test_accounts_from_before_seals_are_signed_once_by_the_upgrade(place: Place) -> None:
    identity = before_seals(place)
    store = place.open()
    with store.reading() as transaction:
        verify(transaction)
        held = account(transaction, identity)
        assert [entry.action for entry in entries(transaction, newest=2)] == ["account_sealed", "accounts_sealed"]
    assert held
    assert not held.locked
    unseal_row = update(staff).values(seal=None, password_hash="$of somebody else")
    store.write(lambda transaction: transaction.connection.execute(unseal_row))
    close(store)
    store = place.open()
    with store.reading() as transaction:
        held = account(transaction, identity)
    assert held
    assert held.locked
    close(store)


@pytest.mark.parametrize("left", ["mark", "nothing"])
def test_whoever_makes_the_tables_look_old_gets_nothing_signed(place: Place, left: str) -> None:
    """Even on a host that has no mark yet: the audit has entries of sealed accounts."""
    store = place.open()
    identity = store.write(
        lambda transaction: add_staff(transaction, SERVICE, ("Ann", Role.MANAGER), "$argon2id$a", invited=False)
    )
    forged = update(staff).values(seal=None, version=None, password_hash="$of somebody else")
    store.write(lambda transaction: transaction.connection.execute(forged))
    store.write(lambda transaction: transaction.connection.execute(update(audit_head).values(accounts=None)))
    close(store)
    if left == "nothing":
        Path(place.folder, "audit.mark").unlink()
    store = place.open()
    with store.reading() as transaction:
        held = account(transaction, identity)
    assert held
    assert held.locked
    close(store)


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_lock_that_somebody_holds_on_a_table_ends_in_words_and_not_in_waiting(
    place: Place, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.setattr(connections, "PATIENCE", 0.2)
    other, holder = Store(Database(place.url), store.keys), Database(place.url)
    with holder.engine.begin() as connection:
        connection.exec_driver_sql("LOCK TABLE staff, audit, submission IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(DatabaseUnavailableError, match="lock"), other.reading() as transaction:
            accounts(transaction)
        with pytest.raises(DatabaseUnavailableError, match="lock"):
            share(other)
    share(other)
    close(other)
    holder.engine.dispose()
