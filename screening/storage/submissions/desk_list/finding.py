"""Finding submissions by what somebody says on the telephone: a code, a number, an e-mail address, a name.

Codes, numbers and addresses by their keyed hashes, names by the index of the process. What nobody may read any more
(erased, withdrawn, deletion asked) is not found by a number, an address or a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction
from screening.storage.submissions.desk_list.list_items import Item, items
from screening.storage.submissions.desk_list.name_index import NO_MATCHES, READABLE, NameIndex
from screening.storage.submissions.desk_list.name_words import Beginning
from screening.storage.submissions.record.records import State, contact_hash, find_by_code

_c = submission.c


@dataclass(frozen=True, slots=True)
class Search:
    """What a text may mean: more than one of these, where nine letters are a code and a name."""

    code: str = ""
    reaches: tuple[str, ...] = ()
    """Numbers and addresses, each in the one way to write it."""
    name: tuple[Beginning, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found, the best first."""

    items: tuple[Item, ...]
    has_more: bool
    is_whole: bool
    """Whether the names of all submissions were looked through."""


def id_by_code(transaction: StoreTransaction, code: str) -> str | None:
    """The id of what has this code; None where there is nothing of it to open."""
    row = find_by_code(transaction, code) if code else None
    return row.id if row and row.data_key_wrapped is not None else None


def find_submissions(transaction: StoreTransaction, search: Search, index: NameIndex, most: int) -> Findings:
    """At most so many submissions that fit: those by number or address first, then those by name."""
    by_reach = _by_reach(transaction, search.reaches, most + 1)
    by_name = index.find(transaction, search.name, most + 1) if search.name else NO_MATCHES
    ids = list(dict.fromkeys([*by_reach, *by_name.ids]))
    listed = [item for item in items(transaction, ids[:most]) if item.state is not State.RESTRICTED]
    return Findings(tuple(listed), len(ids) > most, by_name.is_whole)


def _by_reach(transaction: StoreTransaction, reaches: Sequence[str], most: int) -> Sequence[str]:
    """By every master key: while keys are changed some hashes are still those of the one before."""
    if not reaches:
        return ()
    hashes = [contact_hash(key, reach) for key in transaction.keys.ring().keys for reach in reaches]
    query = select(_c.id).where(_c.contact_hash.in_(hashes), *READABLE)
    query = query.order_by(_c.ended_at.is_not(None), _c.received_at.desc(), _c.id.desc()).limit(most)
    return transaction.connection.execute(query).scalars().all()
