"""The day by which answers with dates are judged, as authors and operators read it beside them."""

from __future__ import annotations

from datetime import date

from screening.ruleset.model.dates import DayRange, as_partial
from screening.wording.language.languages import Language


def today_in_words(today: date, language: Language) -> str:
    """The day as one of what an answer set says."""
    return language.gettext("today is %(day)s", day=language.partial_date(as_partial(DayRange.of_day(today))))
