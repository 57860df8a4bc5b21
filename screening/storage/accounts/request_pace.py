"""How often a program with a key may ask: counted in the database, so that it holds for every process and host.

So many requests a minute, and as many at once: one moment a key says until when its turns are taken. A request that is
refused writes nothing, so that who asks too fast slows down nobody else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from screening.storage.database.locking import take_turns
from screening.storage.database.pace_rows import is_of_the_future, pace_row, write_pace_row
from screening.storage.store import StoreTransaction

MINUTE = timedelta(minutes=1)
_MICROSECONDS = 60_000_000


def take_request(transaction: StoreTransaction, key_id: str, per_minute: int, moment: datetime) -> int:
    """Take one request of a key; 0 where there is one left, else the seconds until there is."""
    hashed = transaction.keyed_hash("pace of a program", key_id.encode())
    take_turns(transaction.connection, hashed)
    row = pace_row(transaction.connection, hashed)
    taken = max(row.at, moment) if row and not is_of_the_future(row, moment) else moment
    interval = timedelta(microseconds=_MICROSECONDS // per_minute)  # rounded down, or the last of a minute had no room
    wait = taken + interval - MINUTE - moment
    if wait > timedelta():
        return ceil(wait.total_seconds())
    write_pace_row(transaction.connection, hashed, taken + interval, moment)
    return 0
