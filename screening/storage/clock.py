"""The time at which things are stored."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC, to the second: finer would tell more of a person than anybody needs."""
    return datetime.now(UTC).replace(microsecond=0)
