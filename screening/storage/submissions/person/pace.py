"""Turns at sending: who comes too fast from one network is told when to press again, and then it works.

A network may send a burst at once, then one every some seconds; all networks together so many in an hour of the clock.
Nobody is refused: every press has a turn kept for its form, now or for later, and the turn counts from then on as if it
were used. So pressing again needs no second turn, and a promise that was given is never taken back by who came later.

A turn is taken in a transaction of its own, before the one that keeps what is sent: all who send wait for each other
while turns are counted, and nobody while a submission is sealed and written (decisions/0051).

All of it is kept by keyed hash, in the database: it holds for every process and host. No address is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select

from screening.config.pace import Pace
from screening.crypto.hashing import keyed_hash
from screening.storage.database.locking import take_turns
from screening.storage.database.pace_rows import is_of_the_future, pace_row, write_pace_row
from screening.storage.database.schema import pace as pace_table
from screening.storage.database.schema import submission
from screening.storage.store import StoreTransaction

LONGEST = timedelta(days=1)
"""No turn is kept farther ahead. Whoever comes while a whole day is taken has none kept, and is told to come after it:
whatever a flood asked for, it is over with the next day."""
HOUR = timedelta(hours=1)


class Slowed(StrEnum):
    """What makes a press wait."""

    NETWORK = "network"
    DEPLOYMENT = "deployment"


@dataclass(frozen=True, slots=True)
class Turn:
    """When a form may be sent."""

    wait: int = 0
    """Seconds; 0: now."""
    by: Slowed | None = None
    """What makes it wait; None: nothing, or it waits already for a turn that was kept before."""
    fills_hour: bool = False
    """Whether this turn was the last that the deployment has in its hour."""


NOW = Turn()


def take_turn(transaction: StoreTransaction, pace: Pace, network: str, token: bytes, moment: datetime) -> Turn:
    """Have a turn kept for the form of this token, now or for later; one that was sent before needs none.

    Takes a transaction of `Store.write`, which must be kept even where the form has to wait. Locks are taken in one
    order: form, network, deployment.
    """
    key = transaction.lookup_key()
    form = keyed_hash(key, "form token", token)
    take_turns(transaction.connection, form)
    if transaction.connection.execute(select(submission.c.id).where(submission.c.token_hash == form)).first():
        return NOW
    own = _own_hash(transaction, token)
    kept = pace_row(transaction.connection, own)
    if kept is None or is_of_the_future(kept, moment):
        return _new_turn(transaction, pace, network, own, moment)
    return Turn(_seconds(kept.at - moment)) if kept.at > moment else NOW


def end_turn(transaction: StoreTransaction, token: bytes) -> None:
    """Keep no turn any more for a form that is sent with this transaction."""
    own = _own_hash(transaction, token)
    transaction.connection.execute(delete(pace_table).where(pace_table.c.hash == own))


def turns_in_hour(transaction: StoreTransaction, moment: datetime) -> int:
    """How many turns of the deployment fall into the hour of this moment."""
    row = pace_row(transaction.connection, _hour_hash(transaction, _hour_of(moment)))
    return row.number if row else 0


def _new_turn(transaction: StoreTransaction, pace: Pace, network: str, own: bytes, moment: datetime) -> Turn:
    """The next turn of a network that the deployment has too; `own` is the hash by which it is kept for later."""
    of_network = transaction.keyed_hash("pace of a network", network.encode())
    take_turns(transaction.connection, of_network)
    take_turns(transaction.connection, b"pace of the deployment")
    row = pace_row(transaction.connection, of_network)
    free = max(row.at, moment) if row and not is_of_the_future(row, moment) else moment
    by_network = max(moment, free - timedelta(seconds=pace.seconds * (pace.burst - 1)))
    turn, number = _turn_of_deployment(transaction, pace, by_network, moment)
    by = Slowed.DEPLOYMENT if turn > by_network else Slowed.NETWORK if turn > moment else None
    if turn - moment > LONGEST:
        return Turn(_seconds(LONGEST), by)
    write_pace_row(transaction.connection, of_network, free + timedelta(seconds=pace.seconds), moment)
    write_pace_row(transaction.connection, _hour_hash(transaction, _hour_of(turn)), _hour_of(turn), moment, number)
    write_pace_row(transaction.connection, own, turn, moment)
    return Turn(_seconds(turn - moment), by, fills_hour=number == pace.hourly)


def _turn_of_deployment(
    transaction: StoreTransaction, pace: Pace, earliest: datetime, moment: datetime
) -> tuple[datetime, int]:
    """The first moment from `earliest` on in whose hour there is room, and how many turns that hour has with it.

    Who is put off to a later hour has a moment within it by their place, so that not all come as it begins.
    """
    turn = earliest
    while turn - moment <= LONGEST:
        taken = turns_in_hour(transaction, turn)
        if taken < pace.hourly:
            place = HOUR * taken // pace.hourly if turn > earliest else timedelta()
            return turn + timedelta(seconds=_seconds(place)), taken + 1
        turn = _hour_of(turn) + HOUR
    return turn, 0


def _hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _own_hash(transaction: StoreTransaction, token: bytes) -> bytes:
    return transaction.keyed_hash("pace of a form", token)


def _hour_hash(transaction: StoreTransaction, hour: datetime) -> bytes:
    return transaction.keyed_hash("pace of an hour", hour.isoformat().encode())


def _seconds(time: timedelta) -> int:
    return int(time.total_seconds())
