"""The words that drawings of papers have as headings, in the language of who looks at them."""

from __future__ import annotations

import re

from markupsafe import escape

from screening.wording.language.languages import N_, Language

_HEADINGS = {
    "Test": N_("Laboratory test"),
    "Result": N_("Result"),
    "Unit": N_("Unit"),
    "Range": N_("Range"),
    "Example": N_("Example"),
}
"""By what is drawn; "Test" alone also says that a page is no real one."""
_TEXT = re.compile(r"(?<=>)[^<>]+(?=</t(?:ext|span)>)")


def picture_in(drawn: str, language: Language) -> str:
    """An SVG with its headings in a language; names and numbers stay as they are printed on papers."""

    def heading(match: re.Match[str]) -> str:
        message = _HEADINGS.get(match[0], "")
        translated = language.gettext(message) if message else ""
        return match[0] if translated == message else str(escape(translated))

    return _TEXT.sub(heading, drawn)
