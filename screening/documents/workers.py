"""Worker processes for what takes long or opens files of strangers: making PDFs, and looking into them.

Laying out a PDF keeps a core busy for some tenths of a second. Within a web process it would hold up every page, and
two threads must never share a font configuration. So each worker is a process with one of its own; it works for one
caller at a time, gives way to pages, and is killed and started anew where it hangs or dies.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, Queue
from typing import ParamSpec, TypeVar

from screening.documents import pdf
from screening.logs.failure import Failure, failure_of
from screening.logs.setup import LogFormat, configure, current_format

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

WAITING = 4
"""Callers that may wait for a worker; more would keep the threads that serve pages."""
LIMIT = 60.0
"""Seconds after which a worker counts as hanging."""
_MEMORY = 2 * 1024**3
_GIVING_WAY = 10


class BusyError(Exception):
    """All workers are at work, and enough callers wait."""


class WorkError(Exception):
    """A worker died, hung or failed over the work."""

    def __init__(self, why: str, failure: Failure | None = None) -> None:
        super().__init__(why)
        self.failure = failure
        """Where the work failed, if it did."""


class Workers:
    """Some worker processes, started when they are first needed."""

    def __init__(self, size: int = 1, waiting: int = WAITING, limit: float = LIMIT) -> None:
        self._limit = limit
        self._room = threading.BoundedSemaphore(size + waiting)
        self._workers = [_Worker() for _ in range(size)]
        self._idle: Queue[_Worker] = Queue()
        for worker in self._workers:
            self._idle.put(worker)

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Call a function of some module in a worker; raises `BusyError` or `WorkError` where nothing came of it."""
        if not self._room.acquire(blocking=False):
            raise BusyError
        try:
            worker = self._idle.get(timeout=self._limit)
        except Empty:
            self._room.release()
            raise BusyError from None
        try:
            return worker.run(partial(function, *arguments, **named), self._limit)
        finally:
            self._idle.put(worker)
            self._room.release()

    def warm_up(self) -> None:
        """Start the workers, so that the first person does not wait for it."""
        for _ in self._workers:
            self.run(pdf.warm_up)

    def close(self) -> None:
        """End the workers; the next work starts new ones."""
        for worker in self._workers:
            worker.stop()

    @property
    def processes(self) -> list[BaseProcess]:
        """Those that run now."""
        return [worker.process for worker in self._workers if worker.process is not None]


class _Worker:
    """One process, and the line to it."""

    def __init__(self) -> None:
        self.process: BaseProcess | None = None
        self._line: Connection | None = None

    def run(self, work: Callable[[], T], limit: float) -> T:
        """Have it do some work; one that died is replaced once, one that hangs is not asked again."""
        for _ in range(2):
            line = self._started()
            try:
                line.send(work)
                if not line.poll(limit):
                    self.stop()
                    log.warning("a worker process hung and was ended")
                    raise WorkError("hung")
                failure, result = line.recv()
            except (EOFError, OSError):
                self.stop()
                log.warning("a worker process died and is replaced")
                continue
            if failure:
                raise WorkError(str(failure), failure)
            found: T = result
            return found
        raise WorkError("died")

    def stop(self) -> None:
        """End the process."""
        if self._line is not None:
            self._line.close()
        if self.process is not None:
            self.process.kill()
            self.process.join()
        self.process = self._line = None

    def _started(self) -> Connection:
        """The line to a process that runs."""
        if self._line is not None and self.process is not None and self.process.is_alive():
            return self._line
        self.stop()
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["screening.documents.preload"])
        self._line, other = context.Pipe()
        self.process = context.Process(
            target=_work, args=(other, current_format()), name="screening worker", daemon=True
        )
        self.process.start()
        other.close()
        return self._line


def _work(line: Connection, log_format: LogFormat) -> None:
    """The life of a worker: until the other end of its line is closed."""
    configure(log_format)
    try:
        _serve(line)
    except Exception as error:
        log.error("a worker process ends: %s", failure_of(error))  # noqa: TRY400 - a trace with no words in it
        raise SystemExit(1) from None


def _serve(line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal goes to all; the web process ends this one
    os.nice(_GIVING_WAY)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    gc.disable()
    while True:
        try:
            work = line.recv()
        except EOFError:
            return
        try:
            answer: tuple[Failure | None, object] = (None, work())
        except Exception as error:
            answer = (failure_of(error), None)
        line.send(answer)
        gc.collect()
