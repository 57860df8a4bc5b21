"""Submissions for an export, a few at a time: what is handed out is in the audit before it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select, tuple_

from screening.storage.audit.log import add_entry
from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import submission
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.assessments.versions import Version, versions
from screening.storage.submissions.desk_list.list_groups import Filters, Group, group_condition
from screening.storage.submissions.desk_list.listing import Key
from screening.storage.submissions.record.records import OPEN, State, unseal

AT_ONCE = 50
"""Submissions that are read in one transaction."""
_c = submission.c


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Which submissions of a list are handed out, at most so many, to whom and as what."""

    filters: Filters
    group: Group | None
    """None: all that the filters let through."""
    most: int
    by: str
    action: str
    """How the audit calls it."""
    at_once: int = AT_ONCE
    """How many are read in one transaction: few, where making the file takes long enough for one to be restricted."""


@dataclass(frozen=True, slots=True)
class ExportedSubmission:
    """A submission as it is handed out: nothing of how to reach the person."""

    code: str
    row: SubmissionRow
    """The plain columns."""
    versions: tuple[Version, ...]


def export_rows(store: Store, wanted: ExportRequest) -> Iterator[ExportedSubmission]:
    """The submissions wanted, the oldest first; each is recorded as handed out before it is given."""
    after: Key | None = None
    left = wanted.most
    while left > 0:
        count = min(wanted.at_once, left)
        batch = store.write(partial(_next_batch, wanted=wanted, after=after, count=count))
        yield from batch
        if len(batch) < count:
            return
        left -= count
        after = Key(batch[-1].row.received_at, batch[-1].row.id)


def _next_batch(
    transaction: StoreTransaction, wanted: ExportRequest, after: Key | None, count: int
) -> list[ExportedSubmission]:
    query = select(submission).where(_c.state != State.RESTRICTED).order_by(_c.received_at, _c.id).limit(count)
    if wanted.group:
        query = query.where(group_condition(wanted.group, wanted.filters))
    else:
        query = query.where(_c.state.in_([*OPEN, State.CLOSED]), *wanted.filters.conditions())
    if after:
        query = query.where(tuple_(_c.received_at, _c.id) > tuple_(after.received_at, after.id))
    batch = []
    for row in fetch_all(transaction.connection, SubmissionRow, query):
        opened = unseal(transaction.keys, row)
        batch.append(ExportedSubmission(opened.code, row, tuple(versions(transaction, opened))))
        add_entry(transaction, wanted.by, wanted.action, row.id)
    return batch
