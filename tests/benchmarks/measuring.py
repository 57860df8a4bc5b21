"""Medians of functions that take turns, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

Work = Callable[[], object]


def medians(works: Mapping[str, Work], rounds: int = 31, least: float = 0.002) -> dict[str, float]:
    """Seconds a call, the median over rounds; in each round every function runs for at least `least` seconds."""
    repeats = {name: _repeats(work, least) for name, work in works.items()}
    found: dict[str, list[float]] = {name: [] for name in works}
    gc.disable()
    try:
        for _ in range(rounds):
            for name, work in works.items():
                count = repeats[name]
                start = time.perf_counter()
                for _ in range(count):
                    work()
                found[name].append((time.perf_counter() - start) / count)
            gc.collect(0)
    finally:
        gc.enable()
    return {name: median(seconds) for name, seconds in found.items()}


def _repeats(work: Work, least: float) -> int:
    """How often a function must run to take long enough to be measured."""
    work()
    start = time.perf_counter()
    work()
    return max(1, int(least / max(time.perf_counter() - start, 1e-7)))
