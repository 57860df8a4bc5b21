"""Meters that Prometheus reads, over all web processes of this host.

Imported only where metrics are on, after the folder is named in which processes keep their counts: the library looks at
`PROMETHEUS_MULTIPROC_DIR` once, when it is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from screening.documents.workers import Became
from screening.monitoring.meters import Meters, Pool
from screening.storage.submissions.person.pace import Slowed

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds: a page takes some milliseconds, a PDF some tenths of a second, who waits for a turn at most a minute."""


class Numbers(Protocol):
    """Gives numbers that are found out when they are asked for."""

    def collect(self) -> Iterable[Metric]:
        """Them now."""


class PrometheusMeters(Meters):
    """Counts what this process tells, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "screening_request_seconds",
            "Requests and how long they took, by the name of the view and the class of the status.",
            ["route", "status"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        self._work = Counter(
            "screening_work",
            "Work of worker processes by what became of it: PDFs made, files of strangers looked into.",
            ["pool", "became"],
            registry=self._registry,
        )
        self._waiting = Gauge(
            "screening_work_waiting",
            "Callers that wait for a worker process.",
            ["pool"],
            registry=self._registry,
            multiprocess_mode="livesum",
        )
        self._slowed = Counter(
            "screening_sharing_slowed",
            "How often somebody who pressed the button to send was told to wait.",
            ["by"],
            registry=self._registry,
        )
        self._begin()

    def _begin(self) -> None:
        """Begin every series that can be alerted on with 0: one that appears with its first event hides that event."""
        for pool in Pool:
            self._waiting.labels(pool)
            for became in Became:
                self._work.labels(pool, became)
        for by in Slowed:
            self._slowed.labels(by)

    def answered(self, route: str, status: int, seconds: float) -> None:
        """See `Meters`."""
        self._seconds.labels(route or "none", f"{status // 100}xx").observe(seconds)

    def worked(self, pool: Pool, became: Became) -> None:
        """See `Meters`."""
        self._work.labels(pool, became).inc()

    def waits(self, pool: Pool, callers: int) -> None:
        """See `Meters`."""
        self._waiting.labels(pool).inc(callers)

    def slowed(self, by: Slowed) -> None:
        """See `Meters`."""
        self._slowed.labels(by).inc()

    def exposition(self, numbers: Numbers) -> bytes:
        """What all processes of this host told, and these numbers, in the text format of Prometheus."""
        registry = CollectorRegistry()
        if FOLDER in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
            content = generate_latest(registry)
        else:
            content = generate_latest(self._registry)
        found_out = CollectorRegistry()
        found_out.register(numbers)
        return content + generate_latest(found_out)


def end_counting(process: int) -> None:
    """Forget what a process that ended was in the midst of; what it counted stays."""
    if FOLDER in os.environ:
        mark_process_dead(process)  # type: ignore[no-untyped-call]
