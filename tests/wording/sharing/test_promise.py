"""Working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from screening.wording.sharing.promise import promise_due_at
from tests.support.every import for_every

MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12)).astimezone()


@for_every(
    ("received", "days", "expected"),
    [
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 4, FRIDAY),
        (MONDAY, 5, date(2026, 11, 30)),
        (FRIDAY, 1, date(2026, 11, 30)),
        (FRIDAY, 3, date(2026, 12, 2)),
        (SATURDAY, 1, date(2026, 11, 30)),
        (SUNDAY, 1, date(2026, 11, 30)),
        (SUNDAY, 6, date(2026, 12, 7)),
    ],
)
def test_weekends_are_left_out(received: date, days: int, expected: date) -> None:
    until = promise_due_at(noon(received), days)
    assert until.astimezone().date() == expected
    assert until.tzinfo is UTC


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)), st.integers(1, 30))
def test_the_promise_is_a_working_day_after_so_many_and_at_its_end(received: datetime, days: int) -> None:
    until = promise_due_at(received, days).astimezone()
    assert until.weekday() < 5
    assert until.time() == time(23, 59, 59)
    between = (until.date() - received.astimezone().date()).days
    assert days <= between <= days + 2 * (days // 5 + 1)
