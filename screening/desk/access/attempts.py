"""Attempts at a password or a code, slowed down by the account and by the address from which they come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from screening.desk.access.current_request import store
from screening.storage.accounts.throttling import Patience, count_attempt, record_failure, record_success, wait_of

BY_ADDRESS = Patience(free=30)
"""A clinic's people may all come from one address."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What is tried, for which account, from where."""

    purpose: str
    who: str
    address: str


def begin_attempt(guess: Guess) -> int:
    """Seconds still to wait; or 0, and then it counts as failed until it is said to have been right."""
    kept = store()

    def write(connection: Connection) -> int:
        wait = wait_of(connection, kept.keys, "address", guess.address, BY_ADDRESS)
        return wait or count_attempt(connection, kept.keys, guess.purpose, guess.who)

    return kept.database.write(write)


def end_attempt(guess: Guess, *, right: bool) -> None:
    """Say how it ended: a right one takes back what was counted for the account, never for the address."""
    kept = store()

    def write(connection: Connection) -> None:
        if right:
            record_success(connection, kept.keys, guess.purpose, guess.who)
        else:
            record_failure(connection, kept.keys, "address", guess.address, BY_ADDRESS)

    kept.database.write(write)
