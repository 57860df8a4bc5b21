"""The list of the desk: groups of what waits, each with its number, a page of rows at a time by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_

from screening.storage.database.rows import DeletionRequestRow, SubmissionRow, fetch_all
from screening.storage.database.schema import deletion_request, staff, submission
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import StoreTransaction
from screening.storage.submissions.cipher import submission_cipher
from screening.storage.submissions.records import State

OPEN = (State.NEW, State.TRIED, State.IN_CONTACT, State.AWAITING_DOCUMENTS, State.WITH_CLINICIAN)
"""States in which somebody at the clinic still has something to do."""
TO_CALL = (State.NEW, State.TRIED)
NOBODY = "nobody"
"""As the assignee of a filter: what nobody has taken."""
_c = submission.c


class Group(StrEnum):
    """What waits for what. A submission stands in the first group that fits, and in that of duplicates besides."""

    DELETION_ASKED = "deletion_asked"
    CALL_FIRST = "call_first"
    BEST_TIME = "best_time"
    AWAITING_DOCUMENTS = "awaiting_documents"
    TRIED = "tried"
    NEW = "new"
    IN_CONTACT = "in_contact"
    WITH_CLINICIAN = "with_clinician"
    DUPLICATES = "duplicates"
    CLOSED = "closed"
    RESTRICTED = "restricted"


FILTERED = frozenset(Group) - {Group.DELETION_ASKED, Group.RESTRICTED}
"""Groups that filters narrow down. The first of all always shows what waits in it; of what nobody may read no filter
may tell anything, so that it is listed whatever is asked for."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is listed; empty: all."""

    state: str = ""
    section: str = ""
    language: str = ""
    assignee: str = ""
    """Of a member of staff the id, or `NOBODY`."""
    who: str = ""
    """self or other."""
    slot: str = ""
    """The time of day that it is now, as people name it for a call; empty where it is none."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row must be."""
        conditions: list[ColumnElement[bool]] = []
        if self.section:
            conditions.append(_c.category == self.section)
        if self.language:
            conditions.append(_c.language == self.language)
        if self.assignee:
            conditions.append(_c.assignee_id.is_(None) if self.assignee == NOBODY else _c.assignee_id == self.assignee)
        if self.who:
            conditions.append(_c.for_other == (self.who == "other"))
        if self.state:
            conditions.append(_c.state == self.state)
        return conditions


@dataclass(frozen=True, slots=True)
class Key:
    """A place in a list: after it a page begins."""

    received_at: datetime
    id: str

    def __str__(self) -> str:
        return f"{self.received_at:%Y%m%dT%H%M%S%z}.{self.id}"

    @classmethod
    def read(cls, text: str) -> Key | None:
        """The place that an address names; None where it names none."""
        moment, _, identity = text.partition(".")
        try:
            return cls(datetime.strptime(moment, "%Y%m%dT%H%M%S%z"), identity)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Item:
    """A submission as it is listed."""

    id: str
    state: State
    received_at: datetime
    promised_at: datetime
    answered_on: str
    language: str
    category: str
    best_time: str
    tries: int
    for_other: bool
    is_unread: bool
    assignee: str
    """The name of who has it; empty where nobody has."""
    code: str
    safety: tuple[str, ...]
    channel: str
    has_news: bool
    has_twin: bool = False
    """Whether another open one came from the same number or address."""
    deletion: DeletionRequestRow | None = None
    """The deletion that was asked for."""
    name: str = ""
    """What the person is called; empty where they gave none."""


@dataclass(frozen=True, slots=True)
class _AssignedRow(SubmissionRow):
    """A submission with the name of who has it."""

    assignee: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one group, and where the next page begins; None: these are the last."""

    items: tuple[Item, ...]
    next: Key | None


def group_sizes(transaction: StoreTransaction, filters: Filters) -> Mapping[Group, int]:
    """How many stand in each group."""
    kinds = (_c.state, _c.call_first, _c.best_time)
    query = select(*kinds, func.count()).group_by(*kinds)
    query = query.where(_c.state.in_([*OPEN, State.CLOSED]), *filters.conditions())
    sizes: Counter[Group] = Counter()
    for state, first, time, count in transaction.connection.execute(query):
        sizes[_group(State(state), is_first=first > 0, is_time=bool(time) and time == filters.slot)] += count
    # Counted apart, from the few requests there are: the index of groups knows nothing of them.
    for state, first, time, count in transaction.connection.execute(query.where(_c.id.in_(_asked()))):
        sizes[_group(State(state), is_first=first > 0, is_time=bool(time) and time == filters.slot)] -= count
    for group in (Group.DELETION_ASKED, Group.RESTRICTED):
        in_group = select(func.count()).where(group_condition(group, filters))
        sizes[group] = transaction.connection.execute(in_group).scalar_one()
    twins = select(func.count()).where(group_condition(Group.DUPLICATES, filters))
    sizes[Group.DUPLICATES] = transaction.connection.execute(twins).scalar_one()
    return {group: sizes[group] for group in Group}


def came_since(transaction: StoreTransaction, filters: Filters, since: datetime) -> int:
    """How many that wait came after a moment and may be read, by these filters."""
    query = select(func.count()).where(_c.state.in_(OPEN), _c.received_at > since, *filters.conditions())
    number: int = transaction.connection.execute(query).scalar_one()
    return number


def _group(state: State, *, is_first: bool, is_time: bool) -> Group:
    if state is State.CLOSED:
        return Group.CLOSED
    if is_first:
        return Group.CALL_FIRST
    return Group.BEST_TIME if is_time and state in TO_CALL else Group(state.value)


def group_condition(group: Group, filters: Filters) -> ColumnElement[bool]:
    """What stands in a group, by these filters."""
    if group not in FILTERED:
        return _c.id.in_(_asked()) if group is Group.DELETION_ASKED else _c.state == State.RESTRICTED
    in_group = _of_group(group, filters.slot)
    if group is not Group.DUPLICATES:
        in_group = and_(in_group, _c.id.not_in(_asked()))
    return and_(in_group, *filters.conditions())


def _asked() -> Select[Any]:
    """The ids of what waits for a second colleague to agree that it is deleted."""
    return select(deletion_request.c.submission_id).where(deletion_request.c.restricted_at.is_(None))


def _of_group(group: Group, slot: str) -> ColumnElement[bool]:
    match group:
        case Group.CLOSED:
            return _c.state == State.CLOSED
        case Group.CALL_FIRST:
            return and_(_c.state.in_(OPEN), _c.call_first > 0)
        case Group.DUPLICATES:
            return and_(_c.ended_at.is_(None), _c.contact_hash.in_(_twins()))
        case Group.BEST_TIME:
            return and_(_c.state.in_(TO_CALL), _c.call_first == 0, _c.best_time == (slot or None))
        case Group.NEW | Group.TRIED:
            later = or_(_c.best_time.is_(None), _c.best_time != slot)
            return and_(_c.state == group.value, _c.call_first == 0, later)
        case _:
            return and_(_c.state == group.value, _c.call_first == 0)


def _twins() -> Select[Any]:
    """The hashes of addresses from which more than one open submission came."""
    query = select(_c.contact_hash).where(_c.ended_at.is_(None))
    return query.group_by(_c.contact_hash).having(func.count() > 1)


def page(
    transaction: StoreTransaction, group: Group, filters: Filters, *, after: Key | None = None, most: int = 50
) -> Page:
    """Rows of a group after a place: the oldest first, of closed ones the newest."""
    place = tuple_(_c.received_at, _c.id)
    newest_first = group is Group.CLOSED
    ids = select(_c.id).where(group_condition(group, filters)).limit(most + 1)
    order = (_c.received_at.desc(), _c.id.desc()) if newest_first else (_c.received_at.asc(), _c.id.asc())
    ids = ids.order_by(*order)
    if after:
        there = tuple_(after.received_at, after.id)
        ids = ids.where(place < there if newest_first else place > there)
    fetched = items(transaction, list(transaction.connection.execute(ids).scalars()))
    shown = fetched[:most]
    last = Key(shown[-1].received_at, shown[-1].id) if len(fetched) > most else None
    return Page(tuple(shown), last)


def items(transaction: StoreTransaction, ids: list[str]) -> list[Item]:
    """These submissions as they are listed, in this order; what is gone meanwhile is left out."""
    query = select(submission, staff.c.name.label("assignee")).outerjoin(staff, _c.assignee_id == staff.c.id)
    query = query.where(_c.id.in_(ids), _c.data_key_wrapped.is_not(None))
    rows = fetch_all(transaction.connection, _AssignedRow, query)
    by_id = {row.id: row for row in rows}
    twins = _with_twins(transaction, [row.contact_hash for row in rows if row.contact_hash])
    requests = _requests(transaction, ids)
    listed = [_item(transaction.keys, by_id[submission_id]) for submission_id in ids if submission_id in by_id]
    return [
        replace(item, has_twin=by_id[item.id].contact_hash in twins, deletion=requests.get(item.id)) for item in listed
    ]


def _requests(transaction: StoreTransaction, ids: list[str]) -> Mapping[str, DeletionRequestRow]:
    """The deletions that were asked for, by submission."""
    query = select(deletion_request).where(deletion_request.c.submission_id.in_(ids))
    return {row.submission_id: row for row in fetch_all(transaction.connection, DeletionRequestRow, query)}


def _with_twins(transaction: StoreTransaction, hashes: list[bytes]) -> frozenset[bytes]:
    if not hashes:
        return frozenset()
    return frozenset(transaction.connection.execute(_twins().where(_c.contact_hash.in_(hashes))).scalars())


def _restricted_item(row: _AssignedRow) -> Item:
    """What is listed of a submission that nobody reads: that it is there, and since when."""
    return Item(
        id=row.id,
        state=State.RESTRICTED,
        received_at=row.received_at,
        promised_at=row.promised_at,
        answered_on="",
        language="",
        category="",
        best_time="",
        tries=0,
        for_other=False,
        is_unread=False,
        assignee="",
        code="",
        safety=(),
        channel="",
        has_news=False,
    )


def _item(keys: KeyStore, row: _AssignedRow) -> Item:
    if row.state == State.RESTRICTED:
        return _restricted_item(row)
    members = submission_cipher(keys, row).open(row.row_sealed, "submission", row.id, "row")
    safety = members.get("safety", ())
    return Item(
        id=row.id,
        state=State(row.state),
        received_at=row.received_at,
        promised_at=row.promised_at,
        answered_on=row.answered_on or "",
        language=row.language or "",
        category=row.category or "",
        best_time=row.best_time or "",
        tries=row.tries or 0,
        for_other=bool(row.for_other),
        is_unread=row.opened_at is None,
        assignee=row.assignee or "",
        code=str(members["code"]),
        safety=tuple(filter(None, [safety] if isinstance(safety, str) else safety)),
        channel=str(members.get("channel", "")),
        has_news=bool(members.get("news")),
        name=str(members.get("name", "")),
    )
