"""How a person is reached: the ways, times and languages to choose from, and how an address is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from screening.ruleset.model.rule_set import RuleSet
from screening.wording.language.languages import N_, Language
from screening.wording.language.languages import language as language_of

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
FEWEST_DIGITS, MOST_DIGITS = 8, 15
"""Digits of a number with its country code; the most is E.164's."""
_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\.]+(\.[^\s@<>\"(),:;\[\]\\.]+)+")
_NUMBER = re.compile(r"\+[0-9]+")
_MARKS = re.compile(r"[\s().\-\u2010-\u2015/]+")


class AddressError(ValueError):
    """Not an address of this channel."""


def read_contact(channel: str, typed: str) -> str:
    """The one way to write a number or an address, or `AddressError`."""
    text = unicodedata.normalize("NFKC", typed).strip()
    if channel == "email":
        if not _EMAIL.fullmatch(text) or len(text) > MAX_ADDRESS or ".." in text:
            raise AddressError
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"
    number = _MARKS.sub("", text)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if not _NUMBER.fullmatch(number) or not FEWEST_DIGITS <= len(number) - 1 <= MOST_DIGITS:
        raise AddressError
    return number


def address_error(channel: str, language: Language) -> str:
    """What to type instead."""
    if channel == "email":
        return language.gettext("Type an e-mail address, like name@example.com.")
    return language.gettext("Type the number with its country code, like +60 12 345 6789.")


def languages(rule_set: RuleSet, language: Language) -> Mapping[str, str]:
    """Languages to speak in, by tag: those of the rule file, each by its own name; the last one is "another"."""
    spoken = {each.tag: each.name for each in rule_set.spoken_languages}
    own = {rule_set.language: language_of(rule_set.language).name}
    return {**(spoken or own), OTHER_LANGUAGE: language.gettext("Another one: I write it in the note")}


def options_in_words(options: Mapping[str, str], language: Language) -> Mapping[str, str]:
    """Options in the person's language."""
    return {code: language.gettext(text) for code, text in options.items()}
