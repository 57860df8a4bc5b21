"""By what times the next step of a submission is counted: the clinic's hours, and when the person is to be called."""

from __future__ import annotations

from datetime import datetime

from screening.config.clinic_hours import USUAL_HOURS, ClinicHours
from screening.runtime import current_service
from screening.storage.submissions.next_steps.steps import Calendar
from screening.storage.submissions.record.records import Submission


def clinic_hours() -> ClinicHours:
    """When the clinic works."""
    clinic = current_service().settings.clinic
    return clinic.hours if clinic else USUAL_HOURS


def calendar_of(submission: Submission, at: datetime) -> Calendar:
    """The times for a submission at a moment."""
    return Calendar(at, clinic_hours(), submission.row.best_time or "")
