"""Who may work at the desk: accounts with their roles, passwords and invitations."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select

from screening.storage.accounts.staff_rows import (
    SealedRow,
    fingerprint,
    staff_rows,
    write_staff_row,
)
from screening.storage.audit.log import SERVICE, add_entry
from screening.storage.database.account_tables import recovery_code, staff, staff_session
from screening.storage.database.clock import TOLERANCE, now
from screening.storage.database.schema import audit
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
    locked: bool
    """Whether somebody changed it outside of this service: then it lets nobody in, and is not active."""

    def has_stale_invitation(self, at: datetime) -> bool:
        """Whether the password is an invitation that has expired, or would last longer than any that is given."""
        return self.invited_until is not None and not at < self.invited_until <= at + INVITATION + TOLERANCE


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
    """The account of this name, however it is spelled; a locked one where there is no other."""
    wanted = name_key(typed)
    same = [account for account in accounts(transaction) if name_key(account.name) == wanted]
    return min(same, key=lambda account: account.locked, default=None)


def account(transaction: StoreTransaction, staff_id: str) -> Account | None:
    """The account of this id."""
    rows = staff_rows(transaction, staff.c.id == staff_id)
    return _account(rows[0]) if rows else None


def accounts(transaction: StoreTransaction) -> list[Account]:
    """Everybody, by name, those who may no longer sign in at the end."""
    return [_account(row) for row in staff_rows(transaction)]


def _account(sealed: SealedRow) -> Account:
    row = sealed.row
    return Account(
        row.id,
        row.name,
        _role(row.role),
        row.active and not sealed.locked,
        row.password_hash,
        row.invited_until,
        row.totp_confirmed,
        row.created_at,
        sealed.locked,
    )


def _role(text: str) -> Role:
    """The role; of a locked row, which may do nothing, anything may stand there."""
    return Role(text) if text in list(Role) else Role.COORDINATOR


def add_staff(
    transaction: StoreTransaction,
    by: str,
    who: tuple[str, Role],
    password_hash: str,
    *,
    invited: bool,
) -> str:
    """Add somebody with a password, or with an invitation in its place; the new id. `who`: name and role.

    In the place of a locked account of this name: of what stood there nothing counts any more.
    """
    name, role = canonical_name(who[0]), who[1]
    present = find_account(transaction, name)
    if present and not present.locked:
        raise NameTakenError
    identity, at = present.id if present else new_id(), now()
    values = {
        "name": name,
        "role": role,
        "active": True,
        "password_hash": password_hash,
        "invited_until": at + INVITATION if invited else None,
        **_NO_APP,
        "created_at": at,
    }
    write_staff_row(transaction, by, identity, values, lambda: _end_all(transaction, identity))
    add_entry(transaction, by, f"added_{role}", identity)
    return identity


def store_password(transaction: StoreTransaction, staff_id: str, password_hash: str) -> None:
    """Keep a password that its owner chose, or that was hashed anew; an invitation is used up by it."""
    values = {"password_hash": password_hash, "invited_until": None}
    write_staff_row(transaction, staff_id, staff_id, values)


def store_app(transaction: StoreTransaction, staff_id: str, sealed: bytes, step: int) -> None:
    """Keep the sealed secret of another app in place of the one before; no code counts up to this step of it."""
    values = {"totp_sealed": sealed, "totp_confirmed": True, "totp_last_step": step}
    write_staff_row(transaction, staff_id, staff_id, values)


def disable(transaction: StoreTransaction, by: str, staff_id: str) -> None:
    """Let somebody sign in no longer, and end what they have open."""
    managers = [
        colleague.id for colleague in accounts(transaction) if colleague.active and colleague.role is Role.MANAGER
    ]
    if managers == [staff_id]:
        raise LastManagerError
    write_staff_row(transaction, by, staff_id, {"active": False})
    transaction.connection.execute(delete(staff_session).where(staff_session.c.staff_id == staff_id))
    add_entry(transaction, by, "disabled", staff_id)


def reset(transaction: StoreTransaction, by: str, staff_id: str, password_hash: str) -> None:
    """Give somebody an invitation in place of password, app and recovery codes, and end what they have open."""
    values = {"active": True, "password_hash": password_hash, "invited_until": now() + INVITATION, **_NO_APP}
    write_staff_row(transaction, by, staff_id, values, lambda: _end_all(transaction, staff_id))
    add_entry(transaction, by, "reset", staff_id)


def _end_all(transaction: StoreTransaction, staff_id: str) -> None:
    """End what somebody has open, and their recovery codes."""
    for table in (staff_session, recovery_code):
        transaction.connection.execute(delete(table).where(table.c.staff_id == staff_id))


_NO_APP = {"totp_sealed": None, "totp_confirmed": False, "totp_last_step": None}


def note_locked_accounts(transaction: StoreTransaction) -> list[Account]:
    """The accounts that are locked; each change to one that was not written down yet is, once."""
    locked = [sealed for sealed in staff_rows(transaction) if sealed.locked]
    for sealed in locked:
        action = f"account_locked_{fingerprint(transaction, sealed.row)}"
        written = select(audit.c.number).where(audit.c.action == action, audit.c.subject == sealed.row.id).limit(1)
        if transaction.connection.execute(written).first() is None:
            add_entry(transaction, SERVICE, action, sealed.row.id)
    return [_account(sealed) for sealed in locked]
