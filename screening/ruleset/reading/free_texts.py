"""Texts that people write in their own words: one form of them, without what nobody can see."""

from __future__ import annotations

import re
import unicodedata

_LINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Controls, marks of direction, halves of characters and what else cannot be seen; not the joiners within words of
Persian or Tamil.
"""
_BLANK = "\u115f\u1160\u2800\u3164\ufffc\uffa0\U0001d159"
"""Letters and symbols by their category that show nothing; what stands for a picture that was pasted, among them."""
_BESIDE_LETTERS = (
    "\u034f\u17b4\u17b5\u180b-\u180f\u200c\u200d\ufe00-\ufe0f\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
"""What joins letters, parts them, or chooses how one looks: kept within a text, and nothing by itself."""

SHOWS = (
    "[^\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    f"\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff{_BLANK}{_BESIDE_LETTERS}]"
)
"""A pattern for a character that shows, in the grammar that JSON Schema shares with Python."""
_SHOWS = re.compile(SHOWS)


def shows(text: str) -> bool:
    """Whether a text has a character that shows."""
    return _SHOWS.search(text) is not None


def clean(text: str) -> str:
    """A typed text in one Unicode form, with plain line ends and without characters that cannot be seen.

    It never grows: what would be longer in that form stays as it is.
    """
    seen = _UNSEEN.sub("", _LINES.sub("\n", text).replace("\t", " ")).strip()
    composed = unicodedata.normalize("NFC", seen).strip()
    return composed if len(composed) <= len(seen) else seen


def is_seen(text: str) -> bool:
    """Whether anything of a text shows: a letter, a digit or a sign."""
    return any(symbol not in _BLANK and unicodedata.category(symbol)[0] in "LNPS" for symbol in text)
