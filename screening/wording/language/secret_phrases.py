"""Secret phrases: random bytes as common words of a person's language, and back: eight words for ten bytes.

`words/LANGUAGE.txt` holds 1,024 words, so that each stands for ten bits. A list is never changed once phrases were made
with it: they could not be read again. Words of it that would be misread beside their place, such as "first" or "seven",
stand in `words/not_drawn/LANGUAGE.txt`: nothing new is drawn that one would tell, and what one told is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PHRASE_WORDS = 8
_BITS = 10
_WORDS = Path(__file__).parent / "words"
_APART = re.compile(r"[^\w]+|[\d_]+")
PREFIX = 4
"""Letters by which a word may be known where they belong to no other, however it ends."""


class PhraseError(ValueError):
    """Not a secret phrase; `unknown` are the places, counted from 1, of words that are in no list."""

    def __init__(self, unknown: tuple[int, ...] = ()) -> None:
        super().__init__("not a secret phrase")
        self.unknown = unknown


@dataclass(frozen=True)
class WordList:
    """The words of one language."""

    words: tuple[str, ...]

    @cached_property
    def index(self) -> dict[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def by_prefix(self) -> dict[str, int]:
        """The number of each word by its first letters, where no other word begins so."""
        numbers_of: dict[str, list[int]] = {}
        for word, number in self.index.items():
            numbers_of.setdefault(word[:PREFIX], []).append(number)
        return {
            prefix: numbers[0] for prefix, numbers in numbers_of.items() if len(numbers) == 1 and len(prefix) == PREFIX
        }

    @cached_property
    def word_length(self) -> int:
        """How long every word is where they are written without spaces; 0 where they are not."""
        lengths = {len(word) for word in self.words}
        return lengths.pop() if len(lengths) == 1 and not self.words[0].isascii() else 0

    def number(self, word: str) -> int | None:
        """The number of a word as it was typed."""
        known = self.index.get(word)
        return self.by_prefix.get(word[:PREFIX]) if known is None and len(word) >= PREFIX else known

    def split(self, typed: str) -> list[str]:
        """The words of what was typed."""
        words = pieces_of(typed)
        if not self.word_length:
            return words
        text = "".join(words)
        return [text[start : start + self.word_length] for start in range(0, len(text), self.word_length)]


def languages() -> tuple[str, ...]:
    """The languages in which there are words."""
    return tuple(sorted(path.stem for path in _WORDS.glob("*.txt")))


def list_language(tag: str) -> str:
    """The language whose words somebody is given who reads `tag`: English where it has none."""
    return tag if tag in languages() else "en"


@cache
def word_list(tag: str) -> WordList:
    """The words of a language; English ones where it has none."""
    return WordList(tuple((_WORDS / f"{list_language(tag)}.txt").read_text(encoding="utf-8").split()))


@cache
def not_drawn(tag: str) -> frozenset[str]:
    """The words of a language's list that nobody is given any more: numbers and ordinals."""
    return frozenset((_WORDS / "not_drawn" / f"{list_language(tag)}.txt").read_text(encoding="utf-8").split())


def may_be_told(secret: bytes) -> bool:
    """Whether no language tells a secret by a word that nobody is given: in which it will be shown is not known yet."""
    return all(not_drawn(tag).isdisjoint(phrase_words(secret, tag)) for tag in languages())


def draw_secret(draw: Callable[[], bytes]) -> bytes:
    """The first secret drawn that every language may tell: of eight words three in four may, so this ends soon."""
    while not may_be_told(secret := draw()):
        pass
    return secret


def plain_letters(typed: str) -> str:
    """What was typed, without what does not matter in a word: case, width, accents, and what cannot be seen."""
    seen = "".join(symbol for symbol in typed if unicodedata.category(symbol) != "Cf")
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", seen).casefold())
    return unicodedata.normalize("NFC", "".join(symbol for symbol in apart if not unicodedata.combining(symbol)))


def pieces_of(plain: str) -> list[str]:
    """What stands between spaces, marks and numbers."""
    return [piece for piece in _APART.split(plain) if piece]


def phrase_words(secret: bytes, tag: str) -> tuple[str, ...]:
    """The words that stand for a secret in a language: four for every five bytes."""
    count, rest = divmod(len(secret) * 8, _BITS)
    if rest:
        raise ValueError("a secret has five bytes or a multiple of that")
    number = int.from_bytes(secret, "big")
    words = word_list(tag).words
    shifts = range(_BITS * (count - 1), -1, -_BITS)
    return tuple(words[number >> shift & (1 << _BITS) - 1] for shift in shifts)


def read_phrase(typed: str, count: int = PHRASE_WORDS) -> tuple[bytes, ...]:
    """The secrets that a typed phrase of `count` words may stand for, one for each language that has all of its words.

    Case, width, accents, spaces, dashes, what cannot be seen, numbers before the words and what follows a word's first
    letters do not matter.
    Raises `PhraseError` where there is none.
    """
    plain = plain_letters(typed)
    readings = tuple(dict.fromkeys(_readings(plain, count)))
    if not readings:
        raise PhraseError(_unknown(plain))
    return readings


def _readings(plain: str, count: int) -> Iterator[bytes]:
    for tag in languages():
        words = word_list(tag)
        numbers = [words.number(piece) for piece in words.split(plain)]
        if len(numbers) == count and None not in numbers:
            yield _pack([number for number in numbers if number is not None])


def _pack(numbers: Sequence[int]) -> bytes:
    whole = 0
    for number in numbers:
        whole = whole << _BITS | number
    return whole.to_bytes(len(numbers) * _BITS // 8, "big")


def _unknown(plain: str) -> tuple[int, ...]:
    """The places of words that are in no list; empty where all are, and only their number is wrong."""
    lists = [word_list(tag) for tag in languages()]
    typed = [word for piece in pieces_of(plain) for word in _apart(piece, lists)]
    known = [any(words.number(word) is not None for words in lists) for word in typed]
    return tuple(place for place, is_known in enumerate(known, start=1) if not is_known)


def _apart(piece: str, lists: Sequence[WordList]) -> list[str]:
    """What stands between two spaces, as the words of a language that writes them without spaces where it has such."""
    if piece.isascii():
        return [piece]
    return next((words.split(piece) for words in lists if words.word_length), [piece])
