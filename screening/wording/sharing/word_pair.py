"""A new pair of words for the telephone, of the list from which a person's secret words are."""

from __future__ import annotations

from screening.storage.submissions.person.word_pairs import WordPair
from screening.wording.language.secret_phrases import list_language
from screening.wording.language.single_words import draw_words


def new_pair(tag: str) -> WordPair:
    """Two different words by chance, for somebody who reads the language `tag`."""
    clinic, person = draw_words(tag, 2)
    return WordPair(list_language(tag), clinic, person)
