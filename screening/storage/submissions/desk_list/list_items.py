"""Submissions as they are listed: what stands plain, and what the row holds sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from screening.storage.database.account_tables import staff
from screening.storage.database.rows import DeletionRequestRow, SubmissionRow, fetch_all
from screening.storage.database.schema import deletion_request, submission
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import StoreTransaction
from screening.storage.submissions.assessments.heard import heard_in
from screening.storage.submissions.desk_list.list_groups import twin_hashes
from screening.storage.submissions.record.cipher import submission_cipher
from screening.storage.submissions.record.records import NEWS, UNCONFIRMED_CALLER, WORSE, State, Step

_c = submission.c
_MOST_TWINS = 5
"""So many others of one number or address are named."""
_NOT_LISTED: Mapping[str, Any] = dict.fromkeys(
    (
        "answered_on",
        "best_time",
        "assignee_id",
        "language",
        "category",
        "call_first",
        "conflicts",
        "unsure",
        "for_other",
    )
)
"""The plain columns that are not listed of a submission that nobody reads."""


@dataclass(frozen=True, slots=True)
class Twin:
    """Another open submission from the same number or address."""

    id: str
    code: str
    name: str = ""
    """What the person is called; empty where they gave none."""


@dataclass(frozen=True, slots=True)
class Item:
    """A submission as it is listed; of one that nobody reads only that it is there, and since when."""

    row: SubmissionRow
    """The plain columns."""
    state: State
    step: Step | None
    assignee: str = ""
    """The name of who has it; empty where nobody has."""
    code: str = ""
    safety: tuple[str, ...] = ()
    """Why it is called first, as the person was told it."""
    safety_notes: tuple[str, ...] = ()
    """The ids of the notes that say so, in the same order; of what was sent before they were kept: none."""
    heard: int = 0
    """How many emergencies were heard on calls."""
    channel: str = ""
    reach: str = ""
    """Their number or address, in the one way to write it."""
    name: str = ""
    """What the person is called; empty where they gave none."""
    news: tuple[str, ...] = ()
    """What the person did since staff last looked: kinds of events."""
    is_worse: bool = False
    """Whether that made it more dangerous."""
    is_unconfirmed: bool = False
    """Whether the latest call reached somebody who was not confirmed."""
    twins: tuple[Twin, ...] = ()
    deletion: DeletionRequestRow | None = None
    """The deletion that was asked for."""

    @property
    def id(self) -> str:
        """Its id."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class _AssignedRow(SubmissionRow):
    """A submission with the name of who has it."""

    assignee: str | None


@dataclass(frozen=True, slots=True)
class _Company:
    """What stands in other rows than the listed ones."""

    twins: Mapping[bytes, tuple[Twin, ...]] = field(default_factory=dict)
    requests: Mapping[str, DeletionRequestRow] = field(default_factory=dict)


def items(transaction: StoreTransaction, ids: list[str]) -> list[Item]:
    """These submissions as they are listed, in this order; what is gone meanwhile is left out."""
    query = select(submission, staff.c.name.label("assignee")).outerjoin(staff, _c.assignee_id == staff.c.id)
    query = query.where(_c.id.in_(ids), _c.data_key_wrapped.is_not(None))
    rows = fetch_all(transaction.connection, _AssignedRow, query)
    by_id = {row.id: row for row in rows}
    hashes = [row.contact_hash for row in rows if row.contact_hash]
    company = _Company(_twins(transaction, hashes), _requests(transaction, ids))
    return [_item(transaction.keys, by_id[submission_id], company) for submission_id in ids if submission_id in by_id]


def named_beside(shown: Collection[Item]) -> frozenset[str]:
    """The submissions whose names stand in rows of others where these are listed, and in none of their own."""
    own = {item.id for item in shown}
    return frozenset(twin.id for item in shown for twin in item.twins if twin.name and twin.id not in own)


def twins_of(transaction: StoreTransaction, row: SubmissionRow) -> tuple[Twin, ...]:
    """The other open submissions from the number or address of one."""
    if row.contact_hash is None or row.ended_at is not None:
        return ()
    same = _twins(transaction, [row.contact_hash]).get(row.contact_hash, ())
    return tuple(twin for twin in same if twin.id != row.id)


def _requests(transaction: StoreTransaction, ids: list[str]) -> Mapping[str, DeletionRequestRow]:
    """The deletions that were asked for, by submission."""
    query = select(deletion_request).where(deletion_request.c.submission_id.in_(ids))
    return {row.submission_id: row for row in fetch_all(transaction.connection, DeletionRequestRow, query)}


def _twins(transaction: StoreTransaction, hashes: list[bytes]) -> Mapping[bytes, tuple[Twin, ...]]:
    """Open submissions from numbers and addresses from which more than one came."""
    if not hashes:
        return {}
    shared = list(transaction.connection.execute(twin_hashes().where(_c.contact_hash.in_(hashes))).scalars())
    if not shared:
        return {}
    query = select(submission).where(_c.ended_at.is_(None), _c.contact_hash.in_(shared)).order_by(_c.received_at)
    by_hash: dict[bytes, tuple[Twin, ...]] = {}
    for row in fetch_all(transaction.connection, SubmissionRow, query):
        known = by_hash.get(row.contact_hash or b"", ())
        if len(known) <= _MOST_TWINS and row.contact_hash and row.state != State.RESTRICTED:
            by_hash[row.contact_hash] = (*known, _twin(transaction.keys, row))
    return by_hash


def _twin(keys: KeyStore, row: SubmissionRow) -> Twin:
    members = submission_cipher(keys, row).open(row.row_sealed, "submission", row.id, "row")
    return Twin(row.id, str(members["code"]), str(members.get("name", "")))


def _item(keys: KeyStore, row: _AssignedRow, company: _Company) -> Item:
    deletion = company.requests.get(row.id)
    if row.state == State.RESTRICTED:
        return Item(replace(row, **_NOT_LISTED), State.RESTRICTED, None, deletion=deletion)
    members = submission_cipher(keys, row).open(row.row_sealed, "submission", row.id, "row")
    safety = members.get("safety", ())
    same = company.twins.get(row.contact_hash or b"", ()) if row.ended_at is None else ()
    return Item(
        row=row,
        state=State(row.state),
        step=Step(row.step) if row.step else None,
        assignee=row.assignee or "",
        code=str(members["code"]),
        safety=tuple(filter(None, [safety] if isinstance(safety, str) else safety)),
        safety_notes=tuple(members.get("safety_notes", ())),
        heard=len(heard_in(members)),
        channel=str(members.get("channel", "")),
        reach=str(members.get("reach", "")),
        name=str(members.get("name", "")),
        news=tuple(members.get(NEWS, ())),
        is_worse=bool(members.get(WORSE)),
        is_unconfirmed=bool(members.get(UNCONFIRMED_CALLER)),
        twins=tuple(twin for twin in same if twin.id != row.id),
        deletion=deletion,
    )
