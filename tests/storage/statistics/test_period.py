"""Weeks begin on Monday by the clinic's clock, and its changes are known to the second."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from screening.storage.statistics.period import Period, monday

ZONES = ("Asia/Kuala_Lumpur", "Europe/Berlin", "Asia/Kathmandu", "America/New_York", "UTC")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", [datetime(2026, 3, 30, 1, tzinfo=UTC), datetime(2026, 11, 3, 23, 30, tzinfo=UTC)])
def test_it_begins_at_midnight_of_a_monday_and_ends_today(zone: str, at: datetime) -> None:
    period = Period(4, at, ZoneInfo(zone))
    begin = period.since.astimezone(ZoneInfo(zone))
    assert (begin.weekday(), begin.hour, begin.minute) == (0, 0, 0)
    assert period.days[-1] == at.astimezone(ZoneInfo(zone)).date()
    assert len(period.mondays) == 4
    assert all(day == monday(day) for day in period.mondays)


@pytest.mark.parametrize("zone", ZONES)
def test_its_offsets_are_those_of_the_clock_at_every_hour(zone: str) -> None:
    period = Period(52, datetime(2026, 11, 25, 12, tzinfo=UTC), ZoneInfo(zone))
    moment = period.since
    while moment <= period.at:
        (*_, (_, offset)) = [change for change in period.offsets if change[0] <= moment]
        ahead = moment.astimezone(ZoneInfo(zone)).utcoffset()
        assert ahead is not None
        assert offset == ahead.total_seconds()
        moment += timedelta(hours=1)
    assert len(period.offsets) == (3 if zone in ("Europe/Berlin", "America/New_York") else 1)


def test_the_week_of_a_day_begins_on_its_monday() -> None:
    assert monday(date(2026, 11, 29)) == date(2026, 11, 23) == monday(date(2026, 11, 23))
