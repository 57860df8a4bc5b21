"""The day that stands for today in a file beside the rules: what comes of its dates is then the same on every day."""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.ruleset.model.dates import TODAY, day_named
from screening.ruleset.model.problem import Path, Problem


def judged_day(data: Any, path: Path = (), *, has_dates: bool) -> tuple[date | None, list[Problem]]:
    """The day, and what is wrong with it: it must stand there where a date is asked, and only there."""
    if not has_dates:
        return None, [Problem("case.today_unread", (*path, TODAY))] if TODAY in data else []
    if TODAY not in data:
        return None, [Problem("case.no_today", path)]
    day = day_named(data[TODAY])
    return day, [] if day else [Problem("case.today", (*path, TODAY), values={"text": data[TODAY]})]
