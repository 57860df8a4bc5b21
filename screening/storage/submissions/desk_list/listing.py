"""The list of the desk: how many stand in each group, and a page of rows at a time by key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, tuple_

from screening.storage.database.rows import SubmissionRow
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_groups import (
    DUE_GROUPS,
    Filters,
    Group,
    deletion_asked,
    group_condition,
    group_of_open,
    twin_hashes,
)
from screening.storage.submissions.desk_list.list_items import Item, items
from screening.storage.submissions.record.records import State, Step

_c = submission.c
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_STAMP = "%Y%m%dT%H%M%S%z"


@dataclass(frozen=True, slots=True)
class Key:
    """A place among submissions in the order in which they came: after it a page begins."""

    received_at: datetime
    id: str


@dataclass(frozen=True, slots=True)
class ListKey:
    """A place in a group of the list: after it a page begins."""

    at: datetime
    """When it is due; where a group is sorted by that, when it came."""
    id: str
    rank: int = 1
    """0: before all others of its group, whenever it is due."""

    def __str__(self) -> str:
        return f"{self.rank}.{self.at:%Y%m%dT%H%M%S%z}.{self.id}"

    @classmethod
    def read(cls, text: str) -> ListKey | None:
        """The place that an address names; None where it names none."""
        rank, _, rest = text.partition(".")
        moment, _, identity = rest.partition(".")
        try:
            return cls(datetime.strptime(moment, _STAMP), identity, int(rank == "1"))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one group, and where the next page begins; None: these are the last."""

    items: tuple[Item, ...]
    next: ListKey | None


def group_sizes(transaction: StoreTransaction, filters: Filters) -> Mapping[Group, int]:
    """How many stand in each group."""
    sizes = Counter(_open_sizes(transaction, filters))
    for group in (Group.DELETION_ASKED, Group.RESTRICTED, Group.CLOSED):
        in_group = select(func.count()).where(group_condition(group, filters))
        sizes[group] = transaction.connection.execute(in_group).scalar_one()
    sizes[Group.DUPLICATES] = _number_of_twins(transaction, filters)
    return {group: sizes[group] for group in Group}


def came_since(transaction: StoreTransaction, filters: Filters, since: datetime) -> int:
    """How many open ones came after a moment, by these filters."""
    query = select(func.count()).where(_c.due_at.is_not(None), _c.received_at > since, *filters.conditions())
    return int(transaction.connection.execute(query).scalar_one())


def _number_of_twins(transaction: StoreTransaction, filters: Filters) -> int:
    """How many stand in the group of duplicates; where nothing is filtered in one look at their index."""
    if filters.conditions():
        in_group = select(func.count()).where(group_condition(Group.DUPLICATES, filters))
    else:
        same = twin_hashes().with_only_columns(func.count().label("number")).subquery()
        in_group = select(func.coalesce(func.sum(same.c.number), 0))
    return int(transaction.connection.execute(in_group).scalar_one())


def _open_sizes(transaction: StoreTransaction, filters: Filters) -> Mapping[Group, int]:
    """The groups of open ones in one look at the index."""
    number = group_of_open(filters.moment).label("number")
    query = select(number, _c.id).where(_c.due_at.is_not(None), *filters.conditions())
    sizes: Counter[Group] = Counter()
    numbered = query.subquery()
    counted = select(numbered.c.number, func.count()).group_by(numbered.c.number)
    for place, count in transaction.connection.execute(counted):
        sizes[DUE_GROUPS[place]] += count
    # Counted apart, from the few requests there are: the index of what is due knows nothing of them.
    requested = query.where(_c.id.in_(deletion_asked())).subquery()
    for place, count in transaction.connection.execute(
        select(requested.c.number, func.count()).group_by(requested.c.number)
    ):
        sizes[DUE_GROUPS[place]] -= count
    return sizes


def list_page(
    transaction: StoreTransaction, group: Group, filters: Filters, *, after: ListKey | None = None, most: int = 50
) -> ListPage:
    """Rows of a group after a place: what is due first comes first; elsewhere the oldest, of closed ones the newest."""
    ids = _ids(transaction, group, filters, after=after, most=most + 1)
    return _as_page(group, ids, {item.id: item for item in items(transaction, ids)}, most)


def first_pages(
    transaction: StoreTransaction, groups: Sequence[Group], filters: Filters, *, most: int
) -> Mapping[Group, ListPage]:
    """The first rows of several groups, whose items are read together."""
    ids = {group: _ids(transaction, group, filters, after=None, most=most + 1) for group in groups}
    wanted = list(dict.fromkeys(submission_id for page_ids in ids.values() for submission_id in page_ids))
    by_id = {item.id: item for item in items(transaction, wanted)}
    return {group: _as_page(group, ids[group], by_id, most) for group in groups}


def _as_page(group: Group, ids: Sequence[str], by_id: Mapping[str, Item], most: int) -> ListPage:
    """Of so many ids and one more the rows that are shown; what is gone meanwhile is left out."""
    shown = [by_id[submission_id] for submission_id in ids if submission_id in by_id][:most]
    last = key_of(group, shown[-1].row) if len(ids) > most and shown else None
    return ListPage(tuple(shown), last)


def _ids(
    transaction: StoreTransaction,
    group: Group,
    filters: Filters,
    *,
    after: ListKey | None,
    most: int,
    backwards: bool = False,
) -> list[str]:
    place, newest_first = _place(group), (group is Group.CLOSED) != backwards
    order = [column.desc() if newest_first else column.asc() for column in place]
    ids = select(_c.id).where(group_condition(group, filters)).order_by(*order).limit(most)
    if after:
        there = _there(group, after)
        ids = ids.where(tuple_(*place) < there if newest_first else tuple_(*place) > there)
    return list(transaction.connection.execute(ids).scalars())


def _place(group: Group) -> tuple[ColumnElement[Any], ...]:
    """By what a group is sorted."""
    if group not in DUE_GROUPS:
        return _c.received_at, _c.id
    if group is Group.CALL_FIRST:
        return case((_c.step == Step.HELP, 0), else_=1), _c.due_at, _c.id
    return _c.due_at, _c.id


def key_of(group: Group, row: SubmissionRow) -> ListKey:
    """The place of a submission in a group."""
    if group not in DUE_GROUPS:
        return ListKey(row.received_at, row.id)
    rank = 0 if group is Group.CALL_FIRST and row.step == Step.HELP else 1
    return ListKey(row.due_at or _EARLIEST, row.id, rank)


def group_of(transaction: StoreTransaction, row: SubmissionRow, at: datetime) -> Group | None:
    """The group in which a submission stands now; None where it stands in none."""
    if row.state == State.CLOSED:
        return Group.CLOSED
    number = select(group_of_open(at)).where(_c.id == row.id, _c.due_at.is_not(None))
    place = transaction.connection.execute(number).scalar()
    if place is None:
        return Group.RESTRICTED if row.state == State.RESTRICTED else None
    is_asked = transaction.connection.execute(
        deletion_asked().where(deletion_asked().selected_columns[0] == row.id)
    ).first()
    return Group.DELETION_ASKED if is_asked else DUE_GROUPS[place]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What stands before and after a submission in the order of the list; None: nothing."""

    group: Group
    before: str | None
    after: str | None
    place: int | None
    """Which one of its group it is, from 1 on; None: these filters leave it out."""
    number: int
    """How many stand in its group."""


def neighbours(transaction: StoreTransaction, row: SubmissionRow, filters: Filters) -> Neighbours | None:
    """The neighbours of a submission, in its group by these filters and then in the groups beside it."""
    group = group_of(transaction, row, filters.moment)
    if group is None:
        return None
    key = key_of(group, row)
    after = _ids(transaction, group, filters, after=key, most=1)
    before = _ids(transaction, group, filters, after=key, most=1, backwards=True)
    in_group = select(func.count()).where(group_condition(group, filters))
    number = transaction.connection.execute(in_group).scalar_one()
    place, there = tuple_(*_place(group)), _there(group, key)
    earlier = in_group.where(place > there if group is Group.CLOSED else place < there)
    ahead = transaction.connection.execute(earlier).scalar_one()
    is_listed = transaction.connection.execute(in_group.where(_c.id == row.id)).scalar_one() == 1
    return Neighbours(
        group,
        next(iter(before), None) or _beside(transaction, group, filters, step=-1),
        next(iter(after), None) or _beside(transaction, group, filters, step=1),
        ahead + 1 if is_listed else None,
        number,
    )


def _there(group: Group, key: ListKey) -> ColumnElement[Any]:
    return tuple_(*([key.rank] if group is Group.CALL_FIRST else []), key.at, key.id)


def _beside(transaction: StoreTransaction, group: Group, filters: Filters, *, step: int) -> str | None:
    """The nearest submission in the groups after or before one; None where there is none."""
    if group not in DUE_GROUPS:
        return None
    place = DUE_GROUPS.index(group) + step
    while 0 <= place < len(DUE_GROUPS):
        ids = _ids(transaction, DUE_GROUPS[place], filters, after=None, most=1, backwards=step < 0)
        if ids:
            return ids[0]
        place += step
    return None
