"""Which characters of a file nobody can see: they would hide words from whoever reads, searches or reviews it.

A right-to-left override shows a text in another order than it is stored; a soft hyphen in a banned word keeps it from
being found; a zero-width space makes two names that look alike. Refused is therefore what Unicode calls default
ignorable (DerivedCoreProperties.txt), with all controls of direction among them, and line ends that no editor shows. So
are other controls, which escapes in quotation marks bring into a text though none may stand in the file itself.

Three are needed to write properly, and allowed where they are: joiners and non-joiners within words of scripts whose
letters join (Persian, Hindi, Sinhala, ...) and within emoji; zero-width spaces within scripts that put no spaces
between words (Thai, Khmer, ...); variation selectors after an emoji or an ideograph. No control of direction is: a page
says itself in which direction a text runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_ZERO_WIDTH_SPACE = "\u200b"
_JOINING = (
    "ARABIC", "SYRIAC", "NKO", "MANDAIC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA",
    "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "TIBETAN", "MYANMAR", "KHMER", "BALINESE", "JAVANESE",
    "SUNDANESE",
)  # fmt: skip
"""Scripts, as the names of their letters begin, in which a joiner or non-joiner chooses the shape of a letter."""
_UNSPACED = ("THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE", "NEW TAI LUE", "TAI THAM")
"""Scripts in which a zero-width space says where a line may end."""


def invisible(text: str) -> Iterator[re.Match[str]]:
    """Every character of a text that nobody can see, but those that its script needs where they stand."""
    if text.isascii() and text.isprintable():  # as most texts, which are asked thousands of times
        return iter(())
    return _needless(text) if _INVISIBLE.search(text) else iter(())


def _needless(text: str) -> Iterator[re.Match[str]]:
    for match in _INVISIBLE.finditer(text):
        if not _is_needed(match[0], text[: match.start()][-1:]):
            yield match


def code_point(character: str) -> str:
    """A character that cannot be shown, by its code point and name."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"


def _is_needed(character: str, before: str) -> bool:
    if not before:
        return False
    if character in _JOINERS:
        return _is_of(before, _JOINING) or _is_emoji(before)
    if character == _ZERO_WIDTH_SPACE:
        return _is_of(before, _UNSPACED)
    if "\ufe00" <= character <= "\ufe0f":
        return _is_emoji(before) or _is_of(before, ("CJK UNIFIED", "CJK COMPATIBILITY"))
    if "\U000e0100" <= character <= "\U000e01ef":
        return _is_of(before, ("CJK UNIFIED",))
    return False


def _is_of(character: str, scripts: tuple[str, ...]) -> bool:
    """Whether a character is a letter or a mark of one of these scripts."""
    return unicodedata.category(character)[0] in "LM" and unicodedata.name(character, "").startswith(scripts)


def _is_emoji(character: str) -> bool:
    """Whether a character can begin or go on an emoji: a symbol, a skin tone, or the selector that follows one."""
    return unicodedata.category(character) in ("So", "Sk", "Sm") or character == "\ufe0f"
