"""Worker processes: the same PDFs as in this process, replaced where they die, ended where they meet a limit."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from screening.documents.pdf import render_pdf
from screening.documents.summary import summary_pdf, summary_printing
from screening.documents.workers import BusyError, Limits, WorkError, Workers
from screening.wording.summary.assessment import Assessment
from tests.support.cases import ONE_OF_EACH, given
from tests.support.patience import wait_until

PRINTING = summary_printing(Assessment(given(ONE_OF_EACH["urgent"])))


@pytest.fixture
def workers() -> Iterator[Workers]:
    pool = Workers(1)
    yield pool
    pool.close()


def hang() -> None:
    """Never end, and use no processor time."""
    threading.Event().wait()


def burn(seconds: float = float("inf")) -> int:
    """Use this much processor time; the process that did."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return os.getpid()


def burn_in_a_library() -> int:
    """Use processor time within C code that no Python signal handler interrupts."""
    return sum(range(10**12))


def stop_and_burn(pipe: str, seconds: float) -> int:
    """Say which process this is, stop it, and use this much processor time once it goes on."""
    Path(pipe).write_text(str(os.getpid()))
    os.kill(os.getpid(), signal.SIGSTOP)
    return burn(seconds)


def is_stopped(process: int) -> bool:
    """Whether a process was stopped and does not go on yet."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "T"


@pytest.mark.slow
def test_a_worker_makes_the_same_pdf_in_another_process(workers: Workers) -> None:
    assert workers.run(render_pdf, PRINTING) == summary_pdf(given(ONE_OF_EACH["urgent"]))
    assert workers.run(os.getpid) != os.getpid()


@pytest.mark.slow
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


def test_work_that_hangs_is_ended(workers: Workers) -> None:
    workers.warm_up()
    (process,) = workers.processes
    workers.limits = Limits(clock=1)
    with pytest.raises(WorkError, match="hung"):
        workers.run(hang)
    assert not process.is_alive()


@pytest.mark.slow
@pytest.mark.parametrize("work", [burn, burn_in_a_library])
def test_work_that_uses_too_much_processor_time_is_ended_and_not_tried_again(
    workers: Workers, work: Callable[[], int]
) -> None:
    workers.warm_up()
    (process,) = workers.processes
    workers.limits = Limits(processor=0.3, clock=300)
    with pytest.raises(WorkError, match="processor time"):
        workers.run(work)
    assert not process.is_alive()
    assert workers.processes == []
    assert workers.run(len, "abc") == 3


@pytest.mark.slow
def test_processor_time_is_counted_anew_for_each_piece_of_work(workers: Workers) -> None:
    workers.warm_up()
    workers.limits = Limits(processor=0.3)
    assert len({workers.run(burn, 0.2) for _ in range(3)}) == 1


@pytest.mark.slow
def test_work_that_the_machine_holds_up_is_not_ended(workers: Workers, tmp_path: Path) -> None:
    """Others use the processor for longer than this work may; it goes on afterwards and is done."""
    workers.warm_up()
    workers.limits = Limits(processor=0.3)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(workers.run, stop_and_burn, str(pipe), 0.1)
        process = int(pipe.read_text())
        wait_until(lambda: is_stopped(process))
        burn(2 * workers.limits.processor)
        os.kill(process, signal.SIGCONT)
        assert done.result() == process


def test_an_error_is_told_by_its_name_alone_and_the_worker_stays(workers: Workers) -> None:
    first = workers.run(os.getpid)
    with pytest.raises(WorkError, match=r"^ValueError$"):
        workers.run(int, "an answer")
    assert workers.run(os.getpid) == first


def test_more_callers_than_may_wait_are_told_so_at_once(tmp_path: Path) -> None:
    busy = Workers(1, waiting=0)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(busy.run, Path.read_text, pipe)
        with pipe.open("w") as end:  # opens once the worker reads from the other one
            for _ in range(3):
                with pytest.raises(BusyError):
                    busy.run(len, "abc")
            end.write("done")
        assert done.result() == "done"
    busy.close()
