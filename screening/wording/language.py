"""A language to say things in: translated messages, numbers, dates and lists as its readers write them."""

from __future__ import annotations

import gettext as gettext_module
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

CATALOGUES = Path(__file__).parent.parent / "translations"
"""Compiled message catalogues, one folder a language."""
SOURCE_LANGUAGE = "en"
"""The language in which the messages of the code are written."""


def N_(message: str) -> str:  # noqa: N802 - the customary name, by which messages are found for translation
    """Mark a message for translation where it is written before the language is known."""
    return message


@dataclass(frozen=True)
class Language:
    """What is needed to speak one language."""

    tag: str
    """BCP 47."""
    locale: Locale
    translations: gettext_module.NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, with its values filled in."""
        found = self.translations.gettext(message)
        return found % values if values else found

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The message for this number of things; the number itself is `%(number)s`."""
        return self.translations.ngettext(singular, plural, number) % {"number": number, **values}

    def number(self, number: Decimal | int, decimals: int | None = None) -> str:
        """A number as it is written in this language, rounded to some digits for reading where asked."""
        if decimals is not None:
            number = Decimal(number).quantize(Decimal(1).scaleb(-decimals))
        return str(format_decimal(number, locale=self.locale, decimal_quantization=False, group_separator=False))

    def date(self, day: date) -> str:
        """A date in words that cannot be misread."""
        return str(format_date(day, format="long", locale=self.locale))

    def all_of(self, items: Sequence[str]) -> str:
        """The items joined as a list with "and"."""
        return str(format_list(list(items), style="standard", locale=self.locale)) if items else ""

    def any_of(self, items: Sequence[str]) -> str:
        """The items joined as a list with "or"."""
        return str(format_list(list(items), style="or", locale=self.locale)) if items else ""


_LOCALES = {"en": "en-GB"}
"""Where a language alone would write dates as other readers do not expect."""


@cache
def language(tag: str) -> Language:
    """The language of a BCP 47 tag; its messages are English where no catalogue has them."""
    locale = Locale.parse(_LOCALES.get(tag, tag), sep="-")
    translations = gettext_module.translation("messages", CATALOGUES, [str(locale), locale.language], fallback=True)
    return Language(tag, locale, translations)
