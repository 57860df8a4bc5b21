"""The keys of what is stored: a data key for each submission, wrapped by the master key; and the key of keyed hashes.

The master key stands in a file, outside the database. The database says which master key wraps what is written now,
so that a rotation takes hold for every process at one moment; a process that does not know it reads the file anew.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, insert, select

from screening.crypto.columns import new_data_key, open_column, seal_column
from screening.crypto.hashing import keyed_hash
from screening.crypto.keys import Key, KeyFileError, KeyRing, load_or_create
from screening.storage.database.clock import check_not_before, now
from screening.storage.database.clock_agreement import check_agreement
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import KeyStateRow, fetch_only
from screening.storage.database.schema import key_state

DELETIONS = "deletions.txt"
"""The name of the list of what was deleted."""
MARK = "audit.mark"
"""The name of the file that says which entry of the audit was the last, beside the keys."""
LOOKUP_PLACE = "key_state/1/lookup_key"
"""The place to which the wrapped key of the keyed hashes is bound."""


class KeyMissingError(Exception):
    """The master key with which something was stored is not in the key file; the message says which file."""


class KeyStore:
    """Wraps and opens data keys, and makes keyed hashes."""

    def __init__(self, path: Path, deletions: Path | None = None, *, marks: bool = True) -> None:
        """`path`: the file of the master keys, made where there is none and nothing was stored yet.

        `deletions`: the list of what was deleted; without it, beside the keys. `marks`: whether the mark of the audit
        counts; not while another state of the database is put in place.
        """
        self.path = path
        self.mark = path.with_name(MARK) if marks else None
        self.deletions = deletions or path.with_name(DELETIONS)
        self._lock = Lock()
        self._ring: KeyRing | None = None
        self._lookup = b""

    def prepare(self, connection: Connection) -> None:
        """Make the keys of a new database, or see that those of this one are there."""
        take_turns(connection, b"keys")
        current = connection.execute(select(key_state.c.master_key_id)).scalar_one_or_none()
        if current is not None:
            self._key(current)
            return
        try:
            self._ring = load_or_create(self.path)
        except KeyFileError as error:
            raise KeyMissingError(str(error)) from None
        key = self._ring.current
        wrapped = seal_column(new_data_key(), key.secret, LOOKUP_PLACE)
        row = {"id": 1, "master_key_id": key.id, "lookup_key_wrapped": wrapped, "changed_at": now()}
        connection.execute(insert(key_state).values(row))

    # --- data keys ---

    def current(self, connection: Connection) -> Key:
        """The master key that wraps what this transaction writes; no rotation can come between.

        `ClockError` where the clock was set back to before that key: what is written would look old, and be deleted.
        """
        state = fetch_only(connection, KeyStateRow, select(key_state).with_for_update(read=True))
        check_not_before(state.changed_at, "the master key was changed")
        check_agreement(connection, now())
        return self._key(state.master_key_id)

    def current_id(self, connection: Connection) -> bytes:
        """The id of the master key that wraps what is written now, for who only reads."""
        return fetch_only(connection, KeyStateRow, select(key_state)).master_key_id

    def wrap(self, data_key: bytes, place: str, key: Key) -> bytes:
        """A data key sealed for its place."""
        return seal_column(data_key, key.secret, place)

    def unwrap(self, wrapped: bytes, place: str, key_id: bytes) -> bytes:
        """A data key opened again."""
        return open_column(wrapped, self._key(key_id).secret, place)

    def ring(self) -> KeyRing:
        """The master keys as their file holds them now."""
        with self._lock:
            self._ring = self._read()
            return self._ring

    def check(self, connection: Connection) -> None:
        """See that the key file holds what is needed now, whatever this process remembers; else `KeyMissingError`."""
        needed = connection.execute(select(key_state.c.master_key_id)).scalar_one()
        if self.ring().find(needed) is None:
            raise KeyMissingError(self._missing_key_message(needed))

    def _key(self, key_id: bytes) -> Key:
        with self._lock:
            key = self._ring.find(key_id) if self._ring else None
            if key is None:
                self._ring = self._read()
                key = self._ring.find(key_id)
        if key is None:
            raise KeyMissingError(self._missing_key_message(key_id))
        return key

    def _missing_key_message(self, key_id: bytes) -> str:
        return f"{self.path} does not hold the master key {key_id.hex()} of this database"

    def _read(self) -> KeyRing:
        if not self.path.exists():
            raise KeyMissingError(f"{self.path} is missing; what is stored cannot be read without it")
        try:
            return load_or_create(self.path)
        except KeyFileError as error:
            raise KeyMissingError(str(error)) from None

    # --- keyed hashes ---

    def hashed(self, connection: Connection, purpose: str, content: bytes) -> bytes:
        """A keyed hash by which something is found again; rotating the master key does not change it."""
        return keyed_hash(self.lookup_key(connection), purpose, content)

    def lookup_key(self, connection: Connection) -> bytes:
        """The key of the keyed hashes, opened once a process."""
        if not self._lookup:
            row = fetch_only(connection, KeyStateRow, select(key_state))
            self._lookup = self.unwrap(row.lookup_key_wrapped, LOOKUP_PLACE, row.master_key_id)
        return self._lookup
