"""Who may work at the desk: accounts with their roles, passwords and invitations."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, insert, select, update

from screening.storage.audit.log import add_entry
from screening.storage.database.clock import now
from screening.storage.database.rows import StaffRow, fetch_all, fetch_one
from screening.storage.database.schema import recovery_code, staff, staff_session
from screening.storage.store import StoreTransaction, new_id

INVITATION = timedelta(days=7)
"""For how long an invitation can be used."""


class Role(StrEnum):
    """What somebody at the desk may do."""

    COORDINATOR = "coordinator"
    CLINICIAN = "clinician"
    MANAGER = "manager"


class NameTakenError(Exception):
    """Somebody at the desk has this name already."""


class LastManagerError(Exception):
    """Nobody would be left who may add staff."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody at the desk."""

    id: str
    name: str
    role: Role
    active: bool
    password_hash: str
    invited_until: datetime | None
    """Until when the password is an invitation, which only lets choose another; None: it is a password."""
    enrolled: bool
    """Whether an authenticator app was confirmed."""
    created_at: datetime


def canonical_name(typed: str) -> str:
    """A name as it is kept: one space between words, wide and narrow letters as one, nothing that controls a screen."""
    words = "".join(" " if unicodedata.category(symbol) == "Cc" else symbol for symbol in typed).split()
    return " ".join(unicodedata.normalize("NFKC", " ".join(words)).split())[:80].rstrip()


def name_key(typed: str) -> str:
    """What all spellings of one name have in common: by this alone accounts are found and guesses at them counted.

    After the caseless matching of the Unicode Standard (section 3.13, D146) with what nobody sees left out. The key of
    a name as it is kept is that of the name as it was typed.
    """
    seen = "".join(symbol for symbol in canonical_name(typed) if unicodedata.category(symbol) != "Cf")
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", seen).casefold())
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())


def find_account(transaction: StoreTransaction, typed: str) -> Account | None:
    """The account of this name, however it is spelled."""
    wanted = name_key(typed)
    return next((account for account in accounts(transaction) if name_key(account.name) == wanted), None)


def account(transaction: StoreTransaction, staff_id: str) -> Account | None:
    """The account of this id."""
    row = fetch_one(transaction.connection, StaffRow, select(staff).where(staff.c.id == staff_id))
    return _account(row) if row else None


def accounts(transaction: StoreTransaction) -> list[Account]:
    """Everybody, by name, those who may no longer sign in at the end."""
    query = select(staff).order_by(staff.c.active.desc(), staff.c.name)
    return [_account(row) for row in fetch_all(transaction.connection, StaffRow, query)]


def _account(row: StaffRow) -> Account:
    return Account(
        row.id,
        row.name,
        Role(row.role),
        row.active,
        row.password_hash,
        row.invited_until,
        row.totp_confirmed,
        row.created_at,
    )


def add_staff(
    transaction: StoreTransaction,
    by: str,
    who: tuple[str, Role],
    password_hash: str,
    *,
    invited: bool,
) -> str:
    """Add somebody with a password, or with an invitation in its place; the new id. `who`: name and role."""
    name, role = canonical_name(who[0]), who[1]
    if find_account(transaction, name):
        raise NameTakenError
    identity, at = new_id(), now()
    values = {
        "id": identity,
        "name": name,
        "role": role,
        "active": True,
        "password_hash": password_hash,
        "invited_until": at + INVITATION if invited else None,
        "totp_confirmed": False,
        "created_at": at,
    }
    transaction.connection.execute(insert(staff).values(values))
    add_entry(transaction, by, f"added_{role}", identity)
    return identity


def store_password(transaction: StoreTransaction, staff_id: str, password_hash: str) -> None:
    """Keep a password that its owner chose, or that was hashed anew; an invitation is used up by it."""
    values = {"password_hash": password_hash, "invited_until": None}
    transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def store_app(transaction: StoreTransaction, staff_id: str, sealed: bytes, step: int) -> None:
    """Keep the sealed secret of another app in place of the one before; no code counts up to this step of it."""
    values = {"totp_sealed": sealed, "totp_confirmed": True, "totp_last_step": step}
    transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(values))


def disable(transaction: StoreTransaction, by: str, staff_id: str) -> None:
    """Let somebody sign in no longer, and end what they have open."""
    query = select(func.count()).where(staff.c.role == Role.MANAGER, staff.c.active, staff.c.id != staff_id)
    disabled = account(transaction, staff_id)
    if disabled and disabled.role is Role.MANAGER and not transaction.connection.execute(query).scalar_one():
        raise LastManagerError
    transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(active=False))
    transaction.connection.execute(delete(staff_session).where(staff_session.c.staff_id == staff_id))
    add_entry(transaction, by, "disabled", staff_id)


def reset(transaction: StoreTransaction, by: str, staff_id: str, password_hash: str) -> None:
    """Give somebody an invitation in place of password, app and recovery codes, and end what they have open."""
    values = {
        "active": True,
        "password_hash": password_hash,
        "invited_until": now() + INVITATION,
        "totp_sealed": None,
        "totp_confirmed": False,
        "totp_last_step": None,
    }
    transaction.connection.execute(update(staff).where(staff.c.id == staff_id).values(values))
    for table in (staff_session, recovery_code):
        transaction.connection.execute(delete(table).where(table.c.staff_id == staff_id))
    add_entry(transaction, by, "reset", staff_id)
