"""How far the number or the date of an answer set may go before something else comes of it, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from screening.analysis.comparison.boundaries import Boundary
from screening.ruleset.model.dates import DayRange, as_partial
from screening.ruleset.model.questions import Question
from screening.wording.language.languages import Language


def answer_range(question: Question, reach: Boundary, language: Language) -> str:
    """The numbers, or the days, with which the same comes of an answer set."""
    if isinstance(reach.least, date) or isinstance(reach.most, date):
        return _day_range(reach, language)
    unit = question.stored_unit
    least, most = (number_text(bound, unit.decimals, language) for bound in (reach.least, reach.most))
    if reach.from_minimum and reach.to_maximum:
        return language.gettext("any number")
    if reach.from_minimum:
        return language.gettext("up to %(most)s %(unit)s", most=most, unit=unit.counted)
    if reach.to_maximum:
        return language.gettext("from %(least)s %(unit)s", least=least, unit=unit.counted)
    if reach.least == reach.most:
        return language.gettext("%(number)s %(unit)s", number=least, unit=unit.counted)
    return language.gettext("%(least)s to %(most)s %(unit)s", least=least, most=most, unit=unit.counted)


def _day_range(reach: Boundary, language: Language) -> str:
    least, most = (
        language.partial_date(as_partial(DayRange.of_day(day))) if isinstance(day, date) else ""
        for day in (reach.least, reach.most)
    )
    if reach.from_minimum and reach.to_maximum:
        return language.gettext("any day")
    if reach.from_minimum:
        return language.gettext("up to %(most)s", most=most)
    if reach.to_maximum:
        return language.gettext("from %(least)s", least=least)
    return language.gettext("%(least)s to %(most)s", least=least, most=most)


def number_text(number: Decimal, decimals: int, language: Language) -> str:
    """A number with the digits that its unit is typed with."""
    shown = number.quantize(Decimal(1).scaleb(-decimals))
    return f"{shown:f}" if shown == number else language.number(number)
