"""Workers of a running server are killed while people share: who was told it arrived is there once, nobody twice."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from screening.questionnaire.sharing_offer import TOKEN_BYTES
from screening.storage.audit.verification import verify
from screening.storage.database.schema import submission
from screening.storage.store import Store
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.person.sharing import receipt_of
from screening.storage.submissions.record.records import open_submission
from tests.browser.conftest import Server, serving
from tests.support.crowd import Ready, ask, cookie_with, open_form, share, state_of
from tests.support.kills import KILLS
from tests.support.postgres import children
from tests.support.stores import Place, close
from tests.support.web_fixtures import make_app

log = logging.getLogger(__name__)

SHARES = 120
"""At least; more where that many are through before the kills are."""
AT_ONCE = 16
WORKERS = 4
PAUSE = 0.2
"""Seconds between a lost connection and the next press, and at most between two kills."""


async def kill_workers(server: Server, done: asyncio.Event, pressed: list[int]) -> int:
    """Kill a worker at random moments until all is done, each after somebody got through since the last; how many.

    `pressed`: for each who got through, how often they pressed. On a busy machine nobody would, and that tries nothing.
    """
    killed = 0
    while not done.is_set():
        await asyncio.sleep(random.uniform(0, PAUSE))
        workers = children(server.process)
        if workers and killed < KILLS and killed <= len(pressed):
            os.kill(random.choice(workers), signal.SIGKILL)
            killed += 1
            if killed == KILLS:
                done.set()
    return killed


async def opened(port: int, cookie: str) -> Ready:
    """The form to share, asked for as often as the connection is lost."""
    while True:
        with suppress(ConnectionError):
            return await open_form(port, cookie)
        await asyncio.sleep(PAUSE)


async def press_until_it_arrived(port: int, ready: Ready) -> int:
    """Send a form as often as the connection is lost, or a page asks for that; how often."""
    for pressed in range(1, 1000):
        with suppress(ConnectionError):
            answer = await share(port, ready)
            if answer.location == "/shared":
                return pressed
            # To the form again, which says that it could not be sent just now.
            assert (answer.status, answer.location) in ((303, "/share/form"), (503, ""))
        await asyncio.sleep(PAUSE)
    raise AssertionError("it never arrives")


async def everybody_shares(server: Server, cookie_for: Callable[[bytes], str]) -> tuple[list[bytes], list[int], int]:
    """Some people at a time, until enough shared and enough workers were killed meanwhile.

    The tokens of their forms, how often each pressed, and how many workers were killed.
    """
    port = urlsplit(server.url).port or 0
    killed_enough = asyncio.Event()
    tokens, pressed = list[bytes](), list[int]()

    async def one_after_another() -> None:
        while len(tokens) < SHARES or not killed_enough.is_set():
            tokens.append(token := secrets.token_bytes(TOKEN_BYTES))
            pressed.append(await press_until_it_arrived(port, await opened(port, cookie_for(token))))

    killing = asyncio.create_task(kill_workers(server, killed_enough, pressed))
    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    assert (await ask(port, "GET", "/readyz", {})).status == 200
    return tokens, pressed, await killing


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
        tokens, pressed, killed = asyncio.run(everybody_shares(server, partial(cookie_with, kept, app)))
    again = sum(times > 1 for times in pressed)
    assert killed == KILLS
    assert again > 0
    assert count(store) == before + len(tokens)
    with store.reading() as transaction:
        receipts = [receipt_of(transaction, token) for token in tokens]
        identities = {receipt.id for receipt in receipts if receipt}
        assert len(identities) == len(tokens)
        for identity in identities:
            sent = open_submission(transaction, identity)
            (shared,) = versions(transaction, sent)
            assert sent.contact["name"] == "Somebody"
            assert shared.document
        verify(transaction)
    close(store)
    log.info("%d kills, %d promised and there, none lost, none twice, %d pressed again", killed, len(tokens), again)
