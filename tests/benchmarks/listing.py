"""The list of the desk over 50 000 submissions, on both kinds of database: what that needs, and the whole page."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from screening.desk.submissions.listing import AT_FIRST
from screening.storage.accounts.staff import Role
from screening.storage.database.clock import now
from screening.storage.database.schema import submission
from screening.storage.store import Store, StoreTransaction, new_id
from screening.storage.submissions.desk_list.list_groups import NOBODY, Filters, Group
from screening.storage.submissions.desk_list.listing import ListKey, first_pages, group_sizes, list_page
from screening.storage.submissions.record.cipher import new_submission_cipher
from screening.storage.submissions.record.records import OPEN, USUAL_STEPS, State, Step, change, open_submission
from tests.benchmarks.measuring import medians
from tests.benchmarks.on_both import apps_on_both, settle
from tests.support.desk import Desk, signed_in
from tests.support.submissions import UNCLEAR, send

MANY = 50_000
GIVEN = ("Ali", "Siti", "Nurul Aina", "Wong Siew", "Kamala", "Agus", "Muthu", "Lim Kok", "Zoë")
FAMILY = ("bin Rahman", "binti Hassan", "Fong", "Devi", "Santoso", "Raman", "Wai", "D'Souza")
SECTIONS = ("fibrosis", "early_cirrhosis", "decompensated", "unclear")


def fill(store: Store, many: int = MANY) -> None:
    """Keep many submissions, three in eight of them closed, one in ten to be called first, one in fifty a duplicate."""
    chosen = random.Random(7)

    def write(transaction: StoreTransaction) -> None:
        rows = []
        for number in range(many):
            rows.append(_row(transaction, store, chosen, number))
            if len(rows) == 2000 or number == many - 1:
                transaction.connection.execute(insert(submission), rows)
                rows = []

    store.write(write)


def _row(transaction: StoreTransaction, store: Store, chosen: random.Random, number: int) -> dict[str, Any]:
    identity = new_id()
    drawer, keys = new_submission_cipher(transaction, identity, transaction.keys.current(transaction.connection))
    at = now() - timedelta(minutes=9 * number)
    state = chosen.choice([*OPEN, State.CLOSED, State.CLOSED, State.CLOSED])
    twin = chosen.random() < 0.02
    members = {
        "code": "ABC-DEF-GHJ",
        "name": f"{chosen.choice(GIVEN)} {chosen.choice(FAMILY)}",
        "safety": ["Please see a doctor in the next few days."],
        "channel": "phone",
    }
    return {
        "id": identity,
        "token_hash": secrets.token_bytes(32),
        "code_hash": secrets.token_bytes(32),
        "contact_hash": chosen.randrange(400).to_bytes(32, "big") if twin else secrets.token_bytes(32),
        **keys,
        "revision": 0,
        "state": state,
        "received_at": at,
        "changed_at": at,
        "promised_at": at + timedelta(days=3),
        "ended_at": at if state is State.CLOSED else None,
        "answered_on": at.date().isoformat(),
        "best_time": chosen.choice(["any", "morning", "afternoon", "evening"]),
        "language": chosen.choice(["en", "ms", "id", "zh-Hans", "ta"]),
        "category": chosen.choice(SECTIONS),
        "call_first": int(chosen.random() < 0.1),
        "conflicts": 0,
        "unsure": 0,
        "tries": 0,
        "step": USUAL_STEPS.get(state),
        "due_at": now() + timedelta(hours=chosen.randrange(-200, 200)) if state in OPEN else None,
        "news_at": at if state in OPEN and chosen.random() < 0.02 else None,
        "for_other": chosen.random() < 0.3,
        "row_sealed": drawer.seal(members, "submission", identity, "row"),
        "contact_sealed": drawer.seal({}, "submission", identity, "contact"),
    }


FILTERS = {
    "all": (Filters(), ""),
    "in Tamil, from helpers": (Filters(language="ta", who="other"), "?language=ta&who=other"),
    "unclear, taken by nobody": (Filters(section="unclear", assignee=NOBODY), "?section=unclear&assignee=nobody"),
}


def report() -> Iterator[str]:
    """One line a figure."""
    for kind, app, store in apps_on_both():
        fill(store)
        settle(kind, store)
        yield from _figures(kind, store, signed_in(app, Role.COORDINATOR))


def _figures(kind: str, store: Store, desk: Desk) -> Iterator[str]:
    for name, (filters, query) in FILTERS.items():
        figures = medians(
            {
                "database": lambda filters=filters: _read(store, filters),  # type: ignore[misc]
                "page": lambda query=query: desk.raw(f"/desk/{query}"),  # type: ignore[misc]
                "deep": lambda filters=filters: _deep(store, filters),  # type: ignore[misc]
            },
            rounds=11,
        )
        what = f"{kind}, {MANY} submissions, {name}"
        yield f"{what}: {figures['database'] * 1000:.0f} ms of database (wanted: below 50)"
        yield f"{what}: {figures['page'] * 1000:.0f} ms as a page (wanted: below 150)"
        yield f"{what}: {figures['deep'] * 1000:.0f} ms for a page from the middle of a group"
    middle = _middle(store)
    figures = medians({"page": lambda: desk.raw(f"/desk/submissions/{middle}")}, rounds=11)
    yield f"{kind}, among {MANY} submissions: {figures['page'] * 1000:.0f} ms for the page of one (wanted: below 50)"


def _middle(store: Store) -> str:
    """Somebody with all that the page of one shows, in the middle of a group."""
    sent = send(store, UNCLEAR).id

    def write(transaction: StoreTransaction) -> None:
        columns: dict[str, Any] = {"due_at": now() + timedelta(days=4), "step": Step.CALL_BACK}
        change(transaction, open_submission(transaction, sent), state=State.IN_CONTACT, **columns)

    store.write(write)
    return sent


def _read(store: Store, filters: Filters) -> None:
    """All that the list reads: the numbers of every group, and the first rows of those that are shown."""
    with store.reading() as transaction:
        group_sizes(transaction, filters)
        groups = [group for group in Group if group not in (Group.DUPLICATES, Group.CLOSED)]
        first_pages(transaction, groups, filters, most=AT_FIRST)


def _deep(store: Store, filters: Filters) -> None:
    """A page of a group from its middle."""
    middle = ListKey(now() + timedelta(days=2), "")
    with store.reading() as transaction:
        list_page(transaction, Group.LATER, filters, after=middle, most=50)
