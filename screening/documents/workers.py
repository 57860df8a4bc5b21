"""Worker processes for what takes long or opens files of strangers: making PDFs, and looking into them.

Laying out a PDF keeps a core busy for some tenths of a second. Within a web process it would hold up every page, and
two threads must never share a font configuration. So each worker is a process with one of its own; it works for one
caller at a time, gives way to pages, and is ended and started anew where it hangs or dies.

What a piece of work may take is counted in the worker's own processor time: on a busy machine work that goes on takes
long by the clock and is not to blame for it. The kernel counts (`ITIMER_PROF`) and ends the process, so the limit holds
within a library's C code too. Work that waits for something uses no processor time; for that there is a limit by the
clock, so far off that work which goes on does not meet it.

A server has two pools, so that no file of a stranger keeps anybody from their own PDF; in each, networks take turns.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

from screening.documents import pdf
from screening.documents.turns import NoTurnError, Turns
from screening.logs.failure import Failure, failure_of
from screening.logs.setup import LogFormat, configure, current_format

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

WAITING = 4
"""Callers that may wait for a worker; more would keep the threads that serve pages."""
PATIENCE = 60.0
"""Seconds for which a caller waits for a worker that is at work for others, before it is told to come back."""
_MEMORY = 2 * 1024**3
PDFS_GIVE_WAY = 10
"""The niceness of workers that make PDFs: pages come first."""
FILES_GIVE_WAY = 15
"""Of those that look into files of strangers: people's own PDFs come first."""
_ENDING = 60.0
"""Seconds until a process whose line is closed has ended; without that its exit code is not known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take, whatever its worker did before."""

    processor: float = 60.0
    """Seconds of the worker's own processor time; a PDF takes some tenths of one."""
    clock: float = 900.0
    """Seconds by the clock. At a hundredth of a core, which is what a very busy machine leaves a process that gives
    way, a PDF still takes less."""


FILE_LIMITS = Limits(processor=2.0, clock=300.0)
"""Of a look into a stranger's file: a genuine one takes a fifth of a second, and opening one with words, which is slow
on purpose, as much for each of the few secrets that the words may stand for."""


class BusyError(Exception):
    """All workers are at work, and enough callers wait."""


class FilesBusyError(BusyError):
    """The same of the workers that look into files."""


class WorkError(Exception):
    """A worker died, hung, used too much processor time or failed over the work."""

    def __init__(self, why: str, failure: Failure | None = None) -> None:
        super().__init__(why)
        self.failure = failure
        """Where the work failed, if it did."""


class TooCostlyError(WorkError):
    """The work met a limit of its worker (processor time, clock, memory), or its worker died over it twice.

    Over a file of a stranger that says something of the file; over a PDF of our own it is our mistake.
    """


class Became(StrEnum):
    """What became of a piece of work."""

    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"
    """Its worker died, or it met a limit."""
    REFUSED = "refused"
    """Too many waited."""


Note = Callable[[Became], None]
Watch = Callable[[int], None]


class Workers:
    """Some worker processes, started when they are first needed."""

    def __init__(
        self,
        size: int = 1,
        waiting: int = WAITING,
        *,
        limits: Limits | None = None,
        gives_way: int = PDFS_GIVE_WAY,
        busy: type[BusyError] = BusyError,
        note: Note = lambda _what: None,
        watch: Watch = lambda _more: None,
    ) -> None:
        """`busy` is raised where too many wait; `note` is told what became of each piece of work that somebody asked
        for, `watch` when one more caller waits for a worker (1), or one less (-1).
        """
        self.limits = limits or Limits()
        """Of all work that begins from now on."""
        self._busy, self._note = busy, note
        self._workers = [_Worker(gives_way) for _ in range(size)]
        self._turns = Turns(self._workers, waiting, watch)

    def run(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """The same as `run_for` for work that this process has of its own."""
        return self.run_for("", function, *arguments, **named)

    def run_for(self, network: str, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Call a function of some module in a worker, for a caller from a network, by which turns are taken.

        Raises `BusyError` or `WorkError` where nothing came of it.
        """
        try:
            result = self._run_in_turn(network, partial(function, *arguments, **named))
        except NoTurnError:
            self._note(Became.REFUSED)
            raise self._busy from None
        except WorkError as error:
            self._note(Became.KILLED if isinstance(error, TooCostlyError) else Became.FAILED)
            raise
        self._note(Became.DONE)
        return result

    def _run_in_turn(self, network: str, work: Callable[[], T]) -> T:
        with self._turns.turn(network, PATIENCE) as worker:
            return worker.run(work, self.limits)

    @property
    def size(self) -> int:
        """How many pieces of work may be done at once."""
        return len(self._workers)

    @property
    def waiting(self) -> int:
        """How many callers wait for a turn now."""
        return self._turns.waiting

    def warm_up(self, work: Callable[[], object] = pdf.warm_up) -> None:
        """Start the workers and have each do some work, so that the first person does not wait for it."""
        for _ in self._workers:
            self._run_in_turn("", work)

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

    def __init__(self, gives_way: int) -> None:
        self._gives_way = gives_way
        self.process: BaseProcess | None = None
        self._line: Connection | None = None

    def run(self, work: Callable[[], T], limits: Limits) -> T:
        """Have it do some work; one that died is replaced once, one that met a limit is not asked again."""
        for _ in range(2):
            line = self._started()
            try:
                line.send((work, limits.processor))
                if not line.poll(limits.clock):
                    self.stop()
                    raise self._given_up("hung")
                failure, result = line.recv()
            except (EOFError, OSError):
                if self._stop_dead() == -signal.SIGPROF:
                    raise self._given_up("used too much processor time") from None
                log.warning("a worker process died and is replaced")
                continue
            if failure:
                kind = TooCostlyError if str(failure) == MemoryError.__name__ else WorkError
                raise kind(str(failure), failure)
            answer: T = result
            return answer
        raise TooCostlyError("died")

    @staticmethod
    def _given_up(reason: str) -> TooCostlyError:
        """The error of work that met a limit."""
        log.warning("a worker process %s and was ended", reason)
        return TooCostlyError(reason)

    def _stop_dead(self) -> int | None:
        """Clear up after a process whose line is closed; how it ended."""
        process = self.process
        if process is not None:
            process.join(_ENDING)
        code = process.exitcode if process is not None else None
        self.stop()
        return code

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
            target=_work, args=(other, current_format(), self._gives_way), name="screening worker", daemon=True
        )
        self.process.start()
        other.close()
        return self._line


def _work(line: Connection, log_format: LogFormat, gives_way: int) -> None:
    """The life of a worker: until the other end of its line is closed."""
    configure(log_format)
    try:
        _serve(line, gives_way)
    except Exception as error:
        log.error("a worker process ends: %s", failure_of(error))  # noqa: TRY400 - a trace with no words in it
        raise SystemExit(1) from None


def _serve(line: Connection, gives_way: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal goes to all; the web process ends this one
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends this process, whatever it is in the midst of
    os.nice(gives_way)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    gc.disable()
    while True:
        try:
            work, processor_time = line.recv()
        except EOFError:
            return
        line.send(_outcome(work, processor_time))
        gc.collect()


def _outcome(work: Callable[[], object], processor_time: float) -> tuple[Failure | None, object]:
    """Where it failed or the result; the kernel ends this process where it takes more than its processor time."""
    signal.setitimer(signal.ITIMER_PROF, processor_time)
    try:
        return None, work()
    except Exception as error:
        return failure_of(error), None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
