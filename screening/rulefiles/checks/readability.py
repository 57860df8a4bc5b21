"""The reading age of English texts, by the Flesch-Kincaid grade level plus five years.

Grade = 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975). The
medical terms of a rule file's glossary are counted as words of one syllable: they are explained
apart, and shorter words for them would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Collection

LEAST_WORDS = 12
"""A shorter text has no reading age worth the name."""
HIGHEST_AGE = 11
"""The reading age that texts for people aim at, in years."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_SENTENCE_END = re.compile(r"[.!?:;]+(\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


def reading_age(text: str, glossary: Collection[str] = ()) -> float | None:
    """The age in years at which a text can be read; None where it is too short to tell."""
    words = _WORD.findall(text)
    if len(words) < LEAST_WORDS:
        return None
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(1 if _is_term(word, glossary) else _syllables(word) for word in words)
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(grade + 5, 5.0)


def _is_term(word: str, glossary: Collection[str]) -> bool:
    lowered = word.lower()
    return lowered in glossary or lowered.removesuffix("s") in glossary


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent e at the end."""
    lowered = word.lower().removesuffix("'s")
    count = len(_VOWELS.findall(lowered))
    if lowered.endswith("e") and not lowered.endswith(("le", "ee")) and count > 1:
        count -= 1
    if lowered.endswith("ed") and not lowered.endswith(("ted", "ded")) and count > 1:
        count -= 1
    return max(count, 1)
