"""Rows of staff, read with their seals and written with them: the one place that touches the table.

A seal is a keyed hash over what lets somebody in: name, role, whether active, password, invitation, second factor and
the recovery codes that are left. Its key is derived from the lookup key, which no database holds in the open. Each
change gives the row a version, the number of the audit's entry about it, which the sealed end of the audit holds too: a
row that somebody else wrote, moved or put back from earlier has no seal, or not the version that it must have, and is
locked.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, insert, or_, select, true, update

from screening.crypto.canonical import canonical_bytes
from screening.crypto.hashing import derived_key, keyed_hash
from screening.storage.audit.head import account_versions
from screening.storage.audit.log import ACCOUNT_SEALED, add_account_version
from screening.storage.database.account_tables import recovery_code, staff
from screening.storage.database.locking import take_turns
from screening.storage.database.rows import StaffRow, fetch_all, fetch_only
from screening.storage.store import StoreTransaction

COVERED = (
    "name",
    "role",
    "active",
    "password_hash",
    "invited_until",
    "totp_sealed",
    "totp_confirmed",
    "version",
)
"""The columns under the seal. Not the step of the last code, which each sign-in writes."""
WHOLE = frozenset(COVERED) - {"version"}
"""What has to be given to write a row anew whatever stands there."""


class LockedAccountError(Exception):
    """The row of an account is not as it was written, so nothing of it is used or carried on."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """A row as it stands, and whether it is the one that was written last."""

    row: StaffRow
    locked: bool


def staff_rows(transaction: StoreTransaction, condition: ColumnElement[bool] | None = None) -> list[SealedRow]:
    """The rows that meet a condition, all unless told; the active ones first, by name."""
    wanted = true() if condition is None else condition
    rows = fetch_all(
        transaction.connection, StaffRow, select(staff).where(wanted).order_by(staff.c.active.desc(), staff.c.name)
    )
    versions, codes = account_versions(transaction), _codes_left(transaction, wanted)
    key = _key(transaction)
    return [SealedRow(row, not _is_as_written(key, row, versions, codes.get(row.id, ()))) for row in rows]


def trusted_row(transaction: StoreTransaction, staff_id: str) -> StaffRow:
    """The row of an account as it was written last; `LockedAccountError` where it is another, or none."""
    for sealed_row in staff_rows(transaction, staff.c.id == staff_id):
        if not sealed_row.locked:
            return sealed_row.row
    raise LockedAccountError(staff_id)


def write_staff_row(
    transaction: StoreTransaction,
    by: str,
    staff_id: str,
    values: Mapping[str, Any],
    change_codes: Callable[[], object] | None = None,
) -> None:
    """Write columns of an account, a new one or one that is there, give it its next version, and seal it.

    `change_codes` changes their recovery codes, which are under the same seal. `LockedAccountError` where the row is
    not as it was written, unless `values` leaves nothing of it that counts.
    """
    take_turns(transaction.connection, b"audit")  # which is where versions come from
    present = staff_rows(transaction, staff.c.id == staff_id)
    if present and present[0].locked and not values.keys() >= WHOLE:
        raise LockedAccountError(staff_id)
    version = add_account_version(transaction, by, staff_id, ACCOUNT_SEALED)
    written = {**values, "version": version, "seal": None}
    if present:
        transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(written))
    else:
        transaction.connection.execute(insert(staff).values(id=staff_id, **written))
    if change_codes:
        change_codes()
    row = fetch_only(transaction.connection, StaffRow, select(staff).where(staff.c.id == staff_id))
    codes = _codes_left(transaction, staff.c.id == staff_id).get(staff_id, ())
    seal = _seal(_key(transaction), row, codes)
    transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(seal=seal))


def note_step(transaction: StoreTransaction, staff_id: str, step: int) -> bool:
    """Keep the step of a code that was accepted; False where it, or a later one, was accepted before."""
    newer = or_(staff.c.totp_last_step.is_(None), staff.c.totp_last_step < step)
    statement = update(staff).where(staff.c.id == staff_id, newer).values(totp_last_step=step)
    return transaction.connection.execute(statement).rowcount == 1


def fingerprint(transaction: StoreTransaction, row: StaffRow) -> str:
    """Sixteen digits that tell one state of a row from another, and nothing of it."""
    codes = _codes_left(transaction, staff.c.id == row.id).get(row.id, ())
    return keyed_hash(_key(transaction), "fingerprint", _canonical(row, codes) + (row.seal or b"")).hex()[:16]


def _is_as_written(key: bytes, row: StaffRow, versions: Mapping[str, int], codes: tuple[bytes, ...]) -> bool:
    is_latest = row.version is not None and versions.get(row.id) == row.version
    return is_latest and row.seal is not None and hmac.compare_digest(_seal(key, row, codes), row.seal)


def _seal(key: bytes, row: StaffRow, codes: tuple[bytes, ...]) -> bytes:
    return keyed_hash(key, "seal", _canonical(row, codes))


def _canonical(row: StaffRow, codes: tuple[bytes, ...]) -> bytes:
    """`codes`: the hashes of the recovery codes that can still be used, in order."""
    columns = {name: getattr(row, name) for name in COVERED}
    return canonical_bytes("staff", row.id, {**columns, "recovery_codes": b"".join(codes)})


def _codes_left(transaction: StoreTransaction, wanted: ColumnElement[bool]) -> dict[str, tuple[bytes, ...]]:
    """The hashes of the recovery codes that can still be used, by whose they are."""
    of_wanted = recovery_code.c.staff_id.in_(select(staff.c.id).where(wanted))
    query = select(recovery_code).where(of_wanted, recovery_code.c.used_at.is_(None)).order_by(recovery_code.c.hash)
    codes: dict[str, tuple[bytes, ...]] = {}
    for row in transaction.connection.execute(query):
        codes[row.staff_id] = (*codes.get(row.staff_id, ()), row.hash)
    return codes


def _key(transaction: StoreTransaction) -> bytes:
    return derived_key(transaction.lookup_key(), "seals of accounts")
