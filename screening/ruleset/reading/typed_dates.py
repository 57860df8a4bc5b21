"""A date as people type it: a day, a month or a year, in figures or with the month by name, in four languages.

    2024-05-17   17/5/2024   17.5.2024   17 May 2024   May 17, 2024   17 Mei 2024   2024年5月17日
    2024-05      5/2024                  May 2024                     Mei 2024      2024年5月
    2024

In figures the day comes before the month, unless the year stands first: so it is where these languages are spoken.
Nothing is guessed: a year has four digits, and one of another calendar is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from screening.ruleset.model.dates import DECEMBER, PartialDate
from screening.ruleset.reading.free_texts import clean
from screening.ruleset.reading.typed_numbers import visible

MAX_TYPED_DATE = 40
"""Characters in a typed date."""
ISO_DATE = (
    "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
    "(?:-(?:0[1-9]|1[0-2])|-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|-(?:0[13-9]|1[0-2])-(?:29|30)"
    "|-(?:0[13578]|1[02])-31)?"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29"
)
"""A pattern for the dates that there are, as programs send them, in the grammar that JSON Schema shares with Python."""

_MONTHS = (
    "january jan januari",
    "february feb februari",
    "march mar mac maret",
    "april apr",
    "may mei",
    "june jun juni",
    "july jul julai juli",
    "august aug ogos ogo agustus agu agt ags",
    "september sept sep",
    "october oct oktober okt",
    "november nov nopember nop",
    "december dec disember dis desember des",
)
"""What each month is called in English, Malay and Indonesian."""
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_BESIDE = frozenset(["of", "the", "in", "hb", "haribulan", "tanggal", "tarikh", "tgl", "bulan", "bln", "tahun", "thn"])
"""Words beside the parts of a date."""
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_CHINESE = re.compile(r"([0-9]{1,4})年(?:([0-9]{1,2})月(?:份|([0-9]{1,2})[日号號])?)?")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+|[^\s/.,-]")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
"""What word processors and telephones make of the one that is typed."""
_OTHER_CALENDAR = re.compile(r"\b(?:b\.?e|h|a\.?h)\b\.?|พ\.?ศ|民国|民國|hijr|佛历|佛曆|回历|回曆")
_YEAR_DIGITS = 4
_BUDDHIST, _ISLAMIC = range(2400, 2700), range(1300, 1500)
"""Years of other calendars that stand for days of people who live."""


class TypedDateError(ValueError):
    """The text is no date that can be read in one way; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_typed_date(text: str) -> PartialDate:
    """The date that a text says, or `TypedDateError`."""
    if len(text) > MAX_TYPED_DATE:
        raise TypedDateError("date_unreadable")
    plain = _plain(text)
    if _OTHER_CALENDAR.search(plain):
        raise TypedDateError("date_calendar")
    chinese = _CHINESE.fullmatch(re.sub(r"\s", "", plain))
    year, month, day = chinese.groups() if chinese else _by_place(*_named_apart(plain))
    return _date(year, month, day)


def _plain(text: str) -> str:
    """The text as it is compared: digits of any script as ASCII ones, one kind of dash, small letters."""
    composed = unicodedata.normalize("NFKC", visible(clean(text)))
    digits = "".join(str(unicodedata.decimal(symbol, symbol)) for symbol in composed)
    return _DASHES.sub("-", digits).casefold().strip()


def _named_apart(plain: str) -> tuple[list[str], int | None]:
    """The numbers in a text, and the month that it names; raises where anything else stands there."""
    numbers: list[str] = []
    months: list[int] = []
    for part in _PARTS.findall(plain):
        if part.isascii() and part.isdigit():
            numbers.append(part)
        elif part in _MONTH:
            months.append(_MONTH[part])
        elif part not in _BESIDE and not (part in _ORDINAL and numbers):
            raise TypedDateError("date_unreadable")
    if len(months) > 1 or not numbers:
        raise TypedDateError("date_unreadable")
    return numbers, months[0] if months else None


def _by_place(numbers: Sequence[str], named: int | None) -> tuple[str, str | None, str | None]:
    """Year, month and day by where they stand: the year is what has four digits."""
    years = [place for place, number in enumerate(numbers) if len(number) == _YEAR_DIGITS]
    if len(numbers) > (3 if named is None else 2) or any(len(number) > _YEAR_DIGITS for number in numbers):
        raise TypedDateError("date_unreadable")
    if len(years) != 1:
        raise TypedDateError("date_unreadable" if years else "date_year")
    year = numbers[years[0]]
    rest = [number for place, number in enumerate(numbers) if place != years[0]]
    if named is not None:
        return year, str(named), rest[0] if rest else None
    match rest:
        case []:
            return year, None, None
        case [month]:
            return year, month, None
        case [month, day] if years[0] == 0:
            return year, month, day
        case [day, month] if years[0] == len(rest):
            if int(month) > DECEMBER >= int(day):
                raise TypedDateError("date_day_first")
            return year, month, day
        case _:
            raise TypedDateError("date_unreadable")


def _date(year: str, month: str | None, day: str | None) -> PartialDate:
    if len(year) != _YEAR_DIGITS:
        raise TypedDateError("date_year")
    if int(year) in _BUDDHIST or int(year) in _ISLAMIC:
        raise TypedDateError("date_calendar")
    partial_date = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    try:
        _ = partial_date.days
    except ValueError:
        raise TypedDateError("date_none") from None
    return partial_date
