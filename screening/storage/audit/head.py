"""The end of the audit: its last entry and the version of each account, under one seal that only the service makes.

The versions stand here because here alone an older state shows: the end is written anew with every entry, and the mark
in the folder of the keys says which end was the last.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert, select, update

from screening.crypto.hashing import keyed_hash
from screening.storage.database.rows import AuditHeadRow, fetch_one
from screening.storage.database.schema import audit_head
from screening.storage.keys.audit_mark import HighestEntry, read_mark
from screening.storage.store import StoreTransaction


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry, and the version of each account."""

    number: int
    chained: bytes
    accounts: Mapping[str, int]
    """The version of each account by its id: the number of the entry about its last change."""


def head_row(transaction: StoreTransaction) -> AuditHeadRow | None:
    """The row as it stands, whoever wrote it."""
    return fetch_one(transaction.connection, AuditHeadRow, select(audit_head))


def read_head(transaction: StoreTransaction, mark: HighestEntry | None) -> Head | None:
    """The end as the service wrote it; None where it is missing, changed, or older than the mark."""
    row = head_row(transaction)
    if row is None or row.accounts is None or not has_seal(transaction.lookup_key(), row):
        return None
    if mark and (row.number < mark.number or (row.number == mark.number and row.chained != mark.chained)):
        return None
    return Head(row.number, row.chained, json.loads(row.accounts))


def account_versions(transaction: StoreTransaction) -> Mapping[str, int]:
    """The version that each account must have; none at all where the end of the audit is not the service's own."""
    head = read_head(transaction, read_mark(transaction.keys.mark))
    return head.accounts if head else {}


def has_seal(key: bytes, row: AuditHeadRow) -> bool:
    """Whether a row carries the seal of the service."""
    return hmac.compare_digest(_seal(key, row.number, row.chained, row.accounts), row.sealed)


def write_head(transaction: StoreTransaction, head: Head) -> None:
    """Write the row with its seal."""
    accounts = json.dumps(dict(head.accounts), sort_keys=True, separators=(",", ":"))
    seal = _seal(transaction.lookup_key(), head.number, head.chained, accounts)
    values = {"number": head.number, "chained": head.chained, "accounts": accounts, "sealed": seal}
    if transaction.connection.execute(update(audit_head).values(values)).rowcount == 0:
        transaction.connection.execute(insert(audit_head).values(id=1, **values))


def _seal(key: bytes, number: int, chained: bytes, accounts: str | None) -> bytes:
    """The keyed hash; of a row from before accounts were sealed, that of then."""
    last = number.to_bytes(8, "big", signed=True) + chained
    if accounts is None:
        return keyed_hash(key, "audit head", last)
    return keyed_hash(key, "audit head with accounts", last + accounts.encode())
