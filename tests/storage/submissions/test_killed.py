"""Processes are killed at any moment while people share: what was acknowledged is there once, nothing by half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from screening.storage.audit.verification import verify
from screening.storage.database.schema import submission, version
from screening.storage.submissions.assessments import versions
from screening.storage.submissions.records import open_submission
from screening.storage.submissions.sharing import receipt_of
from tests.conftest import ROOT
from tests.support.stores import Place, close, draft

SHARES = 500
WORKERS = 4
KILLS = 25
WORKER = """
import sys
from pathlib import Path
from tests.support.stores import Place, share
store = Place(sys.argv[1], Path(sys.argv[2])).open()
print("ready", flush=True)
for line in sys.stdin:
    receipt = share(store, token=bytes.fromhex(line))
    print(line.strip(), receipt.id, flush=True)
"""


class Worker:
    """A process that shares what it is told to, and acknowledges each."""

    def __init__(self, place: Place) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, place.url, str(place.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        self.told, self.says = self.process.stdin, self.process.stdout
        assert self.says.readline() == "ready\n"

    def share(self, tokens: list[str], kill_after: float | None) -> dict[str, str]:
        """What it acknowledges, ids by token; killed after some seconds where told so."""
        self.told.write("".join(f"{each}\n" for each in tokens))
        self.told.flush()
        self.told.close()
        if kill_after is not None:
            time.sleep(kill_after)
            self.process.send_signal(signal.SIGKILL)
        acknowledged = dict(line.split() for line in self.says if line.endswith("\n") and len(line.split()) == 2)
        self.says.close()
        self.process.wait()
        return acknowledged


@pytest.mark.slow
def test_what_was_acknowledged_is_there_exactly_once(place: Place) -> None:
    close(place.open())
    tokens = [sha256(f"{number}".encode()).hexdigest()[:32] for number in range(SHARES)]
    acknowledged: dict[str, str] = {}
    killed = 0
    while left := [each for each in tokens if each not in acknowledged]:
        # Several at once; people press again what was not acknowledged, some of it in two processes.
        workers = [Worker(place) for _ in range(WORKERS)]
        share = max(1, len(left) // WORKERS)
        for number, worker in enumerate(workers):
            worker.told.write("".join(f"{each}\n" for each in left[number * share : (number + 2) * share][:60]))
            worker.told.flush()
        for worker in workers:
            kill = random.uniform(0, 0.15) if killed < KILLS else None
            killed += kill is not None
            for token, identity in worker.share([], kill).items():
                assert acknowledged.setdefault(token, identity) == identity
    assert killed >= KILLS
    store = place.open()
    with store.reading() as transaction:
        assert transaction.connection.execute(select(func.count()).select_from(submission)).scalar_one() == SHARES
        assert transaction.connection.execute(select(func.count()).select_from(version)).scalar_one() == SHARES
        for token, identity in acknowledged.items():
            receipt = receipt_of(transaction, bytes.fromhex(token))
            assert receipt is not None
            assert receipt.id == identity
            kept = open_submission(transaction, identity)
            (shared,) = versions(transaction, kept)
            assert (kept.contact, shared.document) == (draft().contact, draft().assessment.document)
        assert verify(transaction).number == SHARES
    assert max(Counter(acknowledged.values()).values()) == 1
    close(store)
