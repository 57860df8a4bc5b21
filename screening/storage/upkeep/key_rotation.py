"""A new master key in the place of the old one, while others read and write; afterwards the old one is destroyed.

In the order of `rotate_keys`: the new key is first in the file; the database says in one transaction that it wraps
what is written from now on; what is stored is wrapped anew; the old key leaves the file once nothing names it. A
process may end between any two steps: the next rotation goes on where that one stopped.
"""

from __future__ import annotations

import fcntl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, func, select, update

from screening.crypto.columns import seal_column
from screening.crypto.keys import Key, KeyFileError, new_key, replace_keys
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import KeyStateRow, SubmissionRow, fetch_all, fetch_only
from screening.storage.database.schema import key_state, submission
from screening.storage.database.tidying import tidy
from screening.storage.keys.key_store import LOOKUP_PLACE, KeyMissingError, KeyStore
from screening.storage.store import Store, StoreTransaction
from screening.storage.submissions.record.cipher import wrapped_place
from screening.storage.submissions.record.records import contact_hash, unseal

BATCH = 200
"""Submissions wrapped anew in one transaction: none of them keeps a writer waiting for long."""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A master key, and what it is needed for."""

    id: str
    """Hexadecimal."""
    in_file: bool
    is_current: bool
    """Whether it wraps what is written now."""
    submissions: int


class RotationError(Exception):
    """The keys cannot be changed now; the message says why."""


def key_uses(transaction: StoreTransaction) -> list[KeyUse]:
    """Every master key that the file holds or something stored names."""
    current = transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one()
    ring = transaction.keys.ring()
    counts: dict[bytes, int] = dict.fromkeys((*(key.id for key in ring.keys), current), 0)
    query = (
        select(submission.c.master_key_id, func.count().label("number"))
        .where(_not_erased())
        .group_by(submission.c.master_key_id)
    )
    counts |= {row.master_key_id: row.number for row in transaction.connection.execute(query)}
    return [KeyUse(key_id.hex(), bool(ring.find(key_id)), key_id == current, count) for key_id, count in counts.items()]


def prepare_rotation(store: Store) -> Key:
    """Put a new key first into the file without using it yet: of several hosts that share a database all need it."""
    with _exclusive_lock(store.keys.path):
        return _next_key(store)


def rotate_keys(store: Store) -> Generator[str]:
    """Change the master key; says after each step what was done, in one word."""
    with _exclusive_lock(store.keys.path):
        key = _next_key(store)
        yield "made"
        store.write(lambda transaction: _switch(transaction, key))
        yield "switched"
        while store.write(lambda transaction: _wrap_some(transaction, key)):
            yield "wrapped"
        tidy(store.database)  # what was wrapped by the old key must not lie about in free pages
        yield "tidied"
        _destroy(store)
        yield "destroyed"


def _next_key(store: Store) -> Key:
    """The key to change to: the one that an earlier rotation began with, else a new one that is now in the file."""
    ring = store.keys.ring()
    with store.reading() as transaction:
        in_use = _key_ids_in_use(transaction)
        current = transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one()
    lacking = [key_id.hex() for key_id in in_use if ring.find(key_id) is None]
    if lacking:
        raise KeyMissingError(f"{store.keys.path} does not hold these master keys, still in use: {', '.join(lacking)}")
    if ring.current.id != current or len(ring.keys) > 1:
        return ring.current
    key = new_key()
    _replace(store.keys.path, [key, *ring.keys])
    store.keys.ring()
    return key


def _switch(transaction: StoreTransaction, key: Key) -> None:
    """Have everything that is written from now on wrapped by this key."""
    state = fetch_only(transaction.connection, KeyStateRow, select(key_state).with_for_update())
    if state.master_key_id == key.id:
        return
    wrapped = seal_column(transaction.lookup_key(), key.secret, LOOKUP_PLACE)
    values = {"master_key_id": key.id, "lookup_key_wrapped": wrapped, "changed_at": now()}
    transaction.connection.execute(update(key_state).values(values))
    add_entry(transaction, SERVICE, "master_key_changed", key.id.hex())


def _wrap_some(transaction: StoreTransaction, key: Key) -> int:
    """Wrap the next few submissions anew; how many there were."""
    query = select(submission).where(_not_erased(), submission.c.master_key_id != key.id).limit(BATCH)
    rows = fetch_all(transaction.connection, SubmissionRow, query.with_for_update())
    for row in rows:
        transaction.connection.execute(
            update(submission).where(submission.c.id == row.id).values(_rewrapped_columns(transaction.keys, key, row))
        )
    return len(rows)


def _rewrapped_columns(keys: KeyStore, key: Key, row: SubmissionRow) -> dict[str, object]:
    """The columns of a submission that depend on the master key."""
    submission = unseal(keys, row, for_upkeep=True)
    return {
        "data_key_wrapped": keys.wrap(submission.cipher.key, wrapped_place(row.id), key),
        "master_key_id": key.id,
        "contact_hash": row.contact_hash and contact_hash(key, submission.row_members.get("reach", "")),
    }


def _destroy(store: Store) -> None:
    """Take the keys that nothing names any more out of the file."""
    ring = store.keys.ring()
    with store.reading() as transaction:
        in_use = _key_ids_in_use(transaction)
    needed = [key for key in ring.keys if key.id in in_use]
    if len(needed) < len(ring.keys):
        _replace(store.keys.path, needed)
        store.keys.ring()


def _key_ids_in_use(transaction: StoreTransaction) -> set[bytes]:
    """The ids of the master keys that something stored names."""
    rows = transaction.connection.execute(select(submission.c.master_key_id).where(_not_erased()).distinct())
    return {
        transaction.connection.execute(select(key_state.c.master_key_id)).scalar_one(),
        *(row.master_key_id for row in rows),
    }


def _not_erased() -> ColumnElement[bool]:
    return submission.c.data_key_wrapped.is_not(None)


def _replace(path: Path, keys: list[Key]) -> None:
    try:
        replace_keys(path, keys)
    except KeyFileError as error:
        raise RotationError(str(error)) from None


@contextmanager
def _exclusive_lock(path: Path) -> Iterator[None]:
    """Let nobody else change this key file meanwhile; whoever ends, however, lets go."""
    with path.with_name(f"{path.name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise RotationError(f"somebody else is changing {path} now") from None
        yield
