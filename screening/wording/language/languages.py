"""A language to say things in: translated messages, numbers, dates and lists as its readers write them."""

from __future__ import annotations

import gettext as gettext_module
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_decimal_symbol

from screening.ruleset.model.dates import PartialDate
from screening.wording.language.punctuation import punctuation

CATALOGUES = Path(__file__).parents[2] / "translations"
"""Message catalogues, one file a language; `./translations` brings them up to date."""
SOURCE_LANGUAGE = "en"
"""The language in which the messages of the code are written."""


_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")


@lru_cache(maxsize=4096)
def _written(number: str, locale: Locale) -> str:
    """A number as it is written there; by its own digits, for 1 and 1.0 are equal and are written differently."""
    return str(format_decimal(Decimal(number), locale=locale, decimal_quantization=False, group_separator=False))


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

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return NAMES.get(self.tag) or str(self.locale.display_name)

    @property
    def direction(self) -> str:
        """Ltr or rtl."""
        return str(self.locale.text_direction)

    @property
    def has_messages(self) -> bool:
        """Whether buttons and headings are there in this language; elsewhere they are in the language of the code."""
        return self.tag == SOURCE_LANGUAGE or isinstance(self.translations, gettext_module.GNUTranslations)

    def gettext(self, message: str, **values: object) -> str:
        """The message in this language, with its values filled in."""
        translated = self.translations.gettext(message)
        return translated % values if values else translated

    def ngettext(self, singular: str, plural: str, number: int, **values: object) -> str:
        """The message for this number of things; the number itself is `%(number)s`."""
        return self.translations.ngettext(singular, plural, number) % {"number": number, **values}

    def number(self, number: Decimal | int, decimals: int | None = None) -> str:
        """A number as it is written in this language, rounded to some digits for reading where asked."""
        if decimals is not None:
            number = Decimal(number).quantize(Decimal(1).scaleb(-decimals))
        return _written(str(number), self.locale)

    def with_decimal_symbol(self, number: str) -> str:
        """A number written with a point, as it is typed in this language; no digit changes, and nothing behind it."""
        return _POINT.sub(get_decimal_symbol(self.locale), number)

    def date(self, day: date) -> str:
        """A date in words that cannot be misread."""
        return str(format_date(day, format="long", locale=self.locale))

    def partial_date(self, day: PartialDate) -> str:
        """A date in words, with as much of it as is known."""
        if day.day is not None:
            return self.date(day.days.first)
        return str(format_skeleton("yMMMM" if day.month else "y", day.days.first, locale=self.locale))

    def apart(self, items: Iterable[str]) -> str:
        """The items, which may hold commas, one after the other."""
        return punctuation(self.tag).semicolon.join(items)

    def with_label(self, label: str, text: str) -> str:
        """A text behind what it is about."""
        return f"{label}{punctuation(self.tag).colon}{text}"

    def with_date(self, title: str, day: str) -> str:
        """A title with its day."""
        return f"{title}{punctuation(self.tag).comma}{day}"

    def sentence(self, text: str) -> str:
        """A text as a sentence; one that has its stop already gets no second."""
        return f"{self.clause(text)}{punctuation(self.tag).stop}"

    def clause(self, text: str) -> str:
        """A sentence as a part of another: without the sign that ends it."""
        return text.rstrip().removesuffix(punctuation(self.tag).stop)

    @property
    def between_sentences(self) -> str:
        """What stands between two sentences."""
        return punctuation(self.tag).space

    def sentences(self, texts: Iterable[str]) -> str:
        """Those sentences that are not empty as one paragraph."""
        return punctuation(self.tag).space.join(filter(None, texts))

    def all_of(self, items: Sequence[str]) -> str:
        """The items joined as a list with "and"."""
        return str(format_list(list(items), style="standard", locale=self.locale)) if items else ""

    def any_of(self, items: Sequence[str]) -> str:
        """The items joined as a list with "or"."""
        return str(format_list(list(items), style="or", locale=self.locale)) if items else ""


NAMES = {"en": "English", "ms": "Bahasa Melayu", "id": "Bahasa Indonesia", "zh-Hans": "简体中文"}
"""What languages call themselves, where Unicode's data say it in another way than their readers."""
_LOCALES = {"en": "en-GB"}
"""Where a language alone would write dates as other readers do not expect."""


@cache
def language(tag: str) -> Language:
    """The language of a BCP 47 tag; its messages are English where no catalogue has them."""
    locale = Locale.parse(_LOCALES.get(tag, tag), sep="-")
    return Language(tag, locale, _messages(CATALOGUES / f"{tag}.po", locale))


def _messages(file: Path, locale: Locale) -> gettext_module.NullTranslations:
    """The messages of a catalogue, read as it was written: nobody has to compile it. Some hundred take some 20 ms."""
    if not file.exists():
        return gettext_module.NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as opened:
        write_mo(compiled, read_po(opened, locale=locale))
    compiled.seek(0)
    return gettext_module.GNUTranslations(compiled)
