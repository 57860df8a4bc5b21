"""Deleting at a person's request: random people do random things over simulated days, and the promises hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from screening.storage.database.clock import now
from screening.storage.database.rows import SubmissionRow
from screening.storage.database.running_time import MOST_ACROSS_STARTS, Instant, seconds_between
from screening.storage.database.schema import audit, deletion_request, event, outbox, submission, version
from screening.storage.statistics.arrivals import read_overdue
from screening.storage.statistics.overview import totals
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.deletion.deletion_requests import (
    Asking,
    Identity,
    IdentityError,
    SameColleagueError,
    agree,
    ask,
    identities_for,
    lift,
    lift_by_person,
    request_of,
)
from screening.storage.submissions.desk_list.list_groups import Filters, Group
from screening.storage.submissions.desk_list.listing import group_sizes, list_page
from screening.storage.submissions.handed_out.exporting import ExportRequest, export_rows
from screening.storage.submissions.person.sharing import Receipt
from screening.storage.submissions.record.cipher import GoneError, RestrictedError
from screening.storage.submissions.record.records import ChangedMeanwhileError, State, open_submission, row_of
from screening.storage.upkeep.key_rotation import rotate_keys
from screening.storage.upkeep.requested_deletions import WAIT, erase_requested
from tests.support.stores import draft, share

PEOPLE = ("siti", "arun", "mei")
PHONE = {"channel": "phone", "reach": "+60123456789"}
EMAIL = {"channel": "email", "reach": "mei@example.com"}
BEGIN = Instant(now(), "one start", 5_000_000)


def later(hours: float, boot: str = "one start", leap: float = 0) -> Instant:
    """So many hours after the beginning, by a wall clock that is so many hours ahead."""
    return Instant(BEGIN.wall + timedelta(hours=hours + leap), boot, BEGIN.uptime + int(hours * 3600))


def sent(store: Store, contact: dict[str, str] | None = None, call_first: int = 0) -> Receipt:
    """Something that was sent, with as many reasons to call first."""
    whole = draft(contact=contact or PHONE, reach=(contact or PHONE)["reach"])
    return share(store, replace(whole, assessment=replace(whole.assessment, call_first=call_first)))


def asking(by: str = "siti", identity: Identity = Identity.WORDS) -> Asking:
    return Asking(by, identity, later(24).wall)


def asked(store: Store, identity: str, by: str = "siti", at: Instant = BEGIN) -> None:
    store.write(lambda transaction: ask(transaction, open_submission(transaction, identity), asking(by), at))


def agreed(store: Store, identity: str, by: str, at: Instant = BEGIN) -> None:
    store.write(lambda transaction: agree(transaction, open_submission(transaction, identity), by, at))


def plain(store: Store, identity: str) -> SubmissionRow:
    with store.reading() as transaction:
        row = row_of(transaction, identity)
    assert row is not None
    return row


def entries(store: Store, identity: str) -> list[tuple[str, str]]:
    with store.reading() as transaction:
        query = select(audit.c.actor, audit.c.action).where(audit.c.subject == identity).order_by(audit.c.number)
        return [(row.actor, row.action) for row in transaction.connection.execute(query)]


def is_readable(store: Store, identity: str) -> bool:
    try:
        with store.reading() as transaction:
            open_submission(transaction, identity)
    except GoneError:
        return False
    return True


# --- one after the other ---


def test_what_is_asked_for_is_restricted_at_once_and_erased_after_three_days_and_no_earlier(store: Store) -> None:
    receipt = sent(store)
    asked(store, receipt.id)
    with store.reading() as transaction, pytest.raises(RestrictedError):
        open_submission(transaction, receipt.id)
    for hours in (1, 24, 48, 71.9):
        assert erase_requested(store, later(hours)).erased == 0
    assert erase_requested(store, later(72)).erased == 1
    row = plain(store, receipt.id)
    assert (row.state, row.reason, row.data_key_wrapped) == (State.ERASED, "requested", None)
    assert entries(store, receipt.id) == [
        ("person", "shared"),
        ("siti", "deletion_asked_words"),
        ("service", "erased"),
    ]
    with store.reading() as transaction:
        assert request_of(transaction, receipt.id) is None


def test_a_clock_that_leaps_ahead_erases_nothing_before_its_time(store: Store) -> None:
    receipt = sent(store)
    asked(store, receipt.id)
    for hours in (1, 2, 3, 60):
        assert erase_requested(store, later(hours, leap=400 * 24)).erased == 0
    assert erase_requested(store, later(73, leap=400 * 24)).erased == 1


def test_over_starts_of_the_machine_each_look_counts_a_day_at_most(store: Store) -> None:
    receipt = sent(store)
    asked(store, receipt.id)
    assert [erase_requested(store, later(hours, boot=f"start {hours}")).erased for hours in (100, 101, 130, 160)] == [
        0,
        0,
        0,
        1,
    ]


@given(
    hours=st.integers(-2000, 20_000),
    ran=st.integers(-2000, 20_000),
    same=st.booleans(),
    boot=st.sampled_from(("", "a")),
)
def test_time_that_surely_passed_is_never_more_than_either_clock_says(
    hours: int, ran: int, same: bool, boot: str
) -> None:
    before = Instant(BEGIN.wall, boot, 10_000_000)
    after = Instant(BEGIN.wall + timedelta(hours=hours), boot if same else "b", 10_000_000 + ran * 3600)
    passed = seconds_between(before, after)
    assert 0 <= passed <= max(0, hours * 3600)
    assert passed <= (max(0, ran * 3600) if same and boot else MOST_ACROSS_STARTS)


def test_what_must_be_called_first_stays_readable_and_on_top_until_another_colleague_agrees(store: Store) -> None:
    receipt = sent(store, call_first=1)
    asked(store, receipt.id)
    assert is_readable(store, receipt.id)
    with store.reading() as transaction:
        narrow = Filters(section="none such", language="tlh")
        assert group_sizes(transaction, narrow)[Group.DELETION_ASKED] == 1
        (item,) = list_page(transaction, next(iter(Group)), narrow).items
        sizes = group_sizes(transaction, Filters())
        assert not list_page(transaction, Group.CALL_FIRST, Filters()).items
    assert item.id == receipt.id
    assert item.deletion is not None
    assert sum(sizes.values()) == 1
    report = erase_requested(store, later(1000))
    assert (report.erased, report.waiting, report.overdue) == (0, 1, 1)
    with pytest.raises(SameColleagueError):
        agreed(store, receipt.id, "siti")
    assert is_readable(store, receipt.id)
    agreed(store, receipt.id, "arun", later(1000))
    assert not is_readable(store, receipt.id)
    assert erase_requested(store, later(1071)).erased == 0
    assert erase_requested(store, later(1072)).erased == 1
    assert entries(store, receipt.id)[1:3] == [("siti", "deletion_asked_words"), ("arun", "deletion_agreed")]


@pytest.mark.parametrize(
    ("contact", "left"),
    [
        (PHONE, {Identity.WORDS, Identity.CALL_BACK}),
        ({**PHONE, "channel": "whatsapp"}, {Identity.WORDS, Identity.CALL_BACK}),
        (EMAIL, {Identity.EMAIL}),
        ({**PHONE, "reach": ""}, set()),
    ],
)
def test_a_person_is_identified_only_by_what_is_stored_of_them(
    store: Store, contact: dict[str, str], left: set[Identity]
) -> None:
    receipt = sent(store, contact)
    assert set(identities_for(contact)) == left
    for identity in set(Identity) - left:
        with pytest.raises(IdentityError):
            store.write(
                lambda transaction, by=identity: ask(  # type: ignore[misc]
                    transaction, open_submission(transaction, receipt.id), asking(identity=by)
                )
            )
    assert is_readable(store, receipt.id)


def test_a_request_that_is_undone_leaves_everything_as_it_was(store: Store) -> None:
    receipt, twin = sent(store), sent(store)
    before = plain(store, receipt.id)
    asked(store, receipt.id)
    with store.reading() as transaction:
        assert group_sizes(transaction, Filters())[Group.DUPLICATES] == 0
    for _ in rotate_keys(store):
        pass
    store.write(lambda transaction: lift(transaction, receipt.id, "arun", "It was the neighbour."))
    row = plain(store, receipt.id)
    assert (row.state, row.category, row.ended_at) == (before.state, before.category, before.ended_at)
    assert row.contact_hash == plain(store, twin.id).contact_hash
    assert is_readable(store, receipt.id)
    assert erase_requested(store, later(1000)).erased == 0
    with pytest.raises(ChangedMeanwhileError):
        store.write(lambda transaction: lift(transaction, receipt.id, "arun", "again"))


def test_nothing_of_a_restricted_one_is_listed_exported_or_counted(store: Store) -> None:
    receipt = sent(store)
    asked(store, receipt.id)
    for group in (None, *Group):
        wanted = ExportRequest(Filters(), group, 10, "siti", "exported_csv")
        assert not list(export_rows(store, wanted))
    with store.reading() as transaction:
        sizes = group_sizes(transaction, Filters(section="fibrosis"))
        (item,) = list_page(transaction, Group.RESTRICTED, Filters()).items
        numbers = totals(transaction)
        overdue = read_overdue(transaction, now() + timedelta(days=9))
    assert {group for group, size in sizes.items() if size} == {Group.RESTRICTED}
    assert (item.row.category, item.code, item.row.language, item.channel, item.safety) == (None, "", None, "", ())
    assert (numbers.sections, overdue.number) == ({}, 0)


def test_what_is_restricted_while_an_export_runs_is_not_in_it(store: Store) -> None:
    first, second = sent(store), sent(store)
    rows = export_rows(store, ExportRequest(Filters(), None, 10, "siti", "exported_pdf", at_once=1))
    handed_out = next(rows).row.id
    other = second.id if handed_out == first.id else first.id
    asked(store, other)
    assert list(rows) == []
    assert ("siti", "exported_pdf") not in entries(store, other)


# --- anybody does anything ---


@dataclass
class Expected:
    """What the promises say of one submission, written down beside the code."""

    contact: dict[str, str]
    call_first: bool
    asked_by: str = ""
    restricted_for: float | None = None
    """Hours since it was restricted; None: it is not."""
    is_gone: bool = False


@dataclass
class World:
    """A store, an hour of simulated days, and what is expected of each submission."""

    store: Store
    hours: float = 0
    expected: dict[str, Expected] = field(default_factory=dict)

    @property
    def at(self) -> Instant:
        """The present moment."""
        return later(self.hours)

    def begin(self, kinds: list[tuple[bool, bool]]) -> None:
        """Leave nothing but what was sent now: with a number or an address, to be called first or not."""

        def clear(transaction: StoreTransaction) -> None:
            for table in (deletion_request, event, outbox, version, submission):
                transaction.connection.execute(delete(table))

        self.store.write(clear)
        for has_number, call_first in kinds:
            contact = PHONE if has_number else EMAIL
            self.expected[sent(self.store, contact, int(call_first)).id] = Expected(contact, call_first)

    def wait(self, hours: float) -> None:
        """Let time pass, and the daily run come."""
        self.hours += hours
        due = 0
        for expected in self.expected.values():
            if expected.restricted_for is not None and not expected.is_gone:
                expected.restricted_for += hours
                if expected.restricted_for >= WAIT.total_seconds() / 3600:
                    expected.is_gone = True
                    due += 1
        assert erase_requested(self.store, self.at).erased == due

    def ask(self, identity: str, who: str, how: Identity) -> None:
        """Ask in one of the ways, right or wrong."""
        expected = self.expected[identity]
        may = (how is Identity.EMAIL) == (expected.contact is EMAIL)
        wanted: tuple[type[Exception], ...] = ()
        if expected.is_gone or expected.restricted_for is not None:
            wanted = (GoneError,)
        elif not may or expected.asked_by:
            wanted = (IdentityError, ChangedMeanwhileError)
        self.try_to(
            lambda transaction: ask(transaction, open_submission(transaction, identity), asking(who, how), self.at),
            wanted,
        )
        if not wanted:
            expected.asked_by = who
            expected.restricted_for = None if expected.call_first else 0

    def agree(self, identity: str, who: str) -> None:
        """Agree, whoever it is."""
        expected = self.expected[identity]
        wanted: tuple[type[Exception], ...] = ()
        if expected.is_gone or expected.restricted_for is not None:
            wanted = (GoneError,)
        elif not expected.asked_by or expected.asked_by == who:
            wanted = (ChangedMeanwhileError, SameColleagueError)
        self.try_to(
            lambda transaction: agree(transaction, open_submission(transaction, identity), who, self.at), wanted
        )
        if not wanted:
            expected.restricted_for = 0

    def lift(self, identity: str, who: str) -> None:
        """Undo it, as staff or, with no name, as the person."""
        expected = self.expected[identity]
        wanted: tuple[type[Exception], ...] = ()
        if expected.is_gone:
            wanted = (GoneError,)
        elif not expected.asked_by:
            wanted = (ChangedMeanwhileError,)
        self.try_to(
            lambda transaction: lift(transaction, identity, who, "x") if who else lift_by_person(transaction, identity),
            wanted,
        )
        if not wanted:
            expected.asked_by, expected.restricted_for = "", None

    def try_to(self, work: Callable[[StoreTransaction], None], wanted: tuple[type[Exception], ...]) -> None:
        """Do it, and see that it is refused just where it should be."""
        if not wanted:
            self.store.write(work)
            return
        with pytest.raises(wanted):
            self.store.write(work)

    def check(self) -> None:
        """The promises, looked for in the store by everything that reads it."""
        readable = {
            identity
            for identity, expected in self.expected.items()
            if not expected.is_gone and expected.restricted_for is None
        }
        assert {identity for identity in self.expected if is_readable(self.store, identity)} == readable
        exported = export_rows(self.store, ExportRequest(Filters(), None, 100, "mei", "exported_json"))
        assert {row.row.id for row in exported} == readable
        erased = {identity for identity in self.expected if plain(self.store, identity).data_key_wrapped is None}
        assert erased == {identity for identity, expected in self.expected.items() if expected.is_gone}
        with self.store.reading() as transaction:
            sizes = group_sizes(transaction, Filters())
            listed = {
                group: [item.id for item in list_page(transaction, group, Filters()).items]
                for group in Group
                if group is not Group.DUPLICATES
            }
            requests = transaction.connection.execute(select(func.count()).select_from(deletion_request)).scalar_one()
        assert {group: len(ids) for group, ids in listed.items()} == {group: sizes[group] for group in listed}
        assert sorted(chain.from_iterable(listed.values())) == sorted(set(self.expected) - erased)
        waiting = {identity for identity in readable if self.expected[identity].asked_by}
        assert set(listed[Group.DELETION_ASKED]) == waiting
        assert set(listed[Group.RESTRICTED]) == set(self.expected) - erased - readable
        assert requests == len(waiting) + len(listed[Group.RESTRICTED])


KINDS_OF_SENT = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), st.integers(0, 2), st.sampled_from(PEOPLE), st.sampled_from(Identity)),
        st.tuples(st.just("agree"), st.integers(0, 2), st.sampled_from(PEOPLE)),
        st.tuples(st.just("lift"), st.integers(0, 2), st.sampled_from(("", *PEOPLE))),
        st.tuples(st.just("wait"), st.sampled_from((1, 24, 36, 71, 72, 200))),
    ),
    max_size=14,
)


def _walk(store: Store, kinds: list[tuple[bool, bool]], steps: list[tuple[object, ...]]) -> None:
    world = World(store)
    world.begin(kinds)
    ids = list(world.expected)
    for name, *rest in steps:
        arguments = rest if name == "wait" else [ids[int(str(rest[0])) % len(ids)], *rest[1:]]
        getattr(world, str(name))(*arguments)
        world.check()


@pytest.mark.slow
def test_whatever_anybody_does_the_promises_hold(store: Store) -> None:
    @settings(max_examples=12, deadline=None, database=None)
    @given(kinds=KINDS_OF_SENT, steps=STEPS)
    def walk(kinds: list[tuple[bool, bool]], steps: list[tuple[object, ...]]) -> None:
        _walk(store, kinds, steps)

    walk()


@pytest.mark.slow
def test_whatever_anybody_does_for_long_the_promises_hold(store: Store) -> None:
    @settings(max_examples=40, deadline=None, database=None)
    @given(kinds=KINDS_OF_SENT, steps=STEPS)
    def walk(kinds: list[tuple[bool, bool]], steps: list[tuple[object, ...]]) -> None:
        _walk(store, kinds, steps)

    walk()
