"""What the overview reads out of 50 000 submissions and 300 000 entries of the audit, on both kinds of database."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import insert

from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import audit, submission
from screening.storage.statistics.arrivals import read_arrivals, read_endings, read_hours, read_overdue
from screening.storage.statistics.calls import read_calls
from screening.storage.statistics.overview import totals
from screening.storage.statistics.period import Period
from screening.storage.store import Store, StoreTransaction, new_id
from screening.storage.submissions.record.records import State
from screening.wording.desk.overview_times import CALL_WEEKS
from tests.benchmarks.measuring import medians
from tests.benchmarks.on_both import apps_on_both, settle
from tests.support.desk import Desk, signed_in
from tests.support.stores import with_step

MANY = 50_000
BATCH = 5_000
WEEKS = (4, 12, 52)
DAY = timedelta(days=1)
FIRST_ENTRY = 1000
"""The number of the first entry that is made up; those before it are of signing in."""
ACTIONS = ("shared", "opened", "taken", "try_no_answer", "next_call_back", "state_closed")


def fill(store: Store, many: int = MANY) -> None:
    """Keep many submissions of a year with the audit of each; what is sealed in them is noise, for nobody opens it."""
    chosen, at = random.Random(7), now()

    def write(transaction: StoreTransaction) -> None:
        for start in range(0, many, BATCH):
            numbers = range(start, min(start + BATCH, many))
            rows = [_row(chosen, at - (many - number) * 364 * DAY / many, at) for number in numbers]
            transaction.connection.execute(insert(submission), rows)
            entries = [
                entry for number, row in zip(numbers, rows, strict=True) for entry in _entries(chosen, number, row)
            ]
            transaction.connection.execute(insert(audit), entries)

    store.write(write)


def _row(chosen: random.Random, received: datetime, at: datetime) -> dict[str, Any]:
    contacted = received + chosen.expovariate(1 / 4) * DAY if chosen.random() < 0.7 else None
    ended = received + chosen.uniform(4, 40) * DAY if chosen.random() < 0.6 else None
    contacted, ended = (moment if moment and moment < at else None for moment in (contacted, ended))
    row = {
        "id": new_id(),
        "token_hash": secrets.token_bytes(32),
        "code_hash": secrets.token_bytes(32),
        "data_key_wrapped": secrets.token_bytes(60),
        "revision": 1,
        "state": State.CLOSED if ended else State.IN_CONTACT if contacted else State.NEW,
        "reason": chosen.choice(["answered", "no_answer", "own_doctor"]) if ended else None,
        "received_at": received,
        "changed_at": received,
        "promised_at": received + 3 * DAY,
        "contacted_at": contacted,
        "ended_at": ended,
        "category": chosen.choice(["a", "b", "c", "d"]),
        "row_sealed": secrets.token_bytes(150),
        "contact_sealed": secrets.token_bytes(300),
    }
    return with_step(row)


def _entries(chosen: random.Random, number: int, row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "number": FIRST_ENTRY + number * len(ACTIONS) + place,
            "at": row["received_at"] + chosen.random() * DAY / 8,
            "actor": "0" * 16,
            "action": action,
            "subject": row["id"],
            "chained": bytes(32),
        }
        for place, action in enumerate(ACTIONS)
    ]


READERS: dict[str, Callable[[StoreTransaction, Period], object]] = {
    "what came and left": read_arrivals,
    "overdue": lambda transaction, period: read_overdue(transaction, period.at),
    "how long they waited": lambda transaction, period: read_hours(transaction, period, 28 * 24),
    "why they ended": read_endings,
    "calls": lambda transaction, period: read_calls(transaction, Period(min(period.weeks, CALL_WEEKS), period.at)),
    "states and sections": lambda transaction, period: totals(transaction),
}


def report() -> Iterator[str]:
    """One line a figure."""
    for kind, app, store in apps_on_both():
        desk = signed_in(
            app, Role.MANAGER
        )  # before the entries that are made up, which the audit's end knows nothing of
        fill(store)
        settle(kind, store)
        yield from _figures(kind, store)
        yield from _pages(kind, desk)


def _pages(kind: str, desk: Desk) -> Iterator[str]:
    for weeks in WEEKS:
        page = medians({"page": partial(desk.raw, f"/desk/overview?weeks={weeks}")}, rounds=5)["page"]
        yield f"{kind}, {MANY} submissions, {weeks} weeks: {page * 1000:.0f} ms as a page"


def _figures(kind: str, store: Store) -> Iterator[str]:
    for weeks in WEEKS:
        period = Period(weeks, now())

        def read(reader: Callable[[StoreTransaction, Period], object], period: Period = period) -> None:
            with store.reading() as transaction:
                reader(transaction, period)

        figures = medians({name: lambda reader=reader: read(reader) for name, reader in READERS.items()}, rounds=7)  # type: ignore[misc]
        for name, seconds in figures.items():
            yield f"{kind}, {MANY} submissions, {weeks} weeks, {name}: {seconds * 1000:.0f} ms (wanted: below 50)"
