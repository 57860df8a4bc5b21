"""What is said where a form has to wait for its turn: calmly, and when to press the button again."""

from __future__ import annotations

from math import ceil

from screening.wording.language.languages import Language

_MINUTE, _HOUR = 60, 3600


def wait_text(language: Language, seconds: int) -> str:
    """To somebody who pressed the button while it was the turn of others."""
    return language.gettext(
        "More people are sending just now than can be taken at once. Nothing is wrong, and what you typed is still "
        "here. Please wait %(wait)s, then press the button once more.",
        wait=duration(language, seconds),
    )


def duration(language: Language, seconds: int) -> str:
    """So many seconds in words, never less than they are."""
    if seconds < 2 * _MINUTE:
        return language.ngettext("%(number)s second", "%(number)s seconds", seconds)
    if seconds < 2 * _HOUR:
        return language.ngettext("%(number)s minute", "%(number)s minutes", ceil(seconds / _MINUTE))
    return language.ngettext("%(number)s hour", "%(number)s hours", ceil(seconds / _HOUR))
