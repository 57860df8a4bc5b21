"""The audit: an entry for every action of staff, people and the service, each chained to the one before.

An entry names ids and actions, never what was in them.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select, update

from screening.crypto.hashing import keyed_hash
from screening.storage.database.clock import now
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import AuditHeadRow, fetch_one
from screening.storage.database.schema import audit, audit_head
from screening.storage.store import StoreTransaction

PERSON = "person"
SERVICE = "service"
BEGINNING = bytes(32)
"""What the first entry is chained to."""


class Entry(NamedTuple):
    """What an entry says."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str


def add_entry(transaction: StoreTransaction, actor: str, action: str, subject: str = "") -> None:
    """Append an entry in the transaction of the action itself: both are there, or none."""
    take_turns(transaction.connection, b"audit")
    head = fetch_one(transaction.connection, AuditHeadRow, select(audit_head))
    number, before = (head.number + 1, head.chained) if head else (1, BEGINNING)
    at = now()
    key = transaction.lookup_key()
    entry = Entry(number, at, actor, action, subject)
    chained = entry_hash(key, before, entry)
    transaction.connection.execute(insert(audit).values(**entry._asdict(), chained=chained))
    last = {"number": number, "chained": chained, "sealed": head_hash(key, number, chained)}
    if head:
        transaction.connection.execute(update(audit_head).values(last))
    else:
        transaction.connection.execute(insert(audit_head).values(id=1, **last))


def entry_hash(key: bytes, before: bytes, entry: Entry) -> bytes:
    """The keyed hash of an entry and, through the one before, of all earlier ones."""
    content = "\x1f".join((str(entry.number), entry.at.isoformat(), entry.actor, entry.action, entry.subject))
    return keyed_hash(key, "audit entry", before + content.encode())


def head_hash(key: bytes, number: int, chained: bytes) -> bytes:
    """The keyed hash of which entry is the last."""
    return keyed_hash(key, "audit head", number.to_bytes(8, "big") + chained)
