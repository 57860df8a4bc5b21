"""How often somebody without a key may ask: a bucket that fills again with time, for each of them, in this process.

Requests with a key are counted for all processes together (`storage.accounts.request_pace`).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

MOST_REMEMBERED = 4096
"""Askers of whom is known how much they have left; those who asked longest ago are forgotten first."""


class Limiter:
    """So many requests a minute for each asker, and as many at once."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._lock = Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, asker: str) -> int:
        """Take one request; 0 where there is one left, else the seconds until there is."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(asker, (self._most, now))
            left = min(self._most, left + (now - since) * self._most / 60)
            allowed = left >= 1
            self._left[asker] = (left - 1 if allowed else left, now)
            if len(self._left) > MOST_REMEMBERED:
                self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) * 60 / self._most)
