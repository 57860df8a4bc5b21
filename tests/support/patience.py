"""How long a test waits for a process or a thread: far longer than it takes, for a busy machine is no failure."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 900.0
"""Seconds after which it counts as hanging."""


def wait_until(happened: Callable[[], bool]) -> None:
    """Look again and again until something happened."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)
