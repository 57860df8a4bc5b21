"""The index of names: it says what stands in the store at that moment, and holds no more than it must."""

from __future__ import annotations

import random

from sqlalchemy import update

from screening.storage.database.clock import now
from screening.storage.database.schema import submission
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.erasing import erase
from screening.storage.submissions.desk_list.name_index import NameIndex
from screening.storage.submissions.desk_list.name_words import name_pattern
from screening.storage.submissions.record.records import State, change, open_submission
from screening.storage.upkeep.key_rotation import rotate_keys
from tests.support.desk_submissions import send

GIVEN = ("Ali", "Siti", "Wong", "Kamala", "Zoë", "Nurul")
FAMILY = ("Rahman", "Aminah", "Siew Fong", "Devi", "D'Souza")


def found(store: Store, index: NameIndex, typed: str, most: int = 50) -> list[str]:
    with store.reading() as transaction:
        return list(index.find(transaction, name_pattern(typed), most).ids)


def rename(store: Store, identity: str, name: str) -> None:
    def write(transaction: StoreTransaction) -> None:
        opened = open_submission(transaction, identity)
        change(transaction, opened, row={**opened.row_members, "name": name})

    store.write(write)


def set_state(store: Store, identity: str, state: State) -> None:
    def write(transaction: StoreTransaction) -> None:
        change(transaction, open_submission(transaction, identity), state=state)

    store.write(write)


def withdraw(store: Store, identity: str) -> None:
    store.write(lambda transaction: erase(transaction, identity, (State.WITHDRAWN, "asked")))


def test_open_ones_stand_first_then_the_newest(store: Store) -> None:
    closed = send(store, 1, row={"name": "Ali One"}, state=State.CLOSED, ended_at=now())
    old, new = send(store, 9, row={"name": "Ali Two"}), send(store, 3, row={"name": "Ali Three"})
    assert found(store, NameIndex(), "ali") == [new, old, closed]
    assert found(store, NameIndex(), "ali", most=2) == [new, old]


def test_after_any_changes_each_process_finds_just_what_is_there(store: Store) -> None:
    chosen, indices = random.Random(5), (NameIndex(), NameIndex())
    names: dict[str, str] = {}
    for _ in range(25):
        what = chosen.choice(["send", "send", "rename", "restrict", "erase"]) if names else "send"
        name = f"{chosen.choice(GIVEN)} {chosen.choice(FAMILY)}"
        identity = chosen.choice(list(names)) if names else ""
        if what == "send":
            names[send(store, chosen.random(), row={"name": name})] = name
        elif what == "rename":
            rename(store, identity, name)
            names[identity] = name
        elif what == "restrict":
            set_state(store, identity, State.RESTRICTED)
            del names[identity]
        else:
            withdraw(store, identity)
            del names[identity]
        part = chosen.choice([*GIVEN, *FAMILY])
        expected = {value for value, whole in names.items() if part in whole}
        assert set(found(store, chosen.choice(indices), part)) == expected
    assert len(names) > 3


def test_whoever_helped_is_found_by_their_own_name(store: Store) -> None:
    identity = send(store, 1, row={"name": "Kamala Devi", "for": "helper"}, contact={"helper": {"name": "Meena"}})
    send(store, 1, row={"name": "Meena Kumari"}, contact={"helper": None})
    assert found(store, NameIndex(), "kamala") == [identity]
    assert set(found(store, NameIndex(), "meena")) > {identity}


def test_another_master_key_ends_what_a_process_remembers(store: Store) -> None:
    index, identity = NameIndex(), send(store, 1, row={"name": "Before"})
    assert found(store, index, "before") == [identity]

    def write_past_the_revision(transaction: StoreTransaction) -> None:
        opened = open_submission(transaction, identity)
        sealed = opened.cipher.seal({**opened.row_members, "name": "After"}, "submission", identity, "row")
        transaction.connection.execute(update(submission).where(submission.c.id == identity).values(row_sealed=sealed))

    store.write(write_past_the_revision)
    assert found(store, index, "before") == [identity]
    list(rotate_keys(store))
    assert found(store, index, "before") == []
    assert found(store, index, "after") == [identity]


def test_one_row_that_was_altered_hides_no_other(store: Store) -> None:
    altered, other = send(store, 2, row={"name": "Ali"}), send(store, 1, row={"name": "Ali"})
    broken = update(submission).where(submission.c.id == altered).values(row_sealed=b"\x01" + bytes(60))
    store.write(lambda transaction: transaction.connection.execute(broken))
    assert found(store, NameIndex(), "ali") == [other]


def test_of_more_than_a_process_keeps_the_last_are_found_and_it_says_so(store: Store) -> None:
    index = NameIndex(most=2)
    oldest, *others = [send(store, hours, row={"name": "Ali"}) for hours in (9, 2, 1)]
    pattern = name_pattern("ali")
    with store.reading() as transaction:
        matches = index.find(transaction, pattern, 50)
    assert set(matches.ids) == set(others)
    assert not matches.is_whole
    store.write(lambda transaction: erase(transaction, others[0], (State.ERASED, "age")))
    with store.reading() as transaction:
        matches = index.find(transaction, pattern, 50)
    assert set(matches.ids) == {oldest, others[1]}
    assert matches.is_whole


def test_nothing_of_a_name_is_in_what_it_says_of_itself(store: Store) -> None:
    index = NameIndex()
    send(store, 1, row={"name": "Zebedee"})
    assert found(store, index, "zebedee")
    assert "zebedee" not in repr(index).lower()
