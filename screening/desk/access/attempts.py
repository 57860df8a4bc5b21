"""Attempts at a password or a code, slowed down where they come from; and the name itself, a little.

A guess at a password is counted three times. By name and place, with waits that grow to an hour: that is what stops
guessing. By name alone, with waits of half a minute at most: many places together get no further than two guesses a
minute, and a second factor stands behind. And by network, whatever the names.

The place is the network, or else a browser in which this very name signed in before. Such a browser is slowed down by
its own failures alone, so that nobody who knows a name, or sits in the same network, keeps its owner out.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from screening.desk.access.current_request import Staff, current_store
from screening.desk.access.known_browser import known_browser
from screening.storage.accounts.networks import network_of
from screening.storage.accounts.staff import name_key
from screening.storage.accounts.throttling import (
    Limit,
    Patience,
    count_attempt_of,
    record_failure,
    record_success,
    wait_of,
)
from screening.storage.store import StoreTransaction

BY_NETWORK = Patience(free=30)
"""A clinic's people may all come from one address."""
BY_NAME = Patience(most=30)
"""Seconds are all that a stranger who knows a name can make its owner wait."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What is tried: in which counts it stands, and whether its network answers for it."""

    limits: tuple[Limit, ...]
    network: str | None
    """None: it comes from a browser that is known."""


def guess_at_password(name: str) -> Guess:
    """The present request as a guess at the password of a name, however that is spelled."""
    key, network = name_key(name), network_of(request.remote_addr)
    browser = known_browser(key)
    by_place = Limit("sign-in", f"{key}\n{browser or network}")
    if browser:
        return Guess((by_place,), None)
    return Guess((by_place, Limit("sign-in by name", key, BY_NAME)), network)


def guess_at_code(staff: Staff) -> Guess:
    """The present request as a guess at a code, which only somebody can make who gave the password."""
    known = known_browser(name_key(staff.name))
    return Guess((Limit("code", staff.id),), None if known else network_of(request.remote_addr))


def begin_attempt(guess: Guess) -> int:
    """Seconds still to wait; or 0, and then it counts as failed until it is said to have been right."""
    store = current_store()

    def write(transaction: StoreTransaction) -> int:
        wait = wait_of(transaction, "address", guess.network, BY_NETWORK) if guess.network is not None else 0
        return wait or count_attempt_of(transaction, guess.limits)

    return store.write(write)


def end_attempt(guess: Guess, *, right: bool) -> None:
    """Say how it ended: a right one takes back what was counted for the account, never for the network."""
    store = current_store()

    def write(transaction: StoreTransaction) -> None:
        if right:
            for limit in guess.limits:
                record_success(transaction, limit.purpose, limit.who)
        elif guess.network is not None:
            record_failure(transaction, "address", guess.network, BY_NETWORK)

    store.write(write)
