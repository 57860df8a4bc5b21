"""Open submissions of a colleague who can sign in no longer, given to somebody else or to nobody: all of them at once.

Whoever does it reads nothing of them: they are known by their number and their codes.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, func, select

from screening.storage.audit.log import add_entry
from screening.storage.database.rows import SubmissionRow, fetch_all
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_groups import NOBODY
from screening.storage.submissions.record.events import add_event
from screening.storage.submissions.record.records import OPEN, change, unseal
from screening.storage.submissions.record.submission_codes import code_of

GIVEN = "given"
"""The kind of event by which somebody else gives a submission to a colleague."""
_c = submission.c
_IS_OPEN = and_(_c.data_key_wrapped.is_not(None), _c.state.in_(OPEN))
"""Nobody works on what is closed, and nobody reads what is restricted: it is given once that is lifted."""


def given_to(receiver: str | None) -> str:
    """How the audit calls it that somebody else gave a submission to a colleague, or to nobody."""
    return f"given_to_{receiver or NOBODY}"


def held_numbers(transaction: StoreTransaction) -> Mapping[str, int]:
    """How many open submissions each colleague has, by id."""
    query = select(_c.assignee_id, func.count()).where(_IS_OPEN, _c.assignee_id.is_not(None)).group_by(_c.assignee_id)
    return {str(holder): int(number) for holder, number in transaction.connection.execute(query)}


def held_codes(transaction: StoreTransaction, holder: str, most: int) -> tuple[str, ...]:
    """The codes of those that came first among them."""
    query = select(submission).where(_IS_OPEN, _c.assignee_id == holder).order_by(_c.received_at, _c.id).limit(most)
    return tuple(code_of(transaction, row) for row in fetch_all(transaction.connection, SubmissionRow, query))


def give_all(transaction: StoreTransaction, by: str, holder: str, receiver: str | None) -> int:
    """Give all that a colleague has to another one, or to nobody; how many. Takes a transaction of `Store.write`."""
    query = select(submission).where(_IS_OPEN, _c.assignee_id == holder).order_by(_c.id)
    rows = fetch_all(transaction.connection, SubmissionRow, query)
    for row in rows:
        opened = unseal(transaction.keys, row)
        change(transaction, opened, assignee_id=receiver)
        add_event(transaction, opened, GIVEN, {"to": receiver or ""}, by)
        add_entry(transaction, by, given_to(receiver), row.id)
    return len(rows)
