"""The audit: an entry for every action of staff, people and the service, each chained to the one before.

An entry names ids and actions, never what was in them.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, insert, select

from screening.crypto.hashing import keyed_hash
from screening.storage.audit.head import Head, head_row, read_head, write_head
from screening.storage.database.clock import now
from screening.storage.database.connections import after_commit
from screening.storage.database.locking import take_turns
from screening.storage.database.schema import audit
from screening.storage.keys.audit_mark import BEGINNING, HighestEntry, MarkError, raise_mark, read_mark
from screening.storage.keys.key_store import KeyStore
from screening.storage.store import StoreTransaction

log = logging.getLogger(__name__)
PERSON = "person"
SERVICE = "service"
PROGRAM = "key:"
"""How an actor begins that is a program: its key's id follows."""
ACCOUNT_SEALED = "account_sealed"
"""The action of an entry whose number is the version of the account that it is about."""
KEY_ISSUED = "api_key_issued"
KEY_REVOKED = "api_key_revoked"
"""The same of keys of programs."""
VERSIONS = frozenset({ACCOUNT_SEALED, KEY_ISSUED, KEY_REVOKED})
"""The actions of entries whose numbers are versions."""
BROKEN = "audit_broken"
"""The action of an entry that says: what stood here as the end of the audit was not what the service had written."""


class Entry(NamedTuple):
    """What an entry says."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str


def add_entry(transaction: StoreTransaction, actor: str, action: str, subject: str = "") -> int:
    """Append an entry in the transaction of the action itself: both are there, or none. Gives its number."""
    head = _present_head(transaction)
    return _append(transaction, head, (actor, action, subject), head.accounts).number


def add_account_version(transaction: StoreTransaction, actor: str, identity: str, action: str) -> int:
    """Append the entry of a change to an account or a key, by an action of `VERSIONS`; its number.

    That is from now on the version of what has this id.
    """
    head = _present_head(transaction)
    versions = {**head.accounts, identity: head.number + 1}
    return _append(transaction, head, (actor, action, identity), versions).number


def _present_head(transaction: StoreTransaction) -> Head:
    """The end of the audit that the next entry is chained to.

    Where somebody changed it, people's work goes on, and an entry says so for good: nothing that was put there by
    others is sealed as if it were ours, and no account has a version until somebody on the host gives it one.
    """
    take_turns(transaction.connection, b"audit")
    mark = read_mark(transaction.keys.mark)
    last = transaction.connection.execute(select(func.max(audit.c.number))).scalar_one()
    if last is None and mark is None and head_row(transaction) is None:
        return Head(0, BEGINNING, {})
    head = read_head(transaction, mark)
    if head and head.number == last:
        return head
    query = select(audit.c.chained).where(audit.c.number == (last or 0))
    chained = transaction.connection.execute(query).scalar_one_or_none() or BEGINNING
    number = max(last or 0, mark.number if mark else 0)
    return _append(transaction, Head(number, chained, {}), (SERVICE, BROKEN, ""), {})


def _append(transaction: StoreTransaction, head: Head, said: tuple[str, str, str], versions: Mapping[str, int]) -> Head:
    """Write an entry after `head`, and the new end. `said`: who, what, about which id."""
    entry = Entry(head.number + 1, now(), *said)
    chained = entry_hash(transaction.lookup_key(), head.chained, entry)
    transaction.connection.execute(insert(audit).values(**entry._asdict(), chained=chained))
    after = Head(entry.number, chained, versions)
    write_head(transaction, after)
    _note_after_commit(transaction, HighestEntry(entry.number, chained))
    return after


def _note_after_commit(transaction: StoreTransaction, highest: HighestEntry) -> None:
    """Raise the mark once the entry is kept; where what was marked is not here, the old mark must go on to tell."""
    mark = read_mark(transaction.keys.mark)
    if mark is None or is_here(transaction, mark):
        after_commit(transaction.connection, lambda: _raise_mark(transaction.keys, highest))


def _raise_mark(keys: KeyStore, highest: HighestEntry) -> None:
    try:
        raise_mark(keys.mark, highest)
    except MarkError as error:
        log.error("%s", error)  # noqa: TRY400 - what happened is said; the entry itself is kept


def is_here(transaction: StoreTransaction, marked: HighestEntry) -> bool:
    """Whether an entry still stands in the audit as it was."""
    query = select(audit.c.chained).where(audit.c.number == marked.number)
    return marked.number == 0 or transaction.connection.execute(query).scalar_one_or_none() == marked.chained


def entry_hash(key: bytes, before: bytes, entry: Entry) -> bytes:
    """The keyed hash of an entry and, through the one before, of all earlier ones."""
    content = "\x1f".join((str(entry.number), entry.at.isoformat(), entry.actor, entry.action, entry.subject))
    return keyed_hash(key, "audit entry", before + content.encode())
