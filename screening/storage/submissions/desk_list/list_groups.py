"""What stands in which group of the desk's list, as conditions on the plain columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, not_, or_, select

from screening.storage.database.clock import now
from screening.storage.database.schema import deletion_request, submission
from screening.storage.submissions.next_steps.steps import AFTER_CONTACT, FOR_OTHERS
from screening.storage.submissions.next_steps.working_time import day_of, end_of_day
from screening.storage.submissions.record.records import State

NOBODY = "nobody"
"""As the assignee of a filter: what nobody has taken."""
_c = submission.c
_IS_OPEN = _c.due_at.is_not(None)
_IS_FIRST = _c.call_first > literal_column("0")  # literally, so that the index of these rows alone is used
_HAS_NEWS = _c.news_at.is_not(None)


class Group(StrEnum):
    """What waits for what. A submission stands in the first group that fits, and in that of duplicates besides."""

    DELETION_ASKED = "deletion_asked"
    CALL_FIRST = "call_first"
    """A warning stands in the answers, was added or was heard; until the person was reached, and again when due."""
    NEWS = "news"
    """The person did something that nobody has seen yet."""
    OVERDUE = "overdue"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"
    """For others: the person, papers, a clinician."""
    DUPLICATES = "duplicates"
    CLOSED = "closed"
    RESTRICTED = "restricted"


DUE_GROUPS = (Group.CALL_FIRST, Group.NEWS, Group.OVERDUE, Group.TODAY, Group.LATER, Group.WAITING)
"""Groups of open submissions, each in exactly one of them: what is due first stands first."""
FILTERED = frozenset(Group) - {Group.DELETION_ASKED, Group.RESTRICTED}
"""Groups that filters narrow down. The first of all always shows what waits in it; of what nobody may read no filter
may tell anything, so that it is listed whatever is asked for."""
Several = str | tuple[str, ...]
"""One value, or several of which any will do; empty: all."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is listed; empty: all."""

    state: Several = ()
    step: Several = ()
    section: Several = ()
    language: Several = ()
    assignee: Several = ()
    """Of members of staff the ids, or `NOBODY`."""
    who: Several = ()
    """self or other."""
    best_time: Several = ()
    at: datetime | None = None
    """The moment by which something is overdue, or of today; None: now."""

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row must be."""
        conditions: list[ColumnElement[bool]] = []
        columns = {"section": _c.category, "language": _c.language, "state": _c.state, "step": _c.step}
        for name, column in (columns | {"best_time": _c.best_time}).items():
            values = several(getattr(self, name))
            if values:
                conditions.append(column.in_(values))
        if assignees := several(self.assignee):
            nobody = [_c.assignee_id.is_(None)] if NOBODY in assignees else []
            conditions.append(or_(*nobody, _c.assignee_id.in_([name for name in assignees if name != NOBODY])))
        if len(who := several(self.who)) == 1:
            conditions.append(_c.for_other == (who[0] == "other"))
        return conditions

    @property
    def moment(self) -> datetime:
        """By which something is overdue."""
        return self.at or now()


def several(values: Several) -> tuple[str, ...]:
    """The values of a filter."""
    return (values,) if isinstance(values, str) and values else tuple(values)


def group_condition(group: Group, filters: Filters) -> ColumnElement[bool]:
    """What stands in a group, by these filters."""
    if group not in FILTERED:
        return _c.id.in_(deletion_asked()) if group is Group.DELETION_ASKED else _c.state == State.RESTRICTED
    in_group = _of_group(group, filters.moment)
    if group is not Group.DUPLICATES:
        in_group = and_(in_group, _c.id.not_in(deletion_asked()))
    return and_(in_group, *filters.conditions())


def deletion_asked() -> Select[Any]:
    """The ids of what waits for a second colleague to agree that it is deleted."""
    return select(deletion_request.c.submission_id).where(deletion_request.c.restricted_at.is_(None))


def _of_group(group: Group, at: datetime) -> ColumnElement[bool]:
    if group is Group.CLOSED:
        return _c.state == State.CLOSED
    if group is Group.DUPLICATES:
        return and_(_c.ended_at.is_(None), _c.contact_hash.in_(twin_hashes()))
    first = and_(_IS_OPEN, _IS_FIRST, _is_first_now(at))
    if group is Group.CALL_FIRST:
        return first
    if group is Group.NEWS:
        return and_(_IS_OPEN, _HAS_NEWS, not_(and_(_IS_FIRST, _is_first_now(at))))
    calm = and_(_c.news_at.is_(None), not_(and_(_IS_FIRST, _is_first_now(at))))
    return and_(_IS_OPEN, _when(group, at), calm)


def _is_first_now(at: datetime) -> ColumnElement[bool]:
    """Of what is to be called first: whether that is to be done, and not papers awaited from somebody who was told."""
    return or_(_c.step.not_in(AFTER_CONTACT), _c.due_at < at, _HAS_NEWS)


def _when(group: Group, at: datetime) -> ColumnElement[bool]:
    """When what stands in a group is due."""
    night = end_of_day(day_of(at))
    match group:
        case Group.OVERDUE:
            return _c.due_at < at
        case Group.TODAY:
            return and_(_c.due_at >= at, _c.due_at <= night, _c.step.not_in(FOR_OTHERS))
        case Group.LATER:
            return and_(_c.due_at > night, _c.step.not_in(FOR_OTHERS))
        case _:
            return and_(_c.due_at >= at, _c.step.in_(FOR_OTHERS))


def group_of_open(at: datetime) -> ColumnElement[int]:
    """The number of the group of an open submission, as in `DUE_GROUPS`."""
    night = end_of_day(day_of(at))
    return case(
        (and_(_IS_FIRST, _is_first_now(at)), 0),
        (_HAS_NEWS, 1),
        (_c.due_at < at, 2),
        (_c.step.in_(FOR_OTHERS), 5),
        (_c.due_at <= night, 3),
        else_=4,
    )


def twin_hashes() -> Select[Any]:
    """The hashes of addresses from which more than one open submission came."""
    query = select(_c.contact_hash).where(_c.ended_at.is_(None), _c.contact_hash.is_not(None))
    return query.group_by(_c.contact_hash).having(func.count() > 1)


def open_ids(ids: Iterable[str]) -> ColumnElement[bool]:
    """Those of these submissions that are open."""
    return and_(_IS_OPEN, _c.id.in_(list(ids)))
