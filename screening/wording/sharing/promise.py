"""Until when a clinic says it will answer: working days, by its hours and holidays."""

from __future__ import annotations

from datetime import datetime

from screening.config.clinic_hours import USUAL_HOURS, ClinicHours
from screening.storage.submissions.next_steps.working_time import day_of, end_of_day, working_days_after


def promise_due_at(received: datetime, working_days: int, hours: ClinicHours = USUAL_HOURS) -> datetime:
    """The end of the last of so many working days after the day of receipt, by the clock of the server's place."""
    return end_of_day(working_days_after(day_of(received), working_days, hours))
