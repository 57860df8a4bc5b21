"""Keys of programs: issued, found by their keyed hash, revoked; a row that somebody else wrote counts for nothing.

A key is 256 random bits, so a keyed hash finds it as safely as a slow one would: there is nothing to guess. Its row is
sealed, and has a version in the sealed end of the audit, as accounts have (`staff_rows`): who writes the database can
neither make a key, nor widen or prolong one, nor put a revoked one back.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address, ip_network

from sqlalchemy import insert, select, update

from screening.crypto.canonical import canonical_bytes
from screening.crypto.hashing import derived_key, keyed_hash
from screening.storage.audit.head import account_versions
from screening.storage.audit.log import KEY_ISSUED, KEY_REVOKED, PROGRAM, add_account_version
from screening.storage.database.account_tables import api_key
from screening.storage.database.clock import now
from screening.storage.database.rows import ApiKeyRow, fetch_all, fetch_one
from screening.storage.store import StoreTransaction, new_id

PREFIX = "screening_"
"""How every key begins, so that one that lies where it should not is recognised."""
LONGEST = len(PREFIX) + 43
COVERED = ("name", "hash", "scopes", "role", "network", "created_at", "expires_at", "version")
"""The columns under the seal. Not the day of the last use, which the use itself writes; a revoked key has no seal."""


class KeyNameTakenError(Exception):
    """A key of this name counts already."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it stands."""

    id: str
    name: str
    scopes: frozenset[str]
    role: str | None
    """The role of staff as which it reads what people shared; None: it reads nothing of that."""
    network: str
    """The addresses from which it may be used, in CIDR notation."""
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    used_on: str | None
    """The last day on which it was used, ISO 8601."""
    locked: bool
    """Whether the row is not as the service wrote it."""

    @property
    def actor(self) -> str:
        """How the audit names it."""
        return PROGRAM + self.id

    def counts(self, at: datetime) -> bool:
        """Whether it lets somebody in at a moment."""
        return not self.locked and self.revoked_at is None and at < self.expires_at

    def is_for(self, address: str) -> bool:
        """Whether it may be used from an address; what is no address is nowhere."""
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        return (getattr(ip, "ipv4_mapped", None) or ip) in ip_network(self.network)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a new key is to be for."""

    name: str
    scopes: Collection[str]
    network: str
    expires_at: datetime
    role: str | None = None


def new_token() -> str:
    """A new key, which is shown once and never kept."""
    return PREFIX + secrets.token_urlsafe(32)


def issue_key(transaction: StoreTransaction, by: str, grant: Grant, token: str) -> str:
    """Keep a new key; its id. Raises `KeyNameTakenError` where one of this name still counts."""
    at = now()
    if any(key.name == grant.name and key.counts(at) for key in api_keys(transaction)):
        raise KeyNameTakenError
    key_id = new_id()
    row = ApiKeyRow(
        id=key_id,
        name=grant.name,
        hash=_hash(transaction, token),
        scopes=" ".join(sorted(grant.scopes)),
        role=grant.role,
        network=str(ip_network(grant.network)),
        created_at=at,
        expires_at=grant.expires_at,
        revoked_at=None,
        used_on=None,
        version=add_account_version(transaction, by, key_id, KEY_ISSUED),
        seal=None,
    )
    values = {name: getattr(row, name) for name in ApiKeyRow.__slots__}
    transaction.connection.execute(insert(api_key).values({**values, "seal": _seal(_sealing_key(transaction), row)}))
    return key_id


def api_keys(transaction: StoreTransaction) -> list[ApiKey]:
    """Every key, the newest first."""
    rows = fetch_all(transaction.connection, ApiKeyRow, select(api_key).order_by(api_key.c.created_at.desc()))
    versions, sealing = account_versions(transaction), _sealing_key(transaction)
    return [_key(row, versions, sealing) for row in rows]


def program_names(transaction: StoreTransaction) -> dict[str, str]:
    """The names of programs, by how the audit names them."""
    return {key.actor: key.name for key in api_keys(transaction)}


def find_key(transaction: StoreTransaction, token: str) -> ApiKey | None:
    """The key that was sent, if it counts now."""
    if not token.startswith(PREFIX) or len(token) != LONGEST or not token.isascii():
        return None
    query = select(api_key).where(api_key.c.hash == _hash(transaction, token))
    row = fetch_one(transaction.connection, ApiKeyRow, query)
    if row is None:
        return None
    key = _key(row, account_versions(transaction), _sealing_key(transaction))
    return key if key.counts(now()) else None


def revoke_key(transaction: StoreTransaction, by: str, key_id: str) -> None:
    """Let a key count no longer: it loses its seal, and its version is another one, so that no old row counts again."""
    version = add_account_version(transaction, by, key_id, KEY_REVOKED)
    values = {"revoked_at": now(), "version": version, "seal": None}
    transaction.connection.execute(update(api_key).where(api_key.c.id == key_id).values(values))


def note_use(transaction: StoreTransaction, key_id: str, day: date) -> None:
    """Keep the day on which a key was used last."""
    transaction.connection.execute(update(api_key).where(api_key.c.id == key_id).values(used_on=day.isoformat()))


def _key(row: ApiKeyRow, versions: Mapping[str, int], sealing: bytes) -> ApiKey:
    is_latest = row.version is not None and versions.get(row.id) == row.version
    is_written = row.seal is not None and hmac.compare_digest(_seal(sealing, row), row.seal)
    return ApiKey(
        id=row.id,
        name=row.name,
        scopes=frozenset(row.scopes.split()),
        role=row.role,
        network=row.network,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        used_on=row.used_on,
        locked=not (is_latest and is_written),
    )


def _hash(transaction: StoreTransaction, token: str) -> bytes:
    return transaction.keyed_hash("api key", token.encode())


def _seal(sealing: bytes, row: ApiKeyRow) -> bytes:
    columns = {name: getattr(row, name) for name in COVERED}
    return keyed_hash(sealing, "seal", canonical_bytes("api_key", row.id, columns))


def _sealing_key(transaction: StoreTransaction) -> bytes:
    return derived_key(transaction.lookup_key(), "seals of keys of programs")
