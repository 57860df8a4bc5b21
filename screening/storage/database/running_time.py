"""How much time has surely passed: by the wall clock, and by how long the machine has been running.

A wall clock that leaps ahead takes the monotonic clock of a process along under some tools, but neither `/proc/uptime`
nor the id of the machine's start. What must not happen too early is counted by the smaller of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from screening.storage.database.clock import now

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_UPTIME = Path("/proc/uptime")
MOST_ACROSS_STARTS = 24 * 3600
"""Seconds that count at most where the machine was started anew between two looks, or another one looks: the daily
job looks once a day."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment by both clocks."""

    wall: datetime
    boot: str
    """Which start of which machine; empty where the system does not say."""
    uptime: int
    """Seconds since that start."""


def instant() -> Instant:
    """The present one."""
    try:
        return Instant(now(), _BOOT_ID.read_text().strip()[:36], int(float(_UPTIME.read_text().split()[0])))
    except (OSError, ValueError):
        return Instant(now(), "", 0)


def seconds_between(before: Instant, after: Instant) -> int:
    """Seconds that have surely passed: never more than either clock says, never less than 0."""
    by_wall = int((after.wall - before.wall).total_seconds())
    is_same_start = bool(before.boot) and before.boot == after.boot
    by_uptime = after.uptime - before.uptime if is_same_start else MOST_ACROSS_STARTS
    return max(0, min(by_wall, by_uptime))
