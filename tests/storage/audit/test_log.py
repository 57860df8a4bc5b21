"""The audit: every change, removal, swap and cut is found, whoever has the database in hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from screening.storage.audit.log import add_entry
from screening.storage.audit.verification import AuditError, Fault, entries, verify
from screening.storage.database.schema import audit, audit_head
from screening.storage.keys.audit_mark import HighestEntry, parse_highest_entry
from screening.storage.store import Store, StoreTransaction
from tests.support.stores import share

pytestmark = pytest.mark.clock

ENTRIES = 6
numbers = st.integers(min_value=1, max_value=ENTRIES)


class Undo(Exception):  # noqa: N818 - no error
    """Ends a transaction without keeping it."""


@pytest.fixture
def written(store: Store) -> Store:
    """A store with some entries."""

    def write(actor: str) -> None:
        store.write(lambda transaction: add_entry(transaction, actor, "read", "ab12"))

    for number in range(ENTRIES):
        write(f"staff{number}")
    return store


def last_of(store: Store, expected: HighestEntry | None = None) -> HighestEntry:
    with store.reading() as transaction:
        return verify(transaction, expected)


def fault_after(
    store: Store, tamper: Callable[[StoreTransaction], object], expected: HighestEntry | None = None
) -> AuditError:
    """What is found where the tables were tampered with; they are put back."""
    items: list[AuditError] = []

    def work(transaction: StoreTransaction) -> None:
        tamper(transaction)
        try:
            verify(transaction, expected)
        except AuditError as error:
            items.append(error)
        raise Undo

    with pytest.raises(Undo):
        store.write(work)
    assert items, "nothing was noticed"
    return items[0]


def test_an_audit_that_is_whole_is_so(written: Store) -> None:
    last = last_of(written)
    assert last.number == ENTRIES
    share(written)
    assert last_of(written, last).number == ENTRIES + 1
    assert parse_highest_entry(last.text) == last


def test_an_empty_audit_is_whole(store: Store) -> None:
    assert last_of(store).number == 0


MEMBERS = {"actor": "staff9", "action": "wrote", "subject": "cd34"}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=numbers, member=st.sampled_from([*MEMBERS, "at", "chained"]))
def test_a_change_is_found_where_it_is(written: Store, number: int, member: str) -> None:
    def change(transaction: StoreTransaction) -> None:
        row = transaction.connection.execute(select(audit).where(audit.c.number == number)).one()
        value = MEMBERS.get(member) or (row.at + timedelta(seconds=1) if member == "at" else bytes(32))
        transaction.connection.execute(update(audit).where(audit.c.number == number).values({member: value}))

    error = fault_after(written, change)
    assert (error.fault, error.number) == (Fault.CHANGED, number)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=numbers)
def test_a_removal_is_found(written: Store, number: int) -> None:
    error = fault_after(
        written, lambda transaction: transaction.connection.execute(delete(audit).where(audit.c.number == number))
    )
    assert (error.fault, error.number) == (Fault.CUT_OFF if number == ENTRIES else Fault.MISSING, number)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=numbers)
def test_a_removal_that_closes_the_gap_is_found(written: Store, number: int) -> None:
    assume(number < ENTRIES)

    def close(transaction: StoreTransaction) -> None:
        transaction.connection.execute(delete(audit).where(audit.c.number == number))
        for later in range(number + 1, ENTRIES + 1):
            transaction.connection.execute(update(audit).where(audit.c.number == later).values(number=later - 1))

    assert fault_after(written, close).number == number


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=numbers, other=numbers)
def test_two_that_changed_places_are_found(written: Store, one: int, other: int) -> None:
    assume(one != other)

    def swap(transaction: StoreTransaction) -> None:
        for number, to in ((one, 99), (other, one), (99, other)):
            transaction.connection.execute(update(audit).where(audit.c.number == number).values(number=to))

    error = fault_after(written, swap)
    assert (error.fault, error.number) == (Fault.CHANGED, min(one, other))


@pytest.mark.parametrize("head", ["left", "moved", "removed"])
def test_an_end_that_was_cut_off_is_found(written: Store, head: str) -> None:
    """Even where the head is set back to the entry that is now the last: its seal needs a key that is not there."""

    def cut(transaction: StoreTransaction) -> None:
        transaction.connection.execute(delete(audit).where(audit.c.number > 4))
        if head == "moved":
            fourth = transaction.connection.execute(select(audit).where(audit.c.number == 4)).one()
            transaction.connection.execute(update(audit_head).values(number=4, chained=fourth.chained))
        elif head == "removed":
            transaction.connection.execute(delete(audit_head))

    error = fault_after(written, cut)
    assert (error.fault, error.number) == (Fault.CUT_OFF, 5)


def test_an_audit_that_was_emptied_is_found_by_what_was_noted_elsewhere(written: Store) -> None:
    noted = last_of(written)

    def empty(transaction: StoreTransaction) -> None:
        transaction.connection.execute(delete(audit))
        transaction.connection.execute(delete(audit_head))

    assert fault_after(written, empty, noted).fault is Fault.CUT_OFF


def test_an_older_state_of_the_whole_database_is_found_by_what_was_noted_elsewhere(written: Store) -> None:
    noted = HighestEntry(ENTRIES + 3, bytes(32))
    with pytest.raises(AuditError) as caught:
        last_of(written, noted)
    assert caught.value.fault is Fault.CUT_OFF


def test_another_audit_than_the_one_that_was_noted_is_found(written: Store) -> None:
    with pytest.raises(AuditError) as caught:
        last_of(written, HighestEntry(3, bytes(32)))
    assert (caught.value.fault, caught.value.number) == (Fault.NOT_EXPECTED, 3)


@pytest.mark.parametrize("text", ["", "3", "x:00", f"-1:{'00' * 32}", "3:abcd", "3:zz"])
def test_what_was_noted_wrongly_is_said_to_be_so(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_highest_entry(text)


def test_entries_are_told_the_latest_first(written: Store) -> None:
    share(written)
    with written.reading() as transaction:
        assert [entry.number for entry in entries(transaction, newest=3)] == [7, 6, 5]
        assert [entry.number for entry in entries(transaction, newest=9, subject="ab12")] == [6, 5, 4, 3, 2, 1]
