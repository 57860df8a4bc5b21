"""Telephone numbers as people type them: which numbers may be meant, by country, and how each is read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from screening.ruleset.reading.typed_numbers import visible
from screening.wording.language.languages import Language

_MARKS = re.compile(r"[\s().\-\u2010-\u2015\u2212/~_\u00b7\u2022\u30fb\u30fc]+")
"""What stands between the digits; some keyboards type a dot of another kind, or a drawn-out vowel, for a dash."""
_NUMBER = re.compile(r"\+?[0-9]+")
"""No letters: a library that reads them as keys of a telephone would find a number in many a word."""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One number that may be meant."""

    e164: str
    """In the one way to write it: + and digits."""
    printed: str
    """With its country code and in groups, to be read back."""
    country: str
    """ISO 3166 code; empty where a number belongs to none, such as that of a satellite telephone."""


def possible_numbers(typed: str, country: str, countries: Sequence[str]) -> tuple[PhoneNumber, ...]:
    """The valid numbers that a text may mean; none where it means no number.

    With + or 00 there is one at most. Else the one of `country`, and those that it would be in the other `countries`.
    """
    text = _MARKS.sub("", "".join(map(_ascii_digit, unicodedata.normalize("NFKC", visible(typed)))))
    text = text.removeprefix("tel:")
    if not _NUMBER.fullmatch(text):
        return ()
    if text.startswith("00"):
        text = f"+{text[2:]}"
    regions: Sequence[str | None] = [None] if text.startswith("+") else [*filter(None, [country]), *countries]
    return tuple(dict.fromkeys(_valid_numbers(text, regions)))


def _ascii_digit(symbol: str) -> str:
    return str(unicodedata.decimal(symbol, symbol))


def _valid_numbers(text: str, regions: Sequence[str | None]) -> Iterator[PhoneNumber]:
    for region in regions:
        try:
            number = phonenumbers.parse(text, region)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            yield PhoneNumber(
                phonenumbers.format_number(number, PhoneNumberFormat.E164),
                phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
                phonenumbers.region_code_for_number(number) or "",
            )


def country_name(country: str, language: Language) -> str:
    """What a country is called."""
    return str(language.locale.territories.get(country, country))


def read_back_number(number: PhoneNumber, language: Language) -> str:
    """A number with its country, as it is read back before anything is sent."""
    known = number.country.isalpha() and number.country in language.locale.territories
    return f"{number.printed} ({country_name(number.country, language)})" if known else number.printed


def country_options(countries: Sequence[str], language: Language) -> Mapping[str, str]:
    """Countries to choose from, each with what its numbers begin with."""
    return {
        country: f"{country_name(country, language)} (+{phonenumbers.country_code_for_region(country)})"
        for country in countries
    }
