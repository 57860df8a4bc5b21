"""The time at which things are stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

TOLERANCE = timedelta(days=1)
"""How far a clock may have gone back before it counts as wrong."""


class ClockError(Exception):
    """This machine's clock cannot be right, so nothing is written or deleted by it; the message says why."""


def now() -> datetime:
    """The present moment in UTC, to the second: finer would tell more of a person than anybody needs."""
    return datetime.now(UTC).replace(microsecond=0)


def check_not_before(known: datetime, what: str) -> None:
    """Raise `ClockError` where the clock shows a time before something that has already happened."""
    moment = now()
    if moment < known - TOLERANCE:
        raise ClockError(f"the clock says {moment.isoformat()}, which is before {what} at {known.isoformat()}")
