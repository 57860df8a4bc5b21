"""Names as they are compared: words in any order, without case, accents, width or what stands between them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LEAST = 2
"""Letters that must be typed in all: by one alone half of everybody would be listed."""
_VIRAMA = 9
"""The combining class of a sign that joins letters of Indic scripts: without it there is another word, as there is not
without an accent."""
_LETTERS = {"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"}
"""Letters that Unicode does not take apart, and that a keyboard of another country does not have."""
_IDEOGRAPHS = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))
"""Each is a word: Chinese names are written without spaces, and people are called by either part."""
_VARIANTS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
_SPACE, _BETWEEN = "\t", " "
"""What stands for white space, and for all else that parts words."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was typed between two spaces, as it must stand in the line of words of a name (`listed_words`)."""

    whole: str
    """All of it as one word: Nur-Aina is Nuraina."""
    parts: tuple[str, ...]
    """Its words, where there are several: Nur-Aina is Nur Aina."""

    def is_in(self, listed: str) -> bool:
        """Whether it begins words of a name."""
        return self.whole in listed or (self.parts != () and all(part in listed for part in self.parts))


def name_pattern(typed: str) -> tuple[Beginning, ...]:
    """What a name must hold, the longest first; nothing where there are fewer letters than can be looked for."""
    chunks = _chunks(typed)
    if sum(len(word) for chunk in chunks for word in chunk) < LEAST:
        return ()
    pattern = [
        Beginning(_beginning("".join(chunk)), tuple(map(_beginning, chunk)) if len(chunk) > 1 else ())
        for chunk in chunks
    ]
    return tuple(sorted(pattern, key=lambda beginning: -len(beginning.whole)))


def listed_words(*names: str) -> str:
    """The words of names in one line, each between spaces; what a pattern is compared with."""
    words = {word for name in names for chunk in _chunks(name) for word in (*chunk, "".join(chunk))}
    return f" {' '.join(sorted(words))} " if words else ""


def _beginning(word: str) -> str:
    """What stands in a line of words where one begins so; one letter is no beginning but a word, as an initial is."""
    return f" {word}" if len(word) >= LEAST else f" {word} "


def _chunks(text: str) -> list[list[str]]:
    """The words of a text, those together that no space parts.

    Without case, accents and width (Unicode Standard, section 3.13), but with the vowel signs of other scripts.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)
    chunks = (piece.split() for piece in folded.split(_SPACE))
    return [words for words in chunks if words]


class _Folding(dict[int, str]):
    """What each sign becomes, remembered: names are folded by the ten thousands."""

    def __missing__(self, number: int) -> str:
        self[number] = _folded(chr(number))
        return self[number]


_FOLDED = _Folding()


def _folded(symbol: str) -> str:
    if symbol.isspace():
        return _SPACE
    if _is_left_out(symbol):
        return ""
    if _is_in(symbol, _IDEOGRAPHS):
        return f"{_BETWEEN}{symbol}{_BETWEEN}"
    return _LETTERS.get(symbol, symbol) if unicodedata.category(symbol)[0] in "LMN" else _BETWEEN


def _is_left_out(symbol: str) -> bool:
    if unicodedata.combining(symbol) not in (0, _VIRAMA):
        return True
    return unicodedata.category(symbol) == "Cf" or _is_in(symbol, _VARIANTS)


def _is_in(symbol: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(symbol) <= last for first, last in ranges)
