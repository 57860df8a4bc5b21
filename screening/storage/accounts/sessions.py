"""Who is signed in: a row for each browser, found by the keyed hash of the random value in its cookie."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, insert, select, update

from screening.storage.accounts.staff import Account, account
from screening.storage.database.account_tables import staff_session
from screening.storage.database.rows import StaffSessionRow, fetch_one
from screening.storage.store import StoreTransaction

IDLE = timedelta(minutes=20)
"""After so long without a page it is over."""
LONGEST = timedelta(hours=10)
"""After so long it is over in any case."""
UNFINISHED = timedelta(minutes=20)
"""How long somebody has to prove who they are, once their password was right."""
_SEEN_EVERY = timedelta(minutes=1)  # more often would be a write with every page


class Stage(StrEnum):
    """How far somebody has come."""

    INVITED = "invited"
    """Came with an invitation: must choose a password."""
    ENROLLING = "enrolling"
    """Must set up an authenticator app."""
    PASSWORD = "password"  # noqa: S105 - a stage, no password
    """Gave the password: must give a code of the app."""
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser of somebody at the desk."""

    account: Account
    stage: Stage
    began_at: datetime
    seen_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it is over if no page is opened."""
        return min(self.seen_at + IDLE, self.began_at + (LONGEST if self.stage is Stage.SIGNED_IN else UNFINISHED))

    def is_stale(self, at: datetime) -> bool:
        """Whether it is time to note that it is still in use."""
        return at - self.seen_at >= _SEEN_EVERY


def begin_session(transaction: StoreTransaction, staff_id: str, stage: Stage, at: datetime) -> str:
    """Begin a session; the value for its cookie. A stage is never changed: the next one is a new session.

    The value, and so the keyed hash by which it is found, holds whose it is, its stage and when it began: who writes
    into its row cannot make it another's, nor further on, nor younger.
    """
    value = ".".join((secrets.token_urlsafe(32), *_bound(staff_id, stage, at)))
    row = {"hash": _hash(transaction, value), "staff_id": staff_id, "stage": stage}
    transaction.connection.execute(insert(staff_session).values(**row, began_at=at, seen_at=at))
    return value


def find_session(transaction: StoreTransaction, value: str, at: datetime) -> Session | None:
    """The session of a cookie, unless it is over or its owner may no longer sign in."""
    query = select(staff_session).where(staff_session.c.hash == _hash(transaction, value))
    row = fetch_one(transaction.connection, StaffSessionRow, query) if value else None
    if row is None or value.split(".")[1:] != [*_bound(row.staff_id, row.stage, row.began_at)]:
        return None
    if not at - IDLE < row.seen_at <= at + IDLE:
        return None
    stage = Stage(row.stage)
    if at - row.began_at >= (LONGEST if stage is Stage.SIGNED_IN else UNFINISHED):
        return None
    owner = account(transaction, row.staff_id)
    return Session(owner, stage, row.began_at, row.seen_at) if owner and owner.active else None


def _bound(staff_id: str, stage: str, began_at: datetime) -> tuple[str, str, str]:
    """What the value of a session holds beside what is random."""
    return staff_id, str(stage), str(int(began_at.timestamp()))


def touch_session(transaction: StoreTransaction, value: str, at: datetime) -> None:
    """Note that a session is in use."""
    same = staff_session.c.hash == _hash(transaction, value)
    transaction.connection.execute(update(staff_session).where(same).values(seen_at=at))


def end_session(transaction: StoreTransaction, value: str) -> None:
    """End a session: nobody who kept the cookie can go on with it."""
    transaction.connection.execute(delete(staff_session).where(staff_session.c.hash == _hash(transaction, value)))


def end_every_session(transaction: StoreTransaction, staff_id: str) -> None:
    """End whatever somebody has open."""
    transaction.connection.execute(delete(staff_session).where(staff_session.c.staff_id == staff_id))


def sweep_sessions(transaction: StoreTransaction, at: datetime) -> None:
    """Delete the rows of sessions that are over."""
    over = (staff_session.c.seen_at <= at - IDLE) | (staff_session.c.began_at <= at - LONGEST)
    transaction.connection.execute(delete(staff_session).where(over))


def _hash(transaction: StoreTransaction, value: str) -> bytes:
    return transaction.keyed_hash("staff session", value.encode())
