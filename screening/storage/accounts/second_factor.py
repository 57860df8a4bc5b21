"""What staff prove beside their password: the secret of their authenticator app, and recovery codes."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from screening.crypto.columns import open_column, seal_column
from screening.crypto.hashing import keyed_hash
from screening.crypto.totp import new_secret, step_of
from screening.crypto.typed_codes import plain_code
from screening.storage.accounts.staff import store_app
from screening.storage.accounts.staff_rows import note_step, trusted_row, write_staff_row
from screening.storage.audit.log import add_entry
from screening.storage.database.account_tables import recovery_code
from screening.storage.database.rows import StaffRow
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.reference_codes import SYMBOLS

RECOVERY_CODES = 10
"""How many are made at once."""
APP_REPLACED = "app_replaced"
"""What the audit says where somebody set up another app."""
_LENGTH = 12  # of 23 symbols: 54 bits


def app_secret(transaction: StoreTransaction, staff_id: str) -> str | None:
    """The secret shared with somebody's app; None before it was made. `LockedAccountError` where it is locked."""
    return _secret(transaction, trusted_row(transaction, staff_id))


def _secret(transaction: StoreTransaction, row: StaffRow) -> str | None:
    sealed = row.totp_sealed
    return open_column(sealed, _key(transaction), _place(row.id)).decode() if sealed else None


def prepare_app(transaction: StoreTransaction, staff_id: str) -> str:
    """The secret to show to somebody's app: made where there is none yet."""
    existing = app_secret(transaction, staff_id)
    if existing:
        return existing
    secret = new_secret()
    sealed = seal_column(secret.encode(), _key(transaction), _place(staff_id))
    write_staff_row(transaction, staff_id, staff_id, {"totp_sealed": sealed, "totp_confirmed": False})
    return secret


def _key(transaction: StoreTransaction) -> bytes:
    return keyed_hash(transaction.lookup_key(), "staff secret", b"")


def _place(staff_id: str) -> str:
    return f"staff/{staff_id}/totp_sealed"


def accept_code(transaction: StoreTransaction, staff_id: str, code: str, at: datetime) -> bool:
    """Whether this is a code of the app; none is accepted twice, nor one that is older than an accepted one."""
    row = trusted_row(transaction, staff_id)
    secret = _secret(transaction, row)
    step = step_of(secret, code, at) if secret else None
    if step is None or not note_step(transaction, staff_id, step):
        return False
    if not row.totp_confirmed:
        confirm_app(transaction, staff_id)
    return True


def replace_app(transaction: StoreTransaction, staff_id: str, secret: str, code: str, at: datetime) -> bool:
    """Whether this is a code of this secret; then it takes the place of the one before. The caller ends sessions."""
    step = step_of(secret, code, at)
    if step is None:
        return False
    store_app(transaction, staff_id, seal_column(secret.encode(), _key(transaction), _place(staff_id)), step)
    add_entry(transaction, staff_id, APP_REPLACED, staff_id)
    return True


def confirm_app(transaction: StoreTransaction, staff_id: str) -> None:
    """Let a secret count: after a first code, or without one for accounts of a demonstration."""
    write_staff_row(transaction, staff_id, staff_id, {"totp_confirmed": True})


def last_step(transaction: StoreTransaction, staff_id: str) -> int | None:
    """The step of the last code that was accepted."""
    return trusted_row(transaction, staff_id).totp_last_step


def new_recovery_codes(transaction: StoreTransaction, staff_id: str) -> list[str]:
    """New recovery codes in place of all earlier ones; only keyed hashes are kept."""
    codes = ["".join(secrets.choice(SYMBOLS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]
    rows = [{"hash": _code_hash(transaction, staff_id, code), "staff_id": staff_id} for code in codes]

    def replace_codes() -> None:
        transaction.connection.execute(delete(recovery_code).where(recovery_code.c.staff_id == staff_id))
        transaction.connection.execute(insert(recovery_code), rows)

    write_staff_row(transaction, staff_id, staff_id, {}, replace_codes)
    add_entry(transaction, staff_id, "recovery_codes_made", staff_id)
    return ["-".join(code[start : start + 4] for start in range(0, _LENGTH, 4)) for code in codes]


def use_recovery_code(transaction: StoreTransaction, staff_id: str, typed: str, at: datetime) -> bool:
    """Whether this is a recovery code that was not used before; from now on it was."""
    code = plain_code(typed)
    unused = (recovery_code.c.hash == _code_hash(transaction, staff_id, code)) & recovery_code.c.used_at.is_(None)
    query = select(recovery_code.c.hash).where(unused)
    if transaction.connection.execute(query.with_for_update()).first() is None:
        return False
    statement = update(recovery_code).where(unused).values(used_at=at)
    write_staff_row(transaction, staff_id, staff_id, {}, lambda: transaction.connection.execute(statement))
    add_entry(transaction, staff_id, "recovery_code_used", staff_id)
    return True


def recovery_codes_left(transaction: StoreTransaction, staff_id: str) -> int:
    """How many recovery codes were not used yet."""
    unused = (recovery_code.c.staff_id == staff_id) & recovery_code.c.used_at.is_(None)
    return int(transaction.connection.execute(select(func.count()).where(unused)).scalar_one())


def _code_hash(transaction: StoreTransaction, staff_id: str, code: str) -> bytes:
    return transaction.keyed_hash("recovery code", f"{staff_id}/{code}".encode())
