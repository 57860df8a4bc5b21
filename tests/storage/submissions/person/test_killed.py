"""Processes are killed at any moment while people share: what was acknowledged is there once, nothing by half."""

from __future__ import annotations

import logging
import multiprocessing
import random
import signal
import time
from collections import Counter
from contextlib import suppress
from hashlib import sha256
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import func, select

from screening.storage.audit.verification import verify
from screening.storage.database.connections import DatabaseUnavailableError
from screening.storage.database.schema import submission, version
from screening.storage.submissions.assessments.versions import versions
from screening.storage.submissions.person.sharing import receipt_of
from screening.storage.submissions.record.records import open_submission
from tests.support.kills import KILLS
from tests.support.stores import Place, close, draft, share

log = logging.getLogger(__name__)

SHARES = 500
"""At least; more where that many are through before the kills are."""
WORKERS = 4
A_ROUND = 60
"""Shares that a worker is told to make before it is killed or ends."""
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.stores"])


def share_each(place: Place, tokens: list[str], end: Connection) -> None:
    """Share a form for each of these tokens, and acknowledge it; what a busy machine refuses is not acknowledged."""
    with suppress(DatabaseUnavailableError):
        store = place.open()
        end.send(("", ""))
        for token in tokens:
            end.send((token, share(store, token=bytes.fromhex(token)).id))


class Worker:
    """A process that shares what it is told to, and acknowledges each."""

    def __init__(self, place: Place, tokens: list[str]) -> None:
        self.says, end = PROCESSES.Pipe(duplex=False)
        self.process = PROCESSES.Process(target=share_each, args=(place, tokens, end))
        self.process.start()
        end.close()

    def acknowledged(self, kill_after: float | None) -> dict[str, str]:
        """What it acknowledges, ids by token; killed after some seconds of sharing where told so."""
        pairs = {}
        with suppress(EOFError):
            self.says.recv()  # it has opened the store
            if kill_after is not None:
                time.sleep(kill_after)
                self.process.kill()
            while True:
                token, identity = self.says.recv()
                pairs[token] = identity
        self.says.close()
        self.process.join()
        return pairs

    @property
    def was_killed(self) -> bool:
        """Whether it ended by being killed, and not by being through."""
        return self.process.exitcode == -signal.SIGKILL


def new_tokens(first: int, number: int) -> list[str]:
    """Tokens of forms, different ones for different numbers."""
    return [sha256(f"{number_of_one}".encode()).hexdigest()[:32] for number_of_one in range(first, first + number)]


def one_round(place: Place, left: list[str], kills: int) -> tuple[list[dict[str, str]], int]:
    """Several processes share at once, some of it the same; what each acknowledged, and how many were killed
    before they were through.
    """
    step = max(1, min(len(left) // WORKERS, A_ROUND // 2))
    workers = [Worker(place, left[number * step : (number + 2) * step]) for number in range(WORKERS)]
    moments = [random.uniform(0, 0.15) if number < kills else None for number in range(WORKERS)]
    answers = [worker.acknowledged(moment) for worker, moment in zip(workers, moments, strict=True)]
    return answers, sum(worker.was_killed for worker in workers)


@pytest.mark.slow
def test_what_was_acknowledged_is_there_exactly_once(place: Place) -> None:
    close(place.open())
    tokens = new_tokens(0, SHARES)
    acknowledged: dict[str, str] = {}
    killed = 0
    while left := [token for token in tokens if token not in acknowledged]:
        # People press again what was not acknowledged; more of them come while there is somebody to be killed.
        if killed < KILLS and len(left) < WORKERS * A_ROUND:
            tokens += (more := new_tokens(len(tokens), WORKERS * A_ROUND))
            left += more
        answers, kills = one_round(place, left, KILLS - killed)
        killed += kills
        for token, identity in (pair for answer in answers for pair in answer.items()):
            assert acknowledged.setdefault(token, identity) == identity
    assert killed >= KILLS
    check_all_are_there(place, acknowledged, len(tokens))
    log.info("%d kills, %d promised and there, none lost, none twice", killed, len(acknowledged))


def check_all_are_there(place: Place, acknowledged: dict[str, str], number: int) -> None:
    """Each of the acknowledged is whole and there once, and there is nothing else."""
    store = place.open()
    with store.reading() as transaction:
        assert transaction.connection.execute(select(func.count()).select_from(submission)).scalar_one() == number
        assert transaction.connection.execute(select(func.count()).select_from(version)).scalar_one() == number
        for token, identity in acknowledged.items():
            receipt = receipt_of(transaction, bytes.fromhex(token))
            assert receipt is not None
            assert receipt.id == identity
            sent = open_submission(transaction, identity)
            (shared,) = versions(transaction, sent)
            assert (sent.contact, shared.document) == (draft().contact, draft().assessment.document)
        assert verify(transaction).number == number
    assert max(Counter(acknowledged.values()).values()) == 1
    close(store)
