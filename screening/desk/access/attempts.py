"""Attempts at a password or a code, slowed down by the account and by the address from which they come."""

from __future__ import annotations

from dataclasses import dataclass

from screening.desk.access.current_request import current_store
from screening.storage.accounts.throttling import Patience, count_attempt, record_failure, record_success, wait_of
from screening.storage.store import StoreTransaction

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
    store = current_store()

    def write(transaction: StoreTransaction) -> int:
        wait = wait_of(transaction, "address", guess.address, BY_ADDRESS)
        return wait or count_attempt(transaction, guess.purpose, guess.who)

    return store.write(write)


def end_attempt(guess: Guess, *, right: bool) -> None:
    """Say how it ended: a right one takes back what was counted for the account, never for the address."""
    store = current_store()

    def write(transaction: StoreTransaction) -> None:
        if right:
            record_success(transaction, guess.purpose, guess.who)
        else:
            record_failure(transaction, "address", guess.address, BY_ADDRESS)

    store.write(write)
