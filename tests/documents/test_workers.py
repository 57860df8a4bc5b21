"""Worker processes: the same PDFs as in this process, replaced where they die, ended where they hang."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from screening.documents.pdf import render_pdf
from screening.documents.summary import summary_pdf, summary_printing
from screening.documents.workers import BusyError, WorkError, Workers
from screening.wording.summary.assessment import Assessment
from tests.support.cases import ONE_OF_EACH, given

PRINTING = summary_printing(Assessment(given(ONE_OF_EACH["urgent"])))


@pytest.fixture
def workers() -> Iterator[Workers]:
    found = Workers(1, limit=60)
    yield found
    found.close()


def hang() -> None:
    """Never end."""
    threading.Event().wait()


def test_a_worker_makes_the_same_pdf_in_another_process(workers: Workers) -> None:
    assert workers.run(render_pdf, PRINTING) == summary_pdf(given(ONE_OF_EACH["urgent"]))
    assert workers.run(os.getpid) != os.getpid()


def test_one_that_died_is_replaced_and_the_pdf_is_made(workers: Workers) -> None:
    first = workers.run(os.getpid)
    os.kill(first, signal.SIGKILL)
    workers.processes[0].join()
    assert workers.run(render_pdf, PRINTING).startswith(b"%PDF-")
    assert workers.run(os.getpid) != first


def test_work_that_kills_its_worker_is_given_up_and_the_next_goes_on(workers: Workers) -> None:
    with pytest.raises(WorkError):
        workers.run(os._exit, 1)
    assert workers.run(len, "abc") == 3


def test_work_that_hangs_is_ended() -> None:
    hanging = Workers(1, limit=2)
    hanging.warm_up()
    (process,) = hanging.processes
    with pytest.raises(WorkError, match="hung"):
        hanging.run(hang)
    assert not process.is_alive()
    hanging.close()


def test_an_error_is_told_by_its_name_alone_and_the_worker_stays(workers: Workers) -> None:
    first = workers.run(os.getpid)
    with pytest.raises(WorkError, match=r"^ValueError$"):
        workers.run(int, "an answer")
    assert workers.run(os.getpid) == first


def test_more_callers_than_may_wait_are_told_so_at_once() -> None:
    busy = Workers(1, waiting=0, limit=3)
    busy.warm_up()
    with ThreadPoolExecutor(4) as pool:
        results = [each.exception() for each in [pool.submit(busy.run, hang) for _ in range(4)]]
    assert sum(isinstance(each, BusyError) for each in results) == 3
    busy.close()
