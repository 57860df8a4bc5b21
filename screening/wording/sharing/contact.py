"""How a person is reached: the ways, times and languages to choose from, and how an address is read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from email_validator import EmailNotValidError, validate_email

from screening.ruleset.model.rule_set import RuleSet
from screening.ruleset.reading.typed_numbers import visible
from screening.wording.language.languages import N_, Language
from screening.wording.language.languages import language as language_of
from screening.wording.sharing.telephone import country_name

CHANNELS: Mapping[str, str] = {
    "phone": N_("A phone call"),
    "whatsapp": N_("WhatsApp"),
    "email": N_("E-mail"),
}
TIMES: Mapping[str, str] = {
    "any": N_("Any time"),
    "morning": N_("In the morning"),
    "afternoon": N_("In the afternoon"),
    "evening": N_("In the evening"),
}
OTHER_LANGUAGE = "und"
"""Another language, which the note names; BCP 47 for "undetermined"."""
RELATIONS: Mapping[str, str] = {
    "partner": N_("Husband, wife or partner"),
    "child": N_("Son or daughter"),
    "parent": N_("Mother or father"),
    "other": N_("Someone else"),
}
MAX_NOTE = 300
MAX_NAME = 80
MAX_ADDRESS = 254


class AddressError(ValueError):
    """Not an e-mail address."""


def read_email(typed: str) -> str:
    """The one way to write an e-mail address, or `AddressError`. Nothing is looked up: nobody learns who typed it."""
    seen = unicodedata.normalize("NFKC", visible(typed)).strip()
    try:
        return validate_email(seen, check_deliverability=False).normalized
    except EmailNotValidError:
        raise AddressError from None


def email_error(language: Language) -> str:
    """What to type instead."""
    return language.gettext("Type an e-mail address, like name@example.com.")


def number_error(country: str, language: Language) -> str:
    """What is wrong with a number, and what to do: with + in front the country does not matter."""
    begin = language.gettext("Or begin the number with + and its country code, like +60 12 345 6789.")
    if not country:
        return language.sentences([language.gettext("Choose the country of your number."), begin])
    first = N_("This is no number of %(country)s. Check the digits, or choose another country.")
    return language.sentences([language.gettext(first, country=country_name(country, language)), begin])


def languages(rule_set: RuleSet, language: Language) -> Mapping[str, str]:
    """Languages to speak in, by tag: those of the rule file, each by its own name; the last one is "another"."""
    spoken = {spoken_language.tag: spoken_language.name for spoken_language in rule_set.spoken_languages}
    own = {rule_set.language: language_of(rule_set.language).name}
    return {**(spoken or own), OTHER_LANGUAGE: language.gettext("Another one: I write it in the note")}


def options_in_words(options: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """Options in the person's language."""
    return {code: language.gettext(text) for code, text in options.items()}
