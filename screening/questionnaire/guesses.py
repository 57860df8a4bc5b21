"""One attempt to find what was sent by code and words: who guesses waits longer and longer."""

from __future__ import annotations

from dataclasses import dataclass

from screening.forms.look_up import LookUpForm
from screening.storage.accounts.throttling import (
    Limit,
    Patience,
    count_attempt_of,
    record_failure,
    record_success,
    wait_in_turn,
)
from screening.storage.store import StoreTransaction
from screening.storage.submissions.record.records import find

BY_CODE_AND_NETWORK = Patience(free=4, first=4, most=15 * 60)
BY_CODE = Patience(free=4, first=4, most=30)
"""Seconds are all that a stranger who knows a code can make a person wait: the words are not guessed in a lifetime."""
BY_NETWORK = Patience(free=30, first=4, most=15 * 60)
"""Many people may come from one address, a ward's or a telephone company's."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """What came of a code and a phrase."""

    id: str = ""
    wait: int = 0
    """Seconds to wait before the next attempt."""


def attempt(transaction: StoreTransaction, form: LookUpForm, network: str) -> LookUp:
    """Look once, counted as failed before anything is compared; what was right is never taken off the network."""
    by_network = Limit("look-up by network", network, BY_NETWORK)
    by_code = Limit("look-up by code", form.code, BY_CODE)
    by_both = Limit("look-up by code and network", f"{form.code}\n{network}", BY_CODE_AND_NETWORK)
    wait = wait_in_turn(transaction, by_network) or count_attempt_of(transaction, (by_code, by_both))
    if wait:
        return LookUp(wait=wait)
    for secret in form.secrets:
        identity = find(transaction, form.code, secret)
        if identity:
            for limit in (by_code, by_both):
                record_success(transaction, limit.purpose, limit.who)
            return LookUp(identity)
    record_failure(transaction, by_network.purpose, by_network.who, by_network.patience)
    return LookUp()
