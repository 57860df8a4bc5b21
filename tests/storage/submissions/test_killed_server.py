"""Workers of a running server are killed while people share: who was told it arrived is there once, nobody twice."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import secrets
import signal
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from screening.questionnaire.sharing import TOKEN_BYTES
from screening.storage.audit.verification import verify
from screening.storage.database.schema import submission
from screening.storage.store import Store
from screening.storage.submissions.assessments import versions
from screening.storage.submissions.records import open_submission
from screening.storage.submissions.sharing import receipt_of
from tests.browser.conftest import Server, serving
from tests.support.crowd import Ready, ask, cookie_with, open_form, share, state_of
from tests.support.kills import KILLS
from tests.support.postgres import children
from tests.support.stores import Place, close
from tests.support.web_fixtures import make_app

log = logging.getLogger(__name__)

SHARES = max(500, 8 * KILLS)
"""More than are through before the kills are."""
AT_ONCE = 16
WORKERS = 4
PAUSE = 0.2
"""Seconds between a lost connection and the next press, and at most between two kills."""


async def kill_workers(server: Server, done: asyncio.Event) -> int:
    """Kill a worker at random moments, until all is done; how many."""
    killed = 0
    while not done.is_set():
        await asyncio.sleep(random.uniform(0, PAUSE))
        workers = children(server.process)
        if workers and killed < KILLS:
            os.kill(random.choice(workers), signal.SIGKILL)
            killed += 1
    return killed


async def press_until_it_arrived(port: int, ready: Ready) -> int:
    """Send a form as often as the connection is lost, or a page asks for that; how often."""
    for pressed in range(1, 100):
        with suppress(ConnectionError):
            answer = await share(port, ready)
            if answer.status != 503:
                assert (answer.status, answer.location) == (303, "/shared")
                return pressed
        await asyncio.sleep(PAUSE)
    raise AssertionError("it never arrives")


async def everybody_shares(server: Server, forms: list[str]) -> tuple[int, int]:
    """Some people at a time, while workers are killed; how often one was, and how many people pressed again."""
    port = urlsplit(server.url).port or 0
    ready = [await open_form(port, each) for each in forms]
    room, done = asyncio.Semaphore(AT_ONCE), asyncio.Event()

    async def one(each: Ready) -> int:
        async with room:
            return await press_until_it_arrived(port, each)

    killing = asyncio.create_task(kill_workers(server, done))
    pressed = await asyncio.gather(*map(one, ready))
    done.set()
    assert (await ask(port, "GET", "/readyz", {})).status == 200
    return await killing, sum(each > 1 for each in pressed)


def count(store: Store) -> int:
    """How many submissions there are."""
    with store.reading() as transaction:
        value: int = transaction.connection.execute(select(func.count()).select_from(submission)).scalar_one()
    return value


@pytest.mark.slow
def test_who_was_told_that_it_arrived_is_there_exactly_once(place: Place) -> None:
    with serving(place.folder, WORKERS, place.url) as server:
        app = make_app(place.folder / "answers")  # with the same keys of cookies, and no part in what is kept
        kept = state_of(app)
        store = place.open()
        before = count(store)
        tokens = [secrets.token_bytes(TOKEN_BYTES) for _ in range(SHARES)]
        forms = [cookie_with(kept, app, each) for each in tokens]
        killed, again = asyncio.run(everybody_shares(server, forms))
    assert killed >= KILLS
    assert again > 0
    assert count(store) == before + SHARES
    with store.reading() as transaction:
        receipts = [receipt_of(transaction, each) for each in tokens]
        identities = {receipt.id for receipt in receipts if receipt}
        assert len(identities) == SHARES
        for identity in identities:
            sent = open_submission(transaction, identity)
            (shared,) = versions(transaction, sent)
            assert sent.contact["name"] == "Somebody"
            assert shared.document
        verify(transaction)
    close(store)
    log.info("%d kills, %d promised and there, none lost, none twice, %d pressed again", killed, SHARES, again)
